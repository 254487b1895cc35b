"""The scan for dates: from left to right, with what 同年 and a month without a year refer to.

A date in the title of a work (《2002 年…報告》) has the kind "title": it dates no
event, and later words do not refer to it.
"""

import re
from dataclasses import dataclass

from kg.dates.patterns import FIRST, read_at
from kg.dates.readings import Before, Point, Reading
from kg.edtf import begin_end, is_edtf
from kg.lexicon.forms import squeeze
from kg.lexicon.spans import Spans, find_urls
from kg.script import fold


@dataclass(frozen=True, order=True)
class DateMention:
    """`text[start:end]` is the date `edtf`. Kinds: date, range, open, decade, century, title."""

    edtf: str
    start: int
    end: int
    kind: str


_TITLE = re.compile(fold(r"《[^《》]{1,60}》|\([^()]{1,20}\)(?=》?(?:白皮書|藍皮書|報告))"))
_FROM = ("自", "从", "由", "since ")
_ONE_CHARACTER = "起(?!碼|步|草|飛|初|伏|訴)|後(?![來續冷期者半果世備方])"
_SINCE = re.compile(fold(f"年?(?:以來|以降|以後|之後|{_ONE_CHARACTER}|迄今|至今|開始(?=[,。;、)]|$))"))
_SINCE_AFTER_FROM = re.compile(fold("年?(?:來|開始)"))
_UNTIL = re.compile(fold("(?:以前|之前|為止|前(?![後任總往夕提途述景蘇國線進鋒身置者段]))"))
_ABOUT = re.compile(fold("(?:前後|左右|前夕)"))
_BUDGET = re.compile(fold("度|(?:的)?(?:國防)?預算|版|財政|會計"))  # the year of a budget dates nothing


def find_dates(text: str, known: str = "") -> list[DateMention]:
    """The dates in `text`, in order; offsets are into `text`.

    `known` is an EDTF carried in from before: what 同年 or a month without a
    year refers to until the text names a year, and what 去年, 今年 count from.
    """
    squeezed = squeeze(text)
    folded = squeezed.text
    titles = Spans.of(_TITLE, folded)
    urls = find_urls(text)
    start_point = _last_point(known)
    before = Before(start_point, start_point)
    found: list[DateMention] = []
    position = 0
    for first in FIRST.finditer(folded):
        at = first.start()
        if at < position or squeezed.offsets[at] in urls:
            continue
        for end, reading in read_at(folded, at, before):
            position = end
            if not reading.edtf:
                break
            edtf, kind, end = _opened(folded, at, end, reading)
            in_title = at in titles
            found.append(DateMention(edtf, *squeezed.span(at, end), "title" if in_title else kind))
            position = end
            if not in_title and not _BUDGET.match(folded, end):
                before = Before(reading.last, before.known)
    return found


def _opened(text: str, start: int, end: int, reading: Reading) -> tuple[str, str, int]:
    """The date with what is said around it: since, until, about."""
    edtf, kind = reading.edtf, reading.kind
    after_from = text.endswith(_FROM, 0, start)
    since = _SINCE.match(text, end) or (after_from and _SINCE_AFTER_FROM.match(text, end))
    until = None if since else _UNTIL.match(text, end)
    about = _ABOUT.match(text, end)
    if kind == "range":
        return edtf, kind, end
    if since:
        edtf, kind, end = f"{edtf}/..", "open", since.end()
    elif until and not after_from:
        edtf, kind, end = f"../{edtf}", "open", until.end()
    elif about and edtf[-1] not in "~?%":
        edtf, end = edtf + "~", about.end()
    elif text.endswith("since ", 0, start):
        edtf, kind = f"{edtf}/..", "open"
    return edtf, kind, end


def _last_point(known: str) -> Point:
    """The point that an EDTF ends in (where it is open: begins in); none for a decade."""
    if not known or not is_edtf(known):
        return Point()
    begin, end = begin_end(known)
    if "X" in known:
        return Point()
    return Point(*map(int, (end or begin).split("-")))
