"""kg leaks: is there a sentence of the source in what we publish?"""

from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli.options import DATA, SOURCE, data_files
from kg.errors import Finding

_SHOWN = 20


@click.command()
@SOURCE
@DATA
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=click.Path(exists=True, path_type=Path))
def leaks(source: Path, data: tuple[Path, ...], paths: tuple[Path, ...]) -> None:
    """Look for text of the source in the graph or PATH.

    That is, for runs of more than 12 Chinese characters in common. Names and titles of the lexicon do not
    count. With PATH and no --data, the files alone are looked at.

    \b
    Examples:
        kg leaks --source thesis.txt
        kg leaks --source thesis.txt docs README.md
    """
    from kg.document import read_document
    from kg.leaks import allowed_names, find_leaks, text_to_compare
    from kg.lexicon import load_lexicon
    from kg.source import read_source

    text = read_source(source)
    compared = text_to_compare(text, read_document(text))
    found = find_leaks(_texts(data, paths), compared, allowed_names(load_lexicon()))
    for leak in found[:_SHOWN]:
        click.echo(str(leak))
    if found:
        raise Finding(f"{len(found)} places share a run of characters with the source. Say it in other words there.")
    click.echo("No leak was found.")


def _texts(data: tuple[Path, ...], paths: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """Every text that is looked at, with its place; each file has its own name in front."""
    from kg.leaks import texts_of_files, texts_of_quads
    from kg.store import read_quads

    for path in data_files(data) if data or not paths else ():
        yield from ((f"{path.name}: {place}", text) for place, text in texts_of_quads(read_quads(path)))
    for path in paths:
        yield from texts_of_files(path) if path.is_dir() else [(str(path), path.read_text("utf-8", errors="replace"))]
