"""What confidence means: of the statements with confidence x or more, how many are right.

    calibrate(score, confidences(store))
    -> [Step("stances, distinct", 0.5, statements=310, right=250), …]

Counted among the statements that stand in what was coded; one that several places tell has the confidence of the
best of them there. A graph is needed: tables have no confidence. Before: `kg.score.tables`. Next: `kg.score.output`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Store

from kg.errors import NothingToCheck
from kg.score.matching import Figure, Score, Unit
from kg.store import Rows, evaluate

STEPS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)

Place = tuple[str, str, int, int]  # table, id, start, end

_CONFIDENCES = """
PREFIX kg: <https://w3id.org/six-party-kg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?statement ?thing ?id ?start ?end (MAX(?told) AS ?confidence) WHERE {
  ?statement kg:evidence ?evidence .
  ?evidence kg:confidence ?told ; oa:hasSelector ?span .
  ?span oa:start ?start ; oa:end ?end .
  OPTIONAL { ?statement kg:about ?thing . ?thing dcterms:identifier ?id }
} GROUP BY ?statement ?thing ?id ?start ?end"""
_TABLES = {"stance": "stances", "commitment": "commitments", "view": "views", "citation": "citations",
           "event": "events", "institution": "institutions", "agreement": "agreements"}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """Of `statements` with at least this confidence, `right` are right."""

    measure: str
    confidence: float
    statements: int
    right: int


def confidences(store: Store) -> dict[Place, float]:
    """The confidence of every place of every statement, by the row of the tables that tells it."""
    answer = evaluate(store, _CONFIDENCES, union=True)
    assert isinstance(answer, Rows)
    found: dict[Place, float] = {}
    for row in answer.rows:
        statement, thing, id, start, end, confidence = (getattr(term, "value", "") for term in row)
        kind, _, slug = (thing or statement).partition("/id/")[2].partition("/")
        if kind in _TABLES:
            place = (_TABLES[kind], id or slug, int(start), int(end))
            found[place] = max(found.get(place, 0.0), float(confidence))
    if not found:
        raise NothingToCheck("no evidence of the graph has a confidence, so there is nothing to calibrate.")
    return found


def calibrate(score: Score, known: Mapping[Place, float], steps: Sequence[float] = STEPS) -> list[Step]:
    """For each measure with a verdict on each statement, how many of the sure ones are right."""
    found = []
    for figure in score.figures:
        if figure.judges:
            judged = [(_confidence(unit, figure, known), unit.right) for unit in figure.found]
            for step in steps:
                sure = [right for confidence, right in judged if confidence >= step]
                found.append(Step(figure.name, step, len(sure), sum(sure)))
    return found


def _confidence(unit: Unit, figure: Figure, known: Mapping[Place, float]) -> float:
    return max(known.get((figure.table, row["id"], row.start, row.end), 0.0) for row in unit.rows)
