"""What a figure is, and how rows are matched one to one.

    Figure("events, start date", "events", found=(Unit(rows, True), …), wanted=(Unit(rows, False), …)).precision

A *unit* is what counts once: a set of codes, a thing, a place. Precision is the share of found units that are
right, recall the share of wanted units that were found. Next: `kg.score.tables`.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.score.rows import Row

_A = TypeVar("_A")
_B = TypeVar("_B")


@dataclass(frozen=True)
class Unit:
    """What counts once, with the rows that tell it; `right`: the other side has it too."""

    rows: tuple[Row, ...]
    right: bool


@dataclass(frozen=True)
class Figure:
    """Precision, recall and F1 of one measure."""

    name: str
    table: str
    found: tuple[Unit, ...]
    wanted: tuple[Unit, ...]
    judges: bool = False  # its verdicts on found units are what calibration counts
    lists: bool = False  # its misses and extras are those that are listed

    @property
    def right(self) -> int:
        return sum(unit.right for unit in self.found)

    @property
    def hit(self) -> int:
        return sum(unit.right for unit in self.wanted)

    @property
    def precision(self) -> float:
        return self.right / len(self.found) if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hit / len(self.wanted) if self.wanted else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Detail:
    """Of the matched ones, how many agree in a column too."""

    name: str
    agree: int
    of: int


@dataclass(frozen=True)
class Score:
    figures: tuple[Figure, ...]
    details: tuple[Detail, ...]


def by_key(
    found: Iterable[Row], wanted: Iterable[Row], key: Callable[[Row], Hashable]
) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
    """Found and wanted units where all rows with an equal key are one, right where the other side has the key."""
    ours, theirs = grouped(found, key), grouped(wanted, key)
    return (
        tuple(Unit(tuple(rows), k in theirs) for k, rows in ours.items()),
        tuple(Unit(tuple(rows), k in ours) for k, rows in theirs.items()),
    )


def grouped(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> dict[Hashable, list[Row]]:
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def one_to_one(wanted: Sequence[_A], found: Sequence[_B], same: Callable[[_A, _B], bool]) -> list[tuple[int, int]]:
    """Pairs of positions: each wanted one takes the first found one that is the same and still free."""
    free = list(range(len(found)))
    pairs = []
    for i, one in enumerate(wanted):
        taken = next((j for j in free if same(one, found[j])), None)
        if taken is not None:
            free.remove(taken)
            pairs.append((i, taken))
    return pairs


def units(groups: Sequence[Sequence[Row]], right: set[int]) -> tuple[Unit, ...]:
    return tuple(Unit(tuple(rows), i in right) for i, rows in enumerate(groups))
