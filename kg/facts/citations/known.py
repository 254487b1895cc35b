"""Stage 5: all fields of a reference that are known by their form, taken out of it in the right order.

    known, draft.left     # what is left: people, title, container

Before: `fields`, `imprint`. Next: `marked`, `plain`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.facts.citations.fields import (
    NO_ISSUE,
    Issue,
    take_access,
    take_bare_pages,
    take_issue,
    take_pages,
    take_sheet,
    take_url,
)
from kg.facts.citations.forms import Draft, level
from kg.facts.citations.imprint import NO_IMPRINT, Imprint, read_imprint, take_date, take_imprint
from kg.facts.citations.rules import CitationRules

Part = tuple[int, int]  # offsets into the reference

_YEAR_BEHIND = re.compile(r"\w\s*(?:19|20)\d\d\s*年版$")
_CITY = re.compile(r"[A-ZÀ-Þ][\w.' ]{1,20}")
_EDITION = re.compile(
    r"^(?:(?:增订|修订|最新)?第?[一二三四五六七八九十\d]+(?:次|增订|修订)?版|第?[一二三四五六七八九十\d]+[卷册辑]|[上中下][卷册]?|(?:修订|增订|再|初)版(?:.{1,6}刷)?|.{0,12}丛书.{0,6}"
    r"|\d+(?:st|nd|rd|th) ed\.?|(?:rev|revised)\.? ed\.?|北京|台北|上海|香港|广州|南京|武汉|长春|天津|高雄|台中)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Style:
    """What the footnotes of a document have in common."""

    corners: bool = True  # articles stand in 「」 or “ ”, so that 《》 alone marks books and documents
    latin: Mapping[str, str] = field(default_factory=dict)  # names in Chinese characters -> Latin


@dataclass(frozen=True)
class Known:
    """The fields that were taken out; empty where the reference has none."""

    url: str = ""
    accessed: str = ""
    issue: Issue = NO_ISSUE
    imprint: Imprint = NO_IMPRINT
    pages: str = ""
    year: str = ""
    dated: bool = False  # to the day

    @property
    def told(self) -> bool:
        """Whether one of them shows that this is a reference and no comment."""
        return bool(self.url or self.issue or self.imprint.publisher or self.pages)

    def in_journal(self, imprint: Imprint) -> bool:
        """Whether there is an issue of a journal, and no volume of a book."""
        return bool(self.issue.number or (self.issue.volume and not imprint.publisher))


def take_known(draft: Draft, rules: CitationRules) -> Known:
    """Take them out of the draft, of which a title with marks is taken out already."""
    url = take_url(draft)
    accessed = take_access(draft, rules)
    issue = take_issue(draft)
    imprint = take_imprint(draft)
    pages = take_pages(draft)
    # A book's year stands in its bracket; a year elsewhere belongs to its title.
    year, dated = ("", False) if imprint.publisher else take_date(draft)
    if not pages:
        pages = (take_sheet(draft) if dated else "") or take_bare_pages(draft)
    return Known(url, accessed, issue, imprint, pages, imprint.year or issue.year or year, dated)


def take_publisher(
    draft: Draft, parts: list[Part], known: Known, rules: CitationRules, first: int = 0
) -> tuple[Imprint, list[Part]]:
    """The imprint, and the parts without it: where no bracket tells it, a part does (北京大學出版社 2005 年版).

    `first`: the first part that may be an imprint for its colon alone, when a year stands behind it.
    """
    if known.imprint.publisher or known.issue.number:
        return known.imprint, parts
    for i, (a, b) in reversed(list(enumerate(parts))):
        if draft.left[b - 1] in "》」”":
            continue
        found = read_imprint(draft, a, b, bracket=False)
        publisher = found.publisher or draft.printed(a, b)
        year = found.year or known.year
        looks = i >= first and bool(year) and not known.dated and _looks_like_imprint(draft.left[a:b])
        if rules.publishers.search(level(publisher)) or looks:
            city = i - 1 if i > first and _is_city(draft.left, parts[i - 1], parts[i], rules) else i
            place = ", ".join([*(draft.printed(*part) for part in parts[city:i]), found.place]) if found.place else ""
            return Imprint(place, publisher, year, a), [*parts[:city], *parts[i + 1 :]]
    return known.imprint, parts


def _is_city(left: str, before: Part, part: Part, rules: CitationRules) -> bool:
    """Whether the part before an imprint belongs to it: "Boulder, Colorado: Mer"."""
    return rules.regions.match(left[slice(*part)]) is not None and _CITY.fullmatch(left[slice(*before)]) is not None


def _looks_like_imprint(form: str) -> bool:
    return (
        re.fullmatch(r"[^:]{2,60}:(?:[^:]{2,40}:)?\s*[^:]{2,60}", form) is not None
        or _YEAR_BEHIND.search(form) is not None
    )


def is_idle(draft: Draft, part: Part) -> bool:
    """Whether a part tells nothing that is kept: an edition, a series, left-over marks."""
    form = draft.left[slice(*part)].strip(" .:()")
    return not any(c.isalnum() for c in form) or _EDITION.match(form) is not None
