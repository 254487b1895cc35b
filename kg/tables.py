"""The graph as coded tables: seven CSV files, for R, pandas or a spreadsheet.

    write_tables(open_store([Path("data/six-party-kg.trig")]), Path("build/tables"))

Each table is a saved query, `queries/tables/{name}.rq`: the query selects, one
row for each place of the text; this module orders rows and joined cells and
writes them. The same graph gives the same bytes.

Before: `kg.store`, `kg.queries`. Beside: `kg.reports`.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, Store

from kg.errors import KgError, NothingToCheck
from kg.output import write_whole
from kg.queries import load_query
from kg.resources import QUERIES
from kg.store import Rows, Term, evaluate

FOLDER = QUERIES / "tables"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "stances": (
        "id", "holder", "issue", "polarity", "target", "condition", "context", "document", "date", "section", "start",
        "end",
    ),
    "commitments": ("id", "debtor", "beneficiary", "issue", "document", "order", "label", "section", "start", "end"),
    "events": ("id", "date", "kind", "participants", "place", "label", "section", "start", "end"),
    "institutions": (
        "id", "name_zh", "name_en", "acronym", "kind", "founded", "members", "member_count", "initiator", "track",
        "scope", "section", "start", "end",
    ),
    "agreements": ("id", "name_zh", "name_en", "kind", "date", "parties", "place", "section", "start", "end"),
    "views": ("id", "authors", "kind", "subject", "valence", "footnote", "section", "start", "end"),
    "citations": (
        "id", "footnote", "authors", "title", "container", "year", "pages", "kind", "repeat", "cites", "start", "end",
    ),
}  # fmt: skip
SEPARATOR = ";"
# Cells with several values; the engine joins them in no order of its own.
_JOINED = {"target", "participants", "members", "parties", "debtor", "beneficiary", "authors"}
_NUMBERS = {"start", "end"}

Row = tuple[str, ...]


def write_tables(store: Store, folder: Path) -> dict[str, int]:
    """Write the seven tables of the union of all graphs in `store`; returns how many rows each has.

    Raises `NothingToCheck` where not one table has a row (then it writes none),
    and `KgError` where a query is missing or a file cannot be written.
    """
    tables = {name: read_table(store, name) for name in COLUMNS}
    if not any(tables.values()):
        raise NothingToCheck(
            "the data hold no statement with evidence: every table would be empty. Is it the right file?"
        )
    for name, rows in tables.items():
        write_whole(folder / f"{name}.csv", _to_csv(COLUMNS[name], rows))
    return {name: len(rows) for name, rows in tables.items()}


def read_table(store: Store, name: str) -> list[Row]:
    """The rows of one table in their order: by id, then by place in the text."""
    query = load_query(FOLDER / f"{name}.rq")
    answer = evaluate(store, query.text, union=True)
    if not isinstance(answer, Rows) or answer.variables != COLUMNS[name]:
        raise KgError(f"{query.path}: must select exactly the columns {', '.join(COLUMNS[name])}, in this order.")
    return sorted(_cells(answer), key=lambda row: _order(answer.variables, row))


def _cells(answer: Rows) -> Iterator[Row]:
    for row in answer.rows:
        yield tuple(_cell(column, term) for column, term in zip(answer.variables, row))


def _cell(column: str, term: Term | None) -> str:
    value = "" if term is None else term.value if isinstance(term, Literal) else str(term)
    return SEPARATOR.join(sorted(value.split(SEPARATOR))) if column in _JOINED else value


def _order(columns: Sequence[str], row: Row) -> tuple[str, list[int], Row]:
    places = [int(cell) for column, cell in zip(columns, row) if column in _NUMBERS and cell.isdigit()]
    return row[0], places, row


def _to_csv(columns: Sequence[str], rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
