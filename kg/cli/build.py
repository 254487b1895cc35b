"""kg build: the source -> the graph that is released, checked before it is written."""

from pathlib import Path

import click

from kg.cli.options import CORRECTIONS, FILE, NO_CORRECTIONS, SOURCE, progress, remark
from kg.errors import Finding
from kg.resources import RELEASED_GRAPH


@click.command()
@SOURCE
@click.option("-o", "--output", type=FILE, default=RELEASED_GRAPH, help="Default: the graph of this checkout.")
@CORRECTIONS
@NO_CORRECTIONS
def build(source: Path, output: Path, corrections: Path | None, uncorrected: bool) -> None:
    """Make the graph that is released from the source.

    It has the ontology, schemes, links and provenance too. Nothing is written where the graph is not valid
    or fails a check, where its evidence does not agree with the source, where it holds a sentence of it, or where a
    tenth of the statements is coded by hand.

    \b
    Example:
        kg build --source thesis.txt
    """
    from kg.checks import check_quads
    from kg.cli.reading import corrections_for, count_classes, read_text
    from kg.graph.build import build_graphs
    from kg.graph.reviews import check_hand_coded, count_hand_coded
    from kg.graph.serialize import write_quads
    from kg.leaks import allowed_names, find_leaks, text_to_compare, texts_of_quads
    from kg.lexicon import load_lexicon
    from kg.validation import validate_quads
    from kg.verify import verify

    lexicon = load_lexicon()
    reading = read_text(source, lexicon, corrections_for(corrections, uncorrected, [source]))
    quads = build_graphs([reading], lexicon, whole=True)
    progress(f"{len(quads)} quads, checking …")
    by_hand, statements = count_hand_coded(quads)
    check_hand_coded(by_hand, statements)
    verify(quads, reading.source).check()
    leaks = find_leaks(texts_of_quads(quads), text_to_compare(reading.source, reading.document), allowed_names(lexicon))
    if leaks:
        raise Finding(f"{output}: not written, as {len(leaks)} texts leak the source. First: {leaks[0]}")
    validate_quads(quads).check()
    check_quads(quads)
    write_quads(quads, output)
    for name, count in count_classes(quads):
        remark(f"{count:7} {name}")
    remark(f"{by_hand} of {statements} statements are coded by hand ({by_hand / statements:.1%})")
