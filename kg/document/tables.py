"""Stage 2h: body lines -> the tables whose layout is known (`lexicon/tables.toml`).

A table opens with a caption (`表 2-1 …`) and its heads, and ends before the
line `資料來源`. Where rows do not match the layout, or the layout is not known,
the characters are noise of kind "unknown", with a warning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.document.joining import Piece, join
from kg.document.layouts import TableLayout
from kg.document.lines import Line, width_of
from kg.document.model import Cell, Passage
from kg.script import fold

_CAPTION = re.compile(
    r"表 *(?P<number>\d{1,2}[-.–—]\d{1,2}|\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*[:：.、]\s*|\s+)(?P<title>\S.*)"
)
_SOURCE = re.compile(r"(?:資料|资料|數據|数据)(?:來源|来源)\s*[:：]")
_SPREAD = re.compile(r"(?:[\u2e80-\u9fff] ){3,}[\u2e80-\u9fff]")
"""Letters spread to fill a narrow column: the spaces are no text."""

_LONGEST = 400
"""lines; a table does not run on further."""

_LONGEST_CAPTION = 40  # em


@dataclass(frozen=True)
class FoundTable:
    """A table by the indexes of its lines: caption, heads, rows, source line; and its rows."""

    number: str
    title: str
    first: int
    last: int  # exclusive
    caption: tuple[int, int]
    head: tuple[int, int] | None
    source_lines: tuple[tuple[int, int], ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unknown: tuple[tuple[int, int], ...]
    warnings: tuple[str, ...]


def find_tables(text: str, lines: Sequence[Line], layouts: Sequence[TableLayout]) -> list[FoundTable]:
    """The tables among the body lines (footnotes and noise already left out), in order."""
    found: list[FoundTable] = []
    after = 0
    for i, line in enumerate(lines):
        if i >= after and (match := _caption(line)):
            table = _read_table(text, lines, i, match, layouts)
            if table:
                found.append(table)
                after = table.last
    return found


def _caption(line: Line) -> re.Match[str] | None:
    if not line.text.startswith("表") or width_of(line.text) > _LONGEST_CAPTION or line.text[-1] in "。，；！？":
        return None
    return _CAPTION.fullmatch(line.text)


def _squeezed(text: str) -> str:
    return fold("".join(text.split()))


def _read_table(
    text: str, lines: Sequence[Line], i: int, match: re.Match[str], layouts: Sequence[TableLayout]
) -> FoundTable | None:
    number, title = re.sub("[.–—]", "-", match.group("number")), match.group("title").strip()
    body = next((k for k in range(i + 1, len(lines)) if not lines[k].blank), None)
    if body is None:
        return None
    end = _find_source_line(lines, body)
    layout = next((known for known in layouts if _squeezed("".join(known.heads)) == _squeezed(lines[body].text)), None)
    caption = (lines[i].first, lines[i].last)
    if layout is None:
        if end is None:
            return None
        last = _end_of_source_line(lines, end)
        cells = _spans(lines[body:end])
        warning = (
            f"table {number} (offset {caption[0]}): its layout is not in lexicon/tables.toml; its cells are not read"
        )
        return FoundTable(number, title, i, last, caption, None, _spans(lines[end:last]), (), (), cells, (warning,))
    stop = end if end is not None else _next_caption(lines, body)
    stream, offsets = _stream(lines[body + 1 : stop])
    matches = match_rows(stream, layout)
    read_to = matches[-1].end() if matches else 0
    unknown: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()
    if end is None:
        if not matches:
            return None
        stop = next((k for k in range(body + 1, stop) if lines[k].first > offsets[read_to - 1]), stop)
    elif stream[read_to:].strip():
        unknown = _merged([offset for offset, c in zip(offsets[read_to:], stream[read_to:], strict=True) if c.strip()])
        warnings = (
            f"table {number}: row {len(matches) + 1} (offset {unknown[0][0]}) does not match its layout "
            f"'{layout.name}'; it and what follows is not read",
        )
    last = stop if end is None else _end_of_source_line(lines, end)
    head = (lines[body].first, lines[body].last)
    rows = tuple(
        tuple(Cell(*cell) for cell in zip(layout.heads, _row(text, stream, offsets, found), strict=True))
        for found in matches
    )
    return FoundTable(
        number, title, i, last, caption, head, _spans(lines[stop:last]), layout.heads, rows, unknown, warnings
    )


def _spans(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    return tuple((line.first, line.last) for line in lines if not line.blank)


def _find_source_line(lines: Sequence[Line], start: int) -> int | None:
    for i in range(start, min(start + _LONGEST, len(lines))):
        if _SOURCE.match(lines[i].text):
            return i
        if i > start and _caption(lines[i]):
            return None
    return None


def _next_caption(lines: Sequence[Line], start: int) -> int:
    stop = min(start + _LONGEST, len(lines))
    return next((i for i in range(start + 1, stop) if _caption(lines[i])), stop)


def _end_of_source_line(lines: Sequence[Line], start: int) -> int:
    """The source may run on over a few lines, to a full stop or to a space at a line's end."""
    for i in range(start, min(start + 4, len(lines))):
        if lines[i].blank:
            return i
        if lines[i].trailing or lines[i].text[-1] == "。":
            return i + 1
    return start + 1


def match_rows(stream: str, layout: TableLayout) -> list[re.Match[str]]:
    """The rows at the beginning of the stream, as far as they follow each other without a gap."""
    if "\v" not in stream:  # no line says where a cell ends: only rows of one line each can be told apart
        stream = stream.replace("\n", "\v")
        if not all(layout.row.fullmatch(fold(line) + "\v") for line in stream.split("\v") if line):
            return []
    folded, position = fold(stream), 0
    rows: list[re.Match[str]] = []
    while position < len(folded) and (row := layout.row.match(folded, position)) and row.end() > position:
        rows.append(row)
        position = row.end()
    return rows


def _row(text: str, stream: str, offsets: Sequence[int], row: re.Match[str]) -> list[Passage]:
    return [join(text, _cell(stream, offsets, row.span(column))) for column in range(1, len(row.groups()) + 1)]


def _stream(lines: Sequence[Line]) -> tuple[str, list[int]]:
    """The table's characters with line breaks told apart, and where each one stands."""
    characters: list[str] = []
    offsets: list[int] = []
    for line in lines:
        if line.blank:
            continue
        characters.extend(" " if c.isspace() else c for c in line.text)
        offsets.extend(range(line.first, line.last))
        characters.append("\v" if line.trailing else "\n")
        offsets.append(line.end)
    return "".join(characters), offsets


def _cell(stream: str, offsets: Sequence[int], span: tuple[int, int]) -> list[Piece]:
    pieces: list[Piece] = []
    start, break_at, spaced = span[0], None, False
    inner = stream[span[0] : span[1]]
    spread = {i for match in _SPREAD.finditer(inner) for i in range(match.start(), match.end()) if inner[i] == " "}
    for match in [*re.finditer(r"[\n\v ]", inner), None]:
        if match and match.group() == " " and match.start() not in spread:
            continue
        end = span[0] + match.start() if match else span[1]
        if end > start:
            pieces.append(Piece(offsets[start], offsets[end - 1] + 1, break_at, spaced))
        if match:
            start = end + 1
            break_at, spaced = (None, False) if match.group() == " " else (offsets[end], match.group() == "\v")
    return pieces


def _merged(offsets: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """The spans that the offsets make up."""
    spans: list[tuple[int, int]] = []
    for offset in offsets:
        if spans and spans[-1][1] == offset:
            spans[-1] = (spans[-1][0], offset + 1)
        else:
            spans.append((offset, offset + 1))
    return tuple(spans)
