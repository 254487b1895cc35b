"""Entries -> `Lexicon`: the index of names, and the checks that need all entries at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kg.edtf import is_edtf
from kg.errors import KgError
from kg.lexicon.forms import squeeze
from kg.lexicon.model import Actor, AgreementEntry, Entry, Example, InstitutionEntry, Lexicon, Name, PlaceEntry
from kg.lexicon.model import ShortForms as Short

_REFERENCES = {  # field -> the kind of entry that it names
    "state": "actor", "government": "actor", "members": "actor", "actor": "actor", "known_parties": "actor",
    "country": "actor", "capital_of": "actor", "part_of": "institution", "institution": "institution",
    "known_place": "place",
}  # fmt: skip


@dataclass
class Phrases:
    """What the files hold beside entries: phrases for several actors, words to pass over, short forms."""

    phrases: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)  # names, codes
    passed_over: list[str] = field(default_factory=list)
    short_forms: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    examples: list[Example] = field(default_factory=list)

    def add(self, file: str, what: str, data: Any) -> None:
        try:
            if what == "short_forms":
                for key in ("strong", "prefixes", "after", "offices", "particles"):
                    self.short_forms[key] += _texts(data[key])
                return
            for table in data:
                self.examples += [Example(str(e["text"]), tuple(_texts(e["mentions"]))) for e in table["example"]]
                if what == "phrase":
                    self.phrases.append((tuple(_texts(table["names"])), tuple(_texts(table["actors"]))))
                else:
                    self.passed_over += _texts(table["words"])
        except (KeyError, TypeError) as error:
            wanted = {
                "phrase": "[[phrase]] with names, actors and example",
                "no_mention": "[[no_mention]] with words and example",
                "short_forms": "[short_forms] with the lists strong, prefixes, after, offices, particles",
            }
            raise KgError(f"{file}: {what} is not as it should be ({error}); write {wanted[what]}") from None


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise TypeError(f"{value!r} is no list of texts")
    return value


def build_lexicon(entries: Mapping[str, Mapping[str, Entry]], phrases: Phrases) -> Lexicon:
    """The lexicon of these entries; KgError for a reference to nothing or a name of two things."""
    actors = {k: v for k, v in entries["actor"].items() if isinstance(v, Actor)}
    institutions = {k: v for k, v in entries["institution"].items() if isinstance(v, InstitutionEntry)}
    agreements = {k: v for k, v in entries["agreement"].items() if isinstance(v, AgreementEntry)}
    places = {k: v for k, v in entries["place"].items() if isinstance(v, PlaceEntry)}
    for what, group in entries.items():
        for key, entry in group.items():
            _check_references(f"{what} {key}", entry, entries)
    for id, institution in institutions.items():
        if institution.actor:
            actors[institution.actor] = replace(actors[institution.actor], institution=id)
    return Lexicon(
        actors, institutions, agreements, places,
        index=_index(_names(entries, phrases)),
        short=_short(actors),
        short_forms=_short_forms(phrases),
        phrase_examples=tuple(phrases.examples),
    )  # fmt: skip


def _check_references(where: str, entry: Entry, entries: Mapping[str, Mapping[str, Entry]]) -> None:
    date = getattr(entry, "known_date", "")
    if date and not is_edtf(date):
        raise KgError(f"lexicon: {where}: known_date {date!r} is no EDTF date; write such as 2003-08-27")
    for name, what in _REFERENCES.items():
        value = getattr(entry, name, ())
        for code in (value,) if isinstance(value, str) else value:
            if code and code not in entries[what]:
                raise KgError(f"lexicon: {where}: {name} {code!r} is no {what}; add that entry, or mend the code")


def _names(entries: Mapping[str, Mapping[str, Entry]], phrases: Phrases) -> Iterator[Name]:
    for what, group in entries.items():
        for key, entry in group.items():
            kind = what
            codes: tuple[str, ...] = (key,)
            if isinstance(entry, InstitutionEntry) and entry.actor:
                kind, codes = "actor", (entry.actor,)
            yield from (_name(form, kind, codes, entry) for form in _forms(entry))
    for names, actors in phrases.phrases:
        for code in actors:
            if code not in entries["actor"]:
                raise KgError(f"lexicon: phrase {names[0]}: {code!r} is no actor; add that entry, or mend the code")
        yield from (_name(form, "actor", actors, None) for form in names)
    yield from (_name(word, "none", (), None) for word in phrases.passed_over)


def _forms(entry: Entry) -> list[str]:
    forms = [entry.zh, entry.en, *entry.names]
    forms.append(getattr(entry, "acronym", ""))
    if isinstance(entry, Actor):
        forms += [entry.leader_zh, entry.leader_en]
    if isinstance(entry, AgreementEntry) and entry.un_symbol.startswith("S/RES/"):
        number = entry.un_symbol.removeprefix("S/RES/").split()[0]
        forms += [f"{first}{number}號{last}" for first in ("第", "") for last in ("決議", "決議案")]
        forms.append(f"決議第{number}號")
        forms += [f"Resolution {number}", f"UNSCR {number}", entry.un_symbol, f"S/RES/{number}"]
    return list(dict.fromkeys(form for form in forms if form.strip()))


def _name(form: str, kind: str, codes: tuple[str, ...], entry: Entry | None) -> Name:
    squeezed = squeeze(form)
    if not squeezed.text:
        raise KgError(f"lexicon: {kind} {' '.join(codes)}: the name {form!r} has no visible character; take it out")
    cased = squeezed.cased if squeezed.cased.isascii() and squeezed.cased.isupper() else ""
    not_in = _around(squeezed.text, entry.not_in if entry else ())
    only_in = _around(squeezed.text, entry.only_in if entry else ())
    return Name(squeezed.text, cased, kind, codes, not_in, only_in)


def _around(name: str, phrases: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Where `name` begins in each of the phrases that hold it."""
    forms = [squeeze(phrase).text for phrase in phrases]
    return tuple((at, form) for form in forms for at in range(len(form)) if form.startswith(name, at) and form != name)


def _index(names: Iterator[Name]) -> dict[str, tuple[Name, ...]]:
    by_text: dict[str, Name] = {}
    for name in names:
        known = by_text.setdefault(name.text, name)
        if known.codes != name.codes or known.kind != name.kind:
            one, two = (" ".join(n.codes) or "no_mention" for n in (known, name))
            raise KgError(f"lexicon: the name {name.text!r} names both {one} and {two}; take it from one of them")
    index: dict[str, list[Name]] = defaultdict(list)
    for name in by_text.values():
        index[name.text[0]].append(name)
    return {first: tuple(sorted(group, key=lambda n: (-len(n.text), n.text))) for first, group in index.items()}


def _short(actors: Mapping[str, Actor]) -> dict[str, str]:
    short: dict[str, str] = {}
    for code, actor in actors.items():
        for form in actor.short:
            character = squeeze(form).text
            if len(character) != 1:
                raise KgError(f"lexicon: actor {code}: short form {form!r} is not one character; put it into names")
            if short.setdefault(character, code) != code:
                raise KgError(f"lexicon: the short form {form!r} is of both {short[character]} and {code}; drop one")
    return short


def _short_forms(phrases: Phrases) -> Short:
    words = {key: tuple(squeeze(word).text for word in group) for key, group in phrases.short_forms.items()}
    return Short(
        frozenset(words.get("strong", ())),
        words.get("prefixes", ()),
        words.get("after", ()),
        words.get("offices", ()),
        frozenset(words.get("particles", ())),
    )
