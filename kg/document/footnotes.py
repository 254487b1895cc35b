"""Stage 2e: the notes at the foot of pages (or at the end of a text) -> numbered notes.

A note begins with its number, alone on a line or glued to its text (`5「…`),
and runs on over lines and pages. Numbers count up within a chapter, so the
number that must come next is known; a line that merely begins with a figure
(`2011 年`, `15-20。`) is not taken for a note.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.document.joining import Piece
from kg.document.lines import Line

_NOTES_HEADING = re.compile(
    r"#*\s*(?:注释|註釋|注釋|附註|附注|脚注|腳註|尾注|尾註|注|註|notes|endnotes|footnotes)\s*[:：]?", re.IGNORECASE
)
_START = re.compile(
    r"[\[［【〔(（]?(?P<number>\d{1,4}|[①-⑳])[\]］】〕)）]?(?:[.．、:：](?!\d))?\s*(?P<rest>.*)", re.DOTALL
)
_BOXED = re.compile(r"[\[［【〔]\d")
_LARGEST_FIRST = 500
"""A text that was cut out of a longer one can begin with any note before this one."""

_FURTHEST_SKIP = 3
"""So many numbers may be missing between two notes."""


@dataclass
class Note:
    """A footnote as it is read: its number as printed, its characters, and where its mark is to be looked for."""

    chapter: str
    number: int
    count: int  # among the notes of its chapter; differs from its number where numbers start anew on each page
    page: int
    label: tuple[int, int]  # where its number stands
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Notes:
    notes: list[Note]
    strays: list[Line]  # lines below a rule that belong to no note
    warnings: list[str]


def is_notes_heading(line: Line) -> bool:
    return bool(_NOTES_HEADING.fullmatch(line.text))


def opens_notes(lines: Sequence[Line]) -> bool:
    """The first of the lines that is visible begins note 1."""
    visible = [line for line in lines[:5] if not line.blank]
    return bool(visible) and 0 in find_starts(visible[:1], 0)


def read_notes(regions: Sequence[tuple[str, int, Sequence[Line]]]) -> Notes:
    """The notes of all regions, which are (chapter, page, lines) in the order of the text."""
    found = Notes([], [], [])
    current: Note | None = None
    for chapter, page, lines in regions:
        last, count = (current.number, current.count) if current and current.chapter == chapter else (0, 0)
        starts, anew = _starts_or_anew(lines, last)
        if anew:
            last = 0
        for i, line in enumerate(lines):
            if i in starts:
                count += 1
                current = _open_note(chapter, page, line, starts[i], count)
                _warn_of_gap(found, current, last)
                last = current.number
                found.notes.append(current)
            elif current is None:
                found.strays.append(line)
            else:
                current.pieces.append(Piece(line.first, line.last, line.start - 1 if current.pieces else None))
    return found


def _starts_or_anew(lines: Sequence[Line], last: int) -> tuple[dict[int, int], bool]:
    """The lines that begin a note; and whether numbers start anew here, as they do in books that number by page."""
    starts = find_starts(lines, last)
    if last and 0 not in starts:
        anew = find_starts(lines, 0)
        if anew.get(0) == 1 and len(anew) > len(starts):
            return anew, True
    if not last and not starts:  # the text is a part of a longer one, in which notes came before
        numbers = (match.group("number") for line in lines if (match := _START.fullmatch(line.text)))
        first = next((value_of(number) for number in numbers if 1 < value_of(number) < _LARGEST_FIRST), None)
        return (find_starts(lines, first - 1) if first else {}), False
    return starts, False


def _open_note(chapter: str, page: int, line: Line, number: int, count: int) -> Note:
    match = _START.fullmatch(line.text)
    assert match is not None
    rest = line.first + match.start("rest")
    note = Note(chapter, number, count, page, (line.first, rest))
    if rest < line.last:
        note.pieces.append(Piece(rest, line.last))
    return note


def value_of(number: str) -> int:
    """12, １２ or ⑫ as an integer."""
    return ord(number) - ord("①") + 1 if "①" <= number <= "⑳" else int(number)


def _warn_of_gap(found: Notes, note: Note, last: int) -> None:
    if note.number != last + 1:
        where = f"chapter {note.chapter}: " if note.chapter else ""
        found.warnings.append(f"{where}footnote {note.number} follows {last or 'nothing'}: one before it was not found")


def find_starts(lines: Sequence[Line], last: int) -> dict[int, int]:
    """Index of each line that begins a note -> the note's number, counting on from `last`."""
    candidates: dict[int, list[tuple[int, bool]]] = {}
    for i, line in enumerate(lines):
        if (match := _START.fullmatch(line.text)) and not match.group("rest")[:1].isdigit():
            number, rest = value_of(match.group("number")), match.group("rest")
            if rest[:1] in ("-", "–", "~", "～", "/", "年", "月", "日", "卷", "期", "頁", "页", "；", "，", ","):
                continue  # pages, dates and volumes that a line happens to begin with
            candidates.setdefault(number, []).append((i, not rest or line.gap == 0 or bool(_BOXED.match(line.text))))
    starts: dict[int, int] = {}
    after, expected = -1, last + 1
    while True:
        place = _next_start(candidates, expected, after)
        if place is None:
            return starts
        after, number = place
        starts[after] = number
        expected = number + 1


def _next_start(candidates: dict[int, list[tuple[int, bool]]], expected: int, after: int) -> tuple[int, int] | None:
    """Line and number of the next note: the expected one; one a little further where that is missing."""
    for number in range(expected, expected + _FURTHEST_SKIP + 1):
        places = [(i, sure) for i, sure in candidates.get(number, ()) if i > after]
        if not places:
            continue
        following = [i for i, sure in candidates.get(number + 1, ()) if i > places[0][0] and sure]
        limit = following[-1] if following else max(i for i, _ in places) + 1
        sure = [i for i, is_sure in places if is_sure and i < limit]
        unsure = [i for i, is_sure in places if i < limit]
        if number == expected or sure:
            return (sure or unsure or [places[0][0]])[0], number
    return None
