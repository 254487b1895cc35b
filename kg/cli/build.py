"""kg build: the source -> the graph that is released, checked before it is written."""

from pathlib import Path

import click

from kg.cli.options import FILE, SOURCE, progress, remark
from kg.errors import Finding
from kg.resources import RELEASED_GRAPH


@click.command()
@SOURCE
@click.option("-o", "--output", type=FILE, default=RELEASED_GRAPH, help="Default: the graph of this checkout.")
def build(source: Path, output: Path) -> None:
    """Make the graph that is released from the source.

    It has the ontology, schemes, links and provenance too. Nothing is written where the graph is not valid
    or fails a check, where its evidence does not agree with the source, or where it holds a sentence of it.

    \b
    Example:
        kg build --source thesis.txt
    """
    from kg.checks import check_quads
    from kg.cli.reading import count_classes, read_text
    from kg.graph.build import build_graphs
    from kg.graph.serialize import write_quads
    from kg.leaks import allowed_names, find_leaks, text_to_compare, texts_of_quads
    from kg.lexicon import load_lexicon
    from kg.validation import validate_quads
    from kg.verify import verify

    lexicon = load_lexicon()
    reading = read_text(source, lexicon)
    quads = build_graphs([reading], lexicon, whole=True)
    progress(f"{len(quads)} quads, checking …")
    verify(quads, reading.source).check()
    leaks = find_leaks(
        texts_of_quads(quads), text_to_compare(reading.source, reading.document), allowed_names(lexicon)
    )
    if leaks:
        raise Finding(f"{output}: not written, as {len(leaks)} texts leak the source. First: {leaks[0]}")
    validate_quads(quads).check()
    check_quads(quads)
    write_quads(quads, output)
    for name, count in count_classes(quads):
        remark(f"{count:7} {name}")
