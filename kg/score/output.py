"""A score as text: figures, misses and extras, calibration; as a table, CSV or JSON.

    write_score(score, listed, steps, "table")

CSV is one table: the listing where one was asked for, else the calibration, else the figures. JSON has all of them.
Before: the rest of `kg.score`. Used by `kg score`.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict

from pyoxigraph import Literal

from kg.graph.names import typed
from kg.results import to_csv, to_table
from kg.score.calibration import Step
from kg.score.listing import Listed
from kg.score.matching import Score
from kg.store import Rows, Term

FORMS = ("table", "json", "csv")
_FIGURES = ("measure", "precision", "right", "found", "recall", "hit", "reference", "f1")
_LISTED = ("table", "what", "codes", "section", "start", "end", "remark")
_STEPS = ("measure", "confidence", "statements", "right", "share")
_PLACES = 4  # decimals; shown: 3


def write_score(score: Score, listed: Sequence[Listed], steps: Sequence[Step], form: str) -> str:
    """The score in one of `FORMS`."""
    if form == "json":
        return json.dumps(to_data(score, listed, steps), ensure_ascii=False, indent=1) + "\n"
    tables = [_figures(score, 4 if form == "csv" else 3), _listed(listed), _steps(steps)]
    if form == "csv":
        return to_csv(tables[1] if listed else tables[2] if steps else tables[0])
    return "\n".join(to_table(rows) for rows in tables if rows.rows)


def to_data(score: Score, listed: Sequence[Listed], steps: Sequence[Step]) -> dict[str, object]:
    """The score as plain data; shares are rounded to four places."""
    figures = {
        figure.name: {
            "precision": round(figure.precision, _PLACES),
            "recall": round(figure.recall, _PLACES),
            "f1": round(figure.f1, _PLACES),
            "right": figure.right,
            "found": len(figure.found),
            "hit": figure.hit,
            "reference": len(figure.wanted),
        }
        for figure in score.figures
    }
    details = {detail.name: {"agree": detail.agree, "of": detail.of} for detail in score.details}
    data: dict[str, object] = {"figures": figures, "agreement": details}
    if listed:
        data["listing"] = [asdict(one) for one in listed]
    if steps:
        data["calibration"] = [asdict(step) for step in steps]
    return data


def _figures(score: Score, places: int) -> Rows:
    """A detail is a line too: the share of the matched ones that agree stands where precision does."""
    rows: list[tuple[Term | None, ...]] = []
    for figure in score.figures:
        found = (_share(figure.precision, places), _whole(figure.right), _whole(len(figure.found)))
        wanted = (_share(figure.recall, places), _whole(figure.hit), _whole(len(figure.wanted)))
        rows.append((Literal(figure.name), *found, *wanted, _share(figure.f1, places)))
    for detail in score.details:
        agree = _share(detail.agree / detail.of, places) if detail.of else None
        rows.append((Literal(f"{detail.name} agrees"), agree, _whole(detail.agree), _whole(detail.of), *[None] * 4))
    return Rows(_FIGURES, tuple(rows))


def _listed(listed: Sequence[Listed]) -> Rows:
    rows = (
        (Literal(one.table), Literal(one.what), Literal(one.codes), Literal(one.section), _whole(one.start),
         _whole(one.end), Literal(one.remark))
        for one in listed
    )  # fmt: skip
    return Rows(_LISTED, tuple(rows))


def _steps(steps: Sequence[Step]) -> Rows:
    rows = (
        (Literal(step.measure), _share(step.confidence, 2), _whole(step.statements), _whole(step.right),
         _share(step.right / step.statements, 3) if step.statements else None)
        for step in steps
    )  # fmt: skip
    return Rows(_STEPS, tuple(rows))


def _whole(number: int) -> Term:
    return typed(str(number), "xsd:integer")


def _share(value: float, places: int) -> Term:
    return typed(f"{value:.{places}f}", "xsd:decimal")
