"""A question -> a reply, in a worker: the answer's bytes, or a refusal with its status.

    answer(store, Question("ASK {}", scope, "application/sparql-results+json", "text/turtle", 2**20))
    -> Reply(200, "application/sparql-results+json", b'{"head":{},"boolean":true}')

Nothing here raises: what goes wrong becomes a Reply, so that an answer is whole
or is none. Before: `kg.store`. Used through `kg.endpoint.workers`.
"""

import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TypeVar

from kg.endpoint import media
from kg.endpoint.pages import results_page
from kg.errors import KgError
from kg.graph.names import PREFIXES
from kg.guard import BadQuery, RefusedQuery, check
from kg.store import AnswerTooLarge, Rows, Scope, Store, Unserializable, answer_bytes, evaluate, write_triples

A = TypeVar("A")

_STATUS_OF_REFUSAL = {"service": 403, "update": 403, "length": 413, "depth": 400}


@dataclass(frozen=True)
class Question:
    """`results` and `rdf`: the media types to answer in, by the query's form; None where the client wants none."""

    query: str
    scope: Scope
    results: str | None
    rdf: str | None
    limit: int


@dataclass(frozen=True)
class Reply:
    status: int
    media_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> Reply:
    """A short text that says what to do."""
    return Reply(status, "text/plain", (message + "\n").encode(), headers or {})


def replies(work: Callable[[Store, A], Reply]) -> Callable[[Store, A], Reply]:
    """Errors become replies with the right status."""

    @wraps(work)
    def safe(store: Store, argument: A) -> Reply:
        try:
            return work(store, argument)
        except RefusedQuery as error:
            return refusal(_STATUS_OF_REFUSAL[error.reason], str(error))
        except BadQuery as error:
            return refusal(400, str(error))
        except Unserializable as error:
            return refusal(406, str(error))
        except (AnswerTooLarge, MemoryError) as error:
            return refusal(503, str(error) or "The query takes too much memory. Ask for less.")
        except KgError as error:
            return refusal(500, str(error))
        except Exception:
            traceback.print_exc(file=sys.stderr)
            return refusal(500, "The endpoint failed: an error of its own, which is in its log.")

    return safe


@replies
def answer(store: Store, question: Question) -> Reply:
    """The answer to a query of the protocol."""
    form = check(question.query).form
    offered = media.RESULTS if form in ("SELECT", "ASK") else media.RDF
    chosen = question.results if form in ("SELECT", "ASK") else question.rdf
    if chosen is None:
        return refusal(406, f"A {form} query is answered in {', '.join(offered)}. Accept one of these.")
    if chosen == media.HTML:
        return Reply(200, media.HTML, _html(store, question))
    body = answer_bytes(store, question.query, offered[chosen], question.scope, prefixes=PREFIXES, limit=question.limit)
    return Reply(200, chosen, body)


def _html(store: Store, question: Question) -> bytes:
    scope = question.scope
    found = evaluate(
        store,
        question.query,
        union=scope.union,
        default_graphs=scope.default_graphs,
        named_graphs=scope.named_graphs,
        base=scope.base,
    )
    if isinstance(found, tuple):
        turtle = write_triples(found, "text/turtle", PREFIXES).decode()
        return results_page(question.query, turtle)
    assert isinstance(found, Rows | bool)
    return results_page(question.query, found)
