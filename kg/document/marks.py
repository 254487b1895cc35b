"""Stage 2f: where each footnote's mark stands in the body.

A mark is a plain number glued to the text (`。28`, `穩定。35無論`) or alone on a
line. What tells it from a number of the text (`2003 年`, `1874 號`) is that its
value is known: the notes on a page say which marks stand in that page's body,
and in which order. Of all ways to place them in order, the likeliest is taken.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.document.footnotes import Note
from kg.document.lines import Line

_NUMBER = re.compile(r"[\[［〔]?(?<!\d)(?<!\d[.,])(\d{1,4})(?!\d|[.,]\d)[\]］〕]?|[¹²³⁰⁴-⁹]+|[①-⑳]")
_UNIT = re.compile(r"\s*[年月日號号屆届次個个人國国條条萬万億亿%％歲岁點点項项卷期頁页輪轮世紀纪多餘余至到-]")
_CLOSING = '。，；：、！？」』”）》)].,;:!?"'
_LONE, _AFTER_STOP, _BOXED, _GLUED, _PLAIN, _UNLIKELY = 6, 5, 5, 2, 0, -3
_LEAST = 1
"""A place less likely than this is left to the text."""


@dataclass(frozen=True)
class Place:
    start: int
    end: int
    value: int
    score: int


def find_marks(notes: Sequence[Note], bodies: Mapping[int, Sequence[Line]]) -> dict[int, Place]:
    """Index of a note -> the place of its mark. `bodies`: the body lines of each page."""
    found: dict[int, Place] = {}
    places: dict[int, list[Place]] = {}
    for first, last in _by_page(notes):
        page = notes[first].page
        wanted = list(range(first, last))
        _place(notes, wanted, _places_on(page, bodies, places), found)
        for near in (page - 1, page + 1):
            missing = [i for i in wanted if i not in found]
            if missing and near in bodies:
                _place(notes, missing, _places_on(near, bodies, places), found)
    return found


def _by_page(notes: Sequence[Note]) -> Iterable[tuple[int, int]]:
    first = 0
    for i in range(1, len(notes) + 1):
        if i == len(notes) or (notes[i].page, notes[i].chapter) != (notes[first].page, notes[first].chapter):
            if notes:
                yield first, i
            first = i


def _places_on(page: int, bodies: Mapping[int, Sequence[Line]], known: dict[int, list[Place]]) -> list[Place]:
    if page not in known:
        known[page] = [place for line in bodies.get(page, ()) for place in places_in(line)]
    return known[page]


def places_in(line: Line) -> list[Place]:
    """Every number of the line, and how much it looks like a mark."""
    return [
        Place(line.first + match.start(), line.first + match.end(), _value(match.group()), _score(line.text, match))
        for match in _NUMBER.finditer(line.text)
    ]


def _value(text: str) -> int:
    if "①" <= text[0] <= "⑳":
        return ord(text[0]) - ord("①") + 1
    return int(text.strip("[]［］〔〕").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))


def _score(text: str, match: re.Match[str]) -> int:
    before, after = text[: match.start()], text[match.end() :]
    if not before and not after:
        return _LONE
    if match.group(1) is None or not match.group()[0].isdigit():
        return _BOXED
    if _UNIT.match(after):
        return _UNLIKELY if not before or before[-1] not in "。」』”；" else _LEAST
    if before and before[-1] in _CLOSING:
        return _AFTER_STOP
    if before and before[-1].isspace():
        return _PLAIN
    if before and (before[-1].isascii() or before[-1] in "（《「-–—~～／第"):
        return _UNLIKELY
    return _GLUED if not after[:1].isspace() else _PLAIN


def _place(notes: Sequence[Note], wanted: Sequence[int], places: Sequence[Place], found: dict[int, Place]) -> None:
    """Place the wanted notes in order, each at most once, so that the sum of likelihoods is greatest."""
    floor = max((place.end for i, place in found.items() if i < wanted[0]), default=-1)
    ceiling = min((place.start for i, place in found.items() if i > wanted[-1]), default=1 << 62)
    taken = {place.start for place in found.values()}
    by_value: dict[int, list[Place]] = {}
    for place in places:
        if place.score >= _LEAST and floor <= place.start < ceiling and place.start not in taken:
            by_value.setdefault(place.value, []).append(place)
    # best[k]: (end of the last place, sum, choice so far) for every sum worth keeping, ends increasing
    best: list[tuple[int, int, tuple[tuple[int, Place], ...]]] = [(-1, 0, ())]
    for i in wanted:
        extended = list(best)
        for place in by_value.get(notes[i].number, ()):
            position = bisect_left(best, place.start + 1, key=lambda state: state[0]) - 1
            if position >= 0:
                _, total, chosen = best[position]
                extended.append((place.end, total + place.score + 10, (*chosen, (i, place))))
        best = _worth_keeping(extended)
    found.update(best[-1][2])


def _worth_keeping(
    states: list[tuple[int, int, tuple[tuple[int, Place], ...]]],
) -> list[tuple[int, int, tuple[tuple[int, Place], ...]]]:
    """States in which a later end always comes with a greater sum."""
    kept: list[tuple[int, int, tuple[tuple[int, Place], ...]]] = []
    for state in sorted(states, key=lambda s: (s[0], -s[1])):
        if not kept or state[1] > kept[-1][1]:
            kept.append(state)
    return kept
