"""Stage 5: `lexicon/citations.toml` -> the patterns by which the parts of a reference are known.

    rules = load_citation_rules()
    rules.newspapers.search(level("和平日報"))

Before: `kg.facts.citations.forms`. A mistake in the file is told with its section.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.facts.citations.forms import level
from kg.resources import LEXICON

KINDS = ("article", "book", "chapter", "thesis", "news", "web", "document")


@dataclass(frozen=True)
class Example:
    """Footnotes of one chapter, and what is read in them; nothing for a near miss."""

    notes: tuple[str, ...]
    works: tuple[tuple[str, ...], ...]  # (note, kind, authors joined by ";", title, year, pages, "repeat" or "")


@dataclass(frozen=True)
class CitationRules:
    """Patterns; each is searched in text that went through `level`."""

    note: re.Pattern[str]  # at the start; group "number"
    note_after_lead: re.Pattern[str]  # the same, behind a word like 見
    previous: re.Pattern[str]  # at the start
    cited: re.Pattern[str]  # anywhere
    leads: re.Pattern[str]  # at the start
    lead_after: re.Pattern[str]  # a comment's end, and the lead of the reference in it
    inside: re.Pattern[str]  # at the start of what follows a title
    editor: re.Pattern[str]  # at the end of a name, or before it; group "role"
    author: re.Pattern[str]
    translator: re.Pattern[str]
    others: re.Pattern[str]
    newspapers: re.Pattern[str]
    news: re.Pattern[str]
    websites: re.Pattern[str]
    theses: re.Pattern[str]
    papers: re.Pattern[str]
    publishers: re.Pattern[str]
    bodies: re.Pattern[str]
    institutes: re.Pattern[str]
    regions: re.Pattern[str]  # at the start, with the colon behind it
    documents: re.Pattern[str]
    documents_en: re.Pattern[str]
    documents_en_first: re.Pattern[str]  # at the start or the end
    happenings: re.Pattern[str]
    access: re.Pattern[str]
    gbt: Mapping[str, str]  # the letter of a mark -> kind
    examples: tuple[Example, ...] = ()


@cache
def load_citation_rules(path: Path = LEXICON / "citations.toml") -> CitationRules:
    """The rules of the file; KgError tells what is missing or wrong, and where."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}); put the words of citations there") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KgError(f"{path.name}: not valid TOML: {error}; mend it there") from None
    try:
        return _rules(data)
    except KeyError as error:
        raise KgError(f"{path.name}: {error} is missing; write it (see the head of the file)") from None
    except ValueError as error:
        raise KgError(f"{path.name}: {error}") from None


def _rules(data: dict[str, Any]) -> CitationRules:
    pointers, leads, roles, containers, titles = (data[section] for section in _SECTIONS)
    gbt = data["gbt"]
    if wrong := sorted(kind for kind in gbt.values() if kind not in KINDS):
        raise ValueError(f"gbt: kind {wrong[0]!r} is none of {', '.join(KINDS)}")
    begin = f"(?:{_any(leads['begin'])})(?!{_any(leads['not_before'])})"
    english = _any(titles["documents_en"])
    ends = r"(?=\W|$|页|第|p|注)"  # a pointer is a part of its own: 同上，頁 4, and not 同上海
    return CitationRules(
        note=_compile(rf"^\W*(?:{_any(pointers['note'])})\s*\[?(?P<number>\d{{1,4}})\b"),
        note_after_lead=_compile(rf"^\W*(?:{_any(pointers['note_after_lead'])})\s*\[?(?P<number>\d{{1,4}})\b"),
        previous=_compile(rf"^\W*(?:{_any(pointers['previous'])}){ends}(?!\s*\[?\d)"),
        cited=_compile(rf"(?:{_any(pointers['cited'])}){ends}"),
        leads=_compile(rf"^\s*(?:{begin})\s*[:,]?\s*"),
        lead_after=_compile(rf"(?<=[,。.])\s*(?:{begin})\s*[:,]?\s*"),
        inside=_compile(rf"^\W*(?:{_any(leads['inside'])})\s*[:,]?\s*"),
        editor=_role(roles["editor"], roles["others"]),
        author=_role(roles["author"], roles["others"]),
        translator=_role(roles["translator"], roles["others"]),
        others=_compile(rf"(?:{_any(roles['others'])})\s*$"),
        **{name: _compile(rf"(?:{_any(containers[name])})$") for name in _ENDINGS},
        theses=_compile(_any(containers["theses"])),
        regions=_compile(rf"(?:{_any(containers['regions'])})\s*:"),
        papers=_compile(_any(containers["papers"])),
        documents=_compile(rf"(?:{_any(titles['documents'])})$"),
        documents_en=_compile(english),
        documents_en_first=_compile(rf"^(?:the|full text of|text of)?\s*(?:{english})|(?:{english})$"),
        happenings=_compile(_any(titles["happenings"])),
        access=_compile(_any(data["access"]["words"])),
        gbt=dict(gbt),
        examples=tuple(
            Example(tuple(e["notes"]), tuple(tuple(map(str, work)) for work in e["works"])) for e in data["example"]
        ),
    )


_SECTIONS = ("pointers", "leads", "roles", "containers", "titles")
_ENDINGS = ("newspapers", "news", "websites", "publishers", "bodies", "institutes")


def _any(words: Iterable[str]) -> str:
    """Any of the words, the longest first; a Latin word only as a whole word."""
    forms = sorted({level(word) for word in words if word.strip()}, key=lambda w: (-len(w), w))
    if not forms:
        raise ValueError("a list of words is empty; write at least one word")
    return "|".join(_whole(form) for form in forms)


def _whole(form: str) -> str:
    before = r"(?<![A-Za-z])" if form[0].isascii() and form[0].isalpha() else ""
    after = r"(?![A-Za-z])" if form[-1].isascii() and form[-1].isalpha() else ""
    return before + r"\s*".join(map(re.escape, form.split())) + after


def _role(words: list[str], others: list[str]) -> re.Pattern[str]:
    """A role's word, alone or behind a name (李明主編, Jane Roe (ed.)), with "and others" before it."""
    role = rf"(?:{_any(words)})"
    return _compile(rf"(?:{_any(others)})?[\s(,]*(?P<role>{role})\.?\s*\)?\.?\s*$|^\s*(?P<before>{role})\.?\s+(?=\S)")


def _compile(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"a word makes no pattern: {error}") from None
