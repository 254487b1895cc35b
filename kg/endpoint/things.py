"""What an IRI of the dataset stands for: its statements, as RDF or as a page. Runs in a worker.

    look_up(store, Look("https://w3id.org/six-party-kg/id/actor/PRK", "text/turtle", 2**20))

Both show what is said of the thing and what points to it. A statement of the
text shows its evidence: the place in the source (chapter, section, page,
offsets), never the source's words. Before: `kg.store`. Next: `kg.endpoint.thing_page`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.endpoint import media
from kg.endpoint.answers import Reply, refusal, replies
from kg.endpoint.thing_page import Defined, Group, Place, Thing, Value, thing_page
from kg.graph.names import BASE, PREFIXES
from kg.results import shorten
from kg.store import Literal, NamedNode, Rows, Scope, Store, Term, answer_bytes, evaluate

SHOWN = 200  # values of one property on a page; the rest is counted, and in the RDF

_PROLOGUE = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("dcterms", "kg", "oa", "rdfs", "skos"))
_PLACE = ("statement", "part", "page", "paragraph", "footnote", "table", "start", "end", "rule", "voice", "confidence")


@dataclass(frozen=True)
class Look:
    iri: str
    media_type: str
    limit: int  # bytes


@replies
def look_up(store: Store, look: Look) -> Reply:
    """A page or RDF about one IRI; 404 where the dataset has no statement with it."""
    try:
        node = NamedNode(look.iri)
    except ValueError:
        return refusal(404, f"{look.iri} is no IRI.")
    # Of a vocabulary, its terms belong to it; looking for them takes a while, so not for every thing.
    vocabulary = "/" not in look.iri.removeprefix(BASE)
    family = f"STRSTARTS(STR(?s), {Literal(look.iri + '#')})" if vocabulary else "(false)"
    known = (
        f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} UNION {{ ?s ?p ?o FILTER {family} }} "
        f"UNION {{ GRAPH {node} {{ ?s ?p ?o }} }} }}"
    )
    if evaluate(store, known, union=True) is not True:
        return refusal(404, f"Nothing is said of {look.iri} here.")
    if look.media_type == media.HTML:
        return Reply(200, media.HTML, thing_page(_read(store, node)))
    query = (
        f"CONSTRUCT {{ ?s ?p ?o }} {{ {{ {node} ?p ?o BIND({node} AS ?s) }} UNION {{ ?s ?p ?o FILTER(?o = {node}) }} "
        f"UNION {{ ?s ?p ?o FILTER {family} }} UNION {{ GRAPH {node} {{ ?s ?p ?o }} }} }}"
    )
    written = media.RDF[look.media_type]
    body = answer_bytes(store, query, written, Scope(union=True), prefixes=PREFIXES, limit=look.limit)
    return Reply(200, look.media_type, body)


def _read(store: Store, node: NamedNode) -> Thing:
    about = _about(store, node)
    inbound = _inbound(store, node)
    shown = [term for predicate, _, terms in [*about, *inbound] for term in [predicate, *terms]]
    names = _labels(store, [node, *shown])

    def groups(found: list[tuple[Term, int, list[Term]]]) -> tuple[Group, ...]:
        return tuple(
            Group(_value(p, names), count, tuple(_value(t, names) for t in terms)) for p, count, terms in found
        )

    return Thing(
        iri=node.value,
        name=shorten(node),
        labels=names.get(node, ()),
        about=groups(about),
        inbound=groups(inbound),
        terms=_terms(store, node),
        places=_places(store, node),
    )


def _about(store: Store, node: NamedNode) -> list[tuple[Term, int, list[Term]]]:
    """Property, number of its values, those that are shown."""
    values: dict[Term, list[Term]] = {}
    for predicate, value in _rows(store, f"SELECT DISTINCT ?p ?o {{ {node} ?p ?o }} ORDER BY ?p STR(?o) LANG(?o)"):
        if predicate is not None and value is not None:
            values.setdefault(predicate, []).append(value)
    return [(predicate, len(found), found[:SHOWN]) for predicate, found in values.items()]


def _inbound(store: Store, node: NamedNode) -> list[tuple[Term, int, list[Term]]]:
    """The same of what points to the thing."""
    found = []
    counts = f"SELECT ?p (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p {node} }} GROUP BY ?p ORDER BY STR(?p)"
    for predicate, count in _rows(store, counts):
        if predicate is not None:
            subjects = _rows(store, f"SELECT DISTINCT ?s {{ ?s {predicate} {node} }} ORDER BY STR(?s) LIMIT {SHOWN}")
            found.append((predicate, int(_text(count)), [subject for (subject,) in subjects if subject is not None]))
    return found


def _terms(store: Store, node: NamedNode) -> tuple[Defined, ...]:
    """The terms of a vocabulary, with what they mean."""
    found = _rows(
        store,
        f"""SELECT DISTINCT ?s ?definition {{
          ?s a ?c FILTER STRSTARTS(STR(?s), {Literal(node.value + "#")})
          OPTIONAL {{ ?s skos:definition|rdfs:comment ?definition }}
        }} ORDER BY STR(?s) LANG(?definition) STR(?definition)""",
    )
    definitions: dict[Term, list[Literal]] = {}
    for name, definition in found:
        if isinstance(name, NamedNode):
            definitions.setdefault(name, []).extend([definition] if isinstance(definition, Literal) else [])
    names = _labels(store, definitions)
    return tuple(Defined(_value(name, names), tuple(texts)) for name, texts in definitions.items())


def _places(store: Store, node: NamedNode) -> tuple[Place, ...]:
    """Where the source makes the statement; of an evidence or a span, the place that it is."""
    found = _rows(
        store,
        f"""SELECT DISTINCT {" ".join(f"?{name}" for name in _PLACE)} {{
          {{ {node} kg:evidence ?e }} UNION {{ BIND({node} AS ?e) }}
          ?e oa:hasSelector ?span . ?span oa:start ?start ; oa:end ?end .
          BIND(?e AS ?statement)
          OPTIONAL {{ ?span kg:inPart/dcterms:identifier ?part }} OPTIONAL {{ ?span kg:pageNumber ?page }}
          OPTIONAL {{ ?span kg:paragraphNumber ?paragraph }} OPTIONAL {{ ?span kg:footnoteNumber ?footnote }}
          OPTIONAL {{ ?span kg:tableNumber ?table }} OPTIONAL {{ ?e kg:rule/dcterms:identifier ?rule }}
          OPTIONAL {{ ?e kg:voice/skos:notation ?voice }} OPTIONAL {{ ?e kg:confidence ?confidence }}
        }} ORDER BY ?start ?end ?statement""",
    )
    return tuple(Place(**{name: _text(term) for name, term in zip(_PLACE, row)}) for row in found)


def _labels(store: Store, nodes: Iterable[Term]) -> dict[Term, tuple[Literal, ...]]:
    """English first, then the others."""
    wanted = sorted({str(node) for node in nodes if isinstance(node, NamedNode)})
    found: dict[Term, list[Literal]] = {}
    rows = _rows(
        store,
        f"SELECT DISTINCT ?s ?label {{ VALUES ?s {{ {' '.join(wanted)} }} "
        "?s rdfs:label|skos:prefLabel|dcterms:title ?label }",
    )
    for node, label in rows:
        if node is not None and isinstance(label, Literal):
            found.setdefault(node, []).append(label)
    return {
        node: tuple(sorted(labels, key=lambda label: (label.language != "en", str(label))))
        for node, labels in found.items()
    }


def _rows(store: Store, query: str) -> list[tuple[Term | None, ...]]:
    found = evaluate(store, _PROLOGUE + query, union=True)
    assert isinstance(found, Rows)
    return list(found.rows)


def _value(term: Term, names: dict[Term, tuple[Literal, ...]]) -> Value:
    return Value(term, names.get(term, ()))


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
