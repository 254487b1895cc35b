"""Who looked at a statement: its review status, over all its places in all editions.

    review_triples(statements, vocabulary)     # kg:reviewStatus, exactly one for each
    count_hand_coded(quads)                    # (12, 2031): statements that only a person coded, of all

A statement is *hand-coded* where a person coded every place of it; it is *accepted* where a person agreed with, or
coded, one of several. What was rejected is not in the graph (`kg.corrections`).
Before: `kg.corrections`. Used by `kg.graph.build`, `kg build`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from kg.errors import Finding
from kg.graph.names import Triple, concept, term
from kg.graph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kg.graph.statements import Statement

ACCEPTED, HAND_CODED, UNREVIEWED = "accepted", "hand-coded", "unreviewed"
MOST = 10  # one statement in so many may be coded by hand


def status_of(reviews: set[str]) -> str:
    """One status for what was done about several places; "" is a place that nobody looked at."""
    if reviews == {HAND_CODED}:
        return HAND_CODED
    return ACCEPTED if reviews - {""} else UNREVIEWED


def review_triples(statements: Iterable["Statement"], vocabulary: Vocabulary) -> Iterator[Triple]:
    """One review status for each statement, whichever editions tell it."""
    reviews: dict[NamedNode, set[str]] = defaultdict(set)
    for statement in statements:
        reviews[statement.iri] |= statement.reviews
    for iri, own in reviews.items():
        yield iri, term("kg:reviewStatus"), vocabulary.concept("review-status", status_of(own))


def count_hand_coded(quads: Iterable[Quad]) -> tuple[int, int]:
    """How many statements are hand-coded, and how many there are."""
    statuses = {(quad.subject, quad.object) for quad in quads if quad.predicate == term("kg:reviewStatus")}
    by_hand = concept("review-status", HAND_CODED)
    return sum(status == by_hand for _, status in statuses), len({subject for subject, _ in statuses})


def check_hand_coded(by_hand: int, statements: int) -> None:
    """Raises `Finding` where not less than a tenth of the statements is coded by hand."""
    if by_hand * MOST >= statements and by_hand:
        raise Finding(
            f"{by_hand} of {statements} statements are coded by hand, and it must be less than one in {MOST}: "
            "write a rule for what several of them have in common."
        )
