"""Stage 6: facts -> quads, in the graphs of docs/architecture.md.

    quads = build_graph(facts, source, document, load_lexicon(), whole=True)    # kg build
    quads = build_graphs([reading, another], lexicon)                           # kg extract A B

`whole` is the released data set: ontology, schemes, things, links, statements
(graph/thesis), evidence, provenance and its own description. Otherwise it is
what `kg extract` writes from texts: things, statements (graph/text/{edition}),
their issues (graph/schemes), evidence and provenance. The same facts, in any order, give the same quads.

Before: `kg.facts`. Next: `kg.graph.serialize`, `kg.validation`, `kg.leaks`, `kg.verify`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from kg.document.model import Document
from kg.errors import KgError
from kg.facts.model import Fact
from kg.graph.evidence import Edition, part_triples
from kg.graph.links import link_triples, read_links
from kg.graph.meta import meta_triples
from kg.graph.names import Triple, graph, term, thing
from kg.graph.provenance import rule_triples, run_iri, run_triples
from kg.graph.reviews import review_triples
from kg.graph.statements import Statement, confidence_triples, fold
from kg.graph.things import Things
from kg.graph.vocabulary import Vocabulary, load_vocabulary
from kg.lexicon import Lexicon
from kg.source import Source


@dataclass(frozen=True)
class Reading:
    """One source with what was read in it."""

    source: Source
    document: Document
    facts: Sequence[Fact]
    rules: Mapping[str, str] = field(default_factory=dict)  # a rule's name -> what it looks for, in English


def build_graph(
    facts: Iterable[Fact], source: Source, document: Document, lexicon: Lexicon, *, whole: bool
) -> list[Quad]:
    """The sorted quads of one source. Raises `KgError` as `build_graphs` does."""
    return build_graphs([Reading(source, document, tuple(facts))], lexicon, whole=whole)


def build_graphs(readings: Sequence[Reading], lexicon: Lexicon, *, whole: bool = False) -> list[Quad]:
    """The sorted quads of several sources; a stance that two of them tell is one node with evidence in both.

    Raises `KgError` for a code that the schemes or the lexicon do not have, and
    where there is no fact in any source: an empty graph would look like a result.
    """
    if not any(reading.facts for reading in readings):
        raise KgError("no statement was found in the source, so there is no graph to write. Is it the right text?")
    graphs = _Graphs(lexicon, load_vocabulary().with_issues(lexicon.issues))
    graphs.add_readings(readings, whole)
    if whole:
        graphs.add_rest(readings)
    else:
        graphs.add_issues()
    return sorted(graphs.quads, key=_order)


class _Graphs:
    """The quads while they are gathered."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.quads: set[Quad] = set()
        self._lexicon = lexicon
        self._vocabulary = vocabulary

    def add_readings(self, readings: Sequence[Reading], whole: bool) -> None:
        things = Things([fact for reading in readings for fact in reading.facts], self._lexicon, self._vocabulary)
        self._put("core", things.triples)
        told: list[tuple[NamedNode, list[Statement]]] = []
        for reading in readings:
            edition = Edition.of(reading.source)
            statements = fold(reading.facts, edition, things, self._vocabulary)
            told.append((graph("thesis") if whole else graph("text", edition.key), statements))
            self._add_evidence(reading, edition, statements)
        everywhere = [statement for _, statements in told for statement in statements]
        shared = [*confidence_triples(everywhere), *review_triples(everywhere, self._vocabulary)]
        for name, statements in told:
            own = {statement.iri for statement in statements}
            self._put(name, (triple for triple in shared if triple[0] in own))
            for statement in statements:
                run = run_iri(statement.places[0].edition)
                self._put(name, statement.triples(run, self._vocabulary))

    def _add_evidence(self, reading: Reading, edition: Edition, statements: Sequence[Statement]) -> None:
        places = [(statement.iri, place) for statement in statements for place in statement.places]
        for iri, place in places:
            self._put("evidence", place.triples(iri, self._vocabulary))
        self._put("evidence", part_triples(edition, reading.document, {place.part for _, place in places}))
        self._put("evidence", edition.triples())
        self._put("prov", run_triples(edition, self._vocabulary))
        self._put("prov", rule_triples(reading.facts, reading.rules, self._vocabulary))

    def add_issues(self) -> None:
        """The issues that are spoken of, and those that a user's lexicon adds, with their names, so that a report
        on one can be asked of this graph alone."""
        issues = {quad.object for quad in self.quads if quad.predicate in (term("kg:issue"), term("kg:dealsWith"))}
        spoken_of = {quad for quad in self._vocabulary.schemes if quad.subject in issues}
        self.quads.update(spoken_of, self._vocabulary.own)

    def add_rest(self, readings: Sequence[Reading]) -> None:
        """What a released data set has beside what its sources say."""
        core = graph("core")
        known = {q.subject for q in self.quads if q.graph_name == core and isinstance(q.subject, NamedNode)}
        also = {
            thing("actor", actor.code): thing("institution", actor.institution)
            for actor in self._lexicon.actors.values()
            if actor.institution
        }
        self._put("links", link_triples(read_links(), known, also))
        self.quads.update(self._vocabulary.ontology)
        self.quads.update(self._vocabulary.schemes)
        self._put("meta", list(meta_triples(self.quads, [Edition.of(reading.source) for reading in readings])))

    def _put(self, name: str | NamedNode, triples: Iterable[Triple]) -> None:
        into = graph(name) if isinstance(name, str) else name
        self.quads.update(Quad(*triple, into) for triple in triples)


def _order(quad: Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)
