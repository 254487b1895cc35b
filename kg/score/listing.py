"""Misses and extras by place: where to look, in offsets and sections, and no text.

    listing(score)[0]
    -> Listed(table="stances", what="missed", codes="JPN sanctions support", section="3.1.1", start=50100, end=50120)

A reference tells no sections, but whoever stands between two found rows of one section stands in it too.
Before: `kg.score.tables`. Next: `kg.score.output`.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from kg.score.likeness import start_date
from kg.score.matching import Figure, Score
from kg.score.rows import Row, Tables

_CODES: Mapping[str, tuple[str, ...]] = {
    "stances": ("holder", "issue", "polarity"),
    "events": ("date", "kind"),
    "commitments": ("debtor", "issue"),
    "institutions": ("id", "kind", "founded"),
    "agreements": ("id", "kind", "date"),
    "views": ("kind", "valence", "footnote"),
    "citations": ("footnote", "kind", "year"),
}
# Their rows stand where their section is; what stands in footnotes (at the foot of a page) may not.
_IN_THE_BODY = ("stances", "events", "commitments", "institutions")


@dataclass(frozen=True, order=True)
class Listed:
    table: str
    what: str  # missed, extra
    start: int
    end: int
    section: str
    codes: str
    remark: str = ""  # the other side has the same stance at another place


def listing(score: Score, found: Tables, limit: int) -> list[Listed]:
    """The first `limit` misses and extras of each table, in the order of the text."""
    sections = Sections(found)
    listed: list[Listed] = []
    for figure in score.figures:
        if figure.lists:
            elsewhere = _right_elsewhere(score, figure)
            for what, side in (("missed", figure.wanted), ("extra", figure.found)):
                rows = sorted((unit.rows[0] for unit in side if not unit.right), key=lambda row: (row.start, row.end))
                listed += [_listed(figure.table, what, row, sections, elsewhere) for row in rows[:limit]]
    return listed


class Sections:
    """In which section an offset stands, as far as found rows tell."""

    def __init__(self, found: Tables) -> None:
        rows = sorted(
            (row.start, row["section"])
            for name in _IN_THE_BODY
            for row in found.get(name, ())
            if row["section"] and row.start >= 0
        )
        self._starts = [start for start, _ in rows]
        self._sections = [section for _, section in rows]

    def at(self, row: Row) -> str:
        """The row's own section, else that of its neighbours on both sides where they agree, else its chapter."""
        if row["section"]:
            return row["section"]
        after = bisect_right(self._starts, row.start)
        around = {*self._sections[max(0, after - 1) : after], *self._sections[after : after + 1]}
        one = next(iter(around)) if len(around) == 1 and 0 < after < len(self._starts) else ""
        return one or row["chapter"] or row["footnote"].partition(":")[0]


def _right_elsewhere(score: Score, listed: Figure) -> set[int]:
    """The rows of what is right as a code, though not at this place."""
    distinct = next((f for f in score.figures if f.name == "stances, distinct"), None)
    if distinct is None or listed.table != distinct.table:
        return set()
    return {id(row) for side in (distinct.found, distinct.wanted) for unit in side if unit.right for row in unit.rows}


def _listed(table: str, what: str, row: Row, sections: Sections, elsewhere: set[int]) -> Listed:
    codes = [start_date(row[c]) if c == "date" and table == "events" else row[c] for c in _CODES[table]]
    remark = ("found elsewhere" if what == "missed" else "coded elsewhere") if id(row) in elsewhere else ""
    return Listed(table, what, row.start, row.end, sections.at(row), " ".join(filter(None, codes)), remark)
