"""How a matched date is read: match + what was named before -> EDTF.

Each reader answers with a `Reading`, which holds the point that later words
(同年, a month without a year) refer to; None where the characters are no date
of its kind, so that the next pattern is tried.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.dates.numerals import number
from kg.edtf import is_edtf


@dataclass(frozen=True)
class Point:
    """A day, a month (day 0) or a year (month 0); year 0 where nothing is known."""

    year: int = 0
    month: int = 0
    day: int = 0

    def edtf(self) -> str:
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.month and self.day)])


@dataclass(frozen=True)
class Before:
    """What was named before: the last date in the text, and the time of writing where it is known."""

    last: Point
    known: Point


@dataclass(frozen=True)
class Reading:
    edtf: str  # "" where the characters cannot be a date (2 月 30 日) and are passed over
    kind: str  # date, range, decade, century
    last: Point  # what 同年 refers to from here on


Reader = Callable[["re.Match[str]", Before], Reading | None]

_OFFSET = {"同年": 0, "同一年": 0, "当年": 0, "翌年": 1, "次年": 1, "隔年": 1, "隔一年": 1, "前一年": -1}
_OFFSET_FROM_KNOWN = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
_ENGLISH_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ENGLISH_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _single(point: Point) -> Reading:
    edtf = point.edtf()
    return Reading(edtf if is_edtf(edtf) else "", "date", point)


def _range(first: Point, last: Point) -> Reading | None:
    """None where the two are in the wrong order: they may be two dates, not one range."""
    edtf = f"{first.edtf()}/{last.edtf()}"
    return Reading(edtf, "range", last) if is_edtf(edtf) and first != last else None


def _year(text: str) -> int:
    text = text.removeprefix("公元").removeprefix("西元")
    return number(text.removeprefix("民国")) + 1911 if text.startswith("民国") else number(text)


def _relative_year(word: str, before: Before) -> int:
    if word in _OFFSET_FROM_KNOWN:
        base, offset = before.known.year, _OFFSET_FROM_KNOWN[word]
    else:
        base, offset = before.last.year, _OFFSET[word]
    return base + offset if base and base + offset <= 9999 else 0  # EDTF years have four digits


def _point(match: "re.Match[str]", before: Before, i: str = "") -> Point:
    """The point whose groups end in `i`; a year that it leaves out is that of the last date."""
    got = {key: match.groupdict().get(key + i) for key in ("y", "r", "m", "ma", "d")}
    month = got["m"] or got["ma"]
    if got["y"]:
        year = _year(got["y"])
    elif got["r"]:
        year = _relative_year(got["r"], before)
    else:
        year = before.last.year
    return Point(year, number(month) if month else 0, number(got["d"]) if got["d"] else 0)


# --- how each is read -------------------------------------------------------------------------------------------


def read_point(match: "re.Match[str]", before: Before) -> Reading | None:
    point = _point(match, before)
    part = match.groupdict().get("part")
    if not point.year:
        return None
    if match.groupdict().get("r") == "当年" and not (point.month or part):
        return None  # 當年 alone is "in those days" as often as "that year"
    return _with_part(point, part.removeprefix("年")) if part else _single(point)


def _with_part(point: Point, part: str) -> Reading | None:
    year = point.year
    if part[0] in _SEASONS:
        return Reading(f"{year:04}-{_SEASONS[part[0]]}", "date", point)
    if part[0] == "第":
        quarter = number(part[1])
        return _range(Point(year, 3 * quarter - 2), Point(year, 3 * quarter))
    if part in ("上半年", "下半年"):
        first = 1 if part[0] == "上" else 7
        return _range(Point(year, first), Point(year, first + 5))
    month = {"底": 12, "末": 12, "终": 12, "初": 1, "中": 6}.get(part[0], 0)
    return Reading(Point(year, month).edtf() + "~", "date", point)


def read_points(match: "re.Match[str]", before: Before) -> Reading | None:
    """Two points, of which the second may leave out the year, or year and month."""
    first = _point(match, before)
    if not first.year:
        return None
    last = _point(match, Before(first, before.known), "2")
    return _range(first, last)


def read_days(match: "re.Match[str]", before: Before) -> Reading | None:
    first = _point(match, before)
    return _range(first, Point(first.year, first.month, number(match["d2"]))) if first.year else None


def read_months(match: "re.Match[str]", before: Before) -> Reading | None:
    first = _point(match, before)
    return _range(first, Point(first.year, number(match["m2"]))) if first.year else None


def read_years(match: "re.Match[str]", before: Before) -> Reading | None:
    first, last = match["y"], match["y2"]
    if len(last) == 2:
        last = first[:2] + last
    return _range(Point(_year(first)), Point(_year(last)))


def read_listed_year(match: "re.Match[str]", before: Before) -> Reading | None:
    return _single(Point(_year(match["y"])))


def read_same_month(match: "re.Match[str]", before: Before) -> Reading | None:
    year, month = before.last.year, before.last.month
    if not (year and month):
        return None
    first = Point(year, month, number(match["d"]) if match["d"] else 0)
    return _range(first, Point(year, month, number(match["d2"]))) if match["d2"] else _single(first)


def _decade(text: str, century: str | None) -> str:
    if len(text) == 4 and text.isascii():
        return text[:3] + "X"
    tens = number(text) // 10 if text.isascii() or text[-1] not in "〇零○" else number(text[0])
    if century:
        return f"{number(century) - 1:02}{tens}X"
    return f"{'20' if tens < 2 else '19'}{tens}X"  # 20年代 is taken for the 1920s


def read_decade(match: "re.Match[str]", before: Before) -> Reading | None:
    groups = match.groupdict()
    century = groups.get("c")
    if groups.get("c0") in ("上", "本"):
        century = "20" if groups["c0"] == "上" else "21"
    first = _decade(match["t"], century)
    if groups.get("t2"):
        edtf = f"{first}/{_decade(match['t2'], century or (str(int(first[:2]) + 1)))}"
    else:
        edtf = first + ("~" if groups.get("part") else "")
    return Reading(edtf, "decade", before.last) if is_edtf(edtf) else None


def read_century(match: "re.Match[str]", before: Before) -> Reading | None:
    century = number(match["c"])
    edtf = f"{century - 1:02}XX"
    return Reading(edtf, "century", before.last) if 15 <= century <= 22 else None


def read_numeric(match: "re.Match[str]", before: Before) -> Reading | None:
    return _single(Point(int(match["y"]), int(match["m"]), int(match["d"])))


def read_english(match: "re.Match[str]", before: Before) -> Reading | None:
    groups = match.groupdict()
    year = int(match["y"])
    if groups.get("season"):
        return Reading(f"{year:04}-{_ENGLISH_SEASONS[match['season']]}", "date", Point(year))
    month = _ENGLISH_MONTHS.index(match["em"][:3]) + 1
    first = Point(year, month, int(groups.get("d") or 0))
    return _range(first, Point(year, month, int(match["d2"]))) if groups.get("d2") else _single(first)
