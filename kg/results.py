"""Stage 9: rows of an answer -> text for a terminal, CSV, TSV, JSON, Markdown.

    write_rows(Rows(("actor",), ((NamedNode(".../id/actor/PRK"),),)), "csv")

CSV, TSV and JSON are faithful: what is in the graph is in the file, control
characters and a leading "=" too. The table and Markdown are for reading: IRIs
are shortened with prefixes, and no character of the data can move the cursor or
break a cell. Chinese characters take two columns of a terminal.

Before: `kg.store`, `kg.queries`. Used by `kg.cli` and `kg.endpoint`.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import KgError
from kg.graph.names import BASE, PREFIXES
from kg.store import Rows, Term

_XSD = PREFIXES["xsd"]
_NUMBERS = {_XSD + kind for kind in ("integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long")}
_INTEGERS = {_XSD + kind for kind in ("integer", "nonNegativeInteger", "int", "long")}
# Numbers that Turtle, and so TSV, writes without quotes.
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    _XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
}
_LONGEST_FIRST = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), key=lambda pair: -len(pair[0]))
_LOCAL = re.compile(r"[\w.~-]+")
_HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}  # control, format (also right-to-left marks), line separators
_MARKDOWN = re.compile(r"([\\|`*_\[\]<>&~#])")


def write_rows(rows: Rows, form: str) -> str:
    """The rows in one of `FORMS`, ending in a line feed; `KgError` for any other."""
    if form not in FORMS:
        raise KgError(f"unknown format {form!r}. Known: {', '.join(FORMS)}.")
    return FORMS[form](rows)


def to_table(rows: Rows) -> str:
    """Columns aligned for a terminal; numbers to the right."""
    cells = [[visible(shorten(term)) for term in row] for row in rows.rows]
    widths = [max(map(display_width, column)) for column in zip(rows.variables, *cells)]
    right = [_is_numeric(column) for column in zip(*rows.rows)] or [False] * len(widths)
    lines = [_line(rows.variables, widths, right), "  ".join("─" * width for width in widths).rstrip()]
    lines += [_line(row, widths, right) for row in cells]
    return "\n".join(lines) + "\n"


def to_csv(rows: Rows) -> str:
    """RFC 4180 with line feeds: IRIs and values plain, unbound cells empty."""
    lines = [rows.variables, *(tuple(map(_plain, row)) for row in rows.rows)]
    # Only a quoted empty cell keeps a row of one cell from being an empty line, which readers skip.
    return "".join((",".join(map(_csv, line)) or '""') + "\n" for line in lines)


def to_tsv(rows: Rows) -> str:
    """SPARQL 1.1 TSV: terms as Turtle writes them, so that a value keeps its type and language."""
    lines = ["\t".join(f"?{name}" for name in rows.variables)]
    lines += ["\t".join("" if term is None else _tsv(term) for term in row) for row in rows.rows]
    return "\n".join(lines) + "\n"


def to_json(rows: Rows) -> str:
    """SPARQL 1.1 Query Results JSON."""
    bindings = [
        {name: _json_term(term) for name, term in zip(rows.variables, row) if term is not None} for row in rows.rows
    ]
    return _dump({"head": {"vars": list(rows.variables)}, "results": {"bindings": bindings}})


def to_objects(rows: Rows) -> str:
    """JSON for programs that know no RDF: a list with one object per row; whole numbers as numbers."""
    return _dump([{name: _json_value(term) for name, term in zip(rows.variables, row)} for row in rows.rows])


def to_markdown(rows: Rows) -> str:
    """A table of GitHub's Markdown; characters that mean something to Markdown are escaped."""
    if not rows.variables:
        raise KgError("an answer without columns cannot be written as Markdown.")
    numeric = [_is_numeric(column) for column in zip(*rows.rows)] or [False] * len(rows.variables)
    lines = [rows.variables, tuple("---:" if right else "---" for right in numeric)]
    lines += [tuple(_markdown(shorten(term)) for term in row) for row in rows.rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


FORMS: Mapping[str, Callable[[Rows], str]] = {
    "table": to_table,
    "csv": to_csv,
    "tsv": to_tsv,
    "json": to_json,
    "objects": to_objects,
    "markdown": to_markdown,
}


def shorten(term: Term | None) -> str:
    """A term for people: an IRI by its prefix, a literal by its text, nothing for unbound."""
    if isinstance(term, NamedNode):
        for namespace, prefix in _LONGEST_FIRST:
            local = term.value[len(namespace) :]
            if term.value.startswith(namespace) and _LOCAL.fullmatch(local):
                return f"{prefix}:{local}"
        return term.value.removeprefix(BASE)
    return _plain(term)


def display_width(text: str) -> int:
    """How many columns of a terminal the text takes: wide characters two, combining marks none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, width, to_right in zip(cells, widths, right):
        space = " " * (width - display_width(cell))
        padded.append(space + cell if to_right else cell + space)
    return "  ".join(padded).rstrip()


def visible(text: str) -> str:
    r"""Characters that a terminal would obey, or not show, as `\n` or `\u202e`."""
    return "".join(_escape(c) if unicodedata.category(c) in _HIDDEN else c for c in text)


def _escape(character: str) -> str:
    return {"\n": r"\n", "\r": r"\r", "\t": r"\t"}.get(character, f"\\u{ord(character):04x}")


def _markdown(text: str) -> str:
    lines = re.split(r"\r\n|[\r\n\u2028\u2029]", text)
    return "<br>".join(_MARKDOWN.sub(r"\\\1", visible(line)) for line in lines)


def _is_numeric(column: Iterable[Term | None]) -> bool:
    terms = [term for term in column if term is not None]
    return bool(terms) and all(isinstance(t, Literal) and t.datatype.value in _NUMBERS for t in terms)


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _language(literal: Literal) -> str:
    """The tag in its usual case (zh-Hant): the engine lowers it."""
    first, *rest = (literal.language or "").split("-")
    return "-".join([first, *({4: part.title(), 2: part.upper()}.get(len(part), part) for part in rest)])


def _csv(value: str) -> str:
    # Not the csv module: it leaves a lone carriage return unquoted, and readers take that for a line's end.
    return '"' + value.replace('"', '""') + '"' if set(value) & set('",\n\r') else value


def _tsv(term: Term) -> str:
    written = str(term)  # N-Triples: tabs and line breaks are escaped
    if isinstance(term, Literal) and term.language:
        return written[: -len(term.language)] + _language(term)
    if isinstance(term, Literal) and (form := _BARE.get(term.datatype.value)) and form.fullmatch(term.value):
        return term.value
    return written.replace("\t", r"\t")


def _json_term(term: Term) -> object:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):  # a triple term of RDF 1.2
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    described = {"type": "literal", "value": term.value}
    if term.language:
        return described | {"xml:lang": _language(term)}
    return described if term.datatype.value == _XSD + "string" else described | {"datatype": term.datatype.value}


def _json_value(term: Term | None) -> object:
    if term is None:
        return None
    if isinstance(term, Literal) and term.datatype.value in _INTEGERS and re.fullmatch(r"-?\d{1,15}", term.value):
        return int(term.value)
    return _plain(term)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
