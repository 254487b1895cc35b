"""Stage 2d: which lines are headings, and the parts that they open.

    read_heading("第壹章 緒論")      -> Heading(level=1, number=1)
    read_heading("（一）第一輪")     -> Heading(level=4, number=1)

A line that looks like a heading is one only if it is short, stands alone, has
no full stop at its end and counts on from its siblings. An enumeration in the
body (一、六方…。) fails that test and stays text.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.document.lines import FULL_STOPS, width_of
from kg.document.model import Section

_DIGITS = {
    c: i
    for i, cs in enumerate(["〇零○", "一壹", "二貳贰弍", "三參叁参", "四肆", "五伍", "六陸陆", "七柒", "八捌", "九玖"])
    for c in cs
}
_TENS = {"十": 10, "拾": 10, "百": 100}
_NUMERAL = "[" + "".join([*_DIGITS, *_TENS]) + "]{1,5}"
_FORMS = [
    (1, re.compile(rf"第 *({_NUMERAL}|\d{{1,3}}) *章(?![為为是中的將将和與与主])(?P<title>.*)")),
    (1, re.compile(r"chapter +(\d{1,3})\b[.:]?(?P<title>.*)", re.IGNORECASE)),
    (2, re.compile(rf"第 *({_NUMERAL}|\d{{1,3}}) *[節节](?![為为是中的將将和與与主])(?P<title>.*)")),
    (3, re.compile(rf"({_NUMERAL})、(?P<title>.+)")),
    (4, re.compile(rf"\(({_NUMERAL})\)(?P<title>.+)")),
]
_CONTENTS = re.compile(r"(?:[.．…‧·]{3,}|\s{3,}|\t)\s*\d+$")
LONGEST = 45
"""em; a longer line is no heading."""


@dataclass(frozen=True)
class Heading:
    level: int
    number: int
    title: str


def read_heading(text: str) -> Heading | None:
    """What the line would be as a heading, or None. Half or full width, old or new numerals."""
    text = text.strip().lstrip("#").strip()
    plain = "".join(map(_plain, text))
    if not text or width_of(text) > LONGEST or _CONTENTS.search(plain):
        return None
    if plain[-1] in FULL_STOPS and not (plain[-1] == "?" and plain.startswith("第")):
        return None
    for level, form in _FORMS:
        if match := form.fullmatch(plain):
            number = numeral(match.group(1))
            return Heading(level, number, text[match.start("title") :].strip()) if number else None
    return None


@lru_cache(maxsize=1 << 14)
def _plain(character: str) -> str:
    """In NFKC, unless that makes more than one character of it."""
    normalized = unicodedata.normalize("NFKC", character)
    return normalized if len(normalized) == 1 else character


def numeral(text: str) -> int:
    """一, 十二, 貳拾, 12 -> the number; 0 where it is none."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for character in text:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        elif digit and character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit


@dataclass
class Outline:
    """The parts opened so far. `open` takes a heading if it counts on, and says which part it opens."""

    has_chapters: bool
    sections: list[Section] = field(default_factory=list)
    path: list[tuple[int, int]] = field(default_factory=list)  # (level, number) of the open parts
    counted: dict[str, int] = field(default_factory=dict)  # id of a part -> number of its last child, by level
    ids: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)

    def open(self, heading: Heading, start: int) -> str | None:
        """The id of the part that opens at `start`; None where the heading does not count on."""
        above = [part for part in self.path if part[0] < heading.level]
        prefix = self._prefix(above, heading.level)
        last = self.counted.get(f"{prefix}/{heading.level}", 0)
        if heading.number <= last or (heading.number > last + 1 and heading.level > 2):
            return None
        part_id = f"{prefix}.{heading.number}" if prefix else str(heading.number)
        if part_id in self.ids:
            self.warnings.append(f"a second part {part_id} opens at offset {start}; its heading is kept as text")
            return None
        if heading.number > last + 1:
            self.warnings.append(
                f"part {part_id} at offset {start} follows {last or 'nothing'}: a heading before it was not found"
            )
        self.counted[f"{prefix}/{heading.level}"] = heading.number
        self.path = [*above, (heading.level, heading.number)]
        self.ids.add(part_id)
        self.sections.append(Section(part_id, heading.level, heading.title, start, start))
        return part_id

    def _prefix(self, above: Sequence[tuple[int, int]], level: int) -> str:
        numbers = [str(number) for _, number in above]
        if self.has_chapters and level > 1 and not (above and above[0][0] == 1):
            numbers.insert(0, "0")
        return ".".join(numbers)

    @property
    def here(self) -> str:
        """The id of the finest part that is open; "0" before the first chapter, "" where there are no parts."""
        return self._prefix(self.path, 5)

    @property
    def chapter(self) -> str:
        if not self.has_chapters:
            return ""
        return str(self.path[0][1]) if self.path and self.path[0][0] == 1 else "0"

    def close(self, length: int) -> tuple[Section, ...]:
        """All parts, each ended where the next one that is not finer opens."""
        ended: list[Section] = []
        ends = dict.fromkeys(range(1, 6), length)
        for section in reversed(self.sections):
            end = min(ends[level] for level in range(1, section.level + 1))
            ended.append(Section(section.id, section.level, section.title, section.start, end))
            ends[section.level] = section.start
            for finer in range(section.level + 1, 6):
                ends[finer] = section.start
        return tuple(reversed(ended))
