"""What the entries of the lexicon are, and the `Lexicon` that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from kg.errors import KgError
from kg.lexicon.own import IssueEntry, OwnFile


@dataclass(frozen=True)
class Example:
    """A text and the codes that `kg.mentions` must find in it, in order; none for a near miss."""

    text: str
    mentions: tuple[str, ...]


@dataclass(frozen=True)
class Actor:
    code: str  # ASCII: "CHN", "USA-BUSH43", "KIM-JONG-IL"
    kind: str  # state, government, organization, group, person
    en: str
    zh: str
    names: tuple[str, ...] = ()
    short: tuple[str, ...] = ()  # one character, an actor only beside others (美朝) or in a few phrases (對美)
    not_in: tuple[str, ...] = ()  # words in which a name is no mention
    only_in: tuple[str, ...] = ()  # phrases outside of which the name in them is no mention
    state: str = ""  # of a government, a person or a state's organ
    government: str = ""  # of a person
    members: tuple[str, ...] = ()  # of a group, where they are fixed
    leader_en: str = ""  # of a government: its head
    leader_zh: str = ""
    institution: str = ""  # the id of the institution that this actor is as well
    iso3: str = ""
    cow: str = ""
    cameo: str = ""
    wikidata: str = ""
    leader_wikidata: str = ""
    examples: tuple[Example, ...] = ()

    @property
    def notation(self) -> str:
        """How tables write the actor: persons by the name in Chinese, others by code."""
        return self.zh if self.kind == "person" else self.code


@dataclass(frozen=True)
class InstitutionEntry:
    id: str
    kind: str  # organization, forum, talks, dialogue, regime
    en: str
    zh: str
    acronym: str = ""
    names: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()
    scope: str = ""  # global, regional
    track: str = ""  # 1, 1.5, 2
    issues: tuple[str, ...] = ()
    actor: str = ""  # its code, where it acts as well
    part_of: str = ""  # id of the institution it belongs to
    wikidata: str = ""
    cameo: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class AgreementEntry:
    id: str
    kind: str  # treaty, joint-statement, chairmans-statement, framework, declaration, resolution, action-plan, ...
    en: str
    zh: str
    acronym: str = ""
    names: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()
    known_parties: tuple[str, ...] = ()  # facts of the world: what a text prints goes first
    known_date: str = ""  # EDTF
    known_place: str = ""
    institution: str = ""  # id of the mechanism under which it was made
    round: int = 0  # of the talks that produced it, 0 where there is none
    phase: int = 0
    un_symbol: str = ""  # "S/RES/1718 (2006)"
    wikidata: str = ""
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class PlaceEntry:
    id: str
    en: str
    zh: str
    names: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()
    country: str = ""  # actor code
    capital_of: str = ""  # actor code: the name may stand for that government
    wikidata: str = ""
    examples: tuple[Example, ...] = ()


Entry = Actor | InstitutionEntry | AgreementEntry | PlaceEntry


@dataclass(frozen=True)
class ShortForms:
    """When a one-character form (美, 朝) is an actor; `kg.mentions` tells the rules."""

    strong: frozenset[str] = frozenset()  # two of them side by side are actors
    prefixes: tuple[str, ...] = ()  # 對, 訪, 駐: one after such a word is an actor
    after: tuple[str, ...] = ()  # 關係, 兩國: what follows a pair
    offices: tuple[str, ...] = ()  # 總統, 外交部: whose they are stands before them
    particles: frozenset[str] = frozenset()  # characters after which 中 is China and not "in"


@dataclass(frozen=True)
class Name:
    """A name in squeezed form, with what it names; no codes: a word that hides the names in it."""

    text: str
    exact: str  # the cased form where case matters (NPT, EU), else ""
    kind: str  # actor, institution, agreement, place, none
    codes: tuple[str, ...]
    not_in: tuple[tuple[int, str], ...] = ()  # (where the name begins in the phrase, phrase)
    only_in: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, eq=False)  # one lexicon is another's equal only if it is the same: it can key a cache
class Lexicon:
    """Entries by code or id, and the index of names, by first character and longest first."""

    actors: Mapping[str, Actor]
    institutions: Mapping[str, InstitutionEntry]
    agreements: Mapping[str, AgreementEntry]
    places: Mapping[str, PlaceEntry]
    index: Mapping[str, tuple[Name, ...]]
    short: Mapping[str, str]  # squeezed character -> actor code
    short_forms: ShortForms = field(default_factory=ShortForms)
    phrase_examples: tuple[Example, ...] = ()
    own: tuple[OwnFile, ...] = ()  # the files that a user added, for their rules

    @property
    def issues(self) -> tuple[IssueEntry, ...]:
        """The issues that the concept schemes do not have, in the order of the user's files."""
        return tuple(issue for file in self.own for issue in file.issues)

    def actor(self, code: str) -> Actor:
        return _get(self.actors, code, "actor")

    def institution(self, id: str) -> InstitutionEntry:
        return _get(self.institutions, id, "institution")

    def agreement(self, id: str) -> AgreementEntry:
        return _get(self.agreements, id, "agreement")

    def place(self, id: str) -> PlaceEntry:
        return _get(self.places, id, "place")

    def state_of(self, code: str) -> str:
        """The state an actor belongs to ("USA" for USA-OBAMA), itself for a state, "" for the others."""
        actor = self.actor(code)
        return code if actor.kind == "state" else actor.state

    def examples(self) -> tuple[tuple[str, Example], ...]:
        """(code or id, example) of every entry, in the order of the files."""
        entries: list[tuple[str, tuple[Example, ...]]] = [(a.code, a.examples) for a in self.actors.values()]
        for group in (self.institutions, self.agreements, self.places):
            entries += [(id, entry.examples) for id, entry in group.items()]
        entries.append(("phrase", self.phrase_examples))
        return tuple((id, example) for id, examples in entries for example in examples)


_T = TypeVar("_T")


def _get(entries: Mapping[str, _T], key: str, what: str) -> _T:
    try:
        return entries[key]
    except KeyError:
        raise KgError(f"no {what} {key!r} in the lexicon: add it to lexicon/{what}s.toml, or mend the code") from None
