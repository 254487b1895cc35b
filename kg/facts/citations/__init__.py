"""Stage 5: footnotes -> citations: which work, which pages, whether it was cited before.

    find_citations(document, lexicon)
    "羅平，港口與城市（台北：遠景，2003 年），頁 4。"  -> Citation(work=Work(title="港口與城市", …), pages="4")

forms.py      the written form that patterns match; taking fields out of a text
rules.py      lexicon/citations.toml, compiled
cutting.py    a footnote -> single references
people.py     names with their roles
titles.py     the title
fields.py     address, day of access, pages, issue
imprint.py    place, publisher, year; dates
known.py      all of these, taken out of a reference
kinds.py      article, book, chapter, thesis, news, web, document
marked.py     a reference whose title has marks
plain.py      a reference whose title has none
dotted.py     a reference with full stops between its fields (GB/T 7714, bibliographies)
pointers.py   a reference that only points back
parsing.py    one reference -> its fields (reference.py): which of these it is
resolving.py  同註, 前揭書, ibid., short forms -> the work as first cited
"""

from kg.document.model import Document
from kg.facts.citations.cutting import cut_references
from kg.facts.citations.known import Style
from kg.facts.citations.parsing import parse_reference
from kg.facts.citations.people import learn_latin_names
from kg.facts.citations.resolving import Placed, Resolved, corners_used, resolve
from kg.facts.citations.rules import CitationRules, load_citation_rules
from kg.facts.evidence import make_evidence
from kg.facts.model import Citation
from kg.lexicon import Lexicon

__all__ = ["find_citations"]

_SURE = {"citation-full": 0.95, "citation-short": 0.9, "citation-pointer": 0.9}
_UNSURE = 0.6  # a short form of a work that is nowhere cited in full


def find_citations(document: Document, lexicon: Lexicon) -> list[Citation]:
    """The citations of every footnote, in the order of the text; none for a footnote that cites nothing."""
    rules = load_citation_rules()
    style = Style(corners_used(f.passage.text for f in document.footnotes), learn_latin_names(document))
    placed = _read(document, rules, style)
    return [_citation(document, resolved) for resolved in resolve(placed)]


def _read(document: Document, rules: CitationRules, style: Style) -> list[Placed]:
    placed = []
    for footnote in document.footnotes:
        text, number = footnote.passage.text, 0
        for start, end in cut_references(text, rules):
            if reference := parse_reference(text[start:end], rules, style):
                number += 1
                placed.append(Placed(footnote, number, start, end, reference))
    return placed


def _citation(document: Document, resolved: Resolved) -> Citation:
    placed, reference = resolved.placed, resolved.placed.reference
    rule = "citation-pointer" if reference.pointer else "citation-full" if reference.full else "citation-short"
    confidence = _SURE[rule] if resolved.sure else _UNSURE
    return Citation(
        footnote=placed.footnote.id,
        number=placed.number,
        work=resolved.work,
        evidence=make_evidence(document, placed.footnote, placed.start, placed.end, rule=rule, confidence=confidence),
        pages=reference.pages,
        repeats=resolved.repeats,
        cites=resolved.cites,
        accessed=reference.accessed,
    )
