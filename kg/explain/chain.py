"""A statement of a graph -> what it says, where it stands, and the rules that found it there.

    read_chain(store, NamedNode(".../id/stance/PRK-sanctions-oppose"), rulebook).values
    -> (("holder", "actor:PRK"), ("issue", "issue:sanctions"), ("polarity", "polarity:oppose"), …)

Before: `kg.trace`, `kg.rulebook`. Next: `kg.explain.output`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import NamedNode, Store

from kg.graph.names import BASE, PREFIXES
from kg.results import shorten
from kg.rulebook import Rule
from kg.store import Rows, Term, evaluate
from kg.trace import Place, find_label, find_places

_OWN = "SELECT DISTINCT ?p ?o WHERE { %s ?p ?o } ORDER BY ?p ?o"
_ACTOR = BASE + "id/actor/"
_PLACE_ONLY = ("confidence", "rule", "voice")  # told with the place already

Values = tuple[tuple[str, str], ...]  # property and value, shortened for people


@dataclass(frozen=True)
class Step:
    """One place of the statement: what it adds, and the rules that found it there."""

    place: Place
    values: Values
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Chain:
    label: str
    iri: str
    values: Values
    actors: tuple[str, ...]  # codes of all whom the statement speaks of
    steps: tuple[Step, ...]

    def rules(self) -> list[Rule]:
        """Every rule once, in the order of the places."""
        return list(dict.fromkeys(rule for step in self.steps for rule in step.rules))


def read_chain(store: Store, statement: NamedNode, rulebook: Mapping[str, Rule]) -> Chain:
    """The chain of one statement; `NothingToCheck` where the data tell no place of it."""
    own = _triples(store, statement)
    by_evidence: dict[str, list[Place]] = {}
    for place in find_places(store, statement):
        by_evidence.setdefault(place.evidence, []).append(place)
    steps = tuple(
        Step(
            found[0],
            tuple(pair for pair in _values(_triples(store, NamedNode(evidence))) if pair[0] not in _PLACE_ONLY),
            tuple(_rule(place.rule, rulebook) for place in found if place.rule),
        )
        for evidence, found in by_evidence.items()
    )
    return Chain(
        find_label(store, statement) or "A statement",
        statement.value,
        tuple(pair for pair in _values(own) if pair[0] != "evidence"),
        tuple(dict.fromkeys(_actors(own))),
        steps,
    )


def _rule(name: str, rulebook: Mapping[str, Rule]) -> Rule:
    """The rule; of one that the lexicon at hand does not have, its name alone."""
    unknown = "Not in the lexicon at hand: another version of it, or a file that --lexicon can name."
    return rulebook.get(name) or Rule(name, unknown, "")


def _triples(store: Store, node: NamedNode) -> list[tuple[str, Term]]:
    answer = evaluate(store, _OWN % node, union=True)
    assert isinstance(answer, Rows)
    return [(p.value, o) for p, o in answer.rows if isinstance(p, NamedNode) and o is not None]


def _values(triples: list[tuple[str, Term]]) -> Iterator[tuple[str, str]]:
    """Those of this ontology's properties, and notes."""
    for predicate, value in triples:
        if predicate.startswith(PREFIXES["kg"]):
            yield predicate.removeprefix(PREFIXES["kg"]), shorten(value)
        elif predicate == PREFIXES["skos"] + "note":
            yield "note", shorten(value)


def _actors(triples: list[tuple[str, Term]]) -> Iterator[str]:
    for _, value in triples:
        if isinstance(value, NamedNode) and value.value.startswith(_ACTOR):
            yield unquote(value.value.removeprefix(_ACTOR))
