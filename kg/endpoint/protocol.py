"""An HTTP request -> what the SPARQL 1.1 Protocol asks with it.

    await read_operation(request, max_bytes)  -> Operation(query="ASK {}", default_graphs=(), ...)

One query per request, in the URL, in a form or as the body; graph parameters
are in the URL, or in the form. What is no legal request raises `Refused` with its
status. Next: `kg.endpoint.app`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from kg.endpoint import media
from kg.errors import KgError

ALLOW = "GET, HEAD, POST, OPTIONS"
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READ_ONLY = "This endpoint is read-only: updates are refused. Send a query."

Parameters = list[tuple[str, str]]


class Refused(KgError):
    """A request that is not carried out, and the HTTP status that says why."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


@dataclass(frozen=True)
class Operation:
    """`query` is None where the request holds none: it asks for the service's description.

    `format` is the media type of the `format` parameter, which stands above Accept.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    parameters: Parameters = field(default_factory=list)


async def read_operation(request: Request, max_bytes: int) -> Operation:
    """What a GET, HEAD or POST on the endpoint asks for. Raises Refused."""
    in_url = decode_parameters(request.scope["query_string"], "The URL")
    if request.method != "POST":
        return _operation(in_url)
    media_type, charset = _content_type(request)
    if media_type == _UPDATE:
        raise Refused(403, _READ_ONLY)
    if media_type not in (_FORM, _QUERY):
        raise Refused(415, f"A POST is {_FORM} or {_QUERY}, not {media_type or 'without Content-Type'}.")
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"A query is UTF-8, not {charset}.")
    body = await read_body(request, max_bytes)
    if media_type == _QUERY:
        in_body = [("query", _text(body, "The body"))]
    else:
        in_body = decode_parameters(body, "The form")
    operation = _operation(in_url + in_body)
    if operation.query is None:
        raise Refused(400, "The request has no query. Send it as the parameter `query`, or as the body.")
    return operation


async def read_body(request: Request, max_bytes: int) -> bytes:
    """The body, read no further than `max_bytes`; Refused with 413 beyond."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > max_bytes:
            raise Refused(413, f"The request has more than {max_bytes} bytes. Shorten it.", {"Connection": "close"})
    return bytes(body)


def decode_parameters(encoded: bytes, where: str) -> Parameters:
    """`a=1&b=%E5%85%AD` as pairs. Refused with 400 where it is no UTF-8: a query must not change unseen."""
    found = []
    for piece in encoded.split(b"&"):
        if piece:
            name, _, value = piece.replace(b"+", b" ").partition(b"=")
            found.append((_text(unquote_to_bytes(name), where), _text(unquote_to_bytes(value), where)))
    return found


def _text(data: bytes, where: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"{where} is no UTF-8 text ({error.reason}). Encode the query as UTF-8.") from None


def _content_type(request: Request) -> tuple[str, str]:
    """Media type and charset, in lower case; empty where they are not given."""
    media_type, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next(
        (value.strip("\" '") for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "charset"),
        "",
    )
    return media_type, charset


def _operation(parameters: Parameters) -> Operation:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    if values("update") or any(key.startswith("using-") for key, _ in parameters):
        raise Refused(403, _READ_ONLY)
    queries, formats = values("query"), values("format")
    if len(queries) > 1:
        raise Refused(400, f"The request has {len(queries)} queries. Send one.")
    default_graphs, named_graphs = values("default-graph-uri"), values("named-graph-uri")
    if not queries and (default_graphs or named_graphs):
        raise Refused(400, "The request names graphs, and has no query. Send it as the parameter `query`.")
    return Operation(
        queries[0] if queries else None,
        default_graphs,
        named_graphs,
        _format(formats[-1] if formats else ""),
        parameters,
    )


def _format(name: str) -> str | None:
    if not name:
        return None
    media_type = media.NAMES.get(name, name)
    if media_type not in (*media.RESULTS, *media.RDF, media.HTML):
        raise Refused(406, f"There is no format {name!r}. Known: {', '.join(media.NAMES)}.")
    return media_type
