"""The rules for views, read from `lexicon/views.toml`.

    rules = load_view_rules()
    rules.kinds[0].name      -> "definition-told"

Patterns are folded like the text, so a rule written in traditional characters
matches a simplified text too. Next: every other module of the package.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.resources import LEXICON
from kg.script import fold

KINDS = ("definition", "assessment", "explanation", "prescription")
VALENCES = ("positive", "skeptical", "mixed")
_WORDS = (
    "report", "report_noun", "no_report", "office", "organization", "surname", "no_name", "title", "nation", "share",
    "opinion", "lead_in", "item", "contrast", "conclusion", "school", "reported_will", "evaluable", "own", "assertion",
    "object", "stance", "writing", "advice_cue", "concluding_heading", "no_concluding_heading", "defining_heading",
    "evaluating_heading",
)  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A text, the authors of its footnotes in order ("[1]" is the first mark), and the views in it."""

    text: str
    views: tuple[tuple[str, str, str], ...]  # (authors joined with ";", kind, valence)
    notes: tuple[tuple[str, ...], ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class KindRule:
    """A way to tell what a view does with its subject; the first that hits in the sentence wins."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    valence: str = ""
    unless: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None  # silent where the sentence has it before the clause
    beside: re.Pattern[str] | None = None  # the sentence must have it
    of_evaluable: bool = False  # only where the sentence names a role, talks, a mechanism …
    under: str = ""  # only under a heading with a word of this list
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Topic:
    """What a view may be about: `en` may hold {whose}, the actor named, and {what}, a further topic."""

    name: str
    en: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...] = ()  # (text, subject)


@dataclass(frozen=True)
class HolderRule:
    """How a text says who holds a view; the name is that of the module's own rule, the examples are tests."""

    name: str
    confidence: float
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class ViewRules:
    words: dict[str, re.Pattern[str]]
    kinds: tuple[KindRule, ...]
    aspects: tuple[Topic, ...]
    topics: tuple[Topic, ...]
    holders: dict[str, HolderRule]

    def has(self, name: str, text: str) -> bool:
        """Whether a word of that list stands in `text` (folded)."""
        return self.words[name].search(text) is not None


HOLDER_RULES = ("cited", "named", "named-and-cited", "group", "author-explicit", "author-concludes", "author-advises")


def load_view_rules(path: Path = LEXICON / "views.toml") -> ViewRules:
    """The rule file, compiled; raises KgError that names file, rule and what to do."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KgError(f"{path}: cannot be read ({error}); mend the file") from None
    try:
        rules = ViewRules(
            words={name: _compile(f"{path}: words {name!r}", tables["words"][name]) for name in _WORDS},
            kinds=tuple(_kind(path, table) for table in tables["kind"]),
            aspects=tuple(_topic(path, table) for table in tables["aspect"]),
            topics=tuple(_topic(path, table) for table in tables["topic"]),
            holders={t["name"]: HolderRule(t["name"], float(t["confidence"]), _examples(t)) for t in tables["holder"]},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise KgError(f"{path}: {error} is missing or of the wrong form; see the head of the file") from None
    if set(rules.holders) != set(HOLDER_RULES):
        wrong = ", ".join(sorted(set(rules.holders) ^ set(HOLDER_RULES)))
        raise KgError(f"{path}: holder rules must be {', '.join(HOLDER_RULES)}; missing or unknown: {wrong}")
    return rules


def _kind(path: Path, table: dict[str, Any]) -> KindRule:
    where = f"{path}: kind rule {table.get('name')!r}"
    kind, valence = table["kind"], table.get("valence", "")
    if kind not in KINDS:
        raise KgError(f"{where}: kind {kind!r} is none of {', '.join(KINDS)}")
    if valence and valence not in VALENCES:
        raise KgError(f"{where}: valence {valence!r} is none of {', '.join(VALENCES)}")
    if (kind == "assessment") != bool(valence):
        raise KgError(f"{where}: an assessment has a valence, and nothing else has one")
    return KindRule(
        name=table["name"],
        kind=kind,
        pattern=_compile(where, table["pattern"]),
        valence=valence,
        unless=_compile(where, table["unless"]) if "unless" in table else None,
        before=_compile(where, table["before"]) if "before" in table else None,
        beside=_compile(where, table["beside"]) if "beside" in table else None,
        of_evaluable=bool(table.get("of_evaluable")),
        under=_list_name(where, table.get("under", "")),
        examples=_examples(table),
    )


def _list_name(where: str, name: str) -> str:
    if name and name not in _WORDS:
        raise KgError(f"{where}: there is no list of words {name!r}; known: {', '.join(_WORDS)}")
    return name


def _topic(path: Path, table: dict[str, Any]) -> Topic:
    pattern = _compile(f"{path}: topic {table.get('name')!r}", table["pattern"])
    examples = tuple((e["text"], e["subject"]) for e in table.get("example", ()))
    return Topic(table["name"], table["en"], pattern, examples)


def _examples(table: dict[str, Any]) -> tuple[Example, ...]:
    return tuple(
        Example(
            text=e["text"],
            views=tuple((a, k, v) for a, k, v in e["views"]),
            notes=tuple(tuple(authors) for authors in e.get("notes", ())),
            heading=e.get("heading", ""),
        )
        for e in table.get("example", ())
    )


def _compile(where: str, pattern: str | Iterable[str]) -> re.Pattern[str]:
    """A pattern, or a list of them of which any may hit: the longest first."""
    text = pattern if isinstance(pattern, str) else "|".join(sorted(pattern, key=lambda p: (-len(p), p)))
    if not text:
        raise KgError(f"{where}: is empty; give it a pattern or remove it")
    try:
        return re.compile(fold(text))
    except re.error as error:
        raise KgError(f"{where}: {text!r} is no regular expression ({error}); mend it") from None
