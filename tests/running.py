"""An application that answers over real HTTP on a free port, for as long as a test needs it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from kg.endpoint import Settings, make_app
from kg.store import Store, open_store

GRAPH = Path(__file__).parent / "graphs" / "endpoint.trig"


@contextmanager
def running(store: Store | None = None, **settings: object) -> Iterator[httpx.Client]:
    """A client of an endpoint that serves `store`, by default the small graph with all graphs as one."""
    app = make_app(store or open_store([GRAPH]), Settings(**({"union_default": True} | settings)))  # type: ignore[arg-type]
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=30) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
