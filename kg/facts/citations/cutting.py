"""Stage 5: a footnote's text -> its references, each with its offsets.

    cut_references("李明，港口（台北：遠景，2003 年），頁 1-2；5；王平，海洋（…）。", rules)
    -> two stretches: pages joined with ；are no reference of their own

Before: `kg.facts.citations.rules`. Next: `kg.facts.citations.parsing`.
"""

import re

from kg.facts.citations.forms import closing, level, trim
from kg.facts.citations.rules import CitationRules

_SHORTEST_COMMENT = 3  # characters before a lead word that are more than a slip
LONGEST = 1500  # characters of one reference
# What is no reference of its own, and goes on with the one before it.
_PAGES = r"(?:页|第|pp?\.)?\s*[\divxlc]+(?:\s*[-~]\s*[\divxlc]+)?\s*页?"
_GOES_ON = (
    re.compile(rf"{_PAGES}\s*(?:$|[,.;。])", re.IGNORECASE),
    re.compile(r"\W*(?:https?:|www\.|doi:|网址|available at)", re.IGNORECASE),
    re.compile(r"\d{4}\s*年?[-./\d年月日\s]*$"),
    # "(London: One; Paris: Two, 2003)" without the bracket
    re.compile(r"[A-ZÀ-Þ][\w .,]{2,40}:\s*[^,:]{2,50},\s*(?:19|20)\d\d\b"),
)
_LONGEST_PAGES = 60  # characters of pages at the end of an English reference
_LONGEST_ACCESS = 40  # characters of "on such a day looked at"
_PAGES_END = re.compile(r"(?:\bpp?\.?\s*|:\s*)[\d\s,;~-]+\.$", re.IGNORECASE)
_QUOTED_FROM = re.compile(r"[,。;(]\s*(?=转引自|转引于|引自|\(?(?:as )?(?:quoted|cited) in\b)", re.IGNORECASE)


def cut_references(text: str, rules: CitationRules) -> list[tuple[int, int]]:
    """The stretches of `text` that may be one reference each, in order; a comment stands apart or before a lead."""
    form = level(text)
    found: list[tuple[int, int]] = []
    for start, end in _pieces(form):
        start, end = trim(form, start, end, also=";。")
        if start >= end or not any(c.isalnum() for c in form[start:end]):
            continue
        if found and _goes_on(form[start:end], rules):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    found = [(_after_lead(form, a, b, rules), b) for a, b in found if b - a <= 2 * LONGEST]
    return [(a, b) for a, b in found if b - a <= LONGEST]


def _goes_on(form: str, rules: CitationRules) -> bool:
    looked_at = len(form) <= _LONGEST_ACCESS and rules.access.search(form) is not None and "20" in form
    return looked_at or any(pattern.match(form) for pattern in _GOES_ON)


def _pieces(form: str) -> list[tuple[int, int]]:
    """The stretches between ；, 。, and the full stop behind English pages, outside brackets and quotes."""
    cuts = {m.end() for m in _QUOTED_FROM.finditer(form)}
    found, begin, i = [], 0, 0
    while i < len(form):
        if form[i] in ";。" or i + 1 in cuts or _ends_english(form, begin, i):
            found.append((begin, i + 1))
            begin = i + 1
            i += 1
        else:
            i = closing(form, i)
    return [*found, (begin, len(form))]


def _ends_english(form: str, begin: int, i: int) -> bool:
    """Whether the character is the stop behind "pp. 3-21" with another reference behind it."""
    if form[i] != "." or not re.match(r"\s+[A-Z]", form[i + 1 : i + 4]):
        return False
    return _PAGES_END.search(form[max(begin, i - _LONGEST_PAGES) : i + 1]) is not None


def _after_lead(form: str, start: int, end: int, rules: CitationRules) -> int:
    """Where the reference begins in "a comment, see: reference"; the start where there is no such lead."""
    leads = [m.start() for m in rules.lead_after.finditer(form, start, end) if m.start() - start > _SHORTEST_COMMENT]
    enclosed = _enclosed(form, start, end) if leads else []
    outside = (lead for lead in leads if not any(a <= lead < b for a, b in enclosed))
    return next(outside, start)


def _enclosed(form: str, start: int, end: int) -> list[tuple[int, int]]:
    found, i = [], start
    while i < end:
        stop = closing(form, i)
        if stop > i + 1:
            found.append((i, stop))
        i = stop
    return found
