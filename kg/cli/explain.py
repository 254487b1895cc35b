"""kg explain: why a statement is there."""

from pathlib import Path

import click

from kg.cli.options import DATA, FILE, open_data
from kg.errors import Finding


@click.command()
@click.argument("iri")
@click.option("--source", type=FILE, envvar="KG_SOURCE", show_envvar=True, help="The text, to show passages and names.")
@click.option("--lexicon", "extra", type=FILE, multiple=True, help="More names and rules (TOML); may be repeated.")
@DATA
def explain(iri: str, source: Path | None, extra: tuple[Path, ...], data: tuple[Path, ...]) -> None:
    """Show the chain behind the statement IRI.

    That is what it says, each place of the text, what is named there, and the rules that found it, with the
    file they stand in, their pattern and their examples. IRI may be shortened as for 'kg evidence'. Passages
    are shown where the source is at hand and agrees, on your screen only.

    \b
    Example:
        kg explain PRK-sanctions-oppose --source thesis.txt
    """
    from kg.document import read_document
    from kg.explain import Reread, Rereader, lines_of, read_chain
    from kg.lexicon import load_lexicon
    from kg.parameters import find_node
    from kg.rulebook import load_rulebook
    from kg.source import read_source

    store = open_data(data)
    chain = read_chain(store, find_node("IRI", iri, "kg:SourcedStatement", store), load_rulebook(extra=extra))
    read: dict[str, Reread] = {}
    failures = []
    if source:
        text = read_source(source)
        reader = Rereader(text, read_document(text), load_lexicon(extra=extra))
        for step in chain.steps:
            rules = [rule.name for rule in step.rules]
            try:
                read[step.place.evidence] = reader.read(step.place, rules, chain.actors)
            except Finding as error:
                failures.append(error)
    for line in lines_of(chain, read):
        click.echo(line)
    if failures:
        raise failures[0]
