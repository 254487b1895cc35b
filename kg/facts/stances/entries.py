"""The entries of the rules for stances, as written and checked: the lexicon's own files, then a user's.

    entries = read_entries(lexicon)
    entries.issues["sanctions"].phrases     -> (PhraseEntry(where="issues.toml: issue 'sanctions', phrase …", table), …)

A user's file adds issues, phrases to an issue, and words of attitude; where a word is there already, the user's
polarity counts. Before: `kg.lexicon`. Next: `rules`, which compiles them.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.lexicon import Lexicon
from kg.lexicon.own import is_code
from kg.resources import LEXICON
from kg.script import fold

POLARITIES = ("support", "oppose", "conditional", "ambivalent")
NEEDS = ("stated", "any", "none", "rejected")
_SHOWN = ("support", "oppose", "ambivalent", "none")  # what a word can show; "none" takes one back
_STRENGTHS = ("stated", "acted")


@dataclass(frozen=True)
class PhraseEntry:
    where: str  # for messages: file, issue, phrase
    table: Mapping[str, Any]


@dataclass
class IssueRules:
    """What the files tell of an issue, together."""

    code: str
    about: set[str] = field(default_factory=set)
    yields_to: set[str] = field(default_factory=set)
    given_by_five: bool = False
    phrases: list[PhraseEntry] = field(default_factory=list)


@dataclass(frozen=True)
class Entries:
    issues: Mapping[str, IssueRules]
    attitudes: Mapping[str, tuple[str, str]]  # folded word -> (polarity, strength)
    follows: frozenset[str]  # folded words that come after what they are about
    words: Mapping[str, Any]  # the other tables of attitudes.toml


def read_entries(lexicon: Lexicon, folder: Path = LEXICON) -> Entries:
    """The rules of the two files of `folder` and of the user's; KgError names file, entry and what to do."""
    words = _read(folder / "attitudes.toml")
    issues: dict[str, IssueRules] = {}
    attitudes: dict[str, tuple[str, str]] = {}
    follows = set(map(fold, words["closing"]["words"]))
    _add_issues("issues.toml", _read(folder / "issues.toml")["issue"], issues, lexicon)
    attitudes |= _attitudes("attitudes.toml", words["attitude"], follows)
    for file in lexicon.own:
        _add_issues(file.name, file.rules("issue"), issues, lexicon)
        attitudes |= _attitudes(file.name, file.rules("attitude"), follows)
    for issue in issues.values():
        if unknown := sorted(issue.yields_to - issues.keys()):
            raise KgError(f"lexicon: issue '{issue.code}': yields_to '{unknown[0]}' is no issue; add it, or mend it.")
    return Entries(issues, attitudes, frozenset(follows), words)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KgError(f"{path}: no such file; the lexicon needs it") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: not readable as TOML: {error}") from None


# --- issues and their phrases ----------------------------------------------------------------------------------


def _add_issues(
    file: str, tables: Iterable[Mapping[str, Any]], issues: dict[str, IssueRules], lexicon: Lexicon
) -> None:
    for table in tables:
        where = f"{file}: issue '{table['code']}'"
        issue = issues.setdefault(table["code"], IssueRules(table["code"]))
        for key in ("about", "yields_to"):
            _check_type(where, key, table.get(key, []), "a list of texts", _is_texts)
        for code in table.get("about", ()):
            _check_known(where, "about", code, lexicon)
        issue.about |= set(table.get("about", ()))
        issue.yields_to |= set(table.get("yields_to", ()))
        _check_type(where, "given_by_five", table.get("given_by_five", False), "true or false", _is_bool)
        issue.given_by_five = table.get("given_by_five", issue.given_by_five)
        phrases = _check_type(where, "phrase", table.get("phrase", []), "[[issue.phrase]]", _is_tables)
        for entry in phrases:
            named = f"{where}, phrase '{entry.get('name', '?')}'"
            _check_phrase(named, entry, lexicon)
            if any(known.table["name"] == entry["name"] for known in issue.phrases):
                raise KgError(f"{named}: this issue has a phrase of that name; rename one.")
            issue.phrases.append(PhraseEntry(named, entry))


def _check_phrase(where: str, entry: Mapping[str, Any], lexicon: Lexicon) -> None:
    for key in entry:
        if key not in _PHRASE_KEYS:
            raise KgError(f"{where}: unknown key '{key}'. Known keys: {', '.join(sorted(_PHRASE_KEYS))}.")
    for key in ("name", "pattern"):
        if key not in entry:
            raise KgError(f"{where}: '{key}' is missing; add it.")
    for key, value in entry.items():
        _check_type(where, key, value, *_PHRASE_KEYS[key])
    if entry.get("polarity") == "conditional" and "condition" not in entry:
        raise KgError(f"{where}: 'condition' is missing; say in a few words what it depends on.")
    for key, known in (("toward", POLARITIES[:2]), ("needs", NEEDS), ("polarity", POLARITIES)):
        if key in entry and entry[key] not in known:
            raise KgError(f"{where}: {key} = '{entry[key]}' is unknown. Use one of {', '.join(known)}.")
    named = [holder.removeprefix("!") for holder in entry.get("holder", [])]
    for code in [*named, entry["target"]] if "target" in entry else named:
        if code not in lexicon.actors:
            raise KgError(f"{where}: '{code}' is no actor; add it as [[actor]], or mend the code.")


def _check_known(where: str, key: str, code: str, lexicon: Lexicon) -> None:
    if not any(code in group for group in (lexicon.actors, lexicon.institutions, lexicon.agreements, lexicon.places)):
        raise KgError(f"{where}: {key} '{code}' is no code or id of the lexicon; add that entry, or mend it.")


# --- words of attitude -----------------------------------------------------------------------------------------


def _attitudes(file: str, groups: Iterable[Mapping[str, Any]], follows: set[str]) -> Mapping[str, tuple[str, str]]:
    """The words of one file; those that come after what they are about go into `follows` too."""
    found: dict[str, tuple[str, str]] = {}
    for group in groups:
        where = f"{file}: attitude '{group.get('name', '?')}'"
        for key in group:
            if key not in _ATTITUDE_KEYS:
                raise KgError(f"{where}: unknown key '{key}'. Known keys: {', '.join(sorted(_ATTITUDE_KEYS))}.")
        for key in ("name", "polarity", "strength", "words"):
            if key not in group:
                raise KgError(f"{where}: '{key}' is missing; add it.")
        for key, value in group.items():
            _check_type(where, key, value, *_ATTITUDE_KEYS[key])
        shown = (group["polarity"], group["strength"])
        for key, value, known in (("polarity", shown[0], _SHOWN), ("strength", shown[1], _STRENGTHS)):
            if value not in known:
                raise KgError(f"{where}: {key} = '{value}' is unknown. Use one of {', '.join(known)}.")
        for word in group["words"]:
            if found.setdefault(fold(word), shown) != shown:
                raise KgError(f"{where}: the word '{word}' has another polarity or strength above; drop one.")
        follows.update(map(fold, group["words"] if group.get("follows") else ()))
    return found


# --- types -----------------------------------------------------------------------------------------------------


def _check_type(where: str, key: str, value: Any, wanted: str, test: Callable[[Any], bool]) -> Any:
    if not test(value):
        raise KgError(f"{where}: {key} is {value!r}; write {wanted}.")
    return value


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(table, dict) for table in value)


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_share(value: Any) -> bool:
    return type(value) in (int, float) and 0 < value <= 1


def _is_examples(value: Any) -> bool:
    return _is_tables(value) and all(
        example.keys() == {"text", "stances"}
        and _is_text(example["text"])
        and isinstance(example["stances"], list)
        and all(_is_texts(stance) and len(stance) == 3 for stance in example["stances"])
        for example in value
    )


_TEXT, _FLAG, _LIST = ("a text", _is_text), ("true or false", _is_bool), ("a list of texts, none empty", _is_texts)
_NAME = ("a name of small letters, digits and hyphens", is_code)
_PHRASE_KEYS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "name": _NAME, "pattern": _TEXT, "toward": _TEXT, "needs": _TEXT, "holder": _LIST, "target": _TEXT,
    "polarity": _TEXT, "reason": _TEXT, "condition": _TEXT, "supposed": _FLAG, "concession": _FLAG,
    "confidence": ("a number above 0, at most 1", _is_share),
    "example": ("[{text = …, stances = [[holder, issue, polarity], …]}]", _is_examples),
}  # fmt: skip
_ATTITUDE_KEYS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "words": ("a list of texts, none empty", lambda value: _is_texts(value) and bool(value)),
    "name": _NAME, "polarity": _TEXT, "strength": _TEXT, "follows": _FLAG,
}  # fmt: skip
