"""What a document is made of. Every piece knows its offsets in the source.

    passage = document.paragraphs[0].passage
    start, end = passage.span(0, 5)      # offsets of its first five characters

A passage's `text` is the running text as a reader reads it: lines joined,
footnotes that interrupt it and footnote marks taken out. `offsets[i]` is where
`text[i]` stands in the source; a space put between two joined Latin lines has
the offset of the line break it stands for.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Passage:
    text: str
    offsets: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets (end exclusive) of `text[start:end]`, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def cut(self, start: int, end: int) -> "Passage":
        return Passage(self.text[start:end], self.offsets[start:end])

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True)
class Section:
    """A numbered part: chapter "4", section "4.1", sub-section "4.1.2", and finer."""

    id: str
    level: int  # 1 chapter, 2 section (節), 3 一、, 4 （一）
    title: str
    start: int  # of the heading
    end: int  # of the part, exclusive


@dataclass(frozen=True)
class Mark:
    """A footnote mark in a paragraph: it stands before `text[position]`."""

    position: int
    number: int
    offset: int  # in the source


@dataclass(frozen=True)
class Paragraph:
    number: int  # counted through the whole document, from 1
    chapter: str  # "4"; "0" before the first chapter; "" where a text has no chapters
    section: str  # the finest Section.id it stands in; "" where there is none
    passage: Passage
    sentences: tuple[tuple[int, int], ...]  # passage offsets
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Footnote:
    id: str  # "4:12"; "0:12" where a text has no chapters
    chapter: str
    number: int
    passage: Passage
    mark: int | None  # source offset of its mark in the body; None where it was not found


@dataclass(frozen=True)
class Cell:
    head: str  # the column's head
    passage: Passage


@dataclass(frozen=True)
class Table:
    id: str  # "4-2"
    caption: str
    chapter: str
    section: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    number: int
    start: int
    end: int
    printed: bool = False  # its number is printed in the source, not only counted


@dataclass(frozen=True)
class Noise:
    """Characters that are no text of the document."""

    start: int
    end: int
    kind: str  # watermark, page-number, rule (the line above footnotes), unknown


@dataclass(frozen=True)
class Label:
    """Characters that belong to the document but to none of its passages.

    Kinds: heading, mark, footnote-number, caption, table-head, table-source.
    """

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Document:
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...]
    tables: tuple[Table, ...]
    pages: tuple[Page, ...]
    noise: tuple[Noise, ...]
    warnings: tuple[str, ...] = field(default=())  # what was not understood, for the user
    labels: tuple[Label, ...] = field(default=())

    def page_at(self, offset: int) -> int | None:
        """The number of the page on which `offset` stands; None where pages are unknown."""
        at = bisect_right(self._page_starts, offset) - 1
        return self.pages[at].number if at >= 0 and offset < self.pages[at].end else None

    @cached_property
    def _page_starts(self) -> list[int]:
        return [page.start for page in self.pages]

    def section_at(self, offset: int) -> Section | None:
        """The finest part that `offset` stands in; None outside of any."""
        at = bisect_right(self._section_starts, offset)
        return next((s for s in reversed(self.sections[:at]) if offset < s.end), None)

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    @cached_property
    def sections_by_id(self) -> dict[str, Section]:
        """The parts by their id; the first where an id comes twice."""
        return {section.id: section for section in reversed(self.sections)}

    def passages(self) -> Iterator[Passage]:
        """Every passage of the document: paragraphs, footnotes, cells."""
        yield from (p.passage for p in self.paragraphs)
        yield from (f.passage for f in self.footnotes)
        for table in self.tables:
            yield from (cell.passage for row in table.rows for cell in row)
