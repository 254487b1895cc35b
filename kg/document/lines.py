"""Stage 2a: text -> lines, and how the text is laid out.

    lines = split_lines("一行\n\n二行 \n")
    -> Line(start=0, end=2, gap=0), Line(start=4, end=7, gap=1)

A `Line` knows where it stands and how many empty lines are before it (`gap`).
Empty lines are dropped; a line of spaces stays, because a printed text says
something with it. `measure` tells from evidence, not from the file's name,
whether lines are printed lines that must be joined.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
TERMINAL = "。！？!?；;：:…」』”）)》】"
"""A paragraph can end with one of these."""

FULL_STOPS = "。！？；：，、,;:!?"
"""A heading does not end with one of these."""


@dataclass(frozen=True)
class Line:
    """One line of the source that is not empty; offsets into the source."""

    start: int
    end: int  # of the line, without its break
    first: int  # of what is visible; first == last in a line of spaces
    last: int
    text: str  # what is visible
    gap: int  # empty lines before it
    feed: bool  # a form feed stands before it

    @property
    def blank(self) -> bool:
        return self.first == self.last

    @property
    def trailing(self) -> bool:
        """White space stands at its end: in a printed text, the end of a paragraph or of a cell."""
        return self.last < self.end


@dataclass(frozen=True)
class Layout:
    """How lines make paragraphs in this text.

    `width`: of a full line, in em (a CJK character is 1, a Latin letter 1/2); 0 where every line is a paragraph.
    `spaced`: empty lines stand between all lines, so they separate nothing.
    `marked`: a paragraph's last line has a space at its end.
    """

    width: int
    spaced: bool
    marked: bool

    @property
    def printed(self) -> bool:
        return self.width > 0


def split_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    start, gap, feed = 0, 0, False
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        if end > start:
            lines.append(_line(text, start, end, gap, feed))
            gap, feed = 0, False
        elif match:
            gap += 1
        if match:
            feed = feed or match.group() == "\f"
            start = match.end()
    return lines


def _line(text: str, start: int, end: int, gap: int, feed: bool) -> Line:
    raw = text[start:end]
    visible = raw.strip()
    first = start + len(raw) - len(raw.lstrip()) if visible else end
    return Line(start, end, first, first + len(visible), visible, gap, feed)


@lru_cache(maxsize=1 << 14)
def is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def width_of(text: str) -> float:
    """In em: a CJK character is 1, any other 1/2."""
    wide = sum(map(is_wide, text))
    return wide + (len(text) - wide) / 2


def measure(lines: Sequence[Line]) -> Layout:
    """The layout, by evidence.

    Lines are printed lines when many of them have nearly the same width and
    most of those break off in the midst of a sentence. Where each line is a
    paragraph, widths differ and lines end with a full stop.
    """
    widths = {id(line): width_of(line.text) for line in lines if not line.blank}
    long = [line for line in lines if not line.blank and 8 <= widths[id(line)] <= 80]
    if len(long) < 4:
        return Layout(0, False, False)
    width = _full_width([widths[id(line)] for line in long])
    full = [line for line in long if width - 3 <= widths[id(line)] <= width + 1.5]
    broken_off = [line for line in full if line.text[-1] not in "。！？!?"]
    if len(full) < 0.35 * len(long) or len(broken_off) < 0.5 * len(full):
        return Layout(0, False, False)
    followed = dict(zip(map(id, lines), lines[1:], strict=False))
    gaps = [followed[id(line)].gap > 0 for line in broken_off if id(line) in followed]
    spaced = sum(gaps) > 0.5 * len(gaps)
    ends = [line.trailing for line in long if widths[id(line)] < width - 3 and line.text[-1] in "。！？"]
    marked = bool(ends) and sum(ends) > 0.8 * len(ends) and sum(line.trailing for line in full) < 0.3 * len(full)
    return Layout(width, spaced, marked)


def _full_width(widths: Sequence[float]) -> int:
    """The width that most lines have, give or take one em."""
    counts = Counter(round(width) for width in widths)
    return max(counts, key=lambda w: (counts[w - 1] + 2 * counts[w] + counts[w + 1], w))
