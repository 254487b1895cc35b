"""Files are written whole or not at all.

    write_whole(Path("build/graph.trig"), b"...")

The bytes go to a temporary file in the same folder, which then takes the
place of the old one. A reader never sees half a file, and a command that
fails leaves what was there. Used by every command that writes.
"""

import os
import tempfile
from pathlib import Path

from kg.errors import KgError


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, making its folder where there is none; `KgError` where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror}). Name a place that you may write.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp gives 0600; a file for others to read gets what `open` would give it.
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise KgError(f"{path}: cannot be written ({error.strerror}). Is the disk full?") from None
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
