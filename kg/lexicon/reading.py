"""TOML files -> entries; every mistake is told with its file and entry.

A further file (a user's own) may add entries, or extend one: lists are
appended, other fields replaced. It may hold issues, words of attitude and rules
for events too (`own.py`). Next: `names.py` makes the index.
"""

import csv
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KgError
from kg.lexicon.model import Actor, AgreementEntry, Entry, Example, InstitutionEntry, Lexicon, PlaceEntry
from kg.lexicon.names import Phrases, build_lexicon
from kg.lexicon.own import RULES, OwnFile, read_own
from kg.resources import LEXICON

FILES = ("actors.toml", "institutions.toml", "agreements.toml", "places.toml")
IDENTIFIERS = "identifiers.csv"
ISSUES = "issues.toml"

KINDS = {
    Actor: ("state", "government", "organization", "group", "person"),
    InstitutionEntry: ("organization", "forum", "talks", "dialogue", "regime"),
    AgreementEntry: (
        "treaty", "joint-statement", "chairmans-statement", "framework", "declaration", "resolution",
        "action-plan", "charter", "white-paper", "report",
    ),
}  # fmt: skip
_CLASSES: dict[str, type[Entry]] = {
    "actor": Actor, "institution": InstitutionEntry, "agreement": AgreementEntry, "place": PlaceEntry,
}  # fmt: skip
_FROM_IDENTIFIERS = {"iso3", "cow", "cameo", "wikidata", "leader_wikidata"}
Entries = dict[str, dict[str, Entry]]  # "actor" -> code -> entry


def load_lexicon(folder: Path = LEXICON, extra: Sequence[Path] = ()) -> Lexicon:
    """The lexicon of the four files in `folder`, with the entries of `extra` files added.

    Raises KgError where a file is missing, empty or no TOML, and for an unknown
    key, a missing field, a code used twice, a reference to nothing, or a name
    that would name two things.
    """
    entries: Entries = {what: {} for what in _CLASSES}
    phrases = Phrases()
    for path in [folder / name for name in FILES]:
        _add_tables(path, _parse(path), entries, phrases, extend=False)
    own: list[OwnFile] = []
    for path in extra:
        data = _parse(path)
        _add_tables(path, data, entries, phrases, extend=True)
        codes = {issue.code for file in own for issue in file.issues}
        own.append(read_own(path, data, codes | _issue_codes(folder / ISSUES)))
    _add_identifiers(folder / IDENTIFIERS, entries)
    return replace(build_lexicon(entries, phrases), own=tuple(own))


def _issue_codes(path: Path) -> set[str]:
    return {issue["code"] for issue in _parse(path).get("issue", ())} if path.is_file() else set()


def _add_tables(path: Path, data: Mapping[str, Any], entries: Entries, phrases: Phrases, extend: bool) -> None:
    if not data:
        raise KgError(f"{path.name}: no entry; write at least one, such as [[actor]] (see docs/lexicon.md)")
    for what, tables in data.items():
        if what in _CLASSES:
            for table in _tables(path, what, tables):
                _add_entry(path.name, what, table, entries[what], extend)
        elif what in ("phrase", "no_mention", "short_forms"):
            phrases.add(path.name, what, tables)
        elif not (extend and what in RULES):
            known = ", ".join([*_CLASSES, "phrase", "no_mention", "short_forms", *(RULES if extend else ())])
            raise KgError(f"{path.name}: unknown table {what!r}; known: {known}. Mend the spelling")


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KgError(f"{path}: no such lexicon file; put it there, or name another folder") from None
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}); name a readable TOML file") from None
    except UnicodeDecodeError as error:
        raise KgError(f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise KgError(f"{path.name}: not valid TOML: {error}; mend it there") from None


def _tables(path: Path, what: str, tables: Any) -> list[dict[str, Any]]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise KgError(f"{path.name}: {what} is no list of tables; write [[{what}]] with two brackets")
    return tables


def _add_entry(file: str, what: str, table: dict[str, Any], known: dict[str, Entry], extend: bool) -> None:
    key = "code" if what == "actor" else "id"
    code = table.get(key)
    if not isinstance(code, str) or not code.isascii() or not code.replace("-", "").isalnum():
        raise KgError(f"{file}: {what} with {key} {code!r}; give it a {key} of ASCII letters, digits and hyphens")
    where = f"{file}: {what} {code}"
    values = _values(where, _CLASSES[what], table)
    if code not in known:
        known[code] = _new_entry(where, _CLASSES[what], values)
    elif extend:
        known[code] = _extended(known[code], values)
    else:
        raise KgError(f"{where}: this {key} is used twice; merge the two entries, or rename one")
    _check_kind(where, known[code])


def _values(where: str, cls: type[Entry], table: dict[str, Any]) -> dict[str, Any]:
    """The fields of a TOML table, each checked for its type."""
    kinds = {f.name: f.type for f in fields(cls) if f.name not in _FROM_IDENTIFIERS}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key == "example":
            values["examples"] = _examples(where, value)
        elif key not in kinds or key == "examples":
            known = ", ".join(sorted(kinds.keys() - {"examples"} | {"example"}))
            raise KgError(f"{where}: unknown key {key!r}; known: {known}. Mend the spelling")
        elif kinds[key] is int:
            values[key] = _checked(where, key, value, "a whole number", lambda v: type(v) is int)
        elif kinds[key] is str:
            values[key] = _checked(where, key, value, "a text", lambda v: isinstance(v, str))
        else:
            values[key] = tuple(_checked(where, key, value, "a list of texts, none empty", _is_texts))
    return values


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)


def _checked(where: str, key: str, value: Any, wanted: str, test: Callable[[Any], bool]) -> Any:
    if not test(value):
        raise KgError(f"{where}: {key} is {value!r}; write {wanted}")
    return value


def _examples(where: str, value: Any) -> tuple[Example, ...]:
    if not isinstance(value, list):
        raise KgError(f"{where}: example is no list; write example = [{{text = ..., mentions = [...]}}]")
    found = []
    for example in value:
        ok = isinstance(example, dict) and example.keys() == {"text", "mentions"}
        if not ok or not isinstance(example["text"], str) or not _is_texts(example["mentions"]):
            raise KgError(f"{where}: example {example!r}; write {{text = ..., mentions = [codes]}}")
        found.append(Example(example["text"], tuple(example["mentions"])))
    return tuple(found)


_E = TypeVar("_E", bound=Entry)


def _new_entry(where: str, cls: type[_E], values: dict[str, Any]) -> _E:
    wanted = ["kind"] * (cls in KINDS) + ["en", "zh", "examples"]
    missing = [name for name in wanted if not values.get(name)]
    if missing:
        word = {"examples": "example"}.get(missing[0], missing[0])
        raise KgError(f"{where}: {word} is missing; every entry has {', '.join(wanted[:-1])} and an example")
    return cls(**values)


def _extended(entry: _E, values: dict[str, Any]) -> _E:
    lists = {key: getattr(entry, key) + value for key, value in values.items() if isinstance(value, tuple)}
    return replace(entry, **{**values, **lists})


def _check_kind(where: str, entry: Entry) -> None:
    kinds = KINDS.get(type(entry))
    if kinds and not isinstance(entry, PlaceEntry) and entry.kind not in kinds:
        raise KgError(f"{where}: unknown kind {entry.kind!r}; known: {', '.join(kinds)}")


def _add_identifiers(path: Path, entries: Entries) -> None:
    """Copy the verified identifiers (column `of`: "actor:CHN", "leader:CHN-HU") into the entries."""
    if not path.is_file():
        return
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error) as error:
        raise KgError(f"{path.name}: not a CSV file in UTF-8 ({error}); save it as one") from None
    for row in rows:
        if not row.get("of") or row.get("wikidata") is None:
            raise KgError(f"{path.name}: a row has no `of` or no `wikidata`; give every row both columns")
        what, _, key = row["of"].partition(":")
        if what == "event":
            continue
        known = entries.get("actor" if what == "leader" else what, {})
        if key not in known:
            raise KgError(f"{path.name}: {row['of']!r} names no entry of the lexicon; mend the column `of`")
        known[key] = _with_identifiers(known[key], row, leader=what == "leader")


def _with_identifiers(entry: _E, row: Mapping[str, str], leader: bool) -> _E:
    own = {f.name for f in fields(entry)} & _FROM_IDENTIFIERS
    values: dict[str, Any] = {key: row[key] for key in own if row.get(key)}
    if leader:
        values = {"leader_wikidata": row["wikidata"]}
    return replace(entry, **values)
