"""For or against: the words of attitude in a clause, and which of them governs a phrase.

    主張 A          -> support of A
    不支持 A        -> oppose (a negator turns it round)
    主張 A 而非 B   -> support of A, oppose of B
    應 A            -> advice of the author's: no attitude; but 認為應 A is the speaker's wish

All on masked, folded text (`kg.facts.stances.masks`). Next: `finding`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.facts.stances.rules import StanceRules

OPPOSITE = {"support": "oppose", "oppose": "support"}


@dataclass(frozen=True)
class Attitude:
    polarity: str
    strength: str  # stated (says, wants), acted (works for)
    end: int  # where the word ends in its clause
    inherited: bool = False  # from the clause before
    offered: bool = False  # it is an item of a proposal
    closes: bool = False  # it comes after what it is about: 以…為目標


POSITION = Attitude("support", "stated", 0, inherited=True)  # what a table of positions states
PROPOSED = replace(POSITION, offered=True)


def find_attitudes(text: str, rules: StanceRules, after: int) -> list[Attitude]:
    """The attitudes of a clause behind its subject (which ends at `after`), in order."""
    found = []
    for match in rules.attitude.finditer(text, after):
        polarity, strength = rules.attitudes[match[0]]
        if polarity == "none":
            continue
        if rules.unable.search(text, max(0, match.start() - 4), match.start()):
            continue  # 無法達成: a failure, no attitude
        if strength == "acted" and rules.lacking.search(text, max(0, match.start() - 3), match.start()):
            continue  # 未建立, 無…: a lack, no refusal
        if negated(text, match.start(), rules):
            polarity = OPPOSITE.get(polarity, polarity)
        found.append(Attitude(polarity, strength, match.end(), closes=match[0] in rules.closing))
    says = rules.says.search(text, after)
    if says:  # 認為…應: the actor's own wish, not advice
        found += [Attitude("support", "stated", m.end(), closes=True) for m in rules.advice.finditer(text, says.end())]
    return sorted(found, key=lambda a: a.end)


def negated(text: str, at: int, rules: StanceRules) -> bool:
    """Whether a negator stands just before `at`."""
    before = _without_harmless(text[max(0, at - 5) : at], rules)
    return bool(rules.negator.search(before))


def turned(text: str, start: int, end: int, rules: StanceRules) -> bool:
    """Whether a negator stands between an attitude and its phrase: 主張對話而非制裁, 重申不對北韓動武."""
    between = _without_harmless(text[start:end], rules)
    return bool(rules.inner_negator.search(between) or rules.negator.search(between))


def _without_harmless(text: str, rules: StanceRules) -> str:
    """The text without the words in which a negator negates nothing (不只, 無論)."""
    return rules.no_negator.sub(lambda m: "＃" * len(m[0]), text)


def advised(text: str, at: int, attitude: Attitude | None, rules: StanceRules) -> bool:
    """應, 必須 before the phrase, with nobody who says so: the author's advice."""
    if attitude and attitude.strength == "stated" and attitude.polarity != "oppose":
        return False
    return bool(rules.advice.search(text, 0, at))


def governor(attitudes: Sequence[Attitude], governing: Attitude | None, phrase: re.Match[str]) -> Attitude | None:
    """What governs a phrase: an attitude said before it, else an act, else what goes on from the clause before.

    An act against it that comes between (希望避免戰爭) decides; an act *in* the
    phrase (推動會談) counts where nothing else does.
    """
    before = [a for a in attitudes if a.end <= phrase.start() + 1]
    stated = [a for a in before if a.strength == "stated"]
    hesitant = [a for a in stated if a.polarity == "ambivalent"]
    if hesitant:
        return hesitant[-1]
    if stated:
        against = [a for a in before if a.polarity == "oppose" and a.strength == "acted" and a.end > stated[-1].end]
        if against and stated[-1].polarity == "support":
            return against[-1]
        return replace(stated[-1], polarity="support") if against else stated[-1]  # 不希望推翻
    told_after = next((a for a in attitudes if a.closes and a.strength == "stated" and a.polarity == "oppose"), None)
    if told_after and told_after.end > phrase.end():
        return told_after  # 對恢復制裁表示不滿
    acts = before or [a for a in attitudes if a.end <= phrase.end() and a.polarity == "support"]
    if acts:
        told = governing is not None and governing.polarity == acts[-1].polarity == "support"  # what is wanted goes on
        return replace(governing, inherited=True) if governing and told else acts[-1]
    if governing:
        return replace(governing, inherited=True)
    return next((a for a in attitudes if a.closes and a.strength == "stated"), None)
