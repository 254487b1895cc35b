"""Passages, paragraphs and tables made by hand, for the tests of `kg.facts`: each at offsets of its own."""

from array import array

from kg.document.model import Cell, Document, Footnote, Paragraph, Passage, Section, Table


def passage(text: str, at: int = 0) -> Passage:
    return Passage(text, array("l", range(at, at + len(text))))


def paragraph(text: str, number: int = 1, section: str = "1", at: int = 0) -> Paragraph:
    return Paragraph(number, "1", section, passage(text, at), ((0, len(text)),))


def document(
    *texts: str, headings: tuple[str, ...] = (), tables: tuple[Table, ...] = (), notes: tuple[str, ...] = ()
) -> Document:
    """Paragraphs one after the other; the n-th stands under the n-th heading, where there are headings."""
    paragraphs, sections, at = [], [], 0
    for number, text in enumerate(texts, start=1):
        section = f"1.{number}" if headings else "1"
        if headings:
            sections.append(Section(section, 2, headings[number - 1], at, at + len(text)))
        paragraphs.append(paragraph(text, number, section, at))
        at += len(text) + 2
    footnotes = tuple(
        Footnote(f"1:{n}", "1", n, passage(text, 50_000 + 1000 * n), None) for n, text in enumerate(notes, start=1)
    )
    return Document(tuple(sections), tuple(paragraphs), footnotes, tables, (), ())


def table(caption: str, heads: tuple[str, ...], *rows: tuple[str, ...]) -> Table:
    """A table whose cells stand one after the other, from offset 100 000 on."""
    at, made = 100_000, []
    for row in rows:
        cells = []
        for head, text in zip(heads, row, strict=True):
            cells.append(Cell(head, passage(text, at)))
            at += len(text) + 1
        made.append(tuple(cells))
    return Table("9-1", caption, "1", "1.1", heads, tuple(made), 100_000, at)
