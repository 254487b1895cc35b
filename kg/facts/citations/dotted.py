"""Stage 5: references with full stops between their fields: GB/T 7714 ([M], [J] …) and an English bibliography's.

    parse_dotted("[3] 罗平. 港口与城市[M]. 北京: 远景, 2003: 4-6.", rules)
    -> authors ("罗平",), title "港口与城市", publisher "远景", year "2003", pages "4-6", kind "book"

Beside: `kg.facts.citations.parsing`, which asks here first.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.dates import find_dates
from kg.facts.citations.fields import Issue, take_issue, take_url
from kg.facts.citations.forms import TAKEN, Draft, clean, level
from kg.facts.citations.people import People, read_people
from kg.facts.citations.reference import Reference
from kg.facts.citations.rules import CitationRules
from kg.facts.citations.titles import plain

_MARK = re.compile(r"\[\s*(?P<letters>[A-Z]{1,2})(?:\s*/\s*[A-Z]{2})?\s*\]")
_NUMBER = re.compile(r"^\s*\[\s*\d+\s*\]\s*")
# The stop behind the authors: none behind an initial, unless a word follows it.
_AUTHORS_END = re.compile(r"(?<=[^A-Z\s.])\.\s*(?=\S)|(?<=\b[A-Z])\.\s+(?=[A-Z][a-z]+(?![a-z]*\.)|[\u4e00-\u9fff])")
_PAGES = re.compile(r":\s*(?P<pages>[A-Za-z]?\d+(?:\s*[-~,;+]\s*\d+)*)\s*\.?\s*$")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:1[5-9]|20)\d\d)(?!\d)")
_SHORT_ISSUE = re.compile(r"(?:(?<=[\s,])(?P<volume>\d{1,3})\s*)?\(\s*(?P<number>\d{1,3}(?:[-/]\d+)?|[A-Z])\s*\)")
_LOOKED_AT = re.compile(r"\[\s*(?P<date>\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)\s*\]")
_SHOUTED = re.compile(r"^(?P<last>[A-Z][A-Z'’\-]+)\s+(?P<first>(?:[A-Z]\.?\s*){1,3})$")
_BIBLIOGRAPHY = re.compile(
    r"^(?P<who>[A-ZÀ-Þ][^.:]*(?:\s[A-Z]\.)*?[^.:]*)\.\s+(?P<title>[^.\"“”]+)\.\s+(?P<place>[A-ZÀ-Þ][^.:()]{1,40}):\s*"
    r"(?P<publisher>[^.:()]{2,60}),\s*(?P<year>\d{4})(?:\s*[:,]\s*(?P<pages>\d+(?:-\d+)?))?\s*\.?$"
)


def parse_dotted(text: str, rules: CitationRules, latin: Mapping[str, str]) -> Reference | None:
    """The reference, or None where it is not of this form."""
    form = level(text)
    mark = _MARK.search(form)
    kind = rules.gbt.get(mark["letters"], "") if mark else ""
    if mark and kind:
        head = _NUMBER.match(form)
        people, title = _head(text[head.end() if head else 0 : mark.start()], rules, latin)
        return _behind_mark(text[mark.end() :], kind, people, title, rules, latin) if title else None
    match = _BIBLIOGRAPHY.match(form.strip()) if form.isascii() else None
    if match is None:
        return None
    people = read_people(match["who"], rules, latin)
    return Reference(title=plain(match["title"]), kind="book", authors=people.authors, editors=people.editors,
                     container=clean(match["publisher"]), place=clean(match["place"]), year=match["year"],
                     pages=match["pages"] or "", full=True)  # fmt: skip


def _head(text: str, rules: CitationRules, latin: Mapping[str, str]) -> tuple[People, str]:
    """Authors and title, which stand before the mark."""
    form = level(text)
    stop = _AUTHORS_END.search(form)
    if stop is None:
        return People(), plain(text)
    people = read_people(text[: stop.start()], rules, latin)
    people = replace(people, authors=tuple(map(_unshouted, people.authors)))
    return people, plain(text[stop.end() :])


def _unshouted(name: str) -> str:
    """ROE J -> J Roe"""
    match = _SHOUTED.match(name)
    return f"{match['first'].strip()} {match['last'].title()}" if match else name


def _behind_mark(
    text: str, kind: str, people: People, title: str, rules: CitationRules, latin: Mapping[str, str]
) -> Reference:
    rest = re.sub(r"^[\s./]+", "", level(text))
    rest = text[len(text) - len(rest) :]
    if kind == "chapter" or level(text).lstrip().startswith("//"):
        volume = parse_dotted(rest, rules, latin) or _unmarked_volume(rest, rules, latin)
        if volume:
            return replace(volume, title=title, kind="chapter", authors=people.authors, editors=volume.authors,
                           container=volume.title)  # fmt: skip
    draft = Draft(rest)
    url = take_url(draft)
    looked = draft.take(_LOOKED_AT)
    pages = draft.take(_PAGES)
    issue = _issue(draft) if kind in ("article", "news") else Issue()
    dates = find_dates(looked["date"]) if looked else []
    year = _YEAR.search(draft.left)
    container, place, translators = _where(draft, year.start() if year else len(draft.left), kind, rules, latin)
    return Reference(
        title=title,
        kind=kind,
        authors=people.authors,
        editors=people.editors,
        translators=translators,
        container=container or (url if kind in ("web", "document") else ""),
        year=year["year"] if year else "",
        volume=issue.volume,
        issue=issue.number if kind == "article" else "",
        place=place,
        url=url,
        pages=clean(pages["pages"]) if pages else issue.number if kind == "news" else "",
        accessed=dates[0].edtf if dates else "",
        full=True,
    )


def _unmarked_volume(text: str, rules: CitationRules, latin: Mapping[str, str]) -> Reference | None:
    """Behind //, where the book has no mark of its own: editors. title. place: publisher, year: pages."""
    form = level(text)
    place = re.search(r"\.\s*[^.:]{1,30}:\s*[^.:]+,\s*\d{4}", form)
    if place is None:
        return None
    people, title = _head(text[: place.start()], rules, latin)
    return _behind_mark(text[place.start() :], "book", people, title, rules, latin) if title else None


def _issue(draft: Draft) -> Issue:
    match = draft.take(_SHORT_ISSUE)
    return Issue(match["volume"] or "", match["number"]) if match else take_issue(draft)


def _where(
    draft: Draft, year: int, kind: str, rules: CitationRules, latin: Mapping[str, str]
) -> tuple[str, str, tuple[str, ...]]:
    """Container, place and translators, which stand before the year."""
    form = draft.left[:year]
    stop = form.rfind(". ", 0, form.rfind(":") if ":" in form else 0)
    translators = read_people(draft.text[:stop], rules, latin).translators if stop > 0 else ()
    start = stop + 1 if stop > 0 else 0
    colon = form.find(":", start)
    if kind not in ("article", "news") and colon >= 0:
        return _bare(draft, colon + 1, year), _bare(draft, start, colon), translators
    comma = form.find(",", start)
    return _bare(draft, start, comma if comma > 0 else year), "", translators


def _bare(draft: Draft, start: int, end: int) -> str:
    kept = "".join(c for c, f in zip(draft.text[start:end], draft.left[start:end], strict=True) if f != TAKEN)
    return clean(kept).strip(" .,:;，。：([（")
