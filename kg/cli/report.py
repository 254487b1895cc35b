"""kg report: the questions that the project answers, by name."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import DATA, open_data, remark, write_output
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.queries import SavedQuery
    from kg.store import Rows

_FORMS = {"table": "table", "csv": "csv", "tsv": "tsv", "json": "objects", "markdown": "markdown"}


@click.command()
@click.argument("name", default="list")
@click.option("-p", "--parameter", "given", multiple=True, metavar="NAME=VALUE", help="A value for a parameter.")
@DATA
@click.option("--format", "form", type=click.Choice(list(_FORMS)), default="table", help="Default: table.")
def report(name: str, given: tuple[str, ...], data: tuple[Path, ...], form: str) -> None:
    """Answer the saved question NAME; list shows them all.

    lint checks every saved query. A value may be a code of the graph (PRK, sanctions), a full IRI, or its
    end (id/actor/PRK).

    \b
    Examples:
        kg report list
        kg report actor-positions -p actor=PRK
        kg report timeline -p from=2003 -p to=2005-09 --format csv
    """
    from kg.parameters import read_values
    from kg.queries import get_query, load_queries
    from kg.resources import QUERIES
    from kg.results import write_rows
    from kg.store import Rows, evaluate

    if name in ("list", "lint") and given:
        raise click.UsageError(f"'{name}' takes no parameter.")
    if name == "lint":
        return _lint(QUERIES)
    reports = load_queries(QUERIES / "reports")
    if name == "list":
        return write_output(None, write_rows(_listing(reports.values()), _FORMS[form]).encode())
    query = get_query(reports, name)
    pairs = [_pair(text) for text in given]
    store = open_data(data)
    answer = evaluate(store, query.bind(read_values(query, pairs, store)), union=True)
    assert isinstance(answer, Rows)  # a saved query is a SELECT
    write_output(None, write_rows(answer, _FORMS[form]).encode())
    if not answer.rows:
        remark("No rows: the data have nothing to say on this.")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(f"-p {text}: write it as NAME=VALUE.")
    return name, value


def _listing(reports: "Iterable[SavedQuery]") -> "Rows":
    from pyoxigraph import Literal

    from kg.store import Rows

    def words(query: "SavedQuery") -> str:
        return " ".join(p.name if p.required else f"[{p.name}]" for p in query.params)

    rows = tuple((Literal(query.name), Literal(words(query)), Literal(query.summary)) for query in reports)
    return Rows(("report", "parameters", "question"), rows)


def _lint(folder: Path) -> None:
    """Every saved query of every folder is sound; `KgError` for the first that is not."""
    from kg.queries import load_queries

    folders = sorted(path for path in folder.iterdir() if path.is_dir() and any(path.glob("*.rq")))
    counts = {path.name: len(load_queries(path)) for path in folders}
    if "reports" not in counts:
        raise KgError(f"{folder}: has no reports, so there is nothing to check. Is it the right folder?")
    remark("Sound saved queries: " + ", ".join(f"{count} {name}" for name, count in counts.items()) + ".")
