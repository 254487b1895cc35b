"""What the endpoint says of itself: SPARQL 1.1 Service Description and VoID.

    dataset = survey(store)                                 # once, when the endpoint starts
    describe_service(dataset, "http://localhost:8000/sparql", union=True)   -> triples

Figures are counted in the graph that is served, never stated. Before: `kg.store`.
Next: `kg.endpoint.app`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph.meta import DATASET
from kg.graph.names import BASE, PREFIXES, A, term
from kg.store import Literal, NamedNode, Rows, Store, Triple, evaluate

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip
_META = BASE + "graph/meta"


@dataclass(frozen=True)
class Survey:
    """Figures of a dataset. `triples` are those that a query without FROM or GRAPH sees."""

    triples: int
    graphs: tuple[tuple[str, int], ...]  # named graph, triples
    classes: tuple[tuple[str, int], ...]  # class, members; the largest first
    properties: tuple[tuple[str, int], ...]
    subjects: int
    is_six_party: bool  # its statements are of this project's ontology
    about: tuple[Triple, ...]  # what graph/meta says of the dataset
    name: NamedNode = DATASET  # that `about` is about


def survey(store: Store, union: bool) -> Survey:
    """Count what is in a store; a few seconds for a million triples."""
    about = evaluate(store, f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{_META}> {{ ?s ?p ?o }} }}", union=False)
    assert isinstance(about, tuple)
    classes = _counts(store, "?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) STR(?c)", union)
    return Survey(
        triples=_counts(store, "('' AS ?x) (COUNT(*) AS ?n) { ?s ?p ?o }", union)[0][1],
        subjects=_counts(store, "('' AS ?x) (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }", union)[0][1],
        graphs=_counts(store, "?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY STR(?g)", union),
        classes=classes,
        properties=_counts(store, "?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) STR(?p)", union),
        is_six_party=any(name == PREFIXES["kg"] + "SourcedStatement" for name, _ in classes),
        about=about,
    )


def _counts(store: Store, query: str, union: bool) -> tuple[tuple[str, int], ...]:
    """Rows of a name and a number; classes that are blank nodes have no name and are left out."""
    found = evaluate(store, f"SELECT {query}", union=union)
    assert isinstance(found, Rows)
    return tuple(
        (name.value, int(number.value))
        for name, number in found.rows
        if isinstance(name, NamedNode | Literal) and isinstance(number, Literal)
    )


def describe_service(dataset: Survey, endpoint: str, union: bool) -> list[Triple]:
    """The Service Description: what a client such as Comunica reads before it asks."""
    return list(_service(dataset, endpoint, union))


def _service(dataset: Survey, endpoint: str, union: bool) -> Iterator[Triple]:
    def node(name: str) -> NamedNode:
        return NamedNode(name)

    def sd(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    service, whole, default = (
        node(f"{endpoint}#service"),
        node(f"{endpoint}#dataset"),
        node(f"{endpoint}#default-graph"),
    )
    yield Triple(service, A, sd("Service"))
    yield Triple(service, sd("endpoint"), node(endpoint))
    yield Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    for name in _RESULT_FORMATS:
        yield Triple(service, sd("resultFormat"), node(_FORMATS + name))
    if union:
        yield Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    yield Triple(service, sd("defaultDataset"), whole)
    yield Triple(whole, A, sd("Dataset"))
    yield Triple(whole, sd("defaultGraph"), default)
    yield Triple(default, A, sd("Graph"))
    yield _count(default, "triples", dataset.triples)
    for number, (name, size) in enumerate(dataset.graphs, start=1):
        named, content = node(f"{endpoint}#named-graph-{number}"), node(f"{endpoint}#graph-{number}")
        yield Triple(whole, sd("namedGraph"), named)
        yield Triple(named, A, sd("NamedGraph"))
        yield Triple(named, sd("name"), node(name))
        yield Triple(named, sd("graph"), content)
        yield Triple(content, A, sd("Graph"))
        yield _count(content, "triples", size)


def describe_dataset(dataset: Survey, endpoint: str) -> list[Triple]:
    """VoID and DCAT: what graph/meta says of the dataset, or the figures of the survey, and where to ask it."""
    here = _void("sparqlEndpoint")
    if dataset.about:
        told = [triple for triple in dataset.about if triple.predicate != here]
        return [*told, Triple(DATASET, here, NamedNode(endpoint))]
    return [Triple(NamedNode(f"{endpoint}#dataset"), here, NamedNode(endpoint)), *_figures(dataset, endpoint)]


def _figures(dataset: Survey, endpoint: str) -> Iterator[Triple]:
    whole = NamedNode(f"{endpoint}#dataset")
    yield Triple(whole, A, _void("Dataset"))
    yield _count(whole, "triples", dataset.triples)
    yield _count(whole, "distinctSubjects", dataset.subjects)
    yield _count(whole, "classes", len(dataset.classes))
    yield _count(whole, "properties", len(dataset.properties))
    for kind, counted, items in (("class", "entities", dataset.classes), ("property", "triples", dataset.properties)):
        for number, (name, size) in enumerate(items, start=1):
            part = NamedNode(f"{endpoint}#{kind}-{number}")
            yield Triple(whole, _void(f"{kind}Partition"), part)
            yield Triple(part, _void(kind), NamedNode(name))
            yield _count(part, counted, size)


def _void(name: str) -> NamedNode:
    return term(f"void:{name}")


def _count(subject: NamedNode, name: str, number: int) -> Triple:
    return Triple(subject, _void(name), Literal(number))
