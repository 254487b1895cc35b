"""Things: the actors, institutions, agreements, places, events and works that statements are about.

    things = Things(facts, lexicon, vocabulary)
    things.triples                                 # graph/core
    things.label(thing("actor", "PRK"), "en")      # "North Korea"

A thing carries what is its own by definition (names, code, kind, a round's
number); what a text says of it stands in statements. Only what the facts speak
of is here, with what that refers to (a government's state, a group's members).
Names come from the lexicon; what the lexicon does not know is named as the
facts name it.

Before: `kg.lexicon`, `kg.facts`. Next: `kg.graph.statements`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.facts.model import Agreement, Commitment, Event, Fact, Institution, Stance
from kg.facts.naming import round_id, round_labels
from kg.graph.names import Object, Triple, count, term, text, thing
from kg.graph.scholarship import work_triples, works_of
from kg.graph.vocabulary import Vocabulary
from kg.lexicon import Lexicon

EN, ZH = "en", "zh-Hant"
_CLASSES = {
    "state": "State", "government": "Government", "organization": "Organization", "group": "ActorGroup",
    "person": "Person",
}  # fmt: skip
# An event of one of these kinds brings its document about; any other finds it there: joins, leaves, breaks it.
_PRODUCES = {"signing", "statement", "resolution", "talks", "speech", "sanction", "designation"}
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class Things:
    """The core graph of some facts; `triples` and `label` are its results."""

    def __init__(self, facts: Sequence[Fact], lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.triples: set[Triple] = set()
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._labels: dict[NamedNode, dict[str, str]] = {}
        self._events = _by_id(fact for fact in facts if isinstance(fact, Event))
        self._institutions = _by_id(fact for fact in facts if isinstance(fact, Institution))
        self._agreements = _by_id(fact for fact in facts if isinstance(fact, Agreement))
        for code in sorted({code for fact in facts for code in _actors_of(fact)}):
            self._add_actor(code)
        for id in sorted(self._institutions.keys() | {e.institution for e in _flat(self._events)} - {""}):
            self._add_institution(id)
        for id in sorted(self._agreements.keys() | {d for fact in facts for d in _documents_of(fact)} - {""}):
            self._add_agreement(id)
        for id in sorted({f.place for f in facts if isinstance(f, Event | Agreement)} - {""}):
            self._add_place(id)
        for id in sorted(self._events):
            self._add_event(id)
        self.works = works_of(facts)
        self.triples.update(work_triples(self.works, vocabulary))

    def label(self, node: NamedNode, language: str) -> str:
        """The thing's name in this language, else in the other; KeyError for a thing that is not here."""
        labels = self._labels[node]
        return labels.get(language) or next(iter(sorted(labels.values())))

    def _add(self, node: NamedNode, predicate: str, *values: Object) -> None:
        self.triples.update((node, term(predicate), value) for value in values)

    def _name(self, node: NamedNode, cls: str, key: str, labels: dict[str, str], others: Iterable[str] = ()) -> None:
        self._add(node, "rdf:type", *self._vocabulary.classes(cls))
        self._add(node, "dcterms:identifier", text(key))
        self._labels[node] = {language: label for language, label in labels.items() if label} or {EN: key}
        self._add(node, "rdfs:label", *(text(label, language) for language, label in self._labels[node].items()))
        known = set(self._labels[node].values())
        self._add(
            node, "skos:altLabel", *(text(n, ZH if _CHINESE.search(n) else EN) for n in others if n and n not in known)
        )

    def _add_actor(self, code: str) -> None:
        me, entry = thing("actor", code), self._lexicon.actor(code)
        if me in self._labels:
            return
        self._name(me, _CLASSES[entry.kind], code, {EN: entry.en, ZH: entry.zh}, entry.names)
        self._add(me, "skos:notation", text(entry.notation))
        for predicate, value in (("kg:isoCode", entry.iso3), ("kg:cowCode", entry.cow), ("kg:cameoCode", entry.cameo)):
            self._add(me, predicate, *([text(value)] if value else []))
        if entry.kind == "government" and entry.state:
            self._add(me, "kg:governmentOf", thing("actor", entry.state))
        self._add(me, "kg:groupMember", *(thing("actor", member) for member in entry.members))
        for other in (entry.state, *entry.members):
            if other:
                self._add_actor(other)

    def _add_institution(self, id: str) -> None:
        me, told, entry = thing("institution", id), self._institutions.get(id, []), self._lexicon.institutions.get(id)
        self._require(id, "institution", entry, told)
        labels = {
            EN: entry.en if entry else _usual(fact.name_en for fact in told),
            ZH: entry.zh if entry else _usual(fact.name_zh for fact in told),
        }
        self._name(me, "Institution", id, labels, entry.names if entry else _names(told))
        kinds = {fact.kind for fact in told} - {""} or {entry.kind if entry else ""} - {""}
        scopes = {fact.scope for fact in told} - {""} or {entry.scope if entry else ""} - {""}
        acronym = entry.acronym if entry and entry.acronym else _usual(fact.acronym for fact in told)
        self._add(me, "kg:acronym", *([text(acronym)] if acronym else []))
        self._add(me, "kg:institutionKind", *(self._vocabulary.concept("institution-kind", kind) for kind in kinds))
        self._add(me, "kg:scope", *(self._vocabulary.concept("scope", scope) for scope in scopes))

    def _add_agreement(self, id: str) -> None:
        me, told, entry = thing("agreement", id), self._agreements.get(id, []), self._lexicon.agreements.get(id)
        self._require(id, "agreement", entry, told)
        labels = {
            EN: entry.en if entry else _usual(fact.name_en for fact in told),
            ZH: entry.zh if entry else _usual(fact.name_zh for fact in told),
        }
        self._name(me, "Agreement", id, labels, entry.names if entry else _names(told))
        kinds = {fact.kind for fact in told} - {""} or {entry.kind if entry else ""} - {""}
        self._add(me, "kg:agreementKind", *(self._vocabulary.concept("agreement-kind", kind) for kind in kinds))
        if entry and (entry.un_symbol or entry.acronym):
            self._add(me, "skos:notation" if entry.un_symbol else "kg:acronym", text(entry.un_symbol or entry.acronym))
        for event in {fact.event for fact in told} & self._events.keys():
            self._add(thing("event", event), "kg:outcome", me)

    def _add_place(self, id: str) -> None:
        entry = self._lexicon.place(id)
        self._name(thing("place", id), "Place", id, {EN: entry.en, ZH: entry.zh}, entry.names)

    def _add_event(self, id: str) -> None:
        me, told = thing("event", id), self._events[id]
        kinds = sorted({fact.kind for fact in told})
        fallback = {
            language: f"{self._vocabulary.label('event-kind', kinds[0], language)} ({min(fact.date for fact in told)})"
            for language in (EN, ZH)
        }
        labels = {
            EN: _usual(fact.label_en for fact in told) or fallback[EN],
            ZH: _usual(fact.label_zh for fact in told) or fallback[ZH],
        }
        others = [name for fact in told for name in (fact.label_en, fact.label_zh)]
        phases = {(fact.round, fact.phase) for fact in told if fact.phase is not None}
        rounds = {fact.round for fact in told if fact.round is not None}
        self._name(me, "TalksPhase" if phases else "TalksRound" if rounds else "Event", id, labels, others)
        self._add(me, "kg:eventKind", *(self._vocabulary.concept("event-kind", kind) for kind in kinds))
        self._add(me, "kg:roundNumber", *(count(number) for number in rounds))
        self._add(me, "kg:phaseNumber", *(count(phase) for _, phase in phases if phase is not None))
        for fact in told:
            self._relate(me, fact)

    def _relate(self, me: NamedNode, fact: Event) -> None:
        if fact.institution:
            founding = fact.kind == "establishment"
            institution = thing("institution", fact.institution)
            self._add(me, "kg:establishes" if founding else "kg:convenedUnder", institution)
        if fact.agreement:
            self._add(me, "kg:outcome" if fact.kind in _PRODUCES else "kg:concerns", thing("agreement", fact.agreement))
        if fact.during:
            self._add(me, "sem:subEventOf", thing("event", fact.during))
        if fact.phase is not None and fact.round is not None:
            self._add(me, "kg:phaseOf", self._round_of(fact.institution, fact.round))

    def _round_of(self, institution: str, number: int) -> NamedNode:
        """The whole round that a phase belongs to; it is a thing too where the text tells of its phases only."""
        told = {
            event.id
            for event in _flat(self._events)
            if event.phase is None and (event.institution, event.round) == (institution, number)
        }
        if told:
            return thing("event", min(told))
        id = round_id(institution, number, None)
        me = thing("event", id)
        if me not in self._labels:
            en, zh = round_labels(institution, number, None, self._lexicon)
            self._name(me, "TalksRound", id, {EN: en, ZH: zh})
            self._add(me, "kg:eventKind", self._vocabulary.concept("event-kind", "talks"))
            self._add(me, "kg:roundNumber", count(number))
            self._add(me, "kg:convenedUnder", thing("institution", institution))
        return me

    def _require(self, id: str, what: str, entry: object, told: object) -> None:
        if not entry and not told:
            raise KgError(f"no {what} {id!r} in the lexicon, but a fact refers to it: add it to lexicon/{what}s.toml.")


def _actors_of(fact: Fact) -> list[str]:
    if isinstance(fact, Stance):
        return [fact.holder, *fact.targets]
    if isinstance(fact, Event):
        return list(fact.participants)
    if isinstance(fact, Institution):
        return [*fact.members, *([fact.initiator] if fact.initiator else [])]
    if isinstance(fact, Commitment):
        return [fact.debtor, *([fact.beneficiary] if fact.beneficiary else [])]
    return list(fact.parties) if isinstance(fact, Agreement) else []


def _documents_of(fact: Fact) -> list[str]:
    if isinstance(fact, Stance | Commitment):
        return [fact.document]
    return [fact.agreement] if isinstance(fact, Event) else []


_Named = TypeVar("_Named", Event, Institution, Agreement)


def _by_id(facts: Iterable[_Named]) -> dict[str, list[_Named]]:
    found: dict[str, list[_Named]] = defaultdict(list)
    for fact in facts:
        found[fact.id].append(fact)
    return dict(found)


def _flat(events: dict[str, list[Event]]) -> list[Event]:
    return [event for told in events.values() for event in told]


def _names(told: Sequence[Institution] | Sequence[Agreement]) -> list[str]:
    return [name for fact in told for name in (fact.name_zh, fact.name_en)]


def _usual(names: Iterable[str]) -> str:
    """The name that is told most often; of equally frequent ones the first in order; "" where none is told."""
    counted = Counter(name for name in names if name)
    return min(counted, key=lambda name: (-counted[name], name), default="")
