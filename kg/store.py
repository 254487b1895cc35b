"""Stage 8: files -> a store that answers SPARQL. The one module that knows Oxigraph.

    store = open_store([Path("data/six-party-kg.trig")])
    evaluate(store, "SELECT ?s { ?s a kg:Stance }", union=True)   -> Rows(variables=("s",), rows=(...))

`union` says what the default graph of a query is: the union of all graphs (the
released graph) or the store's default graph alone (files named by the user).
Queries pass `kg.guard` first. Next: `kg.queries`, `kg.endpoint`.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from kg.errors import KgError
from kg.guard import BadQuery, check, undeclared_prefixes

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer
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

Term = NamedNode | BlankNode | Literal | Triple

RESULT_FORMATS: Mapping[str, QueryResultsFormat] = {  # of SELECT and ASK, by media type
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
RDF_FORMATS: Mapping[str, RdfFormat] = {  # of CONSTRUCT and DESCRIBE, by media type
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
}
_BY_SUFFIX = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_UNKNOWN_FUNCTION = re.compile(r"custom function <(.*)> is not supported")


class Unserializable(KgError):
    """The answer cannot be written in the format that was asked for."""


class AnswerTooLarge(KgError):
    """The answer has more bytes than the limit; no part of it is given."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The answer has more than {limit} bytes. Ask for less, or in parts: LIMIT and OFFSET.")


@dataclass(frozen=True)
class Rows:
    """The answer to a SELECT: one term, or None where unbound, per variable and row."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def read_quads(path: Path, graph: NamedNode | None = None) -> Iterator[Quad]:
    """The quads of a file, its format known by its suffix; those of no named graph go to `graph`.

    Blank nodes keep their labels. Raises KgError: an unknown suffix, a file that cannot be
    read or does not parse (line and column), named graphs in a file read into `graph`.
    """
    rdf_format = _BY_SUFFIX.get(path.suffix.lower())
    if rdf_format is None:
        raise KgError(f"{path}: unknown suffix {path.suffix!r}. Known: {', '.join(sorted(_BY_SUFFIX))}.")
    try:
        with path.open("rb") as file:
            for quad in parse(file, rdf_format):
                if graph is None:
                    yield quad
                elif quad.graph_name != DefaultGraph():
                    raise KgError(
                        f"{path}: has graphs of its own ({quad.graph_name}), so it cannot be read into {graph}. "
                        "Give it as data without a graph's name."
                    )
                else:
                    yield Quad(quad.subject, quad.predicate, quad.object, graph)
    except SyntaxError as error:
        raise KgError(_syntax_message(path, error)) from None
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from None


def _syntax_message(path: Path, error: SyntaxError) -> str:
    where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else f"{path}"
    what = re.sub(r"^Parser error at .*?: ", "", " ".join(error.msg.split()))
    if "No scheme found in an absolute IRI" in what:
        what += " (a relative IRI: write it in full, or state @base)"
    return f"{where}: {what}. Mend the file there."


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
        read = _Counter(_relabel(quads, number) if len(sources) > 1 else quads)
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


def _relabel(quads: Iterator[Quad], number: int) -> Iterator[Quad]:
    """Blank nodes named by the file's number, so that two files share none and names are stable."""

    def rename(term: Term) -> Term:
        if isinstance(term, BlankNode):
            return BlankNode(f"f{number}{term.value}")
        if isinstance(term, Triple):
            return Triple(rename(term.subject), term.predicate, rename(term.object))  # type: ignore[arg-type]
        return term

    for quad in quads:
        graph = rename(quad.graph_name) if isinstance(quad.graph_name, BlankNode) else quad.graph_name
        yield Quad(rename(quad.subject), quad.predicate, rename(quad.object), graph)  # type: ignore[arg-type]


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
            return _sorted(results)
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
            return write_triples(_sorted(results, limit), media_type, prefixes)
        result_format = _format(RESULT_FORMATS, media_type)
        sink = _Sink(limit)
        results.serialize(sink, result_format)
        return _checked(sink.getvalue(), result_format, media_type)

    return _run(store, query, scope, write)


def write_triples(
    statements: Iterable[Triple] | Iterable[Quad], media_type: str, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """Triples or quads in a media type of RDF_FORMATS; raises Unserializable."""
    rdf_format = _format(RDF_FORMATS, media_type)
    try:
        held = list(statements)
        written = serialize(held, format=rdf_format, prefixes=_used(prefixes or {}, held))  # type: ignore[arg-type]
    except (OSError, ValueError) as error:
        raise Unserializable(f"The answer cannot be written as {media_type}: {error}. Ask for text/turtle.") from None
    assert written is not None  # bytes, where no output is named
    return _checked(written, rdf_format, media_type)


def _used(prefixes: Mapping[str, str], statements: Iterable[Triple | Quad]) -> dict[str, str]:
    """The prefixes that shorten something; the others would only stand at the head of the file."""
    spaces: set[str] = set()
    for statement in statements:
        for node in (statement.subject, statement.predicate, statement.object):
            name = node.datatype if isinstance(node, Literal) else node
            if isinstance(name, NamedNode):
                spaces.add(name.value[: max(name.value.rfind("#"), name.value.rfind("/")) + 1])
    return {prefix: space for prefix, space in prefixes.items() if space in spaces}


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
        return store.query(
            query,
            base_iri=scope.base,
            default_graph=[_graph_name(iri) for iri in scope.default_graphs],
            named_graphs=[_graph_name(iri) for iri in scope.named_graphs],  # None would mean all of them
            custom_functions=functions,
        )
    # The union flag makes the engine ignore the query's own FROM, silently.
    union = scope.union and not names_dataset
    return store.query(query, base_iri=scope.base, use_default_graph_as_union=union, custom_functions=functions)


def _one_line(message: str) -> str:
    return " ".join(message.split()).rstrip(".")


def _query_message(query: str, message: str) -> str:
    """The parser's message without its lists of possible characters, which tell a reader nothing."""
    missing = undeclared_prefixes(query)
    if missing:  # the parser would only say that it expected something else
        return f"The query does not parse: no PREFIX line for {', '.join(f'{name}:' for name in missing)}."
    message = re.sub(r"\[(?:'[^']*'|[^\]'])*\]", "", _one_line(message))
    message = re.sub(r"(?:, )+$|(?<=expected one of )(?:, )+", "", re.sub(r"(?:, )+", ", ", message))
    return f"The query does not parse: {message.removesuffix('expected ').rstrip(' :,')}."


def _sorted(triples: Iterable[Triple], limit: int | None = None) -> tuple[Triple, ...]:
    """Each triple once, in one order: the engine's order is no order, and may repeat."""
    found: dict[str, Triple] = {}
    size = 0
    for triple in triples:
        key = str(triple)
        if key not in found:
            found[key] = triple
            size += len(key.encode())
            if limit is not None and size > limit:
                raise AnswerTooLarge(limit)
    return tuple(found[key] for key in sorted(found))


class _Sink(io.BytesIO):
    """Takes at most `limit` bytes; the exception ends the engine's work."""

    def __init__(self, limit: int | None) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: "Buffer") -> int:
        written = super().write(data)
        if self._limit is not None and self.tell() > self._limit:
            raise AnswerTooLarge(self._limit)
        return written


_Format = TypeVar("_Format")


def _format(formats: Mapping[str, _Format], media_type: str) -> _Format:
    if media_type not in formats:
        raise Unserializable(f"This answer cannot be written as {media_type}. Possible: {', '.join(formats)}.")
    return formats[media_type]


def _checked(written: bytes, its_format: QueryResultsFormat | RdfFormat, media_type: str) -> bytes:
    # The engine writes control characters into XML as they are, and no XML parser takes them.
    if its_format in (QueryResultsFormat.XML, RdfFormat.RDF_XML) and _NOT_IN_XML.search(written):
        raise Unserializable(f"The answer has a character that {media_type} cannot hold. Ask for another format.")
    return written
