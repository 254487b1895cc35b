"""What a reader types becomes a term that the graph knows, or an error that names the nearest ones."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kg.errors import KgError
from kg.parameters import find_node, read_value, read_values
from kg.queries import Parameter, load_queries
from kg.resources import QUERIES
from kg.store import open_store

GRAPH = Path(__file__).parent / "data" / "reports.trig"
REPORTS = load_queries(QUERIES / "reports")
BASE = "https://w3id.org/six-party-kg/"
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store([GRAPH])


SPELLINGS = [
    f"{BASE}id/actor/PRK",
    f"<{BASE}id/actor/PRK>",
    "actor:PRK",
    "id/actor/PRK",
    "PRK",
    "prk",
    "  PRK ",
]


@pytest.mark.parametrize("value", SPELLINGS)
def test_an_actor_may_be_written_in_many_ways(store: Store, value: str) -> None:
    assert read_value(Parameter("actor", "iri", "kg:Actor"), value, store) == NamedNode(f"{BASE}id/actor/PRK")


def test_a_concept_is_found_by_its_notation_and_a_statement_by_the_end_of_its_iri(store: Store) -> None:
    assert find_node("issue", "sanctions", "kg:Issue", store).value == f"{BASE}scheme/issue/sanctions"
    stance = find_node("statement", "CHN-sanctions-oppose", "kg:SourcedStatement", store)
    assert stance.value == f"{BASE}id/stance/CHN-sanctions-oppose"


TYPED = [
    ("integer", "12", Literal("12", datatype=NamedNode(XSD + "integer"))),
    ("date", "2003", Literal("2003", datatype=NamedNode(XSD + "gYear"))),
    ("date", "2003-08", Literal("2003-08", datatype=NamedNode(XSD + "gYearMonth"))),
    ("date", "2004-02-29", Literal("2004-02-29", datatype=NamedNode(XSD + "date"))),
    ("string", 'a "b" ?c', Literal('a "b" ?c')),
    ("code", "anything", Literal("anything")),
]


@pytest.mark.parametrize("type_, value, term", TYPED)
def test_a_value_has_the_type_of_its_parameter(store: Store, type_: str, value: str, term: Literal) -> None:
    assert read_value(Parameter("p", type_), value, store) == term


REFUSED = [
    ("iri", "kg:Actor", "PRX", "the data have no kg:Actor 'PRX'. Nearest known: PRK"),
    ("iri", "kg:Actor", "id/actor/PRX", "Nearest known: PRK"),
    (
        "iri",
        "kg:Actor",
        "scheme/issue/aid",
        "the data have no kg:Actor <https://w3id.org/six-party-kg/scheme/issue/aid>",
    ),
    ("iri", "kg:Actor", "zzzzzz", "Known are, for example: CHN"),
    ("iri", "kg:Actor", "http://a b", "is no IRI"),
    ("iri", "kg:Actor", "<urn:x> } UNION { ?s ?p ?o", "the data have no kg:Actor"),
    ("iri", "", "PRK", "'PRK' is no IRI. Write it in full"),
    ("iri", "", "http://e/>", "is no IRI"),
    ("iri", "kg:Place2", "x", "They have none at all"),
    ("code", "kg:Issue", "sanction", "unknown code 'sanction'. Nearest known: sanctions"),
    ("integer", "", "1.5", "'1.5' is no whole number"),
    ("integer", "", "１", "is no whole number"),
    ("integer", "", "1 } #", "is no whole number"),
    ("date", "", "notadate", "'notadate' is no date"),
    ("date", "", "2003-13", "is no date"),
    ("date", "", "2003-02-30", "is no date"),
    ("date", "", "0000", "is no date"),
    ("date", "", "2003-08-27T00:00:00", "is no date"),
    ("date", "", "２００３", "is no date"),
    ("string", "", "  ", "parameter 'p' is empty"),
    ("string", "", "a\udcff", "parameter 'p' is no UTF-8 text"),
]


@pytest.mark.parametrize("type_, of_class, value, message", REFUSED, ids=ascii)
def test_what_does_not_fit_is_refused(store: Store, type_: str, of_class: str, value: str, message: str) -> None:
    with pytest.raises(KgError) as error:
        read_value(Parameter("p", type_, of_class), value, store)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_code_of_two_things_asks_for_the_iri() -> None:
    store = Store()
    store.load(
        b"<urn:a/x> a <https://w3id.org/six-party-kg/ontology#Actor> . "
        b"<urn:b/x> a <https://w3id.org/six-party-kg/ontology#Actor> .",
        format=RdfFormat.TURTLE,
    )
    with pytest.raises(KgError, match="'x' may be urn:a/x or urn:b/x"):
        find_node("p", "x", "kg:Actor", store)


def test_concepts_of_a_graph_without_schemes_are_those_of_the_ontology() -> None:
    """What kg extract writes names concepts, and does not describe them."""
    if not (QUERIES.parent / "ontology" / "schemes.ttl").is_file():
        pytest.fail("ontology/schemes.ttl is not there")
    assert find_node("issue", "sanctions", "kg:Issue", Store()).value == f"{BASE}scheme/issue/sanctions"


GIVEN = [
    ("actor-positions", [("akteur", "PRK")], "there is no parameter 'akteur'. Known parameters: actor (required)."),
    ("actor-positions", [("actor", "PRK"), ("actor", "CHN")], "parameter 'actor' is given twice"),
    ("actor-positions", [], "parameter 'actor' is required. Give it with -p actor=…, for example CHN, JPN"),
    ("stance-matrix", [("actor", "PRK")], "there is no parameter 'actor'. It takes none."),
]


@pytest.mark.parametrize("name, given, message", GIVEN)
def test_parameters_are_checked_before_anything_is_asked(
    store: Store, name: str, given: list[tuple[str, str]], message: str
) -> None:
    with pytest.raises(KgError) as error:
        read_values(REPORTS[name], given, store)
    assert message in str(error.value)


def test_what_is_optional_may_be_left_out(store: Store) -> None:
    assert read_values(REPORTS["timeline"], [], store) == {}
    assert set(read_values(REPORTS["timeline"], [("to", "2003")], store)) == {"to"}
