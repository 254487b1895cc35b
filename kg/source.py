"""Stage 1: a file -> Source: its text, and the digest that names this edition.

    source = read_source(Path("article.txt"))
    source.sha256, source.length, source.kind      # ("9f86d0…", 1832, "text")

Every offset in the graph is an index into `Source.text`, in Unicode code
points. So the text is kept exactly as it stands: line ends are not translated,
nothing is normalized. Only a byte order mark at the very start is left out:
offsets count from the character after it. The text of a PDF is what pypdf
extracts, pages joined by a form feed; its digest is that of the PDF's bytes.

Next: `kg.document`.
"""

import hashlib
import logging
import stat
import unicodedata
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.errors import KgError

MAX_BYTES = 64 * 1024 * 1024
"""Larger files are refused before they are read."""

_PDF_MAGIC = b"%PDF-"


@dataclass(frozen=True)
class Source:
    text: str
    sha256: str  # of the file's bytes, hex
    length: int  # of the text, in code points
    name: str  # of the file, without folder
    kind: Literal["text", "pdf"]


def read_source(path: Path) -> Source:
    """The text of a UTF-8 file or of a PDF. Raises KgError with one line for every file that is neither."""
    data = _read_bytes(path)
    if data.startswith(_PDF_MAGIC):
        text, kind = _pdf_text(path), "pdf"
    else:
        text, kind = _decode(path, data), "text"
    if not text.strip():
        raise KgError(f"{path}: the file has no text in it. Give a file with text.")
    digest = hashlib.sha256(data).hexdigest()
    return Source(text, digest, len(text), path.name, "pdf" if kind == "pdf" else "text")


def source_of_text(text: str, name: str = "text") -> Source:
    """A Source made from a string, as if it had been read from a UTF-8 file."""
    data = text.encode("utf-8", "surrogatepass")
    return Source(text, hashlib.sha256(data).hexdigest(), len(text), name, "text")


def digest_of_text(text: str) -> str:
    """SHA-256, hex, of the text in NFKC with all white space removed: the digest of a span.

    It does not depend on line breaks or on full and half width, so the span can
    be found again in another dump of the same work.
    """
    normalized = normalized_text(text)
    return hashlib.sha256(normalized.encode("utf-8", "surrogatepass")).hexdigest()


def normalized_text(text: str) -> str:
    """What `digest_of_text` hashes; its length is `kg:digestLength`."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise KgError(f"{path}: this is a folder. Give a file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise KgError(f"{path}: this is not a regular file. Save the text to a file and give that.")
        if status.st_size > MAX_BYTES:
            raise KgError(
                f"{path}: the file has {status.st_size:,} bytes; the limit is {MAX_BYTES:,}. "
                "Split it, or take out what is no text."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise KgError(f"{path}: there is no such file. Check the path.") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise KgError(f"{path}: cannot be read ({reason}). Check its name and its permissions.") from None


def _decode(path: Path, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise KgError(f"{path}: this is UTF-16, not UTF-8. Convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW")
    nul = data.find(b"\0")
    if nul >= 0:
        raise KgError(f"{path}: there is a NUL at byte {nul}: a binary file. Give plain text in UTF-8, or a PDF.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise KgError(
            f"{path}: not UTF-8 at byte {error.start} (0x{data[error.start]:02x}). "
            "Convert it: iconv -f BIG5 -t UTF-8 FILE > NEW (or GB18030, LATIN1 in place of BIG5)"
        ) from None
    return text.removeprefix("\ufeff")


def _pdf_text(path: Path) -> str:
    """The text of a PDF, pages joined by a form feed."""
    # Imported here: it is slow to load, and most sources are plain text.
    from pypdf import PdfReader

    # pypdf tells of every oddity in a file it can still read; a user can mend none of them.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(path)
            if reader.is_encrypted and not reader.decrypt(""):
                raise KgError(f"{path}: the PDF is encrypted. Save a copy without a password.")
            pages = [page.extract_text() for page in reader.pages]
    except KgError:
        raise
    except RecursionError:
        raise KgError(f"{path}: the PDF is nested too deeply to be read. Save its text as UTF-8.") from None
    except Exception as error:  # pypdf raises whatever its parser meets: KeyError, TypeError, PdfReadError …
        reason = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
        raise KgError(
            f"{path}: the PDF is broken ({reason}). Print it to a new PDF, or save its text as UTF-8."
        ) from None
    text = "\f".join(pages)
    if not text.strip():
        raise KgError(f"{path}: the PDF has no text in it (scanned pages?). Recognize its text first (OCR).")
    # A lone surrogate can come from a broken font table; it could be written to no UTF-8 file.
    return text.encode("utf-8", "replace").decode("utf-8")
