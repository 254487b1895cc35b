"""What the author of the text holds: where the text says so (筆者認為), and in its conclusions.

    own_views(stretch, rules, headings)   -> [Own(carrier, "author-explicit")]

Only words that no footnote covers are read. Elsewhere than under a concluding
heading (小結, 結論) a judgment counts with a word of assertion (的確, 不可否認).
Before: `carriers`. Next: `finding`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.facts.views.carriers import Carrier, Span, clauses_in, read_sentence
from kg.facts.views.rules import ViewRules
from kg.facts.views.stretches import Stretch


@dataclass(frozen=True)
class Own:
    carrier: Carrier
    rule: str


def own_views(stretch: Stretch, rules: ViewRules, headings: str) -> list[Own]:
    """The author's own views in a stretch, in order: at most one in a sentence."""
    found = list(_explicit(stretch, rules, headings))
    told = {own.carrier.sentence for own in found}
    for sentence in stretch.sentences if not stretch.note else []:
        own = None if sentence in told else _concluded(stretch, sentence, rules, headings)
        if own is not None:
            found.append(own)
    return sorted(found, key=lambda own: own.carrier.start)


def _explicit(stretch: Stretch, rules: ViewRules, headings: str) -> Iterator[Own]:
    for sentence in stretch.sentences:
        match = rules.words["own"].search(stretch.folded, *sentence)
        if match is None:
            continue
        clause = next(c for c in clauses_in(stretch.paragraph, *sentence) if c[1] > match.start())
        found = read_sentence(stretch, *sentence, rules, headings, since=clause[0])
        yield Own(
            Carrier(*with_next(stretch, clause, match.end(), sentence[1]), sentence, found.kind), "author-explicit"
        )


def with_next(stretch: Stretch, clause: Span, told: int, limit: int) -> Span:
    """The clause; with the one after it where it ends with the word that tells (筆者認為，…)."""
    following = clauses_in(stretch.paragraph, clause[1], limit)
    return (clause[0], following[0][1]) if following and clause[1] - told < 4 else clause


def _concluded(stretch: Stretch, sentence: Span, rules: ViewRules, headings: str) -> Own | None:
    text = stretch.folded[slice(*sentence)]
    found = read_sentence(stretch, *sentence, rules, headings)
    clause = stretch.folded[found.start : found.end]
    concluding = rules.has("concluding_heading", headings) and not rules.has("no_concluding_heading", headings)
    asserted = rules.has("assertion", text)
    judging = rules.has("evaluating_heading", headings) and _concludes(stretch, sentence, rules)
    if found.kind.kind == "assessment" and (concluding or asserted or judging):
        return Own(found, "author-concludes")
    if found.kind.rule == "definition-told" and (concluding or rules.has("defining_heading", headings)):
        return Own(found, "author-concludes")
    if found.kind.kind == "prescription" and concluding and rules.has("advice_cue", text):
        return None if rules.has("reported_will", clause) else Own(found, "author-advises")
    return None


def _concludes(stretch: Stretch, sentence: Span, rules: ViewRules) -> bool:
    return any(rules.words["conclusion"].match(stretch.folded, *c) for c in clauses_in(stretch.paragraph, *sentence))
