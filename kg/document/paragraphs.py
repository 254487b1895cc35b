"""Stage 2g: body lines -> blocks: paragraphs and lines that stand alone.

In a printed text a paragraph runs on over lines, pages and the footnotes
between. It ends where a line has a space at its end (or falls short of the
full width) after a full stop. A raised footnote mark breaks its printed line
in two; such halves are put together first.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.document.headings import read_heading
from kg.document.joining import Piece
from kg.document.lines import TERMINAL, Layout, Line, width_of
from kg.document.marks import Place

_SHORT = 4  # em; a line that falls short of the full width by more ends a paragraph


@dataclass
class Block:
    """Lines of one paragraph, and how many printed lines they are."""

    lines: list[Line] = field(default_factory=list)
    printed: int = 0


class Marks:
    """The marks by the line they stand in."""

    def __init__(self, places: Mapping[int, Place]) -> None:
        self.places = sorted(places.values(), key=lambda place: place.start)
        self.starts = [place.start for place in self.places]

    def of(self, line: Line) -> list[Place]:
        return self.places[bisect_left(self.starts, line.first) : bisect_left(self.starts, line.last)]

    def end(self, line: Line) -> bool:
        """The line ends with a mark."""
        return any(place.end == line.last for place in self.of(line))


def make_blocks(lines: Sequence[Line], layout: Layout, marks: Marks, openings: set[int]) -> list[Block]:
    """Blocks of the body lines, in order. `openings`: offsets at which pages open."""
    blocks: list[Block] = []
    block = Block()
    width = 0.0  # of the printed line that is being put together
    previous: Line | None = None
    for line in lines:
        if line.blank:
            if block.lines:
                blocks.append(block)
                block = Block()
            previous = None
            continue
        own = _width(line, marks)
        halves = previous is not None and _same_printed_line(previous, line, width + own, layout, marks, openings)
        if previous is not None and not halves and _ends_paragraph(previous, line, width, layout, marks, openings):
            blocks.append(block)
            block = Block()
        block.printed += not (halves and block.lines)
        block.lines.append(line)
        width = width + own if halves else own
        previous = line
    if block.lines:
        blocks.append(block)
    return blocks


def _width(line: Line, marks: Marks) -> float:
    """Without its marks: they are raised, small, and say nothing of where a line was broken."""
    return width_of(line.text) - sum(place.end - place.start for place in marks.of(line)) / 2


def _same_printed_line(
    before: Line, line: Line, width: float, layout: Layout, marks: Marks, openings: set[int]
) -> bool:
    if not layout.printed or line.gap or line.start in openings:
        return False
    return marks.end(before) and width <= layout.width + 2


def _ends_paragraph(before: Line, line: Line, width: float, layout: Layout, marks: Marks, openings: set[int]) -> bool:
    """`before` ends a paragraph; `width` is that of its whole printed line."""
    if not layout.printed:
        return True
    short = width < layout.width - _SHORT
    if line.text and read_heading(line.text) and _stands_alone(line, layout):
        return short or before.trailing or before.text[-1] in TERMINAL
    if not layout.spaced and line.gap and line.start not in openings:
        return True
    last = _last_character(before, marks)
    if last in "，、,":
        return False
    if layout.marked and not marks.end(before):
        return before.trailing and (last in TERMINAL or (short and not last.isascii()))
    if layout.spaced or layout.marked:
        return short and (last in TERMINAL or not last.isascii())
    return short and (last in TERMINAL or width < layout.width / 2)


def _stands_alone(line: Line, layout: Layout) -> bool:
    return width_of(line.text) < layout.width - _SHORT or (layout.marked and line.trailing)


def _last_character(line: Line, marks: Marks) -> str:
    """The last character before a mark that ends the line."""
    end = line.last
    for place in marks.of(line):
        if place.end == end:
            end = place.start
    text = line.text[: end - line.first].rstrip()
    return text[-1] if text else "。"


def pieces_of(block: Block, marks: Marks) -> list[Piece]:
    """The block's text without its marks."""
    pieces: list[Piece] = []
    for number, line in enumerate(block.lines):
        start, break_at = line.first, line.start - 1 if number else None
        for place in marks.of(line):
            if place.start > start:
                pieces.append(Piece(start, place.start, break_at))
                break_at = None
            start = place.end
        if start < line.last:
            pieces.append(Piece(start, line.last, break_at))
    return pieces
