"""Stage 2h: body lines -> the tables whose layout is known (`lexicon/tables.toml`).

A dump of a table has lost its columns: cells are broken over lines, and
several stand on one line. A layout says how the cells of a row are told apart:
one pattern for each column. They are matched against the table's lines put
together, in which

    \\n   is a line break within a cell
    \\v   is a line break after a line that has a space at its end: a cell ends there

A table opens with a caption (`表 2-1 …`) and its heads, and ends before the
line `資料來源`. Where rows do not match the layout, or the layout is not known,
the characters are noise of kind "unknown", with a warning.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.document.joining import Piece, join
from kg.document.lines import Line, width_of
from kg.document.model import Cell
from kg.errors import KgError
from kg.resources import LEXICON
from kg.script import fold

_CAPTION = re.compile(r"表 *(?P<number>\d{1,2}[-.–—]\d{1,2}|\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*[:：.、]\s*|\s+)(?P<title>\S.*)")
_SOURCE = re.compile(r"(?:資料|资料|數據|数据)(?:來源|来源)\s*[:：]")
_SPREAD = re.compile(r"(?:[\u2e80-\u9fff] ){3,}[\u2e80-\u9fff]")
"""Letters spread to fill a narrow column: the spaces are no text."""

_LONGEST = 400
"""lines; a table does not run on further."""

_LONGEST_CAPTION = 40  # em


@dataclass(frozen=True)
class TableLayout:
    name: str
    heads: tuple[str, ...]
    row: re.Pattern[str]  # one group for each column


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


@lru_cache(maxsize=4)
def read_layouts(path: Path = LEXICON / "tables.toml") -> tuple[TableLayout, ...]:
    """The layouts of a file; KgError says which one is wrong, and how."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KgError(f"{path}: there is no such file. Restore it: it holds the layouts of tables.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: not TOML ({error}). Mend the line it names.") from None
    parts: dict[str, str] = data.get("patterns", {})
    layouts = tuple(_read_layout(path, table, parts) for table in data.get("table", []))
    if not layouts:
        raise KgError(f"{path}: there is no [[table]] in it. Add one, or restore the file.")
    return layouts


def _read_layout(path: Path, table: dict[str, object], parts: dict[str, str]) -> TableLayout:
    name, columns = str(table.get("name", "?")), table.get("column")
    if not isinstance(columns, list) or not columns:
        raise KgError(f"{path}: table '{name}': no [[table.column]]. Give each column a head and a pattern.")
    row, heads = "", []
    for column in columns:
        try:
            heads.append(str(column["head"]))
            pattern = re.sub(r"\{(\w+)\}", lambda slot: parts[slot.group(1)], str(column["pattern"]))
            re.compile(pattern)
        except KeyError as error:
            raise KgError(f"{path}: table '{name}': {error} is missing. Add it to the column or to [patterns].") from None
        except re.error as error:
            raise KgError(f"{path}: table '{name}': the pattern of '{heads[-1]}' is no regex ({error}). Mend it.") from None
        row += (r"[ \n\v]+" if row else "") + f"({pattern})"
    return TableLayout(name, tuple(heads), re.compile(row + r"(?:[ \n]*\v[ \n\v]*|[ \n]*\Z)"))


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
        unknown = _spans(lines[body:end])
        warning = f"table {number} (offset {caption[0]}): its layout is not in lexicon/tables.toml; its cells are not read"
        return FoundTable(
            number, title, i, last, caption, None, _spans(lines[end:last]), (), (), unknown, (warning,)
        )
    stop = end if end is not None else _end_without_source(lines, body)
    rows, unknown, warnings = _read_rows(text, lines[body + 1 : stop], layout, number)
    last = stop if end is None else _end_of_source_line(lines, end)
    return FoundTable(
        number,
        title,
        i,
        last,
        caption,
        (lines[body].first, lines[body].last),
        _spans(lines[end:last]) if end is not None else (),
        layout.heads,
        rows,
        unknown,
        warnings,
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


def _end_of_source_line(lines: Sequence[Line], start: int) -> int:
    """The source may run on over a few lines, to a full stop or to a space at a line's end."""
    for i in range(start, min(start + 4, len(lines))):
        if lines[i].blank:
            return i
        if lines[i].trailing or lines[i].text[-1] == "。":
            return i + 1
    return start + 1


def _end_without_source(lines: Sequence[Line], start: int) -> int:
    """Where no source line ends the table: as far as the next line of spaces."""
    stop = min(start + _LONGEST, len(lines))
    return next((i for i in range(start + 1, stop) if lines[i].blank), stop)


def _read_rows(
    text: str, lines: Sequence[Line], layout: TableLayout, number: str
) -> tuple[tuple[tuple[Cell, ...], ...], tuple[tuple[int, int], ...], tuple[str, ...]]:
    stream, offsets = _stream(lines)
    rows: list[tuple[Cell, ...]] = []
    position = 0
    while position < len(stream) and (match := layout.row.match(stream, position)) and match.end() > position:
        spans = [match.span(column + 1) for column in range(len(layout.heads))]
        cells = [_cell(text, stream, offsets, span) for span in spans]
        rows.append(tuple(Cell(head, join(text, pieces)) for head, pieces in zip(layout.heads, cells, strict=True)))
        position = match.end()
    rest = stream[position:]
    if not rest.strip():
        return tuple(rows), (), ()
    unknown = tuple((offsets[i], offsets[i] + 1) for i in range(position, len(stream)) if not stream[i].isspace())
    where = offsets[position]
    warning = f"table {number}: row {len(rows) + 1} (offset {where}) does not match its layout '{layout.name}'; it and what follows is not read"
    return tuple(rows), _merged(unknown), (warning,)


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


def _cell(text: str, stream: str, offsets: Sequence[int], span: tuple[int, int]) -> list[Piece]:
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


def _merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)
