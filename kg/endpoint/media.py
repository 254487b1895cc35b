"""What a client would like to get, and what it gets: the Accept header.

    choose("text/turtle;q=0.5, */*;q=0.1", ("application/n-triples", "text/turtle"))  -> 'text/turtle'

Formats are chosen by the form of the query: SELECT and ASK give results,
CONSTRUCT and DESCRIBE give RDF. Next: `kg.endpoint.protocol`.
"""

from collections.abc import Mapping, Sequence

HTML = "text/html"

# Media types that may be asked for, best first, and the one of kg.store that each is written in.
RESULTS: Mapping[str, str] = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
}
RDF: Mapping[str, str] = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "text/plain": "application/n-triples",
    "application/ld+json": "application/ld+json",
    "application/json": "application/ld+json",
    "application/rdf+xml": "application/rdf+xml",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "application/trig": "application/trig",
    "application/n-quads": "application/n-quads",
}
# Short names, for links: ?format=csv. They are also the suffixes of things' pages.
NAMES: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "html": HTML,
}


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that the client likes best, the first of equals; None where it likes none.

    No header, or an empty one, likes everything.
    """
    ranges = _ranges(accept) if accept and accept.strip() else [("*/*", 1.0)]
    best, best_quality = None, 0.0
    for media_type in offered:
        quality = _quality(media_type, ranges)
        if quality > best_quality:
            best, best_quality = media_type, quality
    return best


def content_type(media_type: str) -> str:
    """The value of the Content-Type header: text says that it is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for item in accept.split(","):
        media_range, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                quality = _number(value)
        if media_range:
            found.append((media_range, quality))
    return found


def _number(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        return 0.0  # not a weight: as if the range were not there
    return min(number, 1.0) if number > 0 else 0.0  # NaN is not above 0


def _quality(media_type: str, ranges: list[tuple[str, float]]) -> float:
    """The weight of the most specific range that the type is in."""
    for pattern in (media_type, media_type.split("/")[0] + "/*", "*/*"):
        weights = [quality for media_range, quality in ranges if media_range == pattern]
        if weights:
            return max(weights)
    return 0.0
