"""Stage 2i: blocks and tables of the body -> sections, paragraphs, tables.

`find_chapters` says which lines open a chapter (footnotes restart there, so it
must be known first); `read_body` walks through the body once and knows, at
each paragraph and table, in which part it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.document.headings import Heading, Outline, read_heading
from kg.document.joining import find_sentences, join
from kg.document.lines import Layout, Line, width_of
from kg.document.model import Label, Mark, Paragraph, Passage, Section, Table
from kg.document.paragraphs import Block, Marks, make_blocks, pieces_of
from kg.document.tables import FoundTable

_SHORT = 4  # em less than a full line
_LONGEST_TITLE = 12  # em, of the title of what stands before the first chapter


@dataclass
class Structure:
    sections: tuple[Section, ...] = ()
    paragraphs: list[Paragraph] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def find_chapters(lines: Sequence[Line], layout: Layout) -> tuple[dict[int, Heading], list[str]]:
    """Offset of the line of each chapter's heading -> the heading; and warnings.

    Where chapters are counted twice (a table of contents, then the text), the
    count that spans more of the text is the one.
    """
    runs: list[list[tuple[int, Heading]]] = []
    for line in lines:
        heading = None if line.blank else read_heading(line.text)
        if heading is None or heading.level != 1 or not _alone(line, layout):
            continue
        if not runs or heading.number <= runs[-1][-1][1].number:
            runs.append([])
        runs[-1].append((line.start, heading))
    if not runs:
        return {}, []
    ends = [run[0][0] for run in runs[1:]] + [lines[-1].end]
    chosen = max(zip(runs, ends, strict=True), key=lambda pair: pair[1] - pair[0][0][0])[0]
    others = [(start, heading) for run in runs if run is not chosen for start, heading in run]
    warnings = [
        f"the heading of chapter {h.number} at offset {start} is out of order; it is kept as text"
        for start, h in others
    ]
    return dict(chosen), warnings


def _alone(line: Line, layout: Layout) -> bool:
    return not layout.printed or line.trailing or width_of(line.text) < layout.width - _SHORT


def read_body(
    text: str,
    lines: Sequence[Line],
    tables: Sequence[FoundTable],
    chapters: dict[int, Heading],
    layout: Layout,
    marks: Marks,
    numbers: dict[int, int],
    openings: set[int],
) -> Structure:
    """`lines`: of the body; `numbers`: the footnote's number by the offset of its mark."""
    found = Structure()
    outline = Outline(bool(chapters))
    for item in _items(lines, tables, layout, marks, openings):
        if isinstance(item, FoundTable):
            found.tables.append(_table(item, lines, outline))
            continue
        blocks = item
        headings = _candidates(text, blocks, chapters, marks)
        for block, heading in zip(blocks, headings, strict=True):
            if heading is None or outline.open(heading, block.lines[0].start) is None:
                _add_paragraph(text, block, outline, marks, numbers, found)
            else:
                found.labels += [Label(p.start, p.end, "heading") for p in pieces_of(block, marks)]
    found.warnings += outline.warnings
    found.sections = _with_front(text, outline.close(len(text)), found.paragraphs, chapters)
    return found


def _items(
    lines: Sequence[Line], tables: Sequence[FoundTable], layout: Layout, marks: Marks, openings: set[int]
) -> Iterator[FoundTable | list[Block]]:
    start = 0
    for table in tables:
        yield make_blocks(lines[start : table.first], layout, marks, openings)
        yield table
        start = table.last
    yield make_blocks(lines[start:], layout, marks, openings)


def _candidates(text: str, blocks: Sequence[Block], chapters: dict[int, Heading], marks: Marks) -> list[Heading | None]:
    """What each block would be as a heading. Items of a list that follow each other directly are none."""
    candidates: list[Heading | None] = []
    for block in blocks:
        heading = None
        if block.printed == 1:
            heading = read_heading(join(text, pieces_of(block, marks)).text)
            if heading and heading.level == 1:
                heading = chapters.get(block.lines[0].start)
        candidates.append(heading)
    listed = set()
    for i, (one, next_one) in enumerate(pairwise(candidates)):
        if one and next_one and one.level == next_one.level > 2:
            listed |= {i, i + 1}
    return [None if i in listed else heading for i, heading in enumerate(candidates)]


def _add_paragraph(
    text: str, block: Block, outline: Outline, marks: Marks, numbers: dict[int, int], found: Structure
) -> None:
    passage = join(text, pieces_of(block, marks))
    if not passage.text:  # a mark alone
        return
    found.paragraphs.append(
        Paragraph(
            number=len(found.paragraphs) + 1,
            chapter=outline.chapter,
            section=outline.here,
            passage=passage,
            sentences=find_sentences(passage.text),
            marks=_marks_of(block, passage, marks, numbers),
        )
    )


def _marks_of(block: Block, passage: Passage, marks: Marks, numbers: dict[int, int]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    position = 0
    for line in block.lines:
        for place in marks.of(line):
            while position < len(passage) and passage.offsets[position] < place.start:
                position += 1
            found.append(Mark(position, numbers[place.start], place.start))
    return tuple(found)


def _table(table: FoundTable, lines: Sequence[Line], outline: Outline) -> Table:
    start, end = lines[table.first].start, lines[table.last - 1].end
    return Table(table.number, table.title, outline.chapter, outline.here, table.heads, table.rows, start, end)


def _with_front(
    text: str, sections: tuple[Section, ...], paragraphs: list[Paragraph], chapters: dict[int, Heading]
) -> tuple[Section, ...]:
    """The sections, with part "0" for what stands before the first chapter."""
    first = min(chapters, default=0)
    if not text[:first].strip():
        return sections
    title = ""
    if paragraphs and paragraphs[0].chapter == "0" and width_of(paragraphs[0].passage.text) <= _LONGEST_TITLE:
        title = paragraphs[0].passage.text
    return (Section("0", 1, title, 0, first), *sections)
