"""The clause that carries the view of a stretch, and the kind that is read there.

    carriers(stretch, rules, headings)   -> [Carrier(start, end, kind, …)]

A list (…有以下幾點：第一，…) is carried by the clause that leads into it; a
definition by the clause that defines; else it is in the last sentence before
the mark. Before: `stretches`, `kinds`. Next: `finding`.
"""

import re
from dataclasses import dataclass, replace

from kg.document.model import Paragraph
from kg.facts.evidence import SHORTEST, clauses
from kg.facts.views.kinds import EXPLANATION, Kind, read_kind
from kg.facts.views.rules import ViewRules
from kg.facts.views.stretches import Stretch

Span = tuple[int, int]


@dataclass(frozen=True)
class Carrier:
    """Where the view stands (passage offsets), the sentence around it, and its kind."""

    start: int
    end: int
    sentence: Span
    kind: Kind


def clauses_in(paragraph: Paragraph, start: int, end: int) -> list[Span]:
    """The clauses of the paragraph that lie in `start:end`, cut to it."""
    text = paragraph.passage.text
    return [(start + a, start + b) for a, b in clauses(text[start:end])]


def carriers(stretch: Stretch, rules: ViewRules, headings: str = "") -> list[Carrier]:
    """What carries that which the note cites: one clause, or one for each list or school; none where no words are."""
    sentences = stretch.sentences
    if not sentences:
        return []
    schools = [s for s in sentences if rules.words["school"].search(stretch.folded, *s)]
    if len(schools) > 1:
        return [_leads(stretch, clauses_in(stretch.paragraph, *s)[0], rules, headings) for s in schools]
    leading = _lead_lists(stretch, rules)
    if leading:
        return [_leads(stretch, clause, rules, headings) for clause in leading]
    for sentence in sentences:
        clause, kind = _best(stretch, sentence, rules, headings)
        if kind.kind == "definition":
            return [Carrier(*clause, sentence, kind)]
    return [read_sentence(stretch, *sentences[-1], rules, headings)]


def long_enough(paragraph: Paragraph, clause: Span, sentence: Span) -> Span:
    """The clause; where it is too short to be published, with those before it in the sentence, else those after it."""
    start, end = clause
    found = clauses_in(paragraph, *sentence)
    for a, _ in reversed([c for c in found if c[0] < start]):
        if end - start >= SHORTEST:
            break
        start = a
    for _, b in [c for c in found if c[1] > end]:
        if end - start >= SHORTEST:
            break
        end = b
    return start, end


def _leads(stretch: Stretch, clause: Span, rules: ViewRules, headings: str) -> Carrier:
    sentence = next((s for s in stretch.sentences if s[0] <= clause[0] < s[1]), clause)
    return Carrier(*clause, sentence, _best(stretch, (sentence[0], clause[1]), rules, headings)[1])


def read_sentence(
    stretch: Stretch, start: int, end: int, rules: ViewRules, headings: str = "", since: int = 0
) -> Carrier:
    """The carrier in one sentence; from `since` on, where only that part of it tells the view."""
    clause, kind = _best(stretch, (start, end), rules, headings, since)
    return Carrier(*clause, (start, end), kind)


def _best(stretch: Stretch, sentence: Span, rules: ViewRules, headings: str, since: int = 0) -> tuple[Span, Kind]:
    """The clause whose kind ranks first (a later one before an earlier), or the conclusion, or the last."""
    found = [c for c in clauses_in(stretch.paragraph, *sentence) if c[0] >= since] or [sentence]
    around = stretch.folded[slice(*sentence)]
    at = sentence[0]
    read = [((a, b), read_kind(around, a - at, b - at, rules, headings)) for a, b in found]
    hits = [(clause, kind) for clause, kind in read if kind.rule]
    if hits:
        ranks = {rule.name: rank for rank, rule in enumerate(rules.kinds)}
        clause, kind = min(reversed(hits), key=lambda hit: ranks[hit[1].rule])
        judged = {k.valence for _, k in hits if k.valence}
        if kind.valence and len(judged) > 1 and rules.has("contrast", around):
            kind = replace(kind, valence="mixed")
        return clause, kind
    long = [c for c in found if c[1] - c[0] >= SHORTEST] or found
    opens = [c[0] for c in found if rules.words["conclusion"].match(stretch.folded, *c)]
    concluding = next((c for c in long if opens and c[0] >= opens[-1]), long[-1])
    return concluding, EXPLANATION


_STYLES = tuple(re.compile(r"[\s「]*" + head) for head in ("第", "[(（]", "[一二三四五六]是", "(?:首先|其|再|最)"))
_FIRST = re.compile(r"[\s「]*(?:第一|[(（][一1][)）]|一是|首先)")


def _lead_lists(stretch: Stretch, rules: ViewRules) -> list[Span]:
    """The clause before each list in the stretch: items of which two or more are of one style (第一 … 第二 …)."""
    found = clauses_in(stretch.paragraph, stretch.start, stretch.end)
    if found and rules.words["assertion"].search(stretch.folded, *found[-1]):
        return []  # a judgment follows the list
    lists: list[list[int]] = []
    for i, clause in enumerate(found):
        if rules.words["item"].match(stretch.folded, *clause):
            if not lists or _FIRST.match(stretch.folded, *clause):
                lists.append([])
            lists[-1].append(i)
    return [
        found[_lead(stretch, found, items[0], rules)]
        for items in lists
        if max(sum(bool(s.match(stretch.folded, *found[i])) for i in items) for s in _STYLES) > 1
    ]


def _lead(stretch: Stretch, found: list[Span], first: int, rules: ViewRules) -> int:
    """Which clause leads into the list that begins at `first`: one with a word for it, or the one before."""
    near = [i for i in range(max(0, first - 3), first + 1) if rules.words["lead_in"].search(stretch.folded, *found[i])]
    return near[-1] if near else max(first - 1, 0)
