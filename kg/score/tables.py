"""What is counted in each of the seven tables.

    compare(found, reference, coded).figures

stances       distinct holder, issue and polarity; those that a coder called plain; holder and issue; places
events        start date and kind; start date
commitments   debtor and issue, as often as they are undertaken
institutions, agreements    things of a like name; of those, whether a date that was coded agrees
views         an author in common, at the same place; of those, kind and valence
citations     the same footnote and a like title; of those, authors, year, kind, repeat

A found row counts where it stands in what was coded. Next: `kg.score.listing`, `kg.score.calibration`.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import partial

from kg.errors import NothingToCheck
from kg.score.likeness import CLOSE_VIEW, SAME_NAME, names, near, similar, start_date
from kg.score.matching import Detail, Figure, Score, Unit, by_key, grouped, one_to_one, units
from kg.score.rows import Coded, Row, Tables

Figures = tuple[list[Figure], list[Detail]]
_PLAIN = "difficulty"
_YEAR = 4  # characters


def compare(found: Tables, reference: Tables, coded: Coded | None = None) -> Score:
    """The figures of every table of the reference, in a fixed order.

    Raises `NothingToCheck` where no found row, or no reference row, lies in what was coded.
    """
    coded = coded or Coded()
    wanted = {name: [row for row in rows if coded.has_reference(row)] for name, rows in reference.items()}
    ours = {name: [row for row in found.get(name, ()) if coded.has(row)] for name in reference}
    if not any(wanted.values()):
        raise NothingToCheck("nothing to score: the reference has no row in the coded chapters.")
    if not any(ours.values()):
        raise NothingToCheck("nothing to score: no table has a row in the coded chapters.")
    counted = [count(wanted[name], ours[name]) for name, count in _TABLES.items() if name in reference]
    return Score(
        tuple(figure for figures, _ in counted for figure in figures),
        tuple(detail for _, details in counted for detail in details),
    )


def _stance(row: Row) -> Hashable:
    return row["holder"], row["issue"], row["polarity"]


def _stances(wanted: Sequence[Row], found: Sequence[Row]) -> Figures:
    ours, theirs = by_key(found, wanted, _stance)
    figures = [Figure("stances, distinct", "stances", ours, theirs, judges=True)]
    if all(_PLAIN in row.cells for row in wanted):
        plain = tuple(unit for unit in theirs if any(row[_PLAIN] == "plain" for row in unit.rows))
        figures.append(Figure("stances, plain ones", "stances", ours, plain))
    pairs = by_key(found, wanted, lambda row: (row["holder"], row["issue"]))
    return [*figures, Figure("stances, holder and issue", "stances", *pairs), _stance_places(wanted, found)], []


def _stance_places(wanted: Sequence[Row], found: Sequence[Row]) -> Figure:
    """Every place by itself; several found places may lie near a wanted one, and the other way round."""
    by_stance = grouped(found, _stance)
    used: set[int] = set()
    told = []
    for row in wanted:
        close = [own for own in by_stance.get(_stance(row), ()) if near(row, own)]
        used.update(map(id, close))
        told.append(Unit((row,), bool(close)))
    ours = tuple(Unit((row,), id(row) in used) for row in found)
    return Figure("stances, places", "stances", ours, tuple(told), judges=True, lists=True)


def _events(wanted: Sequence[Row], found: Sequence[Row]) -> Figures:
    dated = by_key(found, wanted, lambda row: (start_date(row["date"]), row["kind"]))
    dates = by_key(found, wanted, lambda row: start_date(row["date"]))
    return [
        Figure("events, start date and kind", "events", *dated, judges=True, lists=True),
        Figure("events, start date", "events", *dates),
    ], []


def _undertaking(row: Row) -> Hashable:
    return row["debtor"], row["issue"]


def _commitments(wanted: Sequence[Row], found: Sequence[Row]) -> Figures:
    """Each undertaking once, however many places tell it; of several alike, those that stand close are paired first."""
    ours, theirs = _undertakings(found), _undertakings(wanted)
    pairs = one_to_one(theirs, ours, lambda a, b: _undertaking(a[0]) == _undertaking(b[0]) and _any(near, a, b))
    left = [i for i in range(len(theirs)) if i not in {i for i, _ in pairs}]
    free = [j for j in range(len(ours)) if j not in {j for _, j in pairs}]
    far = one_to_one(
        [theirs[i] for i in left],
        [ours[j] for j in free],
        lambda a, b: _undertaking(a[0]) == _undertaking(b[0]),
    )
    pairs += [(left[i], free[j]) for i, j in far]
    return [_paired("commitments, debtor and issue", "commitments", ours, theirs, pairs)], []


def _undertakings(rows: Sequence[Row]) -> list[list[Row]]:
    groups: dict[Hashable, list[Row]] = {}
    for i, row in enumerate(rows):
        groups.setdefault((row["id"] or i, _undertaking(row)), []).append(row)
    return list(groups.values())


def _things(table: str, date: str, wanted: Sequence[Row], found: Sequence[Row]) -> Figures:
    theirs = _alike(wanted)
    ours = list(grouped(found, lambda row: row["id"]).values())
    pairs = one_to_one(theirs, ours, lambda a, b: _any(_same_name, a, b))
    known = [(theirs[i], ours[j]) for i, j in pairs if any(row[date] for row in theirs[i])]
    agree = sum(
        any(start_date(a[date]) == start_date(b[date]) for a in one if a[date] for b in own) for one, own in known
    )
    return [_paired(f"{table}, by name", table, ours, theirs, pairs)], [Detail(f"{table}, {date}", agree, len(known))]


def _alike(rows: Sequence[Row]) -> list[list[Row]]:
    """A reference has no ids: a row belongs with the first thing that has a like name."""
    groups: list[list[Row]] = []
    for row in rows:
        group = next((group for group in groups if _same_name(row, group[0])), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return groups


def _same_name(one: Row, other: Row) -> bool:
    labels = ("name_zh", "name_en", "acronym")
    return any(similar(one[a], other[b]) >= SAME_NAME for a in labels for b in labels)


def _views(wanted: Sequence[Row], found: Sequence[Row]) -> Figures:
    pairs = one_to_one(
        wanted, found, lambda a, b: bool(names(a["authors"]) & names(b["authors"])) and near(a, b, CLOSE_VIEW)
    )
    matched = [(wanted[i], found[j]) for i, j in pairs]
    valued = [(a, b) for a, b in matched if a["valence"]]
    figure = _paired("views, author and place", "views", _each(found), _each(wanted), pairs)
    return [figure], [
        Detail("views, kind", sum(a["kind"] == b["kind"] for a, b in matched), len(matched)),
        Detail("views, valence", sum(a["valence"] == b["valence"] for a, b in valued), len(valued)),
    ]


def _citations(wanted: Sequence[Row], found: Sequence[Row]) -> Figures:
    pairs = one_to_one(
        wanted,
        found,
        lambda a, b: a["footnote"] == b["footnote"] and similar(a["title"], b["title"]) >= SAME_NAME,
    )
    matched = [(wanted[i], found[j]) for i, j in pairs]
    agree: dict[str, Callable[[Row, Row], bool]] = {
        "authors": lambda a, b: names(a["authors"]) == names(b["authors"]),
        "year": lambda a, b: a["year"][:_YEAR] == b["year"][:_YEAR],
        "kind": lambda a, b: a["kind"] == b["kind"],
        "repeat": lambda a, b: a["repeat"] == b["repeat"],
    }
    figure = _paired("citations, footnote and title", "citations", _each(found), _each(wanted), pairs)
    return [figure], [
        Detail(f"citations, {column}", sum(same(a, b) for a, b in matched), len(matched))
        for column, same in agree.items()
    ]


def _paired(
    name: str,
    table: str,
    found: Sequence[Sequence[Row]],
    wanted: Sequence[Sequence[Row]],
    pairs: Sequence[tuple[int, int]],
) -> Figure:
    theirs, ours = {i for i, _ in pairs}, {j for _, j in pairs}
    return Figure(name, table, units(found, ours), units(wanted, theirs), judges=True, lists=True)


def _each(rows: Sequence[Row]) -> list[list[Row]]:
    return [[row] for row in rows]


def _any(same: Callable[[Row, Row], bool], ours: Sequence[Row], theirs: Sequence[Row]) -> bool:
    return any(same(a, b) for a in ours for b in theirs)


_TABLES: dict[str, Callable[[Sequence[Row], Sequence[Row]], Figures]] = {
    "stances": _stances,
    "events": _events,
    "commitments": _commitments,
    "institutions": partial(_things, "institutions", "founded"),
    "agreements": partial(_things, "agreements", "date"),
    "views": _views,
    "citations": _citations,
}
