"""The checks of `queries/checks/`: a row is a fault.

Each check gives no row on the valid graph, and on the valid graph with
`tests/checks/{check}.ttl` added exactly the rows that its first line names:
the ends of the IRIs in the first column.
"""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from kg.graph.names import BASE
from kg.queries import SavedQuery, load_queries
from kg.resources import QUERIES
from kg.store import evaluate, open_store
from kg.validation import vocabulary_files

FOLDER = Path(__file__).parent / "checks"
VALID = Path(__file__).parent / "shapes" / "valid.ttl"
CHECKS = load_queries(QUERIES / "checks")

assert len(CHECKS) >= 13, "checks are missing"


def faults(check: SavedQuery, *files: Path) -> list[str]:
    store: Store = open_store([*vocabulary_files(), *files])
    found = set()
    for row in evaluate(store, check.text, union=True).rows:  # type: ignore[union-attr]
        assert isinstance(row[0], NamedNode)
        found.add(row[0].value.removeprefix(BASE))
    return sorted(found)


@pytest.mark.parametrize("name", CHECKS)
def test_check_finds_nothing_in_a_good_graph(name: str) -> None:
    assert faults(CHECKS[name], VALID) == []


@pytest.mark.parametrize("name", CHECKS)
def test_check_finds_the_faults_of_its_broken_graph(name: str) -> None:
    path = FOLDER / f"{name}.ttl"
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expect: ").split("; ")
    assert faults(CHECKS[name], VALID, path) == expected


def test_every_broken_graph_belongs_to_a_check() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ttl")) == sorted(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_check_is_tagged_and_takes_no_parameter(name: str) -> None:
    assert CHECKS[name].tags == ("check",)
    assert CHECKS[name].params == ()
    assert CHECKS[name].summary.endswith("?")
