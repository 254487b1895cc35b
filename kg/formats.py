"""Answers -> bytes, by media type: whole, checked, and not beyond a limit.

    write_results(store.query("ASK {}"), "text/csv", limit=2**20)   -> b"true"
    write_triples(triples, "text/turtle", {"kg": "..."})            -> b"@prefix kg: ..."

Before: nothing but Oxigraph. Used by `kg.store`, which has these names too.
"""

import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import KgError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

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
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class Unserializable(KgError):
    """The answer cannot be written in the format that was asked for."""


class AnswerTooLarge(KgError):
    """The answer has more bytes than the limit; no part of it is given."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The answer has more than {limit} bytes. Ask for less, or in parts: LIMIT and OFFSET.")


def write_results(results: QuerySolutions | QueryBoolean, media_type: str, limit: int | None = None) -> bytes:
    """The answer to a SELECT or ASK in a media type of RESULT_FORMATS.

    Raises Unserializable, AnswerTooLarge, and what the engine raises while it evaluates.
    """
    result_format = _format(RESULT_FORMATS, media_type)
    sink = _Sink(limit)
    results.serialize(sink, result_format)
    return _checked(sink.getvalue(), result_format, media_type)


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


def sort_triples(triples: Iterable[Triple], limit: int | None = None) -> tuple[Triple, ...]:
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
