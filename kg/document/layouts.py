"""The layouts of tables, read from `lexicon/tables.toml` and checked.

A dump of a table has lost its columns: cells are broken over lines, and
several stand on one line. A layout says how the cells of a row are told apart:
its heads, and one pattern for each column. `kg.document.tables` matches them
against the table's lines put together, in which

    \\n   is a line break within a cell
    \\v   is a line break after a line that has a space at its end: a cell ends there
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.resources import LEXICON
from kg.script import fold

_BETWEEN_COLUMNS = r"[ \n\v]+"
_END_OF_ROW = r"(?:[ \n]*\v[ \n\v]*|[ \n]*\Z)"


@dataclass(frozen=True)
class TableLayout:
    name: str
    heads: tuple[str, ...]
    row: re.Pattern[str]  # one group for each column; matches folded text (`kg.script`)


@lru_cache(maxsize=4)
def read_layouts(path: Path = LEXICON / "tables.toml") -> tuple[TableLayout, ...]:
    """The layouts of a file; KgError says which one is wrong, and how."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KgError(f"{path}: there is no such file. Restore it: it holds the layouts of tables.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: not TOML ({error}). Mend the line it names.") from None
    tables, parts = data.get("table"), data.get("patterns", {})
    if not isinstance(tables, list) or not tables or not isinstance(parts, dict):
        raise KgError(f"{path}: there is no [[table]] in it. Add one, or restore the file.")
    return tuple(_read_layout(path, table, parts) for table in tables)


def _read_layout(path: Path, table: Mapping[str, Any], parts: Mapping[str, str]) -> TableLayout:
    where = f"{path}: table '{table.get('name', '?')}'"
    columns = table.get("column")
    if not isinstance(columns, list) or not columns:
        raise KgError(f"{where}: no [[table.column]]. Give each column a head and a pattern.")
    try:
        heads = tuple(str(column["head"]) for column in columns)
        patterns = [_pattern(where, column, parts) for column in columns]
    except KeyError as error:
        raise KgError(f"{where}: {error} is missing. Add it to the column or to [patterns].") from None
    except TypeError:
        raise KgError(f"{where}: a column is no table, or a pattern no text. See the tables beside it.") from None
    row = _BETWEEN_COLUMNS.join(f"({pattern})" for pattern in patterns) + _END_OF_ROW
    return TableLayout(str(table.get("name", "?")), heads, re.compile(fold(row)))


def _pattern(where: str, column: Mapping[str, Any], parts: Mapping[str, str]) -> str:
    """The column's pattern with its slots filled. KeyError where there is none, or a slot is not defined."""
    pattern, head = column["pattern"], column["head"]
    if not isinstance(pattern, str):
        raise KgError(f"{where}: the pattern of '{head}' is no text. Put it in quotes.")
    filled = re.sub(
        r"\{(\w+)\}", lambda slot: parts[slot.group(1)] if slot.group(1).isalpha() else slot.group(), pattern
    )
    try:
        groups = re.compile(filled).groups
    except re.error as error:
        raise KgError(f"{where}: the pattern of '{head}' is no regex ({error}). Mend it.") from None
    if groups:
        raise KgError(f"{where}: the pattern of '{head}' has a group. Write (?:…) for (…).")
    return filled
