"""`corrections.toml` -> entries; every mistake is told with the entry's action and number.

    load_corrections(path)[0]
    -> Correction(action="reject", number=1, kind="stance", fields={"holder": "CHN", …}, start=100, …)

Whether an entry agrees with a source is seen when it is applied. Next: `applying.py`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError

ACTIONS = ("accept", "reject", "add")
VOICES = ("direct", "author-paraphrase", "author-inference", "third-party")
# What names a fact of each kind: an entry must tell at least these of it.
IDENTITY: Mapping[str, tuple[str, ...]] = {
    "stance": ("holder", "issue", "polarity"),
    "event": ("kind", "date"),
    "institution": ("id",),
    "agreement": ("id",),
    "commitment": ("debtor", "issue"),
    "view": ("authors", "kind"),
    "citation": ("footnote", "number"),
}
_NEEDED = ("edition", "start", "end", "digest", "reason", "who")
_HEX = re.compile("[0-9a-f]+")
_EDITION, _DIGEST = 12, 64  # hex digits; of the edition at least
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Correction:
    """One entry. `start` and `end` are code points of the edition, end exclusive."""

    action: str  # accept, reject, add
    number: int  # among the entries of its action, from 1
    file: str
    edition: str  # first hex digits of the source's SHA-256, twelve or more
    start: int
    end: int
    digest: str  # of the characters there, as kg:digest
    kind: str  # stance, event …
    fields: Mapping[str, Any]
    reason: str  # in English, our own words
    who: str
    voice: str = "author-paraphrase"  # of what is added

    @property
    def where(self) -> str:
        return f"{self.file}: {self.action} {self.number} (characters {self.start}-{self.end})"


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """The entries of the file, in its order by action; a file without entries has none.

    Raises KgError where the file cannot be read, and for an entry that is malformed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}). Name a file of corrections.") from None
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: not UTF-8 at byte {error.start}. Save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise KgError(f"{path}: not valid TOML: {error}. Mend it there.") from None
    if unknown := sorted(set(data) - set(ACTIONS)):
        raise KgError(f"{path}: unknown table {unknown[0]!r}; known: {', '.join(f'[[{a}]]' for a in ACTIONS)}.")
    found = []
    for action in ACTIONS:
        entries = data.get(action, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise KgError(f"{path}: {action} is no list of tables. Write [[{action}]] with two brackets.")
        found += [
            _entry(f"{path.name}: {action} {n}", path.name, action, n, entry) for n, entry in enumerate(entries, 1)
        ]
    return tuple(found)


def _entry(where: str, file: str, action: str, number: int, entry: Mapping[str, Any]) -> Correction:
    known = {*_NEEDED, *IDENTITY, *(["voice"] if action == "add" else [])}
    if unknown := sorted(set(entry) - known):
        raise KgError(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(sorted(known))}.")
    if missing := [key for key in _NEEDED if key not in entry]:
        raise KgError(f"{where}: {missing[0]!r} is missing. Write it.")
    kinds = [kind for kind in IDENTITY if kind in entry]
    if len(kinds) != 1:
        raise KgError(f"{where}: must tell one fact, such as stance = {{ holder = …, issue = …, polarity = … }}.")
    _check_values(where, entry)
    fields = entry[kinds[0]]
    if not isinstance(fields, dict) or (lacking := [key for key in IDENTITY[kinds[0]] if key not in fields]):
        lacks = lacking[0] if isinstance(fields, dict) else IDENTITY[kinds[0]][0]
        raise KgError(f"{where}: the {kinds[0]} lacks {lacks!r}. It needs {', '.join(IDENTITY[kinds[0]])}.")
    if empty := [key for key in IDENTITY[kinds[0]] if fields[key] in ("", [])]:
        raise KgError(f"{where}: {empty[0]!r} is empty. Write it.")
    told = {key: entry[key] for key in _NEEDED}
    return Correction(
        action, number, file, kind=kinds[0], fields=fields, **told, voice=entry.get("voice", Correction.voice)
    )


def _check_values(where: str, entry: Mapping[str, Any]) -> None:
    start, end = entry["start"], entry["end"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        raise KgError(f"{where}: start and end must be offsets, whole numbers from 0, start before end.")
    for key, least, most in (("edition", _EDITION, _DIGEST), ("digest", _DIGEST, _DIGEST)):
        value = entry[key]
        if not isinstance(value, str) or not least <= len(value) <= most or not _HEX.fullmatch(value):
            digits = f"{least}" if least == most else f"{least} or more"
            raise KgError(f"{where}: {key} must be {digits} hex digits of a SHA-256, in small letters.")
    for key in ("reason", "who"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise KgError(f"{where}: {key!r} is empty. Say why, and who says so.")
    if CHINESE.search(entry["reason"]):
        raise KgError(f"{where}: the reason is published: write it in English, in your own words.")
    if entry.get("voice", VOICES[0]) not in VOICES:
        raise KgError(f"{where}: voice {entry['voice']!r} is none of {', '.join(VOICES)}.")
