"""Stage 5: one normalizer for each field of a reference that is known by its form.

    draft = Draft("《海洋與和平》，第 3 卷第 2 期（2001 年），頁 4-6")
    take_issue(draft)      # Issue(volume="3", number="2", year="")
    take_pages(draft)      # "4-6"

Each takes its field out of the draft and returns "" (or an empty value) where there is none.
Before: `kg.facts.citations.forms`. Beside: `kg.facts.citations.imprint`. Next: `kg.facts.citations.known`.
"""

import re
from dataclasses import dataclass

from kg.dates import find_dates
from kg.facts.citations.forms import TAKEN, Draft, clean, trim
from kg.facts.citations.imprint import is_year
from kg.facts.citations.rules import CitationRules

# Searched in the text as printed: a full-width mark ends an address.
_URL = re.compile(r"(?:https?://|ftp://|www\.)[!#-;=?-~]+", re.IGNORECASE)
_DOI = re.compile(r"\bdoi:\s*10\.[!#-;=?-~]+", re.IGNORECASE)
_NUMERAL = r"[\d一二三四五六七八九十百零〇廿]+"

# --- pages ---
_PAGE = r"[a-z]?\d+[a-z]?|[ivxlc]+\b"
_RANGE = rf"(?:{_PAGE})(?:\s*[-~至]+\s*(?:第?\s*)(?:{_PAGE}))?"
_RANGES = rf"{_RANGE}(?:\s*(?:[,、;及和&]|and)\s*(?!\d{{4}}\b)(?:pp?\.\s*|页\s*)?{_RANGE})*(?:ff?\b\.?)?"
_PAGES = (
    re.compile(rf"页(?:码|次)?\s*:?\s*(?P<pages>{_RANGES})", re.IGNORECASE),
    re.compile(rf"第?\s*(?P<pages>{_RANGES})\s*页", re.IGNORECASE),
    re.compile(rf"(?<![a-z])pp?\.?\s*(?P<pages>{_RANGES})", re.IGNORECASE),
)
_SHEET = re.compile(
    r"(?:第\s*(?P<a>[a-z]?\d+[a-z]?)\s*版|(?<![^\W_])版\s*(?P<b>[a-z]?\d+[a-z]?)|(?<!\w)(?P<c>[a-z]?\d+)\s*版)",
    re.IGNORECASE,
)
# Chicago: "(1982): 357-78." and "Title (London: Press, 2001), 23." print no sign before the page.
_BARE_PAGES = re.compile(
    rf"(?P<before>[:,{TAKEN}]\s*)(?P<pages>(?!(?:19|20)\d\d\s*[.,;。]*\s*$){_RANGES})[\s.,;。{TAKEN}]*$", re.IGNORECASE
)


def take_url(draft: Draft) -> str:
    """The web address, or "doi:…"; without the mark that ends the sentence."""
    match = _URL.search(draft.text) or _DOI.search(draft.text)
    if match is None or TAKEN in draft.left[slice(*match.span())]:
        return ""
    start, end = trim(draft.left, *match.span(), also=".,;:" + (")" if "(" not in match[0] else ""))
    draft.blank(start, end)
    # A line break inside an address is a blank in the passage: "…/view. htm" is left as it is, nothing is guessed.
    return draft.text[start:end]


def take_access(draft: Draft, rules: CitationRules) -> str:
    """EDTF: when a page was looked at. The day stands beside such a word (於 … 檢索, accessed …)."""
    word = rules.access.search(draft.left)
    if word is None:
        return ""
    near = [
        date
        for date in find_dates(draft.text)
        if TAKEN not in draft.left[date.start : date.end]
        and (0 <= word.start() - date.end <= 6 or 0 <= date.start - word.end() <= 8)
    ]
    if not near:
        return ""
    date = min(near, key=lambda d: min(abs(word.start() - d.end), abs(d.start - word.end())))
    start, end = min(date.start, word.start()), max(date.end, word.end())
    before = re.search(r"(?:[于在]|on|[\[(])\s*$", draft.left[:start])
    after = re.match(r"\s*(?:日期|时间|日)?\s*[\])]?", draft.left[end:])
    draft.blank(before.start() if before else start, end + (after.end() if after else 0))
    return date.edtf


def take_pages(draft: Draft) -> str:
    """The pages as printed, several places joined with "；"."""
    for pattern in _PAGES:
        if match := draft.take(pattern):
            return _joined(draft.text[slice(*match.span("pages"))])
    return ""


def take_bare_pages(draft: Draft) -> str:
    """Pages without a sign before them, at the end of an English reference."""
    match = _BARE_PAGES.search(draft.left)
    if match is None or _chinese_share(draft.text) > 0.2:
        return ""
    draft.blank(match.start("pages"), match.end("pages"))
    return _joined(match["pages"])


def take_sheet(draft: Draft) -> str:
    """The page of a newspaper: 第 3 版, 版 A4."""
    match = draft.take(_SHEET)
    return next((g.upper() for g in match.groups() if g), "") if match else ""


def _joined(pages: str) -> str:
    return "；".join(clean(part) for part in re.split(r"[,;，；、]|及|和|&|\band\b", pages) if part.strip())


def _chinese_share(text: str) -> float:
    return sum("\u4e00" <= c <= "\u9fff" for c in text) / max(1, len(text))


# --- volume and issue ---


@dataclass(frozen=True)
class Issue:
    volume: str = ""
    number: str = ""
    year: str = ""  # where the year is printed with the issue: 2005 年第 3 期
    start: int = -1  # where it stood: what stands before it is the journal

    def __bool__(self) -> bool:
        return bool(self.volume or self.number)


NO_ISSUE = Issue()

_NUMBERS = rf"{_NUMERAL}(?:\s*[-~/、.]\s*{_NUMERAL})*"
_EXTRA = r"(?:\s*\(?\s*[增特专]刊?\s*\)?)?"
_ISSUES = (
    re.compile(
        rf"(?:(?P<year>\d{{4}})\s*年?\s*,?\s*)?(?<![(第])第?\s*(?P<volume>{_NUMERAL})\s*卷\s*,?\s*"
        rf"(?:(?:总|第)*\s*(?P<number>{_NUMBERS})\s*[期号])?{_EXTRA}(?:\s*\(?总第?\s*\d+\s*期\)?)?"
    ),
    re.compile(
        rf"(?:(?P<year>\d{{4}})\s*年?\s*(?:\d+\s*月\s*)?,?\s*)?(?:总|第)+\s*(?P<number>{_NUMBERS})\s*(?:期|号(?!\s*[决令法文公])){_EXTRA}"
        rf"(?:\s*\(?总第?\s*\d+\s*期\)?)?"
    ),
    re.compile(rf"(?P<year>\d{{4}})\s*年?\s*,?\s*(?P<number>{_NUMBERS})\s*期{_EXTRA}"),
    re.compile(rf"(?P<year>\d{{4}})\s*年\s*(?P<number>{_NUMERAL})\s*月[号刊]"),
    re.compile(
        r"\bvol(?:ume)?\b\.?\s*(?P<volume>\w+)\s*(?:[,.(:]?\s*(?:no|nos|issue|iss|number)\b\.?\s*(?P<number>\w+(?:\s*[-/]\s*\w+)*)\)?)?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<=\s)(?P<volume>\d{1,3})\s*,?\s*\b(?:no|nos)\b\.?\s*(?P<number>\d+(?:\s*[-/]\s*\d+)*)", re.IGNORECASE
    ),
    re.compile(r"(?<=\s)(?P<volume>\d{1,3})\s*[:(]\s*(?P<number>\d+(?:[-/]\d+)*)\)?(?=\s*[,(:])", re.IGNORECASE),
    re.compile(r"(?<=[\s,])(?:no|nos|issue|iss)\b\.?\s*(?P<number>\d+(?:\s*[-/]\s*\d+)*)", re.IGNORECASE),
)


def take_issue(draft: Draft) -> Issue:
    """Volume and issue of a journal."""
    for pattern in _ISSUES:
        if match := draft.take(pattern):
            said = {k: re.sub(r"\s", "", v or "") for k, v in match.groupdict().items()}
            year = said.get("year", "") if is_year(said.get("year", "")) else ""
            return Issue(said.get("volume", ""), said.get("number", ""), year, match.start())
    return NO_ISSUE
