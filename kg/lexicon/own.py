"""What a user's own file holds beside names: issues, words of attitude, rules for events.

    own = read_own(Path("mine.toml"), data, known={"sanctions"})
    own.issues                    # those that are new, with their names
    own.rules("attitude")         # the tables [[attitude]] as written

Here an issue's code and names are checked. The rules are kept as they are written: `kg.facts`, which knows what
they mean, checks and compiles them. Before: nothing. Next: `reading`, which puts the files into the `Lexicon`.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError

RULES = ("issue", "attitude", "rule", "introduction")
_NAMES = ("en", "zh", "definition", "definition_zh", "scope_note", "scope_note_zh")
_KEYS = ("code", *_NAMES, "about", "yields_to", "given_by_five", "phrase")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class IssueEntry:
    """An issue that the concept schemes do not have."""

    code: str
    en: str
    zh: str
    definition: str = ""
    definition_zh: str = ""
    scope_note: str = ""  # what support of it means
    scope_note_zh: str = ""


@dataclass(frozen=True)
class OwnFile:
    """A user's file as it is written, and the issues that it adds."""

    path: Path
    tables: Mapping[str, Any]
    issues: tuple[IssueEntry, ...] = ()

    @property
    def name(self) -> str:
        return self.path.name

    def rules(self, what: str) -> tuple[Mapping[str, Any], ...]:
        """The tables [[what]] of the file."""
        return tuple(self.tables.get(what, ()))


def is_code(value: Any) -> bool:
    """Whether it is a text of small letters, digits and hyphens, fit for the end of an IRI."""
    return isinstance(value, str) and bool(_CODE.fullmatch(value))


def read_own(path: Path, tables: Mapping[str, Any], known: Collection[str]) -> OwnFile:
    """The rules of a file, whose issues are new or among the codes `known`. Raises KgError for a faulty issue."""
    for what in RULES:
        rules = tables.get(what, [])
        if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
            raise KgError(f"{path.name}: {what} is no list of tables; write [[{what}]] with two brackets")
    codes: set[str] = set()
    issues = []
    for table in tables.get("issue", ()):
        code = table.get("code")
        if not isinstance(code, str) or not is_code(code):
            raise KgError(f"{path.name}: issue with code {code!r}; give it a code of small letters, digits and hyphens")
        where = f"{path.name}: issue {code}"
        if code in codes:
            raise KgError(f"{where}: this code is used twice; merge the two entries")
        codes.add(code)
        _check_issue(where, table, code in known)
        if code not in known:
            issues.append(IssueEntry(code, **{key: table[key] for key in _NAMES if key in table}))
    return OwnFile(path, tables, tuple(issues))


def _check_issue(where: str, table: Mapping[str, Any], known: bool) -> None:
    for key in table:
        if key not in _KEYS:
            raise KgError(f"{where}: unknown key {key!r}; known: {', '.join(_KEYS)}. Mend the spelling")
    for key in _NAMES:
        if key in table and known:
            raise KgError(f"{where}: it is there already, with its {key}; leave that out, or use another code")
        if key in table and not (isinstance(table[key], str) and table[key].strip()):
            raise KgError(f"{where}: {key} is {table[key]!r}; write a text")
    for key in ("en", "zh"):
        if key not in table and not known:
            raise KgError(f"{where}: {key} is missing; a new issue has a name in English (en) and in Chinese (zh)")
