"""The fields of an entry -> a fact, in the form that the rules would have given it.

    make_fact("stance", {"holder": "JPN", "issue": "aid", "polarity": "oppose"}, evidence, lexicon)
    -> Stance(holder="JPN", issue="aid", polarity="oppose", evidence=…)

Names follow `kg/facts/model.py`; slugs and labels that are not told are made as for facts that rules find.
Raises KgError without the entry's place: `applying.py` puts it before the message.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, replace
from dataclasses import fields as fields_of
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from kg.corrections.entries import CHINESE
from kg.edtf import is_edtf
from kg.errors import KgError
from kg.facts.citations.reference import Reference
from kg.facts.citations.resolving import work_id
from kg.facts.event_rules import EVENT_KINDS
from kg.facts.model import Agreement, Citation, Commitment, Event, Evidence, Fact, Institution, Stance, View, Work
from kg.facts.naming import event_id, event_labels, round_id, round_labels
from kg.facts.stances.entries import POLARITIES
from kg.facts.views.rules import KINDS, VALENCES
from kg.lexicon import AgreementEntry, InstitutionEntry, Lexicon
from kg.rulebook import issue_codes

CLASSES: Mapping[str, type[Fact]] = {
    "stance": Stance, "event": Event, "institution": Institution, "agreement": Agreement,
    "commitment": Commitment, "view": View, "citation": Citation,
}  # fmt: skip
_ACTORS = ("holder", "targets", "participants", "members", "initiator", "parties", "debtor", "beneficiary")
_DATES = ("date", "founded", "accessed")
_ENGLISH = ("condition", "subject", "label_en", "name_en")
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_FOOTNOTE = re.compile(r"[0-9]+:[0-9]+")
_FROM_ONE = ("number", "order", "round", "phase", "member_count")
_CONTEXTS = ("six-party-talks", "foreign-policy", "document", "scholarship")
_KINDS: Mapping[str, tuple[str, ...]] = {
    "event": EVENT_KINDS,
    "institution": ("organization", "forum", "talks", "dialogue", "regime"),
    "agreement": (
        "treaty", "joint-statement", "chairmans-statement", "framework", "declaration", "resolution", "action-plan",
        "charter", "white-paper", "report",
    ),
    "view": KINDS,
}  # fmt: skip
_WORKS = ("article", "book", "chapter", "thesis", "news", "web", "document")


def make_fact(kind: str, given: Mapping[str, Any], evidence: Evidence, lexicon: Lexicon) -> Fact:
    """The fact that the fields tell, with this evidence. KgError for a field or code that is unknown or ill-typed."""
    values = read_fields(kind, given)
    _check_codes(kind, values, lexicon)
    if kind == "event":
        values = _named_event(values, lexicon)
    values = _known_names(kind, values, lexicon) | values
    missing = [f.name for f in fields_of(CLASSES[kind]) if _needed(f) and f.name not in {*values, "evidence"}]
    if missing:
        raise KgError(f"the {kind} lacks {missing[0]!r}. Write it.")
    return CLASSES[kind](**values, evidence=evidence)


def read_fields(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with the types of the model: lists become tuples, a table of `work` a Work."""
    return {name: _read(kind, name, value, _hints(CLASSES[kind])) for name, value in given.items()}


def _hints(cls: type) -> dict[str, Any]:
    return {name: hint for name, hint in get_type_hints(cls).items() if name != "evidence"}


def _known_names(kind: str, values: Mapping[str, Any], lexicon: Lexicon) -> dict[str, str]:
    """The names of an institution or agreement that the lexicon knows."""
    entries: Mapping[str, InstitutionEntry | AgreementEntry] = {}
    if kind == "institution":
        entries = lexicon.institutions
    elif kind == "agreement":
        entries = lexicon.agreements
    entry = entries.get(values.get("id", ""))
    return {"name_zh": entry.zh, "name_en": entry.en} if entry else {}


def _needed(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _read(kind: str, name: str, value: Any, hints: Mapping[str, Any]) -> Any:
    if name not in hints:
        raise KgError(f"a {kind} has no field {name!r}; it has {', '.join(sorted(hints))}.")
    wanted = hints[name]
    if wanted is Work:
        return _work(value)
    if get_origin(wanted) is tuple:
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise KgError(f'{name!r} must be a list of texts, such as ["CHN", "PRK"].')
        return tuple(value)
    types = get_args(wanted) if isinstance(wanted, UnionType) else (wanted,)
    if type(value) not in types:  # not isinstance: true is no number
        raise KgError(f"{name!r} must be of the type {types[0].__name__}.")
    return value


def _work(value: Any) -> Work:
    if not isinstance(value, dict):
        raise KgError("'work' must be a table, such as { title = …, kind = \"book\" }.")
    values = {name: _read("work", name, one, _hints(Work)) for name, one in value.items()}
    for name in ("title", "kind"):
        if not values.get(name):
            raise KgError(f"the work lacks {name!r}. Write it.")
    if values["kind"] not in _WORKS:
        raise KgError(f"the kind of work {values['kind']!r} is none of {', '.join(_WORKS)}.")
    made = Work(**{"id": "", **values})
    printed = Reference(title=made.title, kind=made.kind, authors=made.authors, year=made.year)
    return made if made.id else replace(made, id=work_id(printed))


def _check_codes(kind: str, values: Mapping[str, Any], lexicon: Lexicon) -> None:
    for name in _ACTORS:
        for code in _several(values.get(name, ())):
            lexicon.actor(code)
    if kind in ("event", "agreement"):
        for place in _several(values.get("place", ())):
            lexicon.place(place)
    for name in _DATES:
        if values.get(name) and not is_edtf(values[name]):
            raise KgError(f"{name} {values[name]!r} is no EDTF date. Write 2003, 2003-08 or 2003-08-27/2003-08-29.")
    issues = [*_several(values.get("issues", ()))]
    if kind in ("stance", "commitment"):
        issues.append(values["issue"])
    for name in _ENGLISH:
        if CHINESE.search(values.get(name, "")):
            raise KgError(f"{name} is published: write it in English, in your own words.")
    if not _SLUG.fullmatch(values.get("id", "x")):
        raise KgError(f"id {values['id']!r} is no slug. Use small letters, digits and hyphens.")
    if not _FOOTNOTE.fullmatch(values.get("footnote", "1:1") or "1:1"):
        raise KgError(f"footnote {values['footnote']!r} is none. Write chapter and number, such as 4:12.")
    for name in _FROM_ONE:
        if values.get(name, 1) < 1:
            raise KgError(f"{name} is {values[name]}. Count from 1.")
    _check("issue", issues, sorted([*issue_codes(), *(issue.code for issue in lexicon.issues)]))
    _check("polarity", _several(values.get("polarity", ())), POLARITIES)
    _check("valence", _several(values.get("valence", ())), VALENCES)
    _check("context", _several(values.get("context", ())), _CONTEXTS)
    _check("kind", _several(values.get("kind", ())), _KINDS.get(kind, ()))


def _check(name: str, codes: Iterable[str], known: Iterable[str]) -> None:
    for code in codes:
        if code not in known:
            raise KgError(f"{name} {code!r} is none of {', '.join(known)}.")


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _named_event(values: dict[str, Any], lexicon: Lexicon) -> dict[str, Any]:
    """An event with the slug and the labels that a rule would give it, where the entry gives none."""
    kind, date, who = values["kind"], values["date"], values.get("participants", ())
    things = {name: values.get(name, "") for name in ("agreement", "institution")}
    number = values.get("round")
    if number is not None and things["institution"]:
        id = round_id(things["institution"], number, values.get("phase"))
        en, zh = round_labels(things["institution"], number, values.get("phase"), lexicon)
    else:
        id = event_id(kind, date, who, place=values.get("place", ""), **things)
        en, zh = event_labels(kind, date, who, lexicon, **things)
    return {"id": id, "label_en": en, "label_zh": zh, **values}
