"""What an endpoint serves and how much of it a client may ask for.

    Settings(union_default=True)     # the released graph: a query sees all graphs at once
    Settings(union_default=False)    # files named by the user: a query sees the default graph

Every limit has its refusal: see `kg.endpoint.answers` and `kg.endpoint.protocol`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.graph.names import BASE
from kg.queries import SavedQuery


@dataclass(frozen=True)
class Settings:
    """Seconds and bytes. `base` begins the IRIs that have a page here; `saved` are the queries to click."""

    union_default: bool
    timeout: float = 30.0  # of one query
    workers: int = 2  # queries evaluated at once
    waiting: int = 32  # queries that may wait for a worker; the next one is refused
    max_answer: int = 64 * 2**20
    max_request: int = 2**20  # of a request's body
    memory: int = 2 * 2**30  # that one query may take beyond the graph itself
    base: str = BASE
    saved: Mapping[str, SavedQuery] = field(default_factory=dict)
