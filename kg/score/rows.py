"""Rows of coded tables, read from a folder of CSV files or from a graph, each with its place.

    reference = read_reference(Path("my-coding"))           # {"stances": [Row(…), …]}
    coded = read_coded(Path("chapters.csv"), reference)     # only what was coded counts
    tables_of(store)                                        # the same from a graph

A reference has any of the seven files, with the columns that are compared; others are ignored.
Where a row has a `chapter`, that says whether it lies in what was coded; elsewhere its `start` does.
Next: `kg.score.tables`.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Store

from kg.errors import KgError, NothingToCheck
from kg.store import Rows, evaluate
from kg.tables import COLUMNS, read_table

# The columns that are compared, beside `start` and `end`.
COMPARED: Mapping[str, tuple[str, ...]] = {
    "stances": ("holder", "issue", "polarity"),
    "events": ("date", "kind"),
    "commitments": ("debtor", "issue"),
    "institutions": ("name_zh", "name_en", "acronym", "founded"),
    "agreements": ("name_zh", "name_en", "date"),
    "views": ("authors", "kind", "valence"),
    "citations": ("footnote", "title", "authors", "year", "kind", "repeat"),
}
_FOLDED = ("institutions", "agreements")  # found rows of one thing are told by their id
_PLACE = ("start", "end")
_EDITIONS = """
PREFIX kg: <https://w3id.org/six-party-kg/ontology#>
SELECT (COUNT(DISTINCT ?edition) AS ?n) WHERE { ?edition kg:sourceDigest ?digest }"""


@dataclass(frozen=True)
class Row:
    """One line of a table. `start` is -1 where the table tells none."""

    cells: Mapping[str, str] = field(hash=False)
    start: int
    end: int

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


Tables = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Coded:
    """The parts of the text that the reference covers. No part: all of it."""

    parts: tuple[tuple[str, int, int], ...] = ()  # (chapter, start, end)

    def has(self, row: Row) -> bool:
        """Whether a found row stands in a part that was coded."""
        return not self.parts or any(start <= row.start < end for _, start, end in self.parts)

    def has_reference(self, row: Row) -> bool:
        """The same of a reference row: as its `chapter` says, or else its place."""
        if not self.parts or "chapter" not in row.cells:
            return self.has(row)
        return row["chapter"] in {chapter for chapter, _, _ in self.parts}


def read_reference(folder: Path) -> Tables:
    """The tables of a reference folder; `KgError` where there is none, or one is empty or malformed."""
    if not folder.is_dir():
        raise KgError(f"{folder}: is no folder. Name one with reference tables, such as stances.csv.")
    found = {name: _read(folder / f"{name}.csv", name) for name in COMPARED if (folder / f"{name}.csv").exists()}
    if not found:
        raise KgError(f"{folder}: has no reference table. Put any of {', '.join(f'{n}.csv' for n in COMPARED)} there.")
    return found


def read_tables(folder: Path, reference: Tables) -> tuple[Tables, tuple[str, ...]]:
    """The tables of a `kg tables` folder that the reference has too, and the names of those that are not there.

    What is not there counts as found nothing. `KgError` where a file is malformed, or none is there.
    """
    if not folder.is_dir():
        raise KgError(f"{folder}: is no folder. Name one that 'kg tables -o FOLDER' wrote.")
    missing = tuple(name for name in reference if not (folder / f"{name}.csv").exists())
    if len(missing) == len(reference):
        raise KgError(f"{folder}: has none of the reference's tables ({', '.join(missing)}). Is it the right folder?")
    wanted = [name for name in reference if name not in missing]
    found = {name: _read(folder / f"{name}.csv", name, ("id",) if name in _FOLDED else ()) for name in wanted}
    return {name: found.get(name, []) for name in reference}, missing


def tables_of(store: Store, reference: Tables) -> Tables:
    """The same from a graph of one source; `KgError` where it has several, whose offsets would be mixed up."""
    answer = evaluate(store, _EDITIONS, union=True)
    assert isinstance(answer, Rows)
    if getattr(answer.rows[0][0], "value", "0") not in ("0", "1"):
        raise KgError(
            "the graph has several sources, whose offsets cannot be told apart. Extract and score each alone."
        )
    return {name: [_row(dict(zip(COLUMNS[name], row)), name) for row in read_table(store, name)] for name in reference}


def read_coded(path: Path | None, reference: Tables, only: Sequence[str] = ()) -> Coded:
    """What was coded: the parts of `path` (chapter, start, end) named in `only`, else those the reference names.

    No path: everything. `KgError` for a malformed file, and for a chapter of `only` that it does not have.
    """
    if path is None:
        if only:
            raise KgError("chapters are named, but not where they stand: give their offsets with --chapters FILE.")
        return Coded()
    parts = [(row["chapter"], row.start, row.end) for row in _read_csv(path, ("chapter", *_PLACE))]
    for chapter, start, end in parts:
        if not 0 <= start < end:
            raise KgError(f"{path}: chapter {chapter!r} goes from {start} to {end}. Give a start before its end.")
    if not parts:
        raise KgError(f"{path}: has no chapter. Write a line with chapter, start and end for each.")
    known = {chapter for chapter, _, _ in parts}
    if unknown := sorted(set(only) - known):
        raise KgError(f"{path}: has no chapter {unknown[0]!r}; it has {', '.join(sorted(known))}.")
    named = {row["chapter"] for rows in reference.values() for row in rows} - {""}
    wanted = set(only) or (named & known if named else known)
    if not wanted:
        raise NothingToCheck(f"{path}: has none of the reference's chapters ({', '.join(sorted(named))}).")
    return Coded(tuple(part for part in parts if part[0] in wanted))


def _read(path: Path, name: str, more: Iterable[str] = ()) -> list[Row]:
    return _read_csv(path, (*more, *COMPARED[name], *_PLACE))


def _read_csv(path: Path, needed: Sequence[str]) -> list[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            head = lines.fieldnames or ()
            if missing := [column for column in needed if column not in head]:
                raise KgError(f"{path}: has no column {missing[0]!r}. Its first line must name {', '.join(needed)}.")
            return [_row(_cells(line, path, lines.line_num), f"{path}, line {lines.line_num}") for line in lines]
    except FileNotFoundError:
        raise KgError(f"{path}: there is no such file. Check the path.") from None
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}). Name a CSV file.") from None
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: not UTF-8 at byte {error.start}. Save it as CSV in UTF-8.") from None
    except csv.Error as error:
        raise KgError(f"{path}: is no CSV ({error}). Save it as CSV in UTF-8.") from None


def _cells(line: Mapping[str | None, str | None], path: Path, number: int) -> dict[str, str]:
    if None in line or None in line.values():
        raise KgError(f"{path}, line {number}: has not as many cells as the first line. Mend it there.")
    return {str(column): str(cell) for column, cell in line.items()}


def _row(cells: dict[str, str], where: str) -> Row:
    """`start` and `end` as numbers; -1 for an empty cell."""
    places = []
    for column in _PLACE:
        cell = cells[column].strip()
        if cell and not (cell.isascii() and cell.isdigit() and len(cell) < 19):
            raise KgError(f"{where}: {column} is {cell[:20]!r}. Write an offset, a whole number from 0.")
        places.append(int(cell) if cell else -1)
    return Row(cells, places[0], places[1])
