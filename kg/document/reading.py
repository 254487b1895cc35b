"""Stage 2: Source -> Document. Here the steps are put in order; each has its own module.

    document = read_document(read_source(Path("thesis.txt")))
    document.paragraphs[0].passage.text

    lines ► pages ► footnotes ► tables ► marks ► paragraphs, headings, joining (structure)

It reads the dump of a printed work (each printed line a line, footnotes in the
midst of the text) and any other text, one paragraph a line or with empty lines
between. Which of them it is, `lines.measure` tells from the widths of lines.
It never fails, whatever the text. Every character that is not white space ends
up in one place: a passage, a label, or noise.

Before: `kg.source`. Next: `kg.mentions`, `kg.dates`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.document.footnotes import Note, Notes, is_notes_heading, opens_notes, read_notes
from kg.document.headings import Heading, read_heading
from kg.document.joining import join
from kg.document.layouts import read_layouts
from kg.document.lines import Line, measure, split_lines
from kg.document.marks import Place, find_marks
from kg.document.model import Document, Footnote, Label, Noise
from kg.document.pages import Layers, find_layers, number_pages
from kg.document.paragraphs import Marks
from kg.document.structure import find_chapters, read_body
from kg.document.tables import FoundTable, find_tables
from kg.source import Source


def read_document(source: Source) -> Document:
    """The document of a source. Never raises on any text; what it did not understand is in `warnings`."""
    text = source.text
    lines = split_lines(text)
    layout = measure(lines)
    layers = find_layers(lines, layout)
    indexes = _body_indexes(lines, layers)
    chapters, warnings = find_chapters([lines[i] for i in indexes], layout)
    regions, ends = _note_regions(lines, layers, indexes, chapters)
    notes = read_notes([(region.chapter, region.page, region.lines) for region in regions])
    indexes = [i for i in indexes if i not in ends]
    body = [lines[i] for i in indexes]
    tables = find_tables(text, body, read_layouts())
    places = find_marks(notes.notes, _lines_by_page(lines, layers, indexes, tables, regions))
    numbers = {place.start: notes.notes[i].number for i, place in places.items()}
    openings = {lines[i].start for i in layers.openings[1:]}
    parts = read_body(text, body, tables, chapters, layout, Marks(places), numbers, openings)
    first = next((i for i, line in enumerate(lines) if line.start in chapters), None)
    pages, page_warnings = number_pages(lines, layers, first, len(text))
    labels = [*parts.labels, *_labels(notes.notes, places, tables)]
    labels += [Label(r.heading.first, r.heading.last, "heading") for r in regions if r.heading]
    return Document(
        sections=parts.sections,
        paragraphs=tuple(parts.paragraphs),
        footnotes=tuple(_footnotes(text, notes.notes, places)),
        tables=tuple(parts.tables),
        pages=pages,
        noise=tuple(sorted(_noise(lines, layers, notes, tables), key=lambda n: n.start)),
        warnings=(*warnings, *_warnings(notes, places, tables), *page_warnings, *parts.warnings),
        labels=tuple(sorted(labels, key=lambda label: label.start)),
    )


@dataclass(frozen=True)
class _Region:
    """Lines that hold footnotes; `page` says where their marks are looked for."""

    chapter: str
    page: int
    lines: list[Line]
    heading: Line | None = None
    body: tuple[int, int] = (0, 0)  # of notes at the end: the offsets between which their marks stand


def _body_indexes(lines: Sequence[Line], layers: Layers) -> list[int]:
    """Lines of the body. A line of spaces beside a watermark or a page number says nothing, and is left out."""
    aside = ("watermark", "page-number")
    found: list[int] = []
    for i, line in enumerate(lines):
        if layers.roles[i] != "body":
            continue
        if line.blank and any(0 <= j < len(lines) and layers.roles[j] in aside for j in (i - 1, i + 1)):
            continue
        found.append(i)
    return found


def _note_regions(
    lines: Sequence[Line], layers: Layers, indexes: Sequence[int], chapters: dict[int, Heading]
) -> tuple[list[_Region], set[int]]:
    """The regions that hold notes, in order; and the indexes of body lines that they take (notes at the end)."""
    starts = sorted(chapters)

    def chapter_at(offset: int) -> str:
        position = bisect_right(starts, offset)
        return str(chapters[starts[position - 1]].number) if position else "0"

    regions: list[_Region] = []
    for i, line in enumerate(lines):
        if layers.roles[i] == "note" and not line.blank:
            if not regions or regions[-1].page != layers.pages[i]:
                regions.append(_Region(chapter_at(line.start), layers.pages[i], []))
            regions[-1].lines.append(line)
    taken: set[int] = set()
    for k, heading, members in _notes_at_end(lines, indexes, chapters):
        position = bisect_right(starts, lines[heading].start)
        body = (starts[position - 1] if position else 0, lines[heading].start)
        noted = [lines[i] for i in members if not lines[i].blank]
        regions.append(_Region(chapter_at(lines[heading].start), -2 * (k + 1), noted, lines[heading], body))
        taken |= {heading, *members}
    regions.sort(key=lambda region: region.lines[0].start)
    return regions, taken


def _notes_at_end(
    lines: Sequence[Line], indexes: Sequence[int], chapters: dict[int, Heading]
) -> Iterator[tuple[int, int, list[int]]]:
    """(count, heading line, note lines) for each heading like 注釋 that is followed by numbered notes."""
    position, count = 0, 0
    while position < len(indexes):
        heading = indexes[position]
        position += 1
        if not is_notes_heading(lines[heading]):
            continue
        members: list[int] = []
        for i in indexes[position:]:
            found = read_heading(lines[i].text)
            if lines[i].start in chapters or is_notes_heading(lines[i]) or (found and found.level == 2):
                break
            members.append(i)
        if opens_notes([lines[i] for i in members]):
            yield count, heading, members
            count += 1
            position += len(members)


def _lines_by_page(
    lines: Sequence[Line],
    layers: Layers,
    indexes: Sequence[int],
    tables: Sequence[FoundTable],
    regions: Sequence[_Region],
) -> dict[int, list[Line]]:
    """Where marks are looked for: the body lines of each page, and those that belong to notes at the end."""
    in_tables = {k for table in tables for k in range(table.first, table.last)}
    by_page: dict[int, list[Line]] = {}
    free = [i for k, i in enumerate(indexes) if k not in in_tables and not lines[i].blank]
    for i in free:
        by_page.setdefault(layers.pages[i], []).append(lines[i])
    for region in regions:
        if region.heading:
            start, end = region.body
            by_page[region.page] = [lines[i] for i in free if start <= lines[i].start < end]
    return by_page


def _footnotes(text: str, notes: Sequence[Note], places: dict[int, Place]) -> Iterator[Footnote]:
    for i, note in enumerate(notes):
        mark = places[i].start if i in places else None
        yield Footnote(f"{note.chapter}:{note.count}", note.chapter, note.number, join(text, note.pieces), mark)


def _labels(notes: Sequence[Note], places: dict[int, Place], tables: Sequence[FoundTable]) -> Iterator[Label]:
    yield from (Label(*note.label, "footnote-number") for note in notes)
    yield from (Label(place.start, place.end, "mark") for place in places.values())
    for table in tables:
        yield Label(*table.caption, "caption")
        if table.head:
            yield Label(*table.head, "table-head")
        yield from (Label(start, end, "table-source") for start, end in table.source_lines)


def _noise(lines: Sequence[Line], layers: Layers, notes: Notes, tables: Sequence[FoundTable]) -> Iterator[Noise]:
    for line, role in zip(lines, layers.roles, strict=True):
        if not line.blank and role in ("watermark", "page-number"):
            yield Noise(line.first, line.last, role)
        elif role == "rule":  # also a rule of spaces: it says where footnotes begin
            yield Noise(line.start, line.end, role)
    yield from (Noise(line.first, line.last, "unknown") for line in notes.strays)
    for table in tables:
        yield from (Noise(start, end, "unknown") for start, end in table.unknown)


def _warnings(notes: Notes, places: dict[int, Place], tables: Sequence[FoundTable]) -> Iterator[str]:
    yield from notes.warnings
    for i, note in enumerate(notes.notes):
        if i not in places:
            yield f"footnote {note.chapter}:{note.number} (offset {note.label[0]}): its mark was not found in the text"
    yield from (f"text below a rule at offset {line.first} belongs to no footnote" for line in notes.strays)
    for table in tables:
        yield from table.warnings
