"""kg query: ask the graph a question of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from kg.cli.options import DATA, open_data, write_output
from kg.errors import KgError

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple

_RESULTS = {
    "table": "",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "markdown": "",
}
_RDF = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


@click.command()
@click.argument("file", required=False, type=click.File(encoding="utf-8"))
@click.option("-e", "--execute", "text", metavar="QUERY", help="The query itself, in place of a FILE.")
@DATA
@click.option("--format", "form", type=click.Choice([*_RESULTS, *_RDF]), help="Default: table, or turtle for a graph.")
@click.option(
    "--union/--no-union",
    default=None,
    help="Ask the union of all graphs, or the default graph alone. Default: the union where no statement is "
    "in the default graph, as in the released one.",
)
def query(file: TextIO | None, text: str | None, data: tuple[Path, ...], form: str | None, union: bool | None) -> None:
    """Answer the SPARQL query in FILE, or - for stdin.

    \b
    Examples:
        kg query question.rq --format csv
        kg query -e 'SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g'
    """
    if (file is None) == (text is None):
        raise click.UsageError("Give the query as a FILE (`-` for standard input) or with -e, one of the two.")
    question = _checked(text or "") if file is None else _read(file)
    store = open_data(data)
    write_output(None, _answer(store, question, _is_all_named(store) if union is None else union, form))


def _read(file: TextIO) -> str:
    try:
        return file.read()
    except UnicodeDecodeError as error:
        raise KgError(f"{file.name}: is no UTF-8 text ({error.reason}). A query is written in UTF-8.") from None


def _checked(text: str) -> str:
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise click.UsageError("The query is no UTF-8 text.")  # how Python passes on other bytes of an argument
    return text


def _is_all_named(store: "Store") -> bool:
    """A default graph that holds nothing could never answer anything."""
    from kg.store import evaluate

    return evaluate(store, "ASK { ?s ?p ?o }", union=False) is False


def _answer(store: "Store", question: str, union: bool, form: str | None) -> bytes:
    from kg.results import write_rows
    from kg.store import Rows, Scope, answer_bytes, evaluate

    answer = evaluate(store, question, union=union)
    if isinstance(answer, tuple):
        return _graph(store, question, union, form or "turtle", answer)
    if form in _RDF:
        raise KgError(f"the answer is no graph and cannot be written as {form}. Use one of {', '.join(_RESULTS)}.")
    if isinstance(answer, Rows) and form != "xml":
        return write_rows(answer, form or "table").encode()
    if form in (None, "table", "markdown"):  # ASK
        return b"true\n" if answer else b"false\n"
    return answer_bytes(store, question, _RESULTS[form], Scope(union)).rstrip() + b"\n"


def _graph(store: "Store", question: str, union: bool, form: str, triples: "tuple[Triple, ...]") -> bytes:
    from pyoxigraph import Quad

    from kg.graph.serialize import to_bytes
    from kg.store import Scope, answer_bytes

    if form in _RESULTS:
        raise KgError(f"the answer is a graph and cannot be written as {form}. Use one of {', '.join(_RDF)}.")
    if form in ("turtle", "ntriples"):
        quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
        return to_bytes(quads, ".ttl" if form == "turtle" else ".nt")
    return answer_bytes(store, question, _RDF[form], Scope(union)).rstrip() + b"\n"
