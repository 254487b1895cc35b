"""kg serve: the graph over HTTP."""

from pathlib import Path

import click

from kg.cli.options import DATA, remark
from kg.errors import KgError


@click.command()
@DATA
@click.option(
    "--named-graph", "named", multiple=True, metavar="IRI=FILE", help="A file as a named graph; may be repeated."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
def serve(data: tuple[Path, ...], named: tuple[str, ...], host: str, port: int) -> None:
    """Serve the graph as a SPARQL endpoint with pages.

    \b
    Examples:
        kg serve
        kg serve --data mine.ttl --named-graph http://example.org/g=more.ttl --port 0
    """
    from kg.endpoint import serve as run

    run(
        data,
        [_pair(text) for text in named],
        host,
        port,
        announce=lambda url: remark(f"Serving at {url} (Ctrl-C stops)"),
    )


def _pair(text: str) -> tuple[str, Path]:
    # An IRI may hold "=", a file's name seldom does.
    iri, equals, file = text.rpartition("=")
    if not equals or not iri or not file:
        raise click.UsageError(f"--named-graph {text}: write it as IRI=FILE.")
    if not Path(file).is_file():
        raise KgError(f"{file}: there is no such file. Check the path.")
    return iri, Path(file)
