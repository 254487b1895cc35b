"""Stage 9: what a reader typed -> terms that a saved query can be bound with.

    read_values(query, [("actor", "PRK")], store)   -> {"actor": NamedNode(".../id/actor/PRK")}

A value of type `iri` may be a full IRI, a prefixed name, the end of an IRI
("id/actor/PRK"), or a code, which is looked up in the graph: dcterms:identifier,
skos:notation, or the last part of the IRI, among the members of the parameter's
class. What the graph does not know is an error that names the nearest it does.

Before: `kg.queries`. Next: `kg.results`; used by `kg report`, `kg evidence` and the pages.
"""

import calendar
import difflib
import re
from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import KgError
from kg.graph.names import BASE, PREFIXES
from kg.queries import Parameter, SavedQuery, known_parameters
from kg.resources import ONTOLOGY
from kg.store import Rows, Term, evaluate, open_store

_SCHEMES = ONTOLOGY / "schemes.ttl"
_XSD = PREFIXES["xsd"]
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_OF_CLASS = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node ?code WHERE {
  ?node a %s . FILTER(ISIRI(?node))
  OPTIONAL { ?node dcterms:identifier|skos:notation ?code }
}"""
_SHOWN = 5


def read_values(query: SavedQuery, given: Iterable[tuple[str, str]], store: Store) -> dict[str, Term]:
    """Terms for the parameters of `query`, defaults filled in.

    Raises KgError, before anything is asked: an unknown, repeated, ill-typed or missing
    parameter, and a code or IRI that the graph does not have.
    """
    known = {p.name: p for p in query.params}
    words: dict[str, str] = {}
    for name, value in given:
        if name not in known:
            raise KgError(f"{query.name}: there is no parameter {name!r}. {known_parameters(query)}")
        if name in words:
            raise KgError(f"{query.name}: parameter {name!r} is given twice. Give it once.")
        words[name] = value
    for parameter in query.params:
        if parameter.required and parameter.name not in words:
            example = f"Give it with -p {parameter.name}=…" + _some_codes(parameter, store)
            raise KgError(f"{query.name}: parameter {parameter.name!r} is required. {example}")
        if parameter.default:
            words.setdefault(parameter.name, parameter.default)
    return {name: read_value(known[name], value, store) for name, value in sorted(words.items())}


def read_value(parameter: Parameter, value: str, store: Store) -> Term:
    """One value as a term of the parameter's type; `KgError` where it is none."""
    value = value.strip()
    if not value:
        raise KgError(f"parameter {parameter.name!r} is empty. Give it a value, or leave it out.")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise KgError(f"parameter {parameter.name!r} is no UTF-8 text.")  # how Python passes on other bytes
    if parameter.type == "iri":
        return find_node(parameter.name, value, parameter.of_class, store)
    if parameter.type == "code":
        return Literal(_code(parameter, value, store))
    if parameter.type == "integer":
        return Literal(_integer(parameter, value), datatype=NamedNode(_XSD + "integer"))
    if parameter.type == "date":
        return _date(parameter, value)
    return Literal(value)


def find_node(name: str, value: str, of_class: str, store: Store) -> NamedNode:
    """The node that `value` names: see the module's docstring. `of_class` "" takes any legal IRI."""
    iri = _as_iri(name, value)
    if not of_class:
        if iri is None:
            raise KgError(f"parameter {name!r}: {value!r} is no IRI. Write it in full, or as prefix:name.")
        return iri
    nodes = _nodes_of(of_class, store)
    if iri is not None:
        if iri.value in nodes.iris:
            return iri
        raise KgError(f"parameter {name!r}: the data have no {of_class} {iri}.{_nearest(_last(iri.value), nodes)}")
    found = nodes.by_code.get(value) or nodes.by_code_folded.get(value.casefold(), set())
    if len(found) > 1:
        raise KgError(f"parameter {name!r}: {value!r} may be {' or '.join(sorted(found))}. Give the IRI.")
    if not found:
        raise KgError(f"parameter {name!r}: the data have no {of_class} {value!r}.{_nearest(value, nodes)}")
    return NamedNode(next(iter(found)))


class _Nodes:
    """The members of a class by the codes that name them."""

    def __init__(self, rows: Iterable[tuple[Term | None, ...]]) -> None:
        self.by_code: dict[str, set[str]] = defaultdict(set)
        self.by_code_folded: dict[str, set[str]] = defaultdict(set)
        self.iris: set[str] = set()
        for node, code in rows:
            assert isinstance(node, NamedNode)
            self.iris.add(node.value)
            for word in {_last(node.value), code.value if isinstance(code, Literal) else _last(node.value)}:
                self.by_code[word].add(node.value)
                self.by_code_folded[word.casefold()].add(node.value)


def _nodes_of(of_class: str, store: Store) -> _Nodes:
    """The members of the class in the data. What `kg extract` writes has no schemes: then those of the ontology."""
    query = _OF_CLASS % _expand(of_class)
    answer = evaluate(store, query, union=True)
    if isinstance(answer, Rows) and not answer.rows and _SCHEMES.is_file():
        answer = evaluate(open_store([_SCHEMES]), query, union=True)
    assert isinstance(answer, Rows)
    return _Nodes(answer.rows)


def _as_iri(name: str, value: str) -> NamedNode | None:
    """`value` where it is written as an IRI in some form; None where it can only be a code."""
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    prefix, colon, local = value.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        value = PREFIXES[prefix] + local
    elif value.startswith(("id/", "scheme/", "graph/", "ontology#")):
        value = BASE + value
    elif "://" not in value and not value.startswith("urn:"):
        return None
    try:
        return NamedNode(value)
    except ValueError as error:
        raise KgError(f"parameter {name!r}: {value!r} is no IRI ({error}).") from None


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    if prefix not in PREFIXES:
        raise KgError(f"class {name!r}: unknown prefix. Known: {', '.join(sorted(PREFIXES))}.")
    return f"<{PREFIXES[prefix]}{local}>"


def _last(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _nearest(value: str, nodes: _Nodes) -> str:
    if not nodes.by_code:
        return " They have none at all: are they the right data?"
    folded = {code.casefold(): code for code in sorted(nodes.by_code)}
    near = difflib.get_close_matches(value.casefold(), folded, n=_SHOWN, cutoff=0.5)
    shown = [folded[n] for n in near] or sorted(nodes.by_code)[:_SHOWN]
    return f" Nearest known: {', '.join(shown)}." if near else f" Known are, for example: {', '.join(shown)}."


def _some_codes(parameter: Parameter, store: Store) -> str:
    if not parameter.of_class:
        return "."
    codes = sorted(_nodes_of(parameter.of_class, store).by_code)
    return f", for example {', '.join(codes[:_SHOWN])}." if codes else "; the data have nothing to choose from."


def _code(parameter: Parameter, value: str, store: Store) -> str:
    if parameter.of_class:
        codes = _nodes_of(parameter.of_class, store)
        if value not in codes.by_code:
            raise KgError(f"parameter {parameter.name!r}: unknown code {value!r}.{_nearest(value, codes)}")
    return value


def _integer(parameter: Parameter, value: str) -> str:
    if not _INTEGER.fullmatch(value) or not value.isascii():
        raise KgError(f"parameter {parameter.name!r}: {value!r} is no whole number.")
    return value


def _date(parameter: Parameter, value: str) -> Literal:
    """A year, month or day of the calendar, as the XSD type of that form."""
    match = _DATE.fullmatch(value) if value.isascii() else None
    year, month, day = (int(part) if part else None for part in match.groups()) if match else (None, None, None)
    good = year is not None and year > 0 and (month is None or 1 <= month <= 12)
    if not good or (day is not None and not 1 <= day <= calendar.monthrange(year or 1, month or 1)[1]):
        raise KgError(f"parameter {parameter.name!r}: {value!r} is no date. Write 2003, 2003-08 or 2003-08-27.")
    kind = "date" if day else "gYearMonth" if month else "gYear"
    return Literal(value, datatype=NamedNode(_XSD + kind))
