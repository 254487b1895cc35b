"""A clause -> what the view in it does with its subject, and how it values it.

    read_kind("會談發揮了積極作用", 0, 9, rules)    -> Kind("assessment", "positive", "praise")

The rules stand in `lexicon/views.toml`, in order of rank; where none hits, a
view explains. Before: `rules`. Next: `carriers`, `own`.
"""

from dataclasses import dataclass

from kg.facts.views.rules import KindRule, ViewRules


@dataclass(frozen=True)
class Kind:
    kind: str
    valence: str = ""
    rule: str = ""  # name of the rule; "" where none hit


EXPLANATION = Kind("explanation")


def read_kind(sentence: str, start: int, end: int, rules: ViewRules, headings: str = "") -> Kind:
    """The kind of the view that the clause `sentence[start:end]` (folded) carries: of the first rule that hits.

    `headings` are the titles of the parts it stands in.
    """
    for rule in rules.kinds:
        if _hits(rule, sentence, start, end, rules, headings):
            return Kind(rule.kind, rule.valence, rule.name)
    return EXPLANATION


def _hits(rule: KindRule, sentence: str, start: int, end: int, rules: ViewRules, headings: str) -> bool:
    clause = sentence[start:end]
    if not rule.pattern.search(clause) or (rule.unless is not None and rule.unless.search(clause)):
        return False
    if rule.before is not None and rule.before.search(sentence, 0, start):
        return False
    if rule.beside is not None and not rule.beside.search(sentence):
        return False
    if rule.of_evaluable and not (rules.has("evaluable", sentence) or rules.has("evaluating_heading", headings)):
        return False
    return not rule.under or rules.has(rule.under, headings)
