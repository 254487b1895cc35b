"""Stage 10: the graph over HTTP. `serve` runs it; `make_app` is the application for another server."""

from kg.endpoint.app import make_app
from kg.endpoint.server import serve
from kg.endpoint.settings import Settings

__all__ = ["Settings", "make_app", "serve"]
