"""kg evidence: where the text says so."""

from pathlib import Path

import click

from kg.cli.options import DATA, FILE, open_data
from kg.errors import Finding


@click.command()
@click.argument("iri")
@click.option("--source", type=FILE, envvar="KG_SOURCE", show_envvar=True, help="The text, to show the passages of.")
@DATA
def evidence(iri: str, source: Path | None, data: tuple[Path, ...]) -> None:
    """Show where the text makes the statement IRI.

    That is chapter, section, page, footnote, characters, and the rule that found it.

    IRI may be shortened: id/stance/PRK-sanctions-oppose, stance:PRK-sanctions-oppose or PRK-sanctions-oppose.
    With the source at hand the passages are shown too, on your screen only.

    \b
    Example:
        kg evidence PRK-sanctions-oppose --source thesis.txt
    """
    from kg.parameters import find_node
    from kg.results import visible
    from kg.source import read_source
    from kg.trace import find_label, find_places, read_passage

    store = open_data(data)
    statement = find_node("IRI", iri, "kg:SourcedStatement", store)
    places = find_places(store, statement)
    text = read_source(source) if source else None
    click.echo(f"{find_label(store, statement) or 'A statement'}\n{statement.value}")
    failures = []
    for number, place in enumerate(places, start=1):
        click.echo(f"{number:4}. {visible(str(place))}")
        if text is not None:
            try:
                click.echo(f"      {visible(read_passage(place, text))}")
            except Finding as error:
                failures.append(error)
    if failures:
        raise failures[0]
