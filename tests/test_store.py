"""Files become a store; a query becomes an answer, of the dataset that was asked for."""

import json
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.guard import BadQuery, RefusedQuery
from kg.store import (
    RDF_FORMATS,
    RESULT_FORMATS,
    AnswerTooLarge,
    Literal,
    NamedNode,
    Rows,
    Scope,
    Store,
    Unserializable,
    answer_bytes,
    as_rdflib,
    evaluate,
    open_store,
    read_quads,
    write_triples,
)

FILES = {
    "a.ttl": "<http://x/s> <http://x/p> 1 .",
    "a.nt": '<http://x/s> <http://x/p> "1" .\n',
    "a.nq": '<http://x/s> <http://x/p> "1" <http://x/g> .\n',
    "a.trig": "<http://x/g> { <http://x/s> <http://x/p> 1 }",
    "a.jsonld": '{"@id": "http://x/s", "http://x/p": 1}',
    "a.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
    '<rdf:Description rdf:about="http://x/s"><x:p>1</x:p></rdf:Description></rdf:RDF>',
}
FILES["a.owl"] = FILES["a.rdf"]


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write_file(name: str, text: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write_file


def one(store: Store, query: str, **scope: object) -> list[str]:
    """The first column of a SELECT."""
    answer = evaluate(store, query, **({"union": False} | scope))  # type: ignore[arg-type]
    assert isinstance(answer, Rows)
    return [getattr(row[0], "value", "") for row in answer.rows]


@pytest.mark.parametrize("name, text", FILES.items())
def test_each_format_is_read_by_its_suffix(write, name: str, text: str) -> None:  # type: ignore[no-untyped-def]
    (quad,) = read_quads(write(name, text))
    assert quad.subject == NamedNode("http://x/s")
    assert quad.object.value == "1"  # type: ignore[union-attr]


BROKEN = [
    ("b.ttl", "<http://x/s> <http://x/p> 1 .\n<http://x/s> ??? .", "b.ttl:2:14: "),
    ("b.nt", "<http://x/s> <http://x/p> x .\n", "b.nt:1:"),
    ("b.jsonld", '{"@id": "http://x/s",\n"http://x/p": [}', "b.jsonld:2:"),
    ("b.rdf", "<nothing/>", "b.rdf: "),
    ("b.ttl", b"\xff\xfe", "b.ttl:1:1: Invalid UTF-8"),
    ("b.ttl", "<s> <p> <o> .", "relative IRI"),
    ("b.txt", "", "unknown suffix '.txt'"),
    ("b.ttl", "", "holds no statement"),
    ("b.ttl", "@prefix x: <http://x/> .", "holds no statement"),
]
assert BROKEN


@pytest.mark.parametrize("name, text, message", BROKEN, ids=[message for _, _, message in BROKEN])
def test_a_file_that_cannot_be_used_is_named_with_the_place(write, name: str, text: str, message: str) -> None:  # type: ignore[no-untyped-def]
    path = write(name, text)
    with pytest.raises(KgError) as caught:
        open_store([path])
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be read"):
        open_store([tmp_path / "none.ttl"])
    with pytest.raises(KgError, match="name at least one file"):
        open_store([])


def test_data_is_the_default_graph_and_named_files_are_graphs(write) -> None:  # type: ignore[no-untyped-def]
    store = open_store(
        [write("d.ttl", "<http://x/d> <http://x/p> 1 .")],
        [("http://x/g", write("n.ttl", "<http://x/n> <http://x/p> 1 ."))],
    )
    assert one(store, "SELECT ?s { ?s ?p ?o }") == ["http://x/d"]
    assert one(store, "SELECT ?s { GRAPH <http://x/g> { ?s ?p ?o } }") == ["http://x/n"]
    assert sorted(one(store, "SELECT ?s { ?s ?p ?o }", union=True)) == ["http://x/d", "http://x/n"]


def test_a_graph_name_must_be_an_iri_and_its_file_must_have_no_graphs(write) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KgError, match="no graph name"):
        open_store([], [("not an iri", write("n.ttl", FILES["a.ttl"]))])
    with pytest.raises(KgError, match="graphs of its own"):
        open_store([], [("http://x/h", write("n.trig", FILES["a.trig"]))])


def test_blank_nodes_of_two_files_are_two(write) -> None:  # type: ignore[no-untyped-def]
    files = [write(f"{n}.ttl", f"_:b <http://x/p> {n} .") for n in (1, 2)]
    assert len(set(one(open_store(files), "SELECT (STR(?o) AS ?x) ?s { ?s ?p ?o }"))) == 2
    assert one(open_store(files), "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }") == ["2"]


@pytest.fixture
def graphs(write) -> Store:  # type: ignore[no-untyped-def]
    return open_store(
        [write("g.trig", '<http://x/s> <http://x/p> "d" . <http://x/1> { <http://x/s> <http://x/p> "1" } '
               '<http://x/2> { <http://x/s> <http://x/p> "2" }')]
    )  # fmt: skip


VALUES = "SELECT ?o {} {{ ?s ?p ?o }} ORDER BY ?o"
NAMES = "SELECT ?g {} {{ GRAPH ?g {{ ?s ?p ?o }} }} ORDER BY ?g"
ONE, TWO = "http://x/1", "http://x/2"
DATASETS = [
    # query, FROM clauses, scope, expected
    (VALUES, "", {"union": False}, ["d"]),
    (VALUES, "", {"union": True}, ["1", "2", "d"]),
    (VALUES, f"FROM <{ONE}>", {"union": True}, ["1"]),  # the engine's union flag would ignore FROM
    (VALUES, f"FROM <{ONE}> FROM <{TWO}>", {"union": False}, ["1", "2"]),
    (VALUES, f"FROM NAMED <{ONE}>", {"union": True}, []),
    (VALUES, f"FROM <{ONE}>", {"union": True, "default_graphs": [TWO]}, ["2"]),  # the protocol overrides
    (VALUES, "", {"union": True, "named_graphs": [TWO]}, []),
    (VALUES, "FROM <http://x/unknown>", {"union": True}, []),
    (NAMES, "", {"union": True}, [ONE, TWO]),
    (NAMES, f"FROM <{ONE}>", {"union": True}, []),
    (NAMES, f"FROM NAMED <{ONE}>", {"union": True}, [ONE]),
    (NAMES, "", {"union": True, "default_graphs": [ONE]}, []),
    (NAMES, "", {"union": False, "named_graphs": [TWO]}, [TWO]),
]
assert DATASETS


@pytest.mark.parametrize("query, clauses, scope, expected", DATASETS)
def test_dataset(graphs: Store, query: str, clauses: str, scope: dict[str, object], expected: list[str]) -> None:
    assert one(graphs, query.format(clauses), **scope) == expected


def test_forms_of_answers(graphs: Store) -> None:
    rows = evaluate(graphs, "SELECT ?z ?s { ?s ?p ?o }", union=False)
    assert rows == Rows(("z", "s"), ((None, NamedNode("http://x/s")),))
    assert evaluate(graphs, "ASK { ?s ?p 'nothing' }", union=True) is False
    triples = evaluate(graphs, "CONSTRUCT { ?s <http://x/q> ?o, ?o } WHERE { ?s ?p ?o }", union=True)
    assert isinstance(triples, tuple)
    assert [t.object for t in triples] == [Literal("1"), Literal("2"), Literal("d")]  # sorted, each once


def test_an_unknown_function_is_an_error_of_its_expression(graphs: Store) -> None:
    query = "PREFIX f: <http://f/> SELECT (f:a(?o) AS ?x) (f:b() AS ?y) ?o { ?s ?p ?o }"
    assert evaluate(graphs, query, union=False) == Rows(("x", "y", "o"), ((None, None, Literal("d")),))
    assert one(graphs, "PREFIX f: <http://f/> SELECT ?o { ?s ?p ?o FILTER f:a(?o) }") == []


MESSAGES = [
    ("SELECT * { ?s x:p y:o }", "The query does not parse: no PREFIX line for x:, y:."),
    (
        "SELECT *\n{ ?s ?p ?o",
        "The query does not parse at line 2, column 11, where it ends. Mend it there, or just before.",
    ),
    ("SELECT * { ?s ?p } LIMIT 1", "The query does not parse at line 1, column 20, at 'LIMIT 1'. "),
    ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", ": The SELECT contains a variable that is unbound. "),
]
assert MESSAGES


@pytest.mark.parametrize("query, message", MESSAGES)
def test_a_wrong_query_says_where_on_one_line(graphs: Store, query: str, message: str) -> None:
    with pytest.raises(BadQuery) as caught:
        evaluate(graphs, query, union=True)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_service_is_refused_here_too(graphs: Store) -> None:
    with pytest.raises(RefusedQuery):
        evaluate(graphs, "SELECT * { SERVICE <http://127.0.0.1:9/> {} }", union=True)


@pytest.mark.parametrize("media_type", RESULT_FORMATS)
def test_every_results_format(graphs: Store, media_type: str) -> None:
    written = answer_bytes(graphs, "SELECT ?o { ?s ?p ?o }", media_type, Scope(union=False))
    assert b"d" in written
    if media_type == "text/csv":
        assert written == b"o\r\nd\r\n"
    with pytest.raises(Unserializable):
        answer_bytes(graphs, "DESCRIBE <http://x/s>", media_type, Scope(union=False))


@pytest.mark.parametrize("media_type", RDF_FORMATS)
def test_every_rdf_format(graphs: Store, media_type: str) -> None:
    from pyoxigraph import RdfFormat, parse

    written = answer_bytes(graphs, "CONSTRUCT WHERE { ?s ?p ?o }", media_type, Scope(True), prefixes={"x": "http://x/"})
    rdf_format = RdfFormat.from_media_type(media_type)
    assert rdf_format is not None
    assert sorted(q.object.value for q in parse(written, rdf_format)) == ["1", "2", "d"]  # type: ignore[union-attr]
    with pytest.raises(Unserializable):
        answer_bytes(graphs, "ASK {}", media_type, Scope(True))


def test_only_prefixes_that_are_used_are_written(graphs: Store) -> None:
    triples = evaluate(graphs, "CONSTRUCT WHERE { ?s ?p 'd' }", union=True)
    assert isinstance(triples, tuple)
    written = write_triples(triples, "text/turtle", {"x": "http://x/", "y": "http://y/"})
    assert written == b'@prefix x: <http://x/> .\nx:s x:p "d" .\n'


@pytest.mark.parametrize("query, media_type", [
    ("SELECT ?o { ?s ?p ?o }", "application/sparql-results+xml"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml"),
])  # fmt: skip
def test_xml_that_no_parser_would_take_is_not_written(write, query: str, media_type: str) -> None:  # type: ignore[no-untyped-def]
    store = open_store([write("c.ttl", r'<http://x/s> <http://x/p> "a\u0001" .')])
    with pytest.raises(Unserializable, match="cannot hold"):
        answer_bytes(store, query, media_type, Scope(False))
    json.loads(answer_bytes(store, "SELECT ?o { ?s ?p ?o }", "application/sparql-results+json", Scope(False)))


@pytest.mark.parametrize("query, media_type", [
    ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s . ?t ?u ?v }", "text/csv"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle"),
])  # fmt: skip
def test_an_answer_beyond_the_limit_is_none(graphs: Store, query: str, media_type: str) -> None:
    with pytest.raises(AnswerTooLarge, match="more than 50 bytes"):
        answer_bytes(graphs, query, media_type, Scope(True), limit=50)


def test_rdflib_sees_all_of_the_store(graphs: Store) -> None:
    dataset = as_rdflib(graphs)
    assert [str(o) for _, _, o in dataset.default_graph] == ["d"]
    assert len(list(dataset.quads())) == 3
    assert [str(o) for _, _, o in dataset.graph("http://x/1")] == ["1"]
