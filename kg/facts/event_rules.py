"""The rules for events, read from `lexicon/events.toml`.

    rules = load_event_rules()
    rules.rules[0].kind        # "accession"

A mistake in the file is told with the rule's name. Next: `kg.facts.events`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KgError
from kg.facts.slots import NAME_CHARACTERS, compile_pattern
from kg.lexicon import OwnFile
from kg.lexicon.own import is_code
from kg.resources import LEXICON

EVENT_KINDS = (
    "accession", "withdrawal", "signing", "nuclear-test", "missile-launch", "talks", "statement", "resolution",
    "sanction", "facility-shutdown", "facility-restart", "inspection", "visit", "establishment", "leadership-change",
    "military-incident", "designation", "speech", "other",
)  # fmt: skip
_REACHES = ("clause", "sentence", "document", "meeting", "year", "passage")
_SUBJECTS = ("wanted", "needed", "none")
_CARRIES = ("month", "end", "year", "same")


@dataclass(frozen=True)
class Example:
    text: str
    events: tuple[tuple[str, str, str], ...]  # (date, kind, participants joined by ";")


@dataclass(frozen=True)
class EventRule:
    name: str
    kind: str
    pattern: re.Pattern[str]
    confidence: float
    unless: re.Pattern[str] | None = None
    date: str = "sentence"  # how far off the date may stand
    subject: str = "wanted"  # "needed": someone must be named; "none": only whom the clause itself names
    agreement: tuple[str, ...] = ()  # kinds that the slot may have
    institution: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Introduction:
    """Where a text introduces or describes an institution."""

    name: str
    pattern: re.Pattern[str]
    confidence: float
    unless: re.Pattern[str] | None = None
    list: bool = False  # those joined to it are introduced as well
    initiator: bool = False  # the {actor} caught called it into being
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (text, ids)


@dataclass(frozen=True)
class EventRules:
    rules: tuple[EventRule, ...]
    introductions: tuple[Introduction, ...]
    unreal: re.Pattern[str]  # searched in what stands before the trigger in its clause
    planned: re.Pattern[str]  # searched in the clause
    conditional: re.Pattern[str]
    carry: tuple[tuple[str, re.Pattern[str]], ...]  # (what is taken up, at the head of a clause)
    frame: re.Pattern[str]


_NEAR = 80  # characters before a trigger within which a word may deny it


def is_unreal(piece: str, trigger: int, rules: EventRules) -> bool:
    """Whether what stands before the trigger in its clause says that it did not happen, or only may."""
    return rules.unreal.search(piece[max(0, trigger - _NEAR) : trigger]) is not None


def load_event_rules(path: Path = LEXICON / "events.toml", own: Sequence[OwnFile] = ()) -> EventRules:
    """The rules of the file, and those that a user's files add; KgError tells which is wrong, and what to mend."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}); put the rules for events there") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KgError(f"{path.name}: not valid TOML: {error}; mend it there") from None
    try:
        written = [(path.name, data["rule"], data["introduction"])]
        written += [(file.name, file.rules("rule"), file.rules("introduction")) for file in own]
        rules = tuple(_read(_rule, file, table) for file, tables, _ in written for table in tables)
        introductions = tuple(_read(_introduction, file, table) for file, _, tables in written for table in tables)
        guards, carry = data["guards"], data["carry"]
        unreal = guards["unreal"].replace("NAMES", f"[{NAME_CHARACTERS}「」《》]")
        found = EventRules(
            rules,
            introductions,
            unreal=compile_pattern(unreal),
            planned=compile_pattern(guards["planned"]),
            conditional=compile_pattern(guards["conditional"]),
            carry=tuple((name, compile_pattern(carry[name])) for name in _CARRIES),
            frame=compile_pattern(carry["frame"]),
        )
    except KeyError as error:
        raise KgError(f"{path.name}: {error} is missing; write it (see the head of the file)") from None
    if not rules:
        raise KgError(f"{path.name}: no [[rule]]; write at least one")
    names = [rule.name for rule in found.rules] + [rule.name for rule in found.introductions]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise KgError(f"{path.name}: two rules are called {twice[0]!r}; rename one")
    return found


_R = TypeVar("_R", EventRule, Introduction)


def _read(read: Callable[[str, Mapping[str, Any]], _R], file: str, table: Mapping[str, Any]) -> _R:
    """An entry read by `read`; what is wrong with it is told with its name."""
    where = f"{file}: rule {table.get('name')!r}"
    try:
        rule = read(where, table)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KgError(f"{where}: is not as it should be ({error}); see the head of lexicon/events.toml") from None
    if not is_code(rule.name):
        raise KgError(f"{where}: give it a name of small letters, digits and hyphens")
    if not 0 < rule.confidence <= 1:
        raise KgError(f"{where}: confidence is {rule.confidence}; write a number above 0, at most 1")
    if rule.pattern.search(""):
        raise KgError(f"{where}: the pattern matches where nothing stands; write at least one character of it")
    return rule


def _pattern(where: str, pattern: str) -> re.Pattern[str]:
    try:
        return compile_pattern(pattern)
    except KgError as error:
        raise KgError(f"{where}: {error}") from None


def _check_keys(where: str, table: Mapping[str, Any], needed: tuple[str, ...], others: tuple[str, ...]) -> None:
    known = sorted((*needed, *others))
    if unknown := sorted(set(table) - set(known)):
        raise KgError(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(known)}")
    for key in needed:
        if key not in table:
            raise KgError(f"{where}: {key} is missing; write it")


def _introduction(where: str, table: Mapping[str, Any]) -> Introduction:
    _check_keys(where, table, ("name", "pattern", "confidence"), ("unless", "list", "initiator", "example"))
    return Introduction(
        name=table["name"],
        pattern=_pattern(where, table["pattern"]),
        confidence=float(table["confidence"]),
        unless=_pattern(where, table["unless"]) if table.get("unless") else None,
        list=bool(table.get("list")),
        initiator=bool(table.get("initiator")),
        examples=tuple((e["text"], tuple(e["institutions"])) for e in table.get("example", ())),
    )


def _rule(where: str, table: Mapping[str, Any]) -> EventRule:
    _check_keys(
        where, table, ("name", "kind", "pattern", "confidence"),
        ("unless", "date", "subject", "agreement", "institution", "example"),
    )  # fmt: skip
    if table["kind"] not in EVENT_KINDS:
        raise KgError(f"{where}: kind {table['kind']!r} is none of {', '.join(EVENT_KINDS)}")
    if table.get("date", "sentence") not in _REACHES:
        raise KgError(f"{where}: date {table['date']!r} is none of {', '.join(_REACHES)}")
    if table.get("subject", "wanted") not in _SUBJECTS:
        raise KgError(f"{where}: subject {table['subject']!r} is none of {', '.join(_SUBJECTS)}")
    return EventRule(
        name=table["name"],
        kind=table["kind"],
        pattern=_pattern(where, table["pattern"]),
        confidence=float(table["confidence"]),
        unless=_pattern(where, table["unless"]) if table.get("unless") else None,
        date=table.get("date", "sentence"),
        subject=table.get("subject", "wanted"),
        agreement=tuple(table.get("agreement", ())),
        institution=tuple(table.get("institution", ())),
        examples=tuple(
            Example(e["text"], tuple((d, k, p) for d, k, p in e["events"])) for e in table.get("example", ())
        ),
    )
