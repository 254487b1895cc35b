"""Stage 5: who undertook what in which document.

    find_commitments(document, lexicon)[0]
    -> Commitment(debtor="PRK", issue="verification", document="joint-statement-2005", order=1, …)

Where the text tells that a document was adopted, or what it says, the clauses
after it tell its content: what a party is for there, it undertakes. The scope
ends with the paragraph, and goes on over paragraphs that open with a number
(一、六方承諾…). Before: `kg.facts.events`, `kg.facts.stances`. Next: `kg.graph`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.document.model import Document, Paragraph
from kg.facts.event_rules import EventRules, load_event_rules
from kg.facts.events import Account, read_paragraphs
from kg.facts.evidence import make_evidence
from kg.facts.model import Commitment
from kg.facts.stances import StanceFinder
from kg.facts.stances.finding import Found
from kg.lexicon import Lexicon
from kg.script import fold

_BINDING = ("joint-statement", "chairmans-statement", "framework", "declaration", "action-plan", "treaty")
_ADOPTING = ("statement", "signing", "resolution")
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}
_NUMBER = re.compile(fold(r"(?:第([一二三四五六七八九十])[，,、]|(?:^|[。；])[（(]?([一二三四五六七八九十])[、）)])"))
_OPENS_WITH_NUMBER = re.compile(fold(r"\s*[（(]?[一二三四五六七八九十][、）)]"))
_CONTENT = re.compile(fold(r"(?:協議|協定|聲明|宣言|文件)的?內容|內容(?:如下|包括|為)|(?:協議|協定|聲明|宣言)中?(?:指出|規定|提到|強調|保證)"))


@dataclass(frozen=True)
class Scope:
    """From `start` on, a paragraph tells what `document` says."""

    start: int
    document: str
    date: str


def find_commitments(document: Document, lexicon: Lexicon, rules: EventRules | None = None) -> list[Commitment]:
    """The undertakings told in the paragraphs of `document`, one per place, in the order of the text."""
    finder = StanceFinder(lexicon)
    found: list[Commitment] = []
    running: Scope | None = None
    for account in read_paragraphs(document, lexicon, rules or load_event_rules()):
        assert isinstance(account.place, Paragraph)
        text = account.place.passage.text
        scopes = list(_scopes(account, lexicon))
        if running and _OPENS_WITH_NUMBER.match(text):
            scopes.insert(0, Scope(0, running.document, running.date))
        elif not scopes:
            running = None
            continue
        running = scopes[-1]
        for stance in finder.read(text, account.place.sentences, talks=account.talks != ""):
            scope = next((s for s in reversed(scopes) if s.start <= stance.start), None)
            if scope and stance.polarity != "ambivalent":
                found += _commitments(document, account.place, stance, scope)
    return found


def _scopes(account: Account, lexicon: Lexicon) -> Iterator[Scope]:
    for told in account.told:
        entry = lexicon.agreements.get(told.agreement)
        if entry and entry.kind in _BINDING and told.kind in _ADOPTING:
            yield Scope(told.start, told.agreement, told.when.edtf)


def _commitments(document: Document, place: Paragraph, stance: Found, scope: Scope) -> Iterator[Commitment]:
    evidence = make_evidence(
        document, place, stance.start, stance.end, rule=f"commitment-{stance.issue}", confidence=stance.confidence
    )
    if stance.polarity == "oppose" and stance.issue != "use-of-force":
        return
    yield Commitment(
        debtor=stance.holder,
        issue=stance.issue,
        evidence=evidence,
        beneficiary=";".join(stance.targets),
        document=scope.document,
        order=_order(place.passage.text, scope.start, stance.start),
    )


def _order(text: str, start: int, end: int) -> int | None:
    """The number of the point in which a clause stands: the last one printed before it."""
    numbers = list(_NUMBER.finditer(fold(text), start, end + 4))
    return _NUMERALS[numbers[-1][1] or numbers[-1][2]] if numbers else None
