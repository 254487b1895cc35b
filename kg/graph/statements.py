"""Statements: facts with an equal content become one node with several pieces of evidence.

    for statement in fold(facts, edition, things, vocabulary):
        statement.iri          # id/stance/PRK-sanctions-oppose-2003-04
        statement.places       # where it is told; its confidence is that of the best place

A stance is the same where holder, issue, polarity and period agree. An account
(what a place says of an event, institution or agreement) is the same where all
that it says agrees, so two founding dates remain two accounts of one thing.
Labels are made of codes' labels: our own words, never the source's.

Before: `kg.graph.things`, `kg.graph.evidence`. Next: `kg.graph` writes them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.edtf import begin_end
from kg.facts.model import Agreement, Commitment, Event, Evidence, Fact, Institution, Stance, View
from kg.graph.evidence import Edition, Place, Said, places
from kg.graph.names import A, Object, Triple, content_hash, count, date_slug, share, term, text, thing, typed
from kg.graph.reviews import HAND_CODED
from kg.graph.scholarship import tell_citation, tell_view
from kg.graph.things import EN, ZH, Things
from kg.graph.vocabulary import Vocabulary

_SAYS = {  # polarity -> how a label says it: {0} the holder, {1} the issue
    "support": ("{0} supports {1}", "{0}支持{1}"),
    "oppose": ("{0} opposes {1}", "{0}反對{1}"),
    "conditional": ("{0} supports {1} on conditions", "{0}有條件支持{1}"),
    "ambivalent": ("{0} is ambivalent on {1}", "{0}對{1}態度矛盾"),
}

Claims = frozenset[tuple[str, Object]]  # predicate and object, of the statement itself


@dataclass(frozen=True)
class Statement:
    iri: NamedNode
    cls: str
    claims: Claims
    places: tuple[Place, ...]  # of one edition; never empty

    def triples(self, run: NamedNode, vocabulary: Vocabulary) -> Iterator[Triple]:
        """The statement itself; its evidence is of another graph."""
        for cls in vocabulary.classes(self.cls):
            yield self.iri, A, cls
        for predicate, value in self.claims:
            yield self.iri, term(predicate), value
        yield self.iri, term("prov:hadPrimarySource"), self.places[0].edition.iri
        if self.reviews != {HAND_CODED}:  # no run found what only a person coded
            yield self.iri, term("prov:wasGeneratedBy"), run
        for place in self.places:
            yield self.iri, term("kg:evidence"), place.iri(self.iri)

    @property
    def confidence(self) -> float:
        return max(place.confidence for place in self.places)

    @property
    def reviews(self) -> set[str]:
        """What people did about its places; "" where nobody looked at one."""
        return {evidence.review for place in self.places for evidence, _ in place.found}


def fold(facts: Iterable[Fact], edition: Edition, things: Things, vocabulary: Vocabulary) -> list[Statement]:
    """The statements of one edition, by IRI."""
    teller = _Teller(edition, things, vocabulary)
    claims: dict[tuple[str, NamedNode], Claims] = {}
    told: dict[tuple[str, NamedNode], list[tuple[Evidence, Said]]] = defaultdict(list)
    for fact in facts:
        cls, iri, said_of_it, said_here = teller.tell(fact)
        claims[cls, iri] = said_of_it
        told[cls, iri].append((fact.evidence, said_here))
    found = [Statement(iri, cls, claims[cls, iri], tuple(places(edition, told[cls, iri]))) for cls, iri in told]
    return sorted(found, key=lambda statement: statement.iri.value)


def confidence_triples(statements: Iterable[Statement]) -> Iterator[Triple]:
    """One confidence for each statement: the best of its places in all editions."""
    best: dict[NamedNode, float] = {}
    for statement in statements:
        best[statement.iri] = max(best.get(statement.iri, 0.0), statement.confidence)
    for iri, confidence in best.items():
        yield iri, term("kg:confidence"), share(confidence)


Told = tuple[str, NamedNode, Claims, Said]


class _Teller:
    """A fact -> its class, its IRI, what the statement claims, and what this place adds."""

    def __init__(self, edition: Edition, things: Things, vocabulary: Vocabulary) -> None:
        self._edition = edition
        self._things = things
        self._vocabulary = vocabulary

    def tell(self, fact: Fact) -> Told:
        if isinstance(fact, Stance):
            return self._stance(fact)
        if isinstance(fact, Event):
            return self._event(fact)
        if isinstance(fact, Institution):
            return self._institution(fact)
        if isinstance(fact, Agreement):
            return self._agreement(fact)
        if isinstance(fact, Commitment):
            return self._commitment(fact)
        if isinstance(fact, View):
            slug, claims = tell_view(fact, self._edition, self._vocabulary)
            return "View", thing("view", slug), claims, frozenset()
        slug, claims = tell_citation(fact, self._edition, self._things.works, self._vocabulary)
        return "Citation", thing("citation", slug), claims, frozenset()

    def _stance(self, fact: Stance) -> Told:
        iri = thing("stance", "-".join(filter(None, (*fact.key()[:3], date_slug(fact.date)))))
        holder = thing("actor", fact.holder)
        claims: set[tuple[str, Object]] = {
            ("kg:holder", holder),
            ("kg:issue", self._vocabulary.concept("issue", fact.issue)),
            ("kg:polarity", self._vocabulary.concept("polarity", fact.polarity)),
            *_dated("kg:period", fact.date),
        }
        for n, language in enumerate((EN, ZH)):
            period = (f" ({fact.date})", f"（{fact.date}）")[n] if fact.date else ""
            issue = self._vocabulary.label("issue", fact.issue, language)
            sentence = _SAYS[fact.polarity][n].format(self._things.label(holder, language), issue)
            claims.add(("rdfs:label", text(sentence + period, language)))
        said: set[tuple[str, Object]] = {("kg:target", thing("actor", target)) for target in fact.targets}
        if fact.context:
            said.add(("kg:context", self._vocabulary.concept("context", fact.context)))
        if fact.condition:
            said.add(("kg:condition", text(fact.condition, EN)))
        if fact.document:
            said.add(("kg:document", thing("agreement", fact.document)))
        return "Stance", iri, frozenset(claims), frozenset(said)

    def _event(self, fact: Event) -> Told:
        claims = {*_dated("kg:date", fact.date), *_stamps(fact.date)}
        claims |= {("kg:participant", thing("actor", code)) for code in fact.participants}
        claims |= {("kg:place", thing("place", fact.place))} if fact.place else set()
        return self._account("event", fact.id, claims, fact.date, fact.date)

    def _institution(self, fact: Institution) -> Told:
        claims = {*_dated("kg:founded", fact.founded)}
        claims |= {("kg:member", thing("actor", code)) for code in fact.members}
        claims |= {("kg:memberCount", count(fact.member_count))} if fact.member_count is not None else set()
        claims |= {("kg:initiator", thing("actor", fact.initiator))} if fact.initiator else set()
        claims |= {("kg:track", self._vocabulary.concept("track", fact.track))} if fact.track else set()
        claims |= {("kg:dealsWith", self._vocabulary.concept("issue", issue)) for issue in fact.issues}
        return self._account(
            "institution",
            fact.id,
            claims,
            fact.founded and f"founded {fact.founded}",
            fact.founded and f"{fact.founded}成立",
        )

    def _agreement(self, fact: Agreement) -> Told:
        claims = {*_dated("kg:date", fact.date), *_stamps(fact.date)}
        claims |= {("kg:party", thing("actor", code)) for code in fact.parties}
        claims |= {("kg:place", thing("place", fact.place))} if fact.place else set()
        return self._account("agreement", fact.id, claims, fact.date, fact.date)

    def _commitment(self, fact: Commitment) -> Told:
        to = f"to-{fact.beneficiary}" if fact.beneficiary else ""
        point = str(fact.order) if fact.order is not None else ""
        slug = "-".join(filter(None, (fact.document, point, fact.debtor, to, fact.issue, date_slug(fact.date))))
        claims: set[tuple[str, Object]] = {
            ("kg:debtor", thing("actor", fact.debtor)),
            ("kg:issue", self._vocabulary.concept("issue", fact.issue)),
            *_dated("kg:date", fact.date),
        }
        claims |= {("kg:beneficiary", thing("actor", fact.beneficiary))} if fact.beneficiary else set()
        claims |= {("kg:document", thing("agreement", fact.document))} if fact.document else set()
        claims |= {("kg:order", count(fact.order))} if fact.order is not None else set()
        for n, language in enumerate((EN, ZH)):
            debtor, issue = (
                self._things.label(thing("actor", fact.debtor), language),
                self._vocabulary.label("issue", fact.issue, language),
            )
            claims.add(("rdfs:label", text(("{} commits itself: {}", "{}承諾：{}")[n].format(debtor, issue), language)))
        return "Commitment", thing("commitment", slug), frozenset(claims), frozenset()

    def _account(self, kind: str, id: str, claims: set[tuple[str, Object]], en: str, zh: str) -> Told:
        """An account is named after what it says, so that the same words of two places are one account."""
        about = thing(kind, id)
        content = sorted(f"{predicate} {value}" for predicate, value in claims)
        name_en, name_zh = self._things.label(about, EN), self._things.label(about, ZH)
        claims |= {
            ("kg:about", about),
            ("rdfs:label", text(name_en if en in name_en else f"{name_en} ({en})", EN)),
            ("rdfs:label", text(name_zh if zh in name_zh else f"{name_zh}（{zh}）", ZH)),
        }
        iri = thing(f"account/{kind}", id, content_hash(content))
        return f"{kind.title()}Account", iri, frozenset(claims), frozenset()


def _dated(predicate: str, edtf: str) -> set[tuple[str, Object]]:
    return {(predicate, typed(edtf, "edtf:edtf"))} if edtf else set()


def _stamps(edtf: str) -> set[tuple[str, Object]]:
    """The first and last day, month or year that an EDTF date covers, for queries that compare dates."""
    if not edtf:
        return set()
    begin, end = begin_end(edtf)
    stamps = (("sem:hasBeginTimeStamp", begin), ("sem:hasEndTimeStamp", end))
    return {(predicate, typed(value, _XSD[value.count("-")])) for predicate, value in stamps if value}


_XSD = ("xsd:gYear", "xsd:gYearMonth", "xsd:date")
