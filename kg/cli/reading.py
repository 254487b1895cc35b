"""A source file through every stage before the graph; shared by `kg extract` and `kg build`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import progress, remark
from kg.errors import NothingToCheck

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from kg.corrections import Correction
    from kg.graph import Reading
    from kg.lexicon import Lexicon

_CLASSES = ("Actor", "Institution", "Agreement", "Event", "Place", "Stance", "EventAccount", "InstitutionAccount",
            "AgreementAccount", "Commitment", "View", "Citation", "Evidence")  # fmt: skip


def read_text(path: Path, lexicon: "Lexicon", corrections: "Sequence[Correction]" = ()) -> "Reading":
    """The source of `path` with its document and its facts as corrected; what was not understood is remarked."""
    from kg.corrections import apply_corrections
    from kg.document import read_document
    from kg.facts.find import find_facts
    from kg.graph.build import Reading
    from kg.rulebook import load_rulebook
    from kg.source import read_source

    progress(f"{path}: reading …")
    source = read_source(path)
    document = read_document(source)
    for warning in document.warnings:
        remark(f"{path}: {warning}")
    progress(f"{path}: {len(document.paragraphs)} paragraphs, finding facts …")
    corrected = apply_corrections(find_facts(document, lexicon), corrections, source, document, lexicon)
    for idle in corrected.idle:
        remark(idle)
    if corrected.looked_at:
        remark(f"{path}: {corrected}")
    book = load_rulebook(extra=[file.path for file in lexicon.own])
    rules = {name: f"{rule.description} {rule.reason}".strip() for name, rule in book.items()}
    return Reading(source, document, corrected.facts, rules)


def corrections_for(file: Path | None, off: bool, sources: "Sequence[Path]") -> "Sequence[Correction]":
    """The corrections of `file`, by default those of the lexicon; `KgError` where `file` has none for a source."""
    from kg.corrections import load_corrections
    from kg.resources import LEXICON
    from kg.source import read_source

    if file and off:
        raise click.UsageError("--corrections and --no-corrections cannot both be meant. Leave one out.")
    if off:
        return ()
    found = load_corrections(file or LEXICON / "corrections.toml")
    if file and not any(read_source(s).sha256.startswith(c.edition) for s in sources for c in found):
        raise NothingToCheck(f"{file}: has no entry for {', '.join(map(str, sources))}. Compare its 'edition'.")
    return found


def count_classes(quads: "Iterable[Quad]") -> list[tuple[str, int]]:
    """How many members each class of the model has in the graph, in the order of the model; 0 is told too."""
    from kg.graph.names import A, term

    wanted = {str(term(f"kg:{name}")): name for name in _CLASSES}
    pairs = {(str(quad.subject), str(quad.object)) for quad in quads if quad.predicate == A}
    counts = Counter(wanted[cls] for _, cls in pairs if cls in wanted)
    return [(name, counts[name]) for name in _CLASSES]
