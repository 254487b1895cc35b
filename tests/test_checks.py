"""A check asks for what must not be; a row is a failure, and no checks at all is an error.

That each check of queries/checks fires, and only where it must, is tested beside the shapes.
"""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.checks import check_quads, count_checks, is_whole, run_checks
from kg.errors import Finding, NothingToCheck

CHECK = (
    "#+ summary: Which things are bad?\n#+ x-expect: {columns: [s]}\nSELECT ?s WHERE { ?s <urn:bad> ?o } ORDER BY ?s\n"
)


def store_of(*names: str) -> Store:
    store = Store()
    for name in names:
        store.add(Quad(NamedNode(f"urn:{name}"), NamedNode("urn:bad"), Literal("x"), NamedNode("urn:graph")))
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad-things.rq").write_text(CHECK, encoding="utf-8")
    return tmp_path


def test_a_row_is_a_failure_and_the_first_rows_are_shown(folder: Path) -> None:
    (failure,) = run_checks(store_of("a", "b", "c", "d", "e"), folder)
    assert (failure.name, failure.count, failure.examples) == ("bad-things", 5, ("urn:a", "urn:b", "urn:c"))
    assert str(failure).splitlines() == [
        "bad-things  Which things are bad?",
        "  urn:a",
        "  urn:b",
        "  urn:c",
        "  2 more",
    ]


def test_no_row_is_no_failure(folder: Path) -> None:
    assert run_checks(Store(), folder) == []


def test_no_checks_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheck):
        run_checks(Store(), tmp_path)


def test_there_are_checks() -> None:
    assert count_checks() >= 5


def test_a_graph_with_its_ontology_is_whole() -> None:
    store = store_of("a")
    assert not is_whole(store)
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.add(Quad(NamedNode("urn:o"), kind, NamedNode("http://www.w3.org/2002/07/owl#Ontology"), NamedNode("urn:g")))
    assert is_whole(store)


def test_quads_that_fail_are_a_finding() -> None:
    stance = NamedNode("https://w3id.org/six-party-kg/ontology#Stance")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    with pytest.raises(Finding, match="statements-without-evidence"):
        check_quads([Quad(NamedNode("urn:s"), kind, stance)])
