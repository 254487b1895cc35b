"""What several commands share: their arguments, where answers go, how remarks are made."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError
from kg.output import write_whole

if TYPE_CHECKING:
    from pyoxigraph import Store

FILE = click.Path(dir_okay=False, path_type=Path)

DATA = click.option(
    "--data", "data", type=FILE, multiple=True, help="A graph to read in place of the released one; may be repeated."
)
SOURCE = click.option(
    "--source", type=FILE, required=True, envvar="KG_SOURCE", show_envvar=True, help="The text, as UTF-8 or PDF."
)

CORRECTIONS = click.option("--corrections", type=FILE, help="Corrections by hand. Default: lexicon/corrections.toml.")
NO_CORRECTIONS = click.option("--no-corrections", "uncorrected", is_flag=True, help="What the rules find, alone.")


def open_data(data: tuple[Path, ...]) -> "Store":
    """The store of the files named with --data, or of the released graph."""
    from kg.store import open_store

    return open_store(data_files(data))


def data_files(data: tuple[Path, ...]) -> list[Path]:
    """The files named with --data, or the released graph; `KgError` where that is not built."""
    from kg.resources import RELEASED_GRAPH

    if not data and not RELEASED_GRAPH.is_file():
        raise KgError(
            f"{RELEASED_GRAPH}: is not there. Make it with 'kg build --source FILE', or name a graph with --data."
        )
    return list(data) or [RELEASED_GRAPH]


def write_output(output: Path | None, data: bytes) -> None:
    """Whole to the file, or to standard output where it is None or `-`."""
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_whole(output, data)


def remark(text: str) -> None:
    """A line for people, on standard error."""
    click.echo(text, err=True)


def progress(text: str) -> None:
    """What is being done now; only where somebody watches."""
    if sys.stderr.isatty():
        click.echo(text, err=True)
