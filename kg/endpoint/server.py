"""Files -> a running endpoint.

    serve([Path("mine.ttl")], [], host="127.0.0.1", port=8000)      # returns on Ctrl-C

Without files it serves the released graph, all its graphs at once. Before:
`kg.endpoint.app`. Next: `kg.cli.serve`.
"""

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from kg.endpoint.app import make_app
from kg.endpoint.settings import Settings
from kg.errors import KgError
from kg.queries import SavedQuery, load_queries
from kg.resources import QUERIES, RELEASED_GRAPH
from kg.store import open_store


def serve(
    data: Sequence[Path] = (),
    named: Sequence[tuple[str, Path]] = (),
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    timeout: float = Settings.timeout,
    workers: int = Settings.workers,
    announce: Callable[[str], None] = print,
) -> None:
    """Serve the files until the process is told to stop; `announce` gets the endpoint's URL when it answers.

    `data` is the default graph, `named` are pairs of a graph's IRI and its file. Port 0 takes a
    free one. Raises KgError: a file that cannot be read, a port in use, a released graph that is not there.
    """
    listening = _listen(host, port)
    try:
        released = not data and not named
        if released and not RELEASED_GRAPH.is_file():
            raise KgError(f"{RELEASED_GRAPH}: is not there. Make it with 'kg build', or name a graph with --data.")
        store = open_store(list(data) or ([RELEASED_GRAPH] if released else []), named)
        settings = Settings(union_default=released, timeout=timeout, workers=workers, saved=_reports())
        app = make_app(store, settings)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3)
        )
        announce(_url(host, listening))
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            pass  # the server has already shut down
        finally:
            app.state.pool.close()
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket, before anything is loaded: a port in use is told at once."""
    if not 0 <= port <= 65535:
        raise KgError(f"{port} is no port. Use 0 (any free one) to 65535.")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(128)
        except BaseException:
            listening.close()
            raise
    except OSError as error:
        raise KgError(
            f"{host}:{port}: cannot be listened on ({error.strerror or error}). "
            "Use another --port, or stop what uses it."
        ) from None
    return listening


def _url(host: str, listening: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listening.getsockname()[1]}/sparql"


def _reports() -> dict[str, SavedQuery]:
    return load_queries(QUERIES / "reports") if any((QUERIES / "reports").glob("*.rq")) else {}
