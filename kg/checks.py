"""Stage 9: what no shape can say of one node: checks of a data set as a whole, as saved queries.

    failures = run_checks(open_store([RELEASED_GRAPH]))
    failures[0].name, failures[0].count         # "orphan-evidence", 2

Each query of `queries/checks/` asks for what must not be: a row is a failure.
Some need the ontology and the schemes beside the data, so a graph without them
(what `kg extract` writes) is not checked: see `is_whole`.

Before: `kg.queries`. Beside: `kg.validation`, which asks each node by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.errors import Finding
from kg.queries import load_queries
from kg.resources import QUERIES
from kg.results import shorten, visible
from kg.store import Rows, evaluate

FOLDER = QUERIES / "checks"
_IS_WHOLE = "ASK { ?ontology a <http://www.w3.org/2002/07/owl#Ontology> }"
_SHOWN = 3


@dataclass(frozen=True)
class Failure:
    """A check that found something: its question, and the first rows."""

    name: str
    question: str
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        more = f"\n  {self.count - len(self.examples)} more" if self.count > len(self.examples) else ""
        return f"{self.name}  {self.question}\n" + "\n".join(f"  {example}" for example in self.examples) + more


def is_whole(store: Store) -> bool:
    """Whether the data have their ontology with them, as a released graph does."""
    return evaluate(store, _IS_WHOLE, union=True) is True


def count_checks(folder: Path = FOLDER) -> int:
    return len(load_queries(folder))


def run_checks(store: Store, folder: Path = FOLDER) -> list[Failure]:
    """The checks that found something, by name. `NothingToCheck` for a folder without checks."""
    failures = []
    for query in load_queries(folder).values():
        answer = evaluate(store, query.text, union=True)
        assert isinstance(answer, Rows)  # a saved query is a SELECT
        if answer.rows:
            shown = tuple("  ".join(visible(shorten(term)) for term in row) for row in answer.rows[:_SHOWN])
            failures.append(Failure(query.name, query.summary, len(answer.rows), shown))
    return failures


def check_quads(quads: Iterable[Quad]) -> None:
    """Raises `Finding` where a check of these quads found something."""
    store = Store()
    store.bulk_extend(quads)
    failures = run_checks(store)
    if failures:
        first = failures[0]
        names = ", ".join(failure.name for failure in failures)
        raise Finding(f"the graph fails {len(failures)} checks ({names}). First: {first.question} {first.examples[0]}")
