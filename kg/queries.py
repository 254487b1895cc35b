"""Stage 9: saved queries. A `.rq` file -> SavedQuery -> a SPARQL text with values bound.

The file is plain SPARQL under a header that grlc reads too:

    #+ summary: Which positions does an actor take, issue by issue?
    #+ x-params:
    #+   - {name: actor, type: iri, class: kg:Actor, required: true, label: {en: Actor}}
    #+ x-expect: {columns: [issue, polarity]}

    query = load_query(QUERIES / "reports" / "actor-positions.rq")
    text = query.bind({"actor": term})          # terms come from kg.parameters

A value is bound by replacing the variable's *tokens* with the term as SPARQL
writes it: never a paste of text, and subqueries are reached too. A header that
cannot be read, or does not fit its query, is an error when the file is loaded.

Before: `kg.store`, `kg.guard`. Next: `kg.parameters` (words of a user -> terms).
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pyoxigraph import Literal, NamedNode, Store

from kg.errors import KgError, NothingToCheck
from kg.guard import tokens
from kg.store import Rows, Term, evaluate

_T = TypeVar("_T")

TYPES = ("iri", "code", "string", "integer", "date")
_KEYS = {"summary", "description", "tags", "x-params", "x-expect", "x-view"}
_PARAMETER_KEYS = {"name", "type", "class", "required", "default", "label"}
_EXPECT_KEYS = {"columns", "min-rows"}
_VIEWS = ("table", "matrix", "timeline", "record")
_SHOWN = 60  # characters of a name that is none
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SAMPLES: Mapping[str, Term] = {
    "iri": NamedNode("https://example.org/x"),
    "code": Literal("x"),
    "string": Literal("x"),
    "integer": Literal(1),
    "date": Literal("2003", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
}


@dataclass(frozen=True)
class Parameter:
    """What a reader may choose. `of_class` is a prefixed name: a value is looked up among its members."""

    name: str
    type: str = "string"
    of_class: str = ""
    required: bool = False
    default: str = ""
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SavedQuery:
    name: str  # of the file, without suffix
    path: Path
    text: str
    summary: str
    columns: tuple[str, ...]
    description: str = ""
    tags: tuple[str, ...] = ()
    params: tuple[Parameter, ...] = ()
    min_rows: int = 0
    view: str = "table"

    def bind(self, values: Mapping[str, Term]) -> str:
        """The query with each parameter's variable replaced by its term; one without a value stays a variable."""
        unknown = sorted(set(values) - {p.name for p in self.params})
        if unknown:
            raise KgError(f"{self.name}: there is no parameter {unknown[0]!r}. {known_parameters(self)}")
        return replace_variables(self.text, {name: str(value) for name, value in values.items()})


def known_parameters(query: SavedQuery) -> str:
    """For a message: the names that a query knows."""
    names = [p.name + (" (required)" if p.required else "") for p in query.params]
    return f"Known parameters: {', '.join(names)}." if names else "It takes none."


def load_queries(folder: Path) -> dict[str, SavedQuery]:
    """Every saved query of a folder by its name, sorted; `KgError` for the first that is not sound."""
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        raise NothingToCheck(f"{folder}: holds no saved query (*.rq). Check the folder.")
    return {path.stem: load_query(path) for path in paths}


def get_query(queries: Mapping[str, SavedQuery], name: str) -> SavedQuery:
    """The query of that name; `KgError` with the nearest names where there is none."""
    if name not in queries:
        near = difflib.get_close_matches(name, queries, n=3, cutoff=0.4)
        advice = f"Did you mean {' or '.join(near)}?" if near else f"Known: {', '.join(queries)}."
        raise KgError(f"there is no saved query {name[:_SHOWN]!r}. {advice}")
    return queries[name]


def load_query(path: Path) -> SavedQuery:
    """The saved query of a file. `KgError` says where its header or its SPARQL is not sound."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: cannot be read ({error}). A saved query is a UTF-8 text file.") from None
    query = _from_header(path, text, _read_header(path, text))
    _check_query(query)
    return query


def replace_variables(text: str, terms: Mapping[str, str]) -> str:
    """SPARQL with the variables named in `terms` replaced; strings, IRIs and comments stay as they are."""
    pieces, end = [], 0
    for token in tokens(text):
        if token.kind == "variable" and token.text[1:] in terms:
            # A space on both sides: `1?x` or `?x:y` must not grow into another token.
            pieces += [text[end : token.start], " ", terms[token.text[1:]], " "]
            end = token.end
    return "".join([*pieces, text[end:]])


def _read_header(path: Path, text: str) -> dict[str, Any]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.startswith("#+")]
    if not lines:
        raise KgError(f"{path}: has no header. Begin it with a line '#+ summary: …?'.")
    try:
        header = yaml.safe_load("\n".join(line[2:].removeprefix(" ") for _, line in lines))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = lines[min(mark.line, len(lines) - 1)][0] if mark else lines[0][0]
        problem = getattr(error, "problem", None) or "not readable"
        raise KgError(
            f"{path}:{line}: the header is no YAML ({problem}). Quote a text that holds ': ' or braces."
        ) from None
    if not isinstance(header, dict):
        raise KgError(f"{path}:{lines[0][0]}: the header is no list of 'key: value' lines.")
    _only(path, "header", header, _KEYS)
    return header


def _from_header(path: Path, text: str, header: Mapping[str, Any]) -> SavedQuery:
    expect = _typed(path, "x-expect", header.get("x-expect"), dict)
    _only(path, "x-expect", expect, _EXPECT_KEYS)
    query = SavedQuery(
        name=path.stem,
        path=path,
        text=text,
        summary=_typed(path, "summary", header.get("summary"), str),
        columns=_texts(path, "columns", expect.get("columns")),
        description=_typed(path, "description", header.get("description", ""), str),
        tags=_texts(path, "tags", header.get("tags", [])),
        params=tuple(_parameter(path, item) for item in _typed(path, "x-params", header.get("x-params", []), list)),
        min_rows=_typed(path, "min-rows", expect.get("min-rows", 0), int),
        view=_typed(path, "x-view", header.get("x-view", "table"), str),
    )
    if query.view not in _VIEWS:
        raise KgError(f"{path}: unknown x-view {query.view!r}. Known: {', '.join(_VIEWS)}.")
    return query


def _parameter(path: Path, item: object) -> Parameter:
    given = _typed(path, "x-params", item, dict)
    _only(path, "a parameter", given, _PARAMETER_KEYS)
    name = _typed(path, "a parameter's name", given.get("name"), str)
    if not _NAME.fullmatch(name):
        raise KgError(f"{path}: {name!r} is no name for a parameter: use letters and digits.")
    parameter = Parameter(
        name=name,
        type=_typed(path, f"the type of {name!r}", given.get("type", "string"), str),
        of_class=_typed(path, f"the class of {name!r}", given.get("class", ""), str),
        required=_typed(path, f"'required' of {name!r}", given.get("required", False), bool),
        default=_typed(path, f"the default of {name!r} (quote a number)", given.get("default", ""), str),
        label=_typed(path, f"the label of {name!r}", given.get("label", {}), dict),
    )
    if parameter.type not in TYPES:
        raise KgError(f"{path}: parameter {name!r} has the unknown type {parameter.type!r}. Known: {', '.join(TYPES)}.")
    if parameter.required and parameter.default:
        raise KgError(f"{path}: parameter {name!r} is required and has a default. Leave one of them out.")
    if parameter.of_class and parameter.type not in ("iri", "code"):
        raise KgError(f"{path}: parameter {name!r} has a class, so its type must be iri or code.")
    return parameter


def _check_query(query: SavedQuery) -> None:
    """The SPARQL parses, has the columns it says, and takes a value wherever a parameter stands."""
    names = [p.name for p in query.params]
    for name in names:
        if names.count(name) > 1:
            raise KgError(f"{query.path}: parameter {name!r} stands twice in x-params.")
    selected = _columns(query, query.text)
    if selected != query.columns:
        raise KgError(f"{query.path}: columns says {list(query.columns)}, and SELECT gives {list(selected)}.")
    used = {token.text[1:] for token in tokens(query.text) if token.kind == "variable"}
    for parameter in query.params:
        if parameter.name not in used:
            raise KgError(f"{query.path}: parameter {parameter.name!r} is never used: there is no ?{parameter.name}.")
        _check_place(query, parameter)


def _check_place(query: SavedQuery, parameter: Parameter) -> None:
    if parameter.name not in query.columns:
        try:
            _columns(query, query.bind({parameter.name: _SAMPLES[parameter.type]}))
            return
        except KgError:
            pass
    raise KgError(
        f"{query.path}: parameter {parameter.name!r} stands where no value can: "
        "in SELECT, AS, GROUP BY, ORDER BY, VALUES or BOUND. Use another variable there."
    )


def _columns(query: SavedQuery, text: str) -> tuple[str, ...]:
    """The variables of a SELECT, by asking an empty store."""
    try:
        answer = evaluate(Store(), text, union=True)
    except KgError as error:
        raise KgError(f"{query.path}: {error}") from None
    if not isinstance(answer, Rows):
        raise KgError(f"{query.path}: a saved query is a SELECT.")
    return answer.variables


def _typed(path: Path, what: str, value: object, kind: type[_T]) -> _T:
    if (kind is int and isinstance(value, bool)) or not isinstance(value, kind):
        words = {str: "a text", list: "a list", dict: "'{key: value}'", int: "a number", bool: "true or false"}
        raise KgError(f"{path}: {what} is missing or is not {words[kind]}.")
    return value


def _texts(path: Path, what: str, value: object) -> tuple[str, ...]:
    return tuple(_typed(path, f"each of {what}", item, str) for item in _typed(path, what, value, list))


def _only(path: Path, what: str, given: Mapping[str, Any], known: Iterable[str]) -> None:
    unknown = sorted(str(key) for key in given if key not in known)
    if unknown:
        raise KgError(f"{path}: unknown key {unknown[0]!r} in {what}. Known: {', '.join(sorted(known))}.")
