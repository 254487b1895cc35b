"""Stage 5: where and when a work appeared: (place: publisher, year), and dates that stand alone.

    take_imprint(Draft("港口（台北：遠景，民 92），頁 4"))    # Imprint(place="台北", publisher="遠景", year="2003")
    take_date(Draft("和平日報，2003 年 8 月 27 日"))         # ("2003", True)

Before: `kg.facts.citations.forms`. Beside: `kg.facts.citations.fields`.
"""

import re
from dataclasses import dataclass

from kg.dates import find_dates
from kg.facts.citations.forms import SEPARATORS, TAKEN, Draft, split, trim


@dataclass(frozen=True)
class Imprint:
    """What a bracket tells: (place: publisher, year), or the year alone."""

    place: str = ""
    publisher: str = ""
    year: str = ""
    start: int = -1

    def __bool__(self) -> bool:
        return bool(self.publisher or self.year)


NO_IMPRINT = Imprint()

_SEASON = (
    r"(?:(?:spring|summer|autumn|fall|winter|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|early|late)\.?\s*(?:[-/,&]\s*)?(?:\d{1,2}\s*,)?\s*)*"
)
_YEAR = re.compile(
    rf"^(?P<head>.*?)(?P<said>{_SEASON}(?P<roc>民国|民)?\s*(?P<year>\d{{2,5}}|[一二三四五六七八九〇零十]{{2,4}})\s*"
    r"(?:/\s*\d{2,4})?\s*年?(?:[初秋春冬夏]季?[号刊]?|版|\s*\d+(?:\s*[-/、]\s*\d+)?\s*月(?:\s*\d+\s*日)?|第?[一二三四五六七八九\d]+版)*)[\s\0]*$",
    re.IGNORECASE | re.DOTALL,
)


def year_of(form: str, bare: bool = True) -> str:
    """The year (AD, four digits) that a bracket's end tells: "Spring 1982", "民國 84 年", "(84)"; "" for none.

    `bare`: two or three digits alone are a year of the Republic of China.
    """
    match = _YEAR.match(form.strip())
    if match is None:
        return ""
    digits = match["year"]
    if not digits.isdigit():
        dates = find_dates(f"{match['roc'] or ''}{digits}年")
        return dates[0].edtf[:4] if dates and is_year(dates[0].edtf[:4]) else ""
    if len(digits) >= 4:
        return digits[:4] if is_year(digits[:4]) else ""
    if match["roc"] or (bare and 30 <= int(digits) <= 150):
        return str(int(digits) + 1911)
    return ""


def is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1500 <= int(text) <= 2100


_BRACKET = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")


def take_imprint(draft: Draft) -> Imprint:
    """The last bracket that ends in a year, or has a place and a publisher, and that a separator follows."""
    for match in reversed(list(_BRACKET.finditer(draft.left))):
        inner, (start, end) = match[1], match.span(1)
        rest = draft.left[match.end() :].lstrip()
        if rest and rest[0] not in SEPARATORS + ".:)）":
            continue
        if not inner.strip(TAKEN + " ,"):
            draft.blank(*match.span())
            continue
        found = read_imprint(draft, start, end, bracket=True)
        if found:
            draft.blank(*match.span())
            return found
    return NO_IMPRINT


def read_imprint(draft: Draft, start: int, end: int, bracket: bool) -> Imprint:
    """Place, publisher and year printed in `start:end`; `bracket`: it may be a year alone, or a place with a colon."""
    form = draft.left[start:end]
    match = _YEAR.match(form)
    year = year_of(form, bare=bracket) if match else ""
    if match and year:
        stop = start + match.start("said")
    else:
        stop = end
    a, b = trim(draft.left, start, stop, also=",;" + TAKEN)
    if a >= b:
        return Imprint(year=year, start=start)
    colon = draft.left.rfind(":", a, b)
    if colon < 0:
        # "(遠景, 2003)": a name and a year; in "(Spring 1982)" nothing stands before what tells the year.
        publisher = draft.printed(a, b) if year and (draft.left[b:stop].strip() or not bracket) else ""
        return Imprint(publisher=publisher, year=year, start=start) if publisher else NO_IMPRINT
    place_start = max(draft.left.rfind(";", a, colon), a - 1)
    if ":" not in draft.left[a : max(place_start, a)]:
        place_start = a - 1  # "London; New York: Routledge": two places of one publisher
    place = draft.printed(place_start + 1, colon)
    return Imprint(place.strip(" :;,"), draft.printed(colon + 1, b).strip(" :;,"), year, start)


_YEARS = re.compile(r"(?:19|20)\d\d\s*年?\s*[-~至]\s*(?:19|20)\d\d")  # what a title is about: "1966-2008"
_LOOSE = re.compile(r"(?:19|20)\d\d\s*(?:年[\d\s年月日]*版?|[./-][\d\s./-]*)?\.?")


def take_date(draft: Draft) -> tuple[str, bool]:
    """(year, whether a day is told) of a date that stands alone between separators, or behind a 》."""
    for date in find_dates(draft.text):
        form = draft.left[date.start : date.end]
        before, after = draft.left[: date.start].rstrip(), draft.left[date.end :].lstrip()
        alone = before[-1:] in ("", *SEPARATORS, ".", "》", "」") and after[:1] in ("", *SEPARATORS, ".", ")")
        if alone and TAKEN not in form and not _YEARS.search(form) and is_year(date.edtf[:4]):
            draft.blank(date.start, date.end)
            return date.edtf[:4], len(date.edtf) >= 10
    for start, end in split(draft.left, 0, len(draft.left)):  # with a misprint in it, or 2003 年版
        form = draft.left[start:end]
        if _LOOSE.fullmatch(form) and not _YEARS.search(form):
            draft.blank(start, end)
            return form[:4], "日" in form
        if form.startswith("民") and (year := year_of(form)):  # 民 92 年 3 月
            draft.blank(start, end)
            return year, "日" in form
    return "", False
