"""The rules for stances, read from `lexicon/issues.toml` and `lexicon/attitudes.toml`.

    rules = load_stance_rules(Mask(lexicon))
    rules.phrases[0].issue     -> "denuclearization"

Patterns and words are folded like the text, so a rule written in traditional
characters matches a simplified text; slots become the masks of names.

Before: `masks`, `entries`. Next: `subjects`, `attitudes`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError
from kg.facts.stances.entries import IssueRules, read_entries
from kg.facts.stances.masks import Mask
from kg.lexicon import Lexicon
from kg.resources import LEXICON
from kg.script import fold

_SLOT = re.compile(r"\{([A-Za-z][\w+.-]*)\}")


@dataclass(frozen=True)
class Example:
    text: str
    stances: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Phrase:
    """One way to name an issue (see the head of lexicon/issues.toml)."""

    name: str
    issue: str
    pattern: re.Pattern[str]
    toward: str = "support"
    needs: str = "any"
    only: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    target: str = ""
    polarity: str = ""
    confidence: float = 0.85
    reason: str = ""
    yields_to: frozenset[str] = frozenset()
    condition: str = ""  # what a fixed "conditional" depends on, in our own words
    concession: bool = False  # a step of the holder's own: in a proposal it is offered in return
    supposed: bool = False  # also where it is only supposed: 一旦制裁即為宣戰
    examples: tuple[Example, ...] = ()

    @property
    def rule(self) -> str:
        return f"stance-{self.issue}-{self.name}" if self.name != self.issue else f"stance-{self.issue}"

    def may_be_held_by(self, lexicon: Lexicon) -> Callable[[str], bool]:
        """Whether an actor, by itself or as part of its state, may hold a stance by this phrase."""

        def allowed(holder: str) -> bool:
            codes = {holder, lexicon.state_of(holder)}
            return not (codes & self.never) and (not self.only or bool(codes & self.only))

        return allowed


@dataclass(frozen=True)
class StanceRules:
    phrases: tuple[Phrase, ...]
    topics: Mapping[str, frozenset[str]]  # issue -> what its passage must name
    closing: frozenset[str]
    even_supposed: frozenset[str]  # rules that count in a supposition too
    being: re.Pattern[str]
    policy_noun: re.Pattern[str]
    exchange: re.Pattern[str]
    able: re.Pattern[str]
    unable: re.Pattern[str]
    lacking: re.Pattern[str]
    attitudes: Mapping[str, tuple[str, str]]  # folded word -> (polarity, strength)
    attitude: re.Pattern[str]
    negator: re.Pattern[str]
    no_negator: re.Pattern[str]
    supposes: re.Pattern[str]
    sets_condition: re.Pattern[str]
    promises: re.Pattern[str]
    asks: re.Pattern[str]
    advice: re.Pattern[str]
    inner_negator: re.Pattern[str]
    condition: re.Pattern[str]
    conditions: Mapping[str, str]  # folded word -> what it means, in our own words
    first_step: re.Pattern[str]  # 在…取消後
    proviso: re.Pattern[str]
    this_condition: re.Pattern[str]
    says: re.Pattern[str]
    proposal: re.Pattern[str]
    conclusion: re.Pattern[str]
    connective: re.Pattern[str]
    continuation: re.Pattern[str]
    blocker: re.Pattern[str]
    attitude_noun: re.Pattern[str]
    pair: re.Pattern[str]
    we: re.Pattern[str]
    talks: re.Pattern[str]
    neighbours: re.Pattern[str]
    meeting: re.Pattern[str]
    given_by_five: frozenset[str]  # issues of which the six are the givers but for the receiver


def load_stance_rules(mask: Mask, folder: Path = LEXICON) -> StanceRules:
    """Both rule files, and the user's, compiled; raises KgError that names file, rule and what to do."""
    entries = read_entries(mask.lexicon, folder)
    issues = entries.issues.values()
    attitudes = entries.words
    parts = {name: attitudes[name] for name in ("negation", "supposition", "advice", "condition", "group")}
    phrases = tuple(phrase for issue in issues for phrase in _phrases(issue, mask))
    return StanceRules(
        phrases=phrases,
        topics={issue.code: frozenset(issue.about) for issue in issues if issue.about},
        closing=entries.follows,
        even_supposed=frozenset(p.rule for p in phrases if p.supposed),
        being=_any_of(map(fold, attitudes["identity"]["being"])),
        policy_noun=_any_of(map(fold, attitudes["identity"]["noun"])),
        exchange=_any_of(map(fold, parts["condition"]["carried"]["exchange"])),
        able=_any_of(map(fold, parts["negation"]["able"])),
        lacking=_any_of(map(fold, parts["negation"]["lacking"])),
        unable=_any_of(map(fold, parts["negation"]["unable"])),
        attitudes=entries.attitudes,
        attitude=_any_of(entries.attitudes),
        negator=re.compile(f"(?:{_any_of(map(fold, parts['negation']['words'])).pattern}).{{0,2}}$"),
        no_negator=_any_of(map(fold, parts["negation"]["not_in"])),
        supposes=_any_of(map(fold, parts["supposition"]["opens"])),
        sets_condition=_any_of(map(fold, parts["supposition"]["conditions"])),
        promises=_any_of(map(fold, parts["supposition"]["promise"])),
        asks=_any_of(map(fold, parts["supposition"]["within"])),
        advice=_any_of(map(fold, parts["advice"]["words"])),
        inner_negator=_any_of(map(fold, parts["negation"]["inside"])),
        this_condition=_any_of(map(fold, parts["condition"]["carried"]["this"])),
        says=_any_of(map(fold, attitudes["speech"]["says"])),
        proposal=_any_of(map(fold, attitudes["speech"]["proposal"])),
        first_step=_first_step(parts["condition"]["first"]["steps"]),
        proviso=_any_of(map(fold, parts["condition"]["carried"]["proviso"])),
        conditions={fold(word): meaning for word, meaning in parts["condition"]["words"].items()},
        condition=_any_of(map(fold, parts["condition"]["words"])),
        conclusion=_any_of(map(fold, attitudes["conclusion"]["words"])),
        connective=_any_of(map(fold, attitudes["connective"]["words"])),
        continuation=_any_of(map(fold, attitudes["continuation"]["words"])),
        blocker=_any_of(map(fold, attitudes["blocker"]["words"])),
        attitude_noun=_any_of(map(fold, attitudes["attitude_noun"]["words"])),
        we=_any_of(map(fold, parts["group"]["we"])),
        pair=_any_of(map(fold, parts["group"]["pair"])),
        talks=_any_of(map(fold, parts["group"]["talks"])),
        neighbours=_any_of(map(fold, parts["group"]["neighbours"])),
        meeting=_any_of(map(fold, parts["group"]["meeting"])),
        given_by_five=frozenset(issue.code for issue in issues if issue.given_by_five),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Longest first, so that a longer word wins over a shorter one within it."""
    return re.compile("|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))))


def _first_step(steps: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        f"{fold('在')}[^，,]{{1,14}}(?:{_any_of(map(fold, steps)).pattern})(?:{fold('之|以')})?{fold('後')}"
    )


def _phrases(issue: IssueRules, mask: Mask) -> Iterable[Phrase]:
    for written in issue.phrases:
        entry = written.table
        holders = entry.get("holder", [])
        yield Phrase(
            name=entry["name"],
            issue=issue.code,
            pattern=_compile(entry["pattern"], mask, written.where),
            toward=entry.get("toward", "support"),
            needs=entry.get("needs", "any"),
            only=frozenset(h for h in holders if not h.startswith("!")),
            never=frozenset(h[1:] for h in holders if h.startswith("!")),
            target=entry.get("target", ""),
            polarity=entry.get("polarity", ""),
            confidence=entry.get("confidence", 0.85),
            reason=entry.get("reason", ""),
            condition=entry.get("condition", ""),
            concession=entry.get("concession", False),
            supposed=entry.get("supposed", False),
            yields_to=frozenset(issue.yields_to),
            examples=tuple(
                Example(e["text"], tuple((s[0], s[1], s[2]) for s in e["stances"])) for e in entry.get("example", ())
            ),
        )


def _compile(pattern: str, mask: Mask, where: str) -> re.Pattern[str]:
    pieces, at = [], 0
    for slot in _SLOT.finditer(pattern):
        pieces += [fold(pattern[at : slot.start()]), mask.slot(slot[1], where)]
        at = slot.end()
    pieces.append(fold(pattern[at:]))
    try:
        compiled = re.compile("".join(pieces))
    except re.error as error:
        raise KgError(f"{where}: the pattern is no regular expression: {error}") from None
    if compiled.search(""):
        raise KgError(f"{where}: the pattern matches where nothing stands; write at least one character of it.")
    return compiled
