"""Stage 10: a store -> a web application: the SPARQL endpoint, the pages, the things' IRIs.

    app = make_app(open_store([RELEASED_GRAPH]), Settings(union_default=True))

Every query is evaluated in a worker (`kg.endpoint.workers`), so that nothing here
waits for the engine. Before: `kg.endpoint.protocol`, `answers`, `things`, `pages`.
Next: `kg.endpoint.server`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.endpoint import media
from kg.endpoint.answers import Question, Reply, answer, refusal
from kg.endpoint.description import describe_dataset, describe_service, survey
from kg.endpoint.pages import message_page, query_page, start_page
from kg.endpoint.protocol import ALLOW, Operation, Refused, read_operation
from kg.endpoint.settings import Settings
from kg.endpoint.things import Look, look_up
from kg.endpoint.workers import Busy, Crashed, Overtime, Pool
from kg.graph.names import PREFIXES
from kg.store import Scope as QueryScope
from kg.store import Store, Triple, write_triples

A = TypeVar("A")

_STATIC = Path(__file__).parent / "static"
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Allow, Content-Type, Retry-After",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
_PREFLIGHT = {
    "Allow": ALLOW,
    "Access-Control-Allow-Methods": ALLOW,
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}
_METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]


def make_app(store: Store, settings: Settings) -> Starlette:
    """The application; its worker processes live until its lifespan ends. `store` must not be used any more."""
    endpoint = _Endpoint(store, settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        endpoint.pool.close()

    app = Starlette(
        routes=[
            Route("/", endpoint.start),
            Route("/sparql", endpoint.sparql, methods=_METHODS),
            Route("/sparql/", endpoint.sparql, methods=_METHODS),
            Route("/.well-known/void", endpoint.void),
            Mount("/static", StaticFiles(directory=_STATIC)),
            Route("/{path:path}", endpoint.thing),
        ],
        middleware=[Middleware(_Headers)],
        exception_handlers={HTTPException: _http_error, Exception: _internal_error},
        lifespan=lifespan,
    )
    app.state.pool = endpoint.pool
    return app


class _Endpoint:
    """The handlers, with what they share."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._settings = settings
        self._survey = survey(store, settings.union_default)
        self.pool = Pool(
            store,
            size=settings.workers,
            deadline=settings.timeout,
            waiting=settings.waiting,
            memory=settings.memory,
        )

    async def start(self, request: Request) -> Response:
        saved = self._settings.saved if self._survey.is_six_party else {}
        return _response(Reply(200, media.HTML, start_page(self._survey, saved, _endpoint_url(request))))

    async def sparql(self, request: Request) -> Response:
        """The SPARQL 1.1 Protocol."""
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        if request.method not in ("GET", "HEAD", "POST"):
            raise HTTPException(405, f"{request.method} is not known here. Use GET or POST.", {"Allow": ALLOW})
        query = None
        try:
            operation = await read_operation(request, self._settings.max_request)
            query = operation.query
            if query is None:
                return self._describe(request, operation)
            reply = await self._run(request, answer, self._question(request, operation, query))
        except Refused as error:
            reply = refusal(error.status, str(error), error.headers)
        return _response(_for_reader(request, reply, query))

    def _question(self, request: Request, operation: Operation, query: str) -> Question:
        scope = QueryScope(
            self._settings.union_default, operation.default_graphs, operation.named_graphs, _endpoint_url(request)
        )
        results = _choose(request, operation.format, (*media.RESULTS, media.HTML))
        rdf = _choose(request, operation.format, (*media.RDF, media.HTML))
        return Question(query, scope, results, rdf, self._settings.max_answer)

    def _describe(self, request: Request, operation: Operation) -> Response:
        chosen = _choose(request, operation.format, (*media.RDF, media.HTML))
        url = _endpoint_url(request)
        if chosen == media.HTML:
            return _response(Reply(200, media.HTML, query_page(url)))
        return _rdf(describe_service(self._survey, url, self._settings.union_default), chosen)

    async def void(self, request: Request) -> Response:
        chosen = _choose(request, None, tuple(media.RDF))
        return _rdf(describe_dataset(self._survey, _endpoint_url(request)), chosen or "text/turtle")

    async def thing(self, request: Request) -> Response:
        """An IRI of the dataset, by its path; the format by a suffix, or by Accept."""
        # As the client wrote it: the IRIs of the graph are percent-encoded, and Starlette decodes.
        path = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace").split("?")[0]
        name, dot, suffix = path.lstrip("/").rpartition(".")
        format = media.NAMES.get(suffix) if dot and "/" not in suffix else None
        if format not in (*media.RDF, media.HTML) or format == "application/json":
            name, format = path.lstrip("/"), None
        chosen = _choose(request, format, (*media.RDF, media.HTML))
        if chosen is None:
            raise HTTPException(406, f"A thing is described in {', '.join(media.RDF)} or {media.HTML}.")
        look = Look(self._settings.base + name, chosen, self._settings.max_answer)
        return _response(_for_reader(request, await self._run(request, look_up, look)))

    async def _run(self, request: Request, work: Callable[[Store, A], Reply], argument: A) -> Reply:
        """The work of a worker, stopped when the client leaves."""
        task = asyncio.ensure_future(self.pool.run(work, argument))
        leaving = asyncio.ensure_future(_client_leaves(request.receive))
        try:
            await asyncio.wait((task, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                return refusal(499, "The client has left.")  # nobody reads it
            return task.result()
        except Overtime as error:
            return refusal(504, str(error))
        except Busy as error:
            return refusal(503, str(error), {"Retry-After": "5"})
        except Crashed as error:
            return refusal(503, str(error))
        finally:
            for unfinished in (task, leaving):
                unfinished.cancel()
            await asyncio.gather(task, leaving, return_exceptions=True)


async def _client_leaves(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _choose(request: Request, format: str | None, offered: Sequence[str]) -> str | None:
    if format is not None:
        return format if format in offered else None
    return media.choose(request.headers.get("accept"), offered)


def _endpoint_url(request: Request) -> str:
    return str(request.url.replace(path="/sparql", query="", fragment="")).rstrip("?#")


def _rdf(triples: Sequence[Triple], chosen: str | None) -> Response:
    if chosen is None:
        raise HTTPException(406, f"The description is written in {', '.join(media.RDF)}. Accept one of these.")
    return _response(Reply(200, chosen, write_triples(triples, media.RDF[chosen], PREFIXES)))


def _response(reply: Reply) -> Response:
    headers = {"Vary": "Accept", **reply.headers, "Content-Type": media.content_type(reply.media_type)}
    return Response(reply.body, reply.status, headers)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _response(_for_reader(request, refusal(error.status_code, error.detail, error.headers)))


def _for_reader(request: Request, reply: Reply, query: str | None = None) -> Reply:
    """A refusal as a page, where the client is a browser."""
    offered = (*media.RESULTS, *media.RDF, media.HTML)
    if reply.status < 400 or media.choose(request.headers.get("accept"), offered) != media.HTML:
        return reply
    page = message_page(reply.status, reply.body.decode().strip(), query)
    return Reply(reply.status, media.HTML, page, reply.headers)


async def _internal_error(request: Request, error: Exception) -> Response:
    response = _response(refusal(500, "The endpoint failed: an error of its own, which is in its log."))
    response.headers.update(_HEADERS)  # this one does not pass the middleware
    return response


class _Headers:
    """Adds what every response has: errors too, or a browser would not show them to a script."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    *((name.lower().encode(), value.encode()) for name, value in _HEADERS.items()),
                ]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
