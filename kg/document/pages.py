"""Stage 2c: which lines are no body text, and where pages open.

    layer = find_layers(lines, layout)
    layer.roles[i]      # of line i: body, note, rule, watermark, page-number
    layer.pages[i]      # of line i: which page, counted from 0

In a printed text a page opens with a line that follows the line before it
without an empty line, as a rule indented by one space; or with a form feed. The footnotes
of a page stand below a *rule* (a line of many spaces, or of dashes) and end
with the page. The number of a page is found by counting and checked against
the numbers that are printed.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.document.lines import Layout, Line, width_of
from kg.document.model import Page

_RULE = re.compile(r"[_\-─―—━=]{8,}")
_SPACES_OF_A_RULE = 20
_LONE_NUMBER = re.compile(r"\d{1,3}")
_ENDS_IN_MARK = re.compile(r"[^\s\d（(\-–/.,]\d{1,3}$")
_BEGINS_WITH_NUMBER = re.compile(r"[\[［〔(（]?(?:\d{1,3}|[①-⑳])(?!\d)")
_NARROW = 10  # em; a line of watermark letters is shorter
_SENTENCE = re.compile(r"[，。、；：！？（）《》「」,.;:()]")
_SHORTEST_WATERMARK = 6  # lines


@dataclass(frozen=True)
class Layers:
    roles: tuple[str, ...]
    pages: tuple[int, ...]
    openings: tuple[int, ...]  # index of the line that opens each page; the first is 0


def find_layers(lines: Sequence[Line], layout: Layout) -> Layers:
    roles = ["body"] * len(lines)
    for start, end in find_watermarks(lines):
        roles[start:end] = ["watermark"] * (end - start)
    for i, line in enumerate(lines):
        if is_rule(line):
            roles[i] = "rule"
    _mark_page_numbers(lines, roles)
    openings = [0] if lines else []
    pages: list[int] = []
    # Whether pages can be seen to open at all.
    paged = layout.spaced or any(line.feed or (not line.blank and line.first > line.start) for line in lines[1:])
    in_notes = False
    for i, line in enumerate(lines):
        if i > 0 and _opens_page(lines, roles, i, layout, in_notes):
            openings.append(i)
            in_notes = False
        if roles[i] == "rule":
            in_notes = layout.printed and _notes_follow(lines, i)
        elif in_notes and roles[i] == "body":
            # Where no page opens, the notes end with the first line that begins none after one that ended.
            in_notes = paged or roles[i - 1] == "rule" or begins_with_number(line) or not _ended(lines[i - 1], layout)
            roles[i] = "note" if in_notes else "body"
        pages.append(len(openings) - 1)
    return Layers(tuple(roles), tuple(pages), tuple(openings))


def begins_with_number(line: Line) -> bool:
    return bool(_BEGINS_WITH_NUMBER.match(line.text))


def _notes_follow(lines: Sequence[Line], rule: int) -> bool:
    """Below a rule of dashes stand notes only if a number comes first: dashes part other things too."""
    first = next((line for line in lines[rule + 1 : rule + 4] if not line.blank), None)
    return first is not None and (lines[rule].blank or begins_with_number(first))


def _ended(line: Line, layout: Layout) -> bool:
    return line.trailing or width_of(line.text) < layout.width - 4


def is_rule(line: Line) -> bool:
    if line.blank:
        return line.end - line.start >= _SPACES_OF_A_RULE
    return bool(_RULE.fullmatch(line.text))


def is_lone_number(line: Line) -> bool:
    return bool(_LONE_NUMBER.fullmatch(line.text))


def _opens_page(lines: Sequence[Line], roles: Sequence[str], i: int, layout: Layout, in_notes: bool) -> bool:
    line, before = lines[i], lines[i - 1]
    if line.feed:
        return True
    if roles[i] == "watermark":
        return roles[i - 1] != "watermark"
    if not layout.printed or line.blank or line.gap or roles[i] != "body":
        return False
    if roles[i - 1] in ("watermark", "page-number", "rule") or is_lone_number(before):  # or: a note's number, its text
        return False
    indented = line.first - line.start in (1, 2)
    if not layout.spaced and not (indented and "rule" in roles):  # else every line would open a page
        return False
    if not indented and begins_with_number(line):  # a note that follows another, or a mark
        return False
    # A raised mark breaks the line in two; what follows it goes on in the same printed line.
    return in_notes or before.trailing or before.blank or not _ENDS_IN_MARK.search(before.text)


def find_watermarks(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Runs of lines that hold the letters of a watermark: many, narrow, mostly of one to three characters.

    Cells of a table are narrow too. So a run counts only where it comes back
    letter by letter, or where single characters and scraps of words are mixed.
    """
    runs: list[tuple[int, int]] = []
    start = 0
    for i in range(len(lines) + 1):
        if i < len(lines) and _is_scrap(lines[i]):
            continue
        if i - start >= _SHORTEST_WATERMARK:
            runs.append((start, i))
        start = i + 1
    seen = Counter(_letters(lines, run) for run in runs)
    return [run for run in runs if seen[_letters(lines, run)] > 1 or _is_scattered(lines, run)]


def _letters(lines: Sequence[Line], run: tuple[int, int]) -> str:
    return "".join("".join(line.text.split()) for line in lines[run[0] : run[1]])


def _is_scrap(line: Line) -> bool:
    if line.blank or is_lone_number(line):
        return False
    return width_of(line.text) <= _NARROW and not _SENTENCE.search(line.text)


def _is_scattered(lines: Sequence[Line], run: tuple[int, int]) -> bool:
    texts = [line.text for line in lines[run[0] : run[1]]]
    short = sum(len("".join(text.split())) <= 3 for text in texts)
    return short >= 0.7 * len(texts) and any(t.isascii() for t in texts) and any(not t.isascii() for t in texts)


def _mark_page_numbers(lines: Sequence[Line], roles: list[str]) -> None:
    """A lone number next to a watermark, or first or last on a page that a form feed ends, is a page number."""
    visible = [i for i, line in enumerate(lines) if not line.blank]
    fed = any(line.feed for line in lines)
    for position, i in enumerate(visible):
        if not is_lone_number(lines[i]) or roles[i] != "body":
            continue
        before = visible[position - 1] if position else None
        after = visible[position + 1] if position + 1 < len(visible) else None
        by_watermark = any(j is not None and roles[j] == "watermark" for j in (before, after))
        by_feed = lines[i].feed or (lines[after].feed if after is not None else fed)
        if by_watermark or by_feed:
            roles[i] = "page-number"


def number_pages(
    lines: Sequence[Line], layers: Layers, first_chapter: int | None, length: int
) -> tuple[tuple[Page, ...], list[str]]:
    """The pages with their numbers, and warnings.

    Printed numbers decide how the count starts; where there are none, the page
    on which the first chapter opens (line `first_chapter`) is page 1. Pages
    before page 1 have no number and are left out.
    """
    if len(layers.openings) < 2:
        return (), []
    printed = {layers.pages[i]: int(lines[i].text) for i, role in enumerate(layers.roles) if role == "page-number"}
    shift = 1 - (layers.pages[first_chapter] if first_chapter is not None else 0)
    agreeing = len(printed)
    if printed:
        shift, agreeing = Counter(number - page for page, number in printed.items()).most_common(1)[0]
    if 2 * agreeing < len(printed) + (len(printed) > 1):  # wrong page numbers are worse than none
        told = ", ".join(str(number) for number in printed.values())
        return (), [f"the printed page numbers ({told}) do not agree with the pages that were counted; none is given"]
    warnings = [
        f"page number {number} is printed where counting gives {page + shift}; the count is kept"
        for page, number in sorted(printed.items())
        if number != page + shift
    ]
    starts = [0, *(lines[i].start for i in layers.openings[1:]), length]
    pages = tuple(
        Page(page + shift, starts[page], starts[page + 1], printed.get(page) == page + shift)
        for page in range(len(layers.openings))
        if page + shift >= 1
    )
    return pages, warnings
