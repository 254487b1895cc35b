"""A source file through every stage before the graph; shared by `kg extract` and `kg build`."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import progress, remark

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.graph import Reading
    from kg.lexicon import Lexicon

_CLASSES = ("Actor", "Institution", "Agreement", "Event", "Place", "Stance", "EventAccount", "InstitutionAccount",
            "AgreementAccount", "Commitment", "View", "Citation", "Evidence")  # fmt: skip


def read_text(path: Path, lexicon: "Lexicon") -> "Reading":
    """The source of `path` with its document and facts; what was not understood is remarked."""
    from kg.document import read_document
    from kg.facts.find import find_facts
    from kg.graph.build import Reading
    from kg.source import read_source

    progress(f"{path}: reading …")
    source = read_source(path)
    document = read_document(source)
    for warning in document.warnings:
        remark(f"{path}: {warning}")
    progress(f"{path}: {len(document.paragraphs)} paragraphs, finding facts …")
    return Reading(source, document, tuple(find_facts(document, lexicon)))


def count_classes(quads: "Iterable[Quad]") -> list[tuple[str, int]]:
    """How many members each class of the model has in the graph, in the order of the model; 0 is told too."""
    from kg.graph.names import A, term

    wanted = {str(term(f"kg:{name}")): name for name in _CLASSES}
    pairs = {(str(quad.subject), str(quad.object)) for quad in quads if quad.predicate == A}
    counts = Counter(wanted[cls] for _, cls in pairs if cls in wanted)
    return [(name, counts[name]) for name in _CLASSES]
