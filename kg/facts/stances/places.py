"""The stances of a document: every paragraph under its headings, and the tables that state positions.

    find_stances(document, lexicon)   -> [Stance(holder="PRK", issue="sanctions", polarity="oppose", …)]

Before: `finding`, which reads one passage. Next: `kg.facts.find`.
"""

import re
from collections.abc import Iterator

from kg.document.model import Document, Table
from kg.facts.evidence import Place, make_evidence
from kg.facts.headings import talks_over
from kg.facts.model import Stance
from kg.facts.stances.finding import TALKS, Found, StanceFinder
from kg.lexicon import Lexicon
from kg.mentions import find_mentions
from kg.script import fold

_ROUND = re.compile(fold("第.{1,2}(?:輪|階段)"))


def find_stances(document: Document, lexicon: Lexicon) -> list[Stance]:
    """Every stance of the document's paragraphs and of its tables of positions, one per place, sorted."""
    finder = StanceFinder(lexicon)
    found: list[Stance] = []
    for paragraph in document.paragraphs:
        talks = talks_over(document, paragraph, lexicon) == TALKS
        read = finder.read(paragraph.passage.text, paragraph.sentences, talks=talks)
        found += [_to_stance(document, paragraph, stance) for stance in read]
    for table in document.tables:
        found += _table_stances(document, table, finder)
    return sorted(set(found))


def _table_stances(document: Document, table: Table, finder: StanceFinder) -> Iterator[Stance]:
    """A table whose rows open with an actor, or with a round of talks, tells its positions in the other cells."""
    talks = any(m.codes == (TALKS,) for m in find_mentions(table.caption, finder.lexicon))
    for first, *cells in table.rows:
        holder = _row_holder(first.passage.text.strip(), talks, finder.lexicon)
        for cell in cells if holder else ():
            for stance in finder.read(cell.passage.text, holder=holder, talks=True):
                yield _to_stance(document, cell, stance)


def _row_holder(text: str, talks: bool, lexicon: Lexicon) -> str:
    """Whose row it is: the one actor that its first cell names, or the six for a round; empty if nobody's."""
    named = find_mentions(text, lexicon)
    if [(m.kind, m.start, m.end) for m in named] == [("actor", 0, len(text))]:
        return named[0].codes[0]
    return "SIX" if talks and _ROUND.match(fold(text)) else ""


def _to_stance(document: Document, place: Place, found: Found) -> Stance:
    voice = "third-party" if found.scholar else "author-paraphrase"
    if found.scholar:
        context = "scholarship"
    elif found.document:
        context = "document"
    else:
        context = "six-party-talks" if found.about_talks else "foreign-policy"
    evidence = make_evidence(
        document, place, found.start, found.end, rule=found.rule, confidence=found.confidence, voice=voice
    )
    return Stance(
        holder=found.holder,
        issue=found.issue,
        polarity=found.polarity,
        evidence=evidence,
        targets=found.targets,
        condition=found.condition,
        context=context,
        document=found.document,
        date=found.date,
    )
