"""Stage 6: files -> a store that answers SPARQL. The one module that asks Oxigraph.

    store = open_store([Path("data/six-party-kg.trig")])
    evaluate(store, "SELECT ?s { ?s a kg:Stance }", union=True)   -> Rows(variables=("s",), rows=(...))

`union` says what the default graph of a query is: the union of all graphs (the
released graph) or the store's default graph alone (files named by the user).
Before: `kg.guard`, which every query passes first; `kg.rdf_files` (files -> quads),
`kg.formats` (answers -> bytes). Next: `kg.queries`, `kg.endpoint`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from kg.errors import KgError
from kg.formats import (
    RDF_FORMATS,
    RESULT_FORMATS,
    AnswerTooLarge,
    Unserializable,
    sort_triples,
    write_results,
    write_triples,
)
from kg.guard import BadQuery, check, undeclared_prefixes
from kg.rdf_files import read_quads, relabel

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = [
    "RDF_FORMATS",
    "RESULT_FORMATS",
    "AnswerTooLarge",
    "BadQuery",
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Quad",
    "Rows",
    "Scope",
    "Store",
    "Term",
    "Triple",
    "Unserializable",
    "answer_bytes",
    "as_rdflib",
    "evaluate",
    "open_store",
    "read_quads",
    "write_triples",
]

GraphName = NamedNode | BlankNode | DefaultGraph
Term = NamedNode | BlankNode | Literal | Triple

_UNKNOWN_FUNCTION = re.compile(r"custom function <(.*)> is not supported")


@dataclass(frozen=True)
class Rows:
    """The answer to a SELECT: one term, or None where unbound, per variable and row."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def open_store(data: Sequence[Path], named: Sequence[tuple[str, Path]] = ()) -> Store:
    """A store in memory of the files in `data`, and of each file of `named` in the graph of that IRI.

    Blank nodes of two files are never the same one. Raises KgError as `read_quads` does, and
    for a file without a single statement, a graph name that is no IRI, and no file at all.
    """
    if not data and not named:
        raise KgError("No data: name at least one file.")
    store = Store()
    sources = [(path, None) for path in data] + [(path, _graph_name(iri)) for iri, path in named]
    for number, (path, graph) in enumerate(sources, start=1):
        quads = read_quads(path, graph)
        read = _Counter(relabel(quads, number) if len(sources) > 1 else quads)
        store.bulk_extend(read)
        if read.count == 0:
            raise KgError(f"{path}: holds no statement, so there is nothing to ask. Check the file.")
    return store


class _Counter(Iterator[Quad]):
    def __init__(self, quads: Iterator[Quad]) -> None:
        self._quads = quads
        self.count = 0

    def __next__(self) -> Quad:
        quad = next(self._quads)
        self.count += 1
        return quad


def _graph_name(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise KgError(f"{iri!r} is no graph name: {error}. Give an absolute IRI.") from None


@dataclass(frozen=True)
class Scope:
    """What a query is asked of.

    `union`: the default graph is the union of all graphs. `default_graphs` and `named_graphs`
    (IRIs) replace the query's own dataset, as the protocol says: where one is given, no other
    graph is seen. Relative IRIs of a query are resolved against `base`.
    """

    union: bool
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None


def evaluate(
    store: Store,
    query: str,
    *,
    union: bool,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    base: str | None = None,
) -> Rows | bool | tuple[Triple, ...]:
    """The whole answer: Rows for SELECT, a bool for ASK, sorted triples for CONSTRUCT and DESCRIBE.

    The arguments after `query` are those of `Scope`. Raises BadQuery and RefusedQuery
    (`kg.guard`), KgError where the engine fails.
    """

    def collect(results: _Results) -> Rows | bool | tuple[Triple, ...]:
        if isinstance(results, QueryBoolean):
            return bool(results)
        if isinstance(results, QueryTriples):
            return sort_triples(results)
        variables = tuple(variable.value for variable in results.variables)
        return Rows(variables, tuple(tuple(solution) for solution in results))

    return _run(store, query, Scope(union, tuple(default_graphs), tuple(named_graphs), base), collect)


def answer_bytes(
    store: Store,
    query: str,
    media_type: str,
    scope: Scope,
    *,
    prefixes: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> bytes:
    """The answer written in a media type of RESULT_FORMATS or RDF_FORMATS, whichever the query's form asks for.

    Raises as `evaluate` does, AnswerTooLarge beyond `limit` bytes, and Unserializable: a format
    of the other kind, or a character that the format cannot hold.
    """

    def write(results: _Results) -> bytes:
        if isinstance(results, QueryTriples):
            return write_triples(sort_triples(results, limit), media_type, prefixes)
        return write_results(results, media_type, limit)

    return _run(store, query, scope, write)


def as_rdflib(store: Store) -> "Dataset":
    """The store as an rdflib Dataset, for libraries that want one; it is the same data, not a copy.

    Its default graph is the store's default graph. (A plain `Graph(store=...)` would look into
    a graph named by a new blank node, and find nothing.)
    """
    from oxrdflib import OxigraphStore  # slow to import, and only needed here
    from rdflib import Dataset

    return Dataset(store=OxigraphStore(store=store))


_Results = QuerySolutions | QueryTriples | QueryBoolean
_Answer = TypeVar("_Answer")


def _run(store: Store, query: str, scope: Scope, consume: Callable[[_Results], _Answer]) -> _Answer:
    """Evaluate and consume; an unknown function is an error of its expression, as the standard has it."""
    outline = check(query)
    unknown: dict[NamedNode, Callable[..., Term | None]] = {}
    while True:
        try:
            return consume(_results(store, query, scope, outline.names_dataset, unknown))
        except SyntaxError as error:
            raise BadQuery(_query_message(query, str(error))) from None
        except RuntimeError as error:
            found = _UNKNOWN_FUNCTION.search(str(error))
            if found is None or NamedNode(found[1]) in unknown:
                raise KgError(f"The query failed: {_one_line(str(error))}.") from None
            unknown[NamedNode(found[1])] = lambda *arguments: None
        except OSError as error:
            raise KgError(f"The query failed: {_one_line(str(error))}.") from None


def _results(
    store: Store, query: str, scope: Scope, names_dataset: bool, functions: dict[NamedNode, Callable[..., Term | None]]
) -> _Results:
    if scope.default_graphs or scope.named_graphs:
        try:
            default: list[GraphName] = [_graph_name(iri) for iri in scope.default_graphs]
            named: list[NamedNode | BlankNode] = [_graph_name(iri) for iri in scope.named_graphs]
        except KgError as error:
            raise BadQuery(str(error)) from None
        return store.query(  # None in place of an empty list would mean all graphs
            query, base_iri=scope.base, default_graph=default, named_graphs=named, custom_functions=functions
        )
    # The union flag makes the engine ignore the query's own FROM, silently.
    union = scope.union and not names_dataset
    return store.query(query, base_iri=scope.base, use_default_graph_as_union=union, custom_functions=functions)


def _one_line(message: str) -> str:
    return " ".join(message.split()).rstrip(".")


def _query_message(query: str, message: str) -> str:
    """Where the query is wrong, and the parser's words; its long lists of characters tell a reader nothing."""
    missing = undeclared_prefixes(query)
    if missing:  # the parser would only say that it expected something else
        return f"The query does not parse: no PREFIX line for {', '.join(f'{name}:' for name in missing)}."
    found = re.match(r"error at (\d+):(\d+): expected (?:one of )?(.*)", _one_line(message))
    if found is None:
        return f"The query does not parse: {_one_line(message)}."
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = query.splitlines()[line - 1 :]
    near = lines[0][column - 1 :][:20].strip() if lines else ""
    reasons = re.findall(r"(?:^|, )(\w+ \w+ [\w ,]*\w)", re.sub(r"\[[^\]]*\]", "", expected))
    return (
        f"The query does not parse at line {line}, column {column}, {f'at {near!r}' if near else 'where it ends'}"
        f"{': ' + reasons[0] if reasons else ''}. Mend it there, or just before."
    )
