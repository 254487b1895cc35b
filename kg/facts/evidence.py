"""Stage 5: a stretch of a passage -> `Evidence`, the place in the source that bears a fact.

A span published with a digest must be long enough that its text cannot be
guessed, and must not run over the foot of a page: what stands there (notes,
page numbers) is no part of the sentence. Both are seen to here, for all rules.

    start, end = clauses(paragraph.passage.text)[0]
    make_evidence(document, paragraph, start, end, rule="accession", confidence=0.9)

Used by every module of `kg.facts`; knows `kg.document.model` only.
"""

from bisect import bisect_right
from itertools import pairwise

from kg.document.model import Cell, Document, Footnote, Paragraph, Passage, Table
from kg.facts.model import Evidence

_WIDEST = 200  # passage characters on either side within which a short span is widened
SHORTEST = 12  # visible characters of a span; a shorter one could be found by trying out its digest
LONGEST_GAP = 30  # source characters between two characters of one line of thought: a line break, a mark

_BREAKS = "，；。：！？,;!?"
# What is opened is not cut, if it closes again this soon: a quoted term, a title, a name in Latin letters.
_BRACKETS = {
    "「": ("」", 24), "『": ("』", 24), "“": ("”", 24),
    "《": ("》", 60), "〈": ("〉", 60), "（": ("）)", 90), "(": (")）", 90),
}  # fmt: skip

_CLOSERS = "」』”’）)》"

Place = Paragraph | Footnote | Cell


def clauses(text: str) -> list[tuple[int, int]]:
    """The stretches of `text` between ，；。：！？ (full width or half), without these and without outer space.

    A short quotation, a title in 《》 and a bracket are kept whole; a comma or
    colon between two digits (1,000, 10:30) and the colon of a web address cut nothing.
    """
    found, start, i = [], 0, 0
    while i < len(text):
        if text[i] in _BRACKETS:
            i = _after_bracket(text, i)
            continue
        if _breaks_at(text, i):
            found.append((start, i))
            start = i + 1
        i += 1
    found.append((start, len(text)))
    found = [(_skip(text, a, b, _CLOSERS), b) for a, b in found]  # 。」: the mark belongs to what it closes
    stripped = ((_skip_space(text, a, b, 1), _skip_space(text, a, b, -1)) for a, b in found)
    return [(a, b) for a, b in stripped if a < b]


def _breaks_at(text: str, i: int) -> bool:
    if text[i] not in _BREAKS:
        return False
    between_digits = text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()
    return not (text[i] in ",:" and between_digits) and not (text[i] == ":" and text.startswith("//", i + 1))


def _after_bracket(text: str, i: int) -> int:
    closers, longest = _BRACKETS[text[i]]
    for j in range(i + 1, min(len(text), i + longest + 2)):
        if text[j] in closers:
            return j + 1
        if text[j] == "。":  # a whole sentence inside: it was no short quotation
            break
    return i + 1


def _skip(text: str, start: int, end: int, characters: str) -> int:
    while start < end and text[start] in characters:
        start += 1
    return start


def _skip_space(text: str, start: int, end: int, step: int) -> int:
    if step > 0:
        while start < end and text[start].isspace():
            start += 1
        return start
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def make_evidence(
    document: Document,
    place: Place,
    start: int,
    end: int,
    *,
    rule: str,
    confidence: float,
    voice: str = "author-paraphrase",
) -> Evidence:
    """The evidence for a fact read in `place.passage.text[start:end]` (passage offsets, not empty).

    The span is widened by whole clauses until it holds `SHORTEST` visible
    characters (a table's cell: to its row), and cut back to its longer side
    where the foot of a page interrupts it. Confidence is kept to two decimals.
    """
    passage = place.passage
    if not 0 <= start < end <= len(passage):
        raise ValueError(f"no stretch of a passage of {len(passage)} characters: {start}..{end}")
    table = _table_at(document, passage.offsets[start]) if isinstance(place, Cell) else None
    first, last = passage.span(*_publishable(passage, start, end))
    if isinstance(place, Cell) and table is not None and _visible(passage.text) < SHORTEST:
        first, last = _row_span(table, place)
    section, chapter = _part(document, place, table)
    return Evidence(
        start=first,
        end=last,
        chapter=chapter,
        section=section,
        paragraph=place.number if isinstance(place, Paragraph) else None,
        page=document.page_at(first),
        footnote=place.id if isinstance(place, Footnote) else "",
        table=table.id if table is not None else "",
        rule=rule,
        confidence=round(confidence, 2),
        voice=voice,
    )


def _part(document: Document, place: Place, table: Table | None) -> tuple[str, str]:
    """The section and chapter of `place`."""
    if isinstance(place, Paragraph):
        return place.section, place.chapter
    if isinstance(place, Footnote):
        around = document.section_at(place.mark) if place.mark is not None else None
        return around.id if around else place.chapter, place.chapter
    return (table.section, table.chapter) if table is not None else ("", "")


def _table_at(document: Document, offset: int) -> Table | None:
    return next((t for t in document.tables if t.start <= offset < t.end), None)


def _row_span(table: Table, cell: Cell) -> tuple[int, int]:
    """From the first to the last character of the row of `cell`: its cells are interleaved in the source."""
    row = next((row for row in table.rows if any(c is cell for c in row)), (cell,))
    spans = [c.passage.span(0, len(c.passage)) for c in row if len(c.passage)]
    return min(a for a, _ in spans), max(b for _, b in spans)


def _visible(text: str) -> int:
    return sum(not c.isspace() for c in text)


def _publishable(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """`start, end` without a page's foot inside, and widened by clauses to `SHORTEST` visible characters."""
    low, high = max(_unbroken(passage, start, end), key=lambda run: min(run[1], end) - max(run[0], start))
    start, end = max(start, low), min(end, high)
    if _visible(passage.text[start:end]) >= SHORTEST:
        return start, end
    stops = sorted({low, high, *(low + c for pair in clauses(passage.text[low:high]) for c in pair)})
    while _visible(passage.text[start:end]) < SHORTEST and (start, end) != (low, high):
        later = stops[bisect_right(stops, end)] if end < high else end
        start, end = (start, later) if end < high else (max(s for s in stops if s < start), end)
    return _skip_space(passage.text, start, end, 1), _skip_space(passage.text, start, end, -1)


def _unbroken(passage: Passage, start: int, end: int) -> list[tuple[int, int]]:
    """The runs of the passage without a page's foot inside that touch `start:end` (passage offsets)."""
    offsets = passage.offsets
    low, high = max(0, start - _WIDEST), min(len(offsets), end + _WIDEST)
    cuts = [i for i in range(low + 1, high) if offsets[i] - offsets[i - 1] > LONGEST_GAP]
    edges = [low, *cuts, high]
    return [(a, b) for a, b in pairwise(edges) if a < end and b > start]
