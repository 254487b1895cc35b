"""Quads -> bytes, sorted: the same quads give the same bytes, whatever their order.

    write_quads(quads, Path("data/six-party-kg.trig"))

The suffix chooses the form: `.trig` and `.nq` keep the named graphs, `.ttl`
and `.nt` hold their union. Language tags are written in their usual case
(zh-Hant), which Oxigraph lowers. Reading is the work of `kg.store`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.errors import KgError
from kg.graph.names import PREFIXES
from kg.output import write_whole

FORMS = (".trig", ".nq", ".ttl", ".nt")
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
# A local name that needs no escape in Turtle; every other IRI is written in full.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TYPED = re.compile(r'("(?:[^"\\]|\\.)*")\^\^(<[^>]*>)', re.DOTALL)
_BY_LENGTH = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), key=lambda pair: -len(pair[0]))

Line = tuple[str, str, str, str]  # graph, subject, predicate, object, as N-Triples writes them


def to_bytes(quads: Iterable[Quad], form: str) -> bytes:
    """The quads in one of `FORMS`; `KgError` for any other."""
    if form not in FORMS:
        raise KgError(f"a graph cannot be written as {form or 'a file without suffix'!r}: use {', '.join(FORMS)}.")
    lines = sorted({_line(quad) for quad in quads})
    if form in (".ttl", ".nt"):
        lines = sorted({("", *line[1:]) for line in lines})
    if form in (".nq", ".nt"):
        return "".join(" ".join(filter(None, (s, p, o, g))) + " .\n" for g, s, p, o in lines).encode()
    return _Turtle().write(lines).encode()


def write_quads(quads: Iterable[Quad], path: Path) -> None:
    """Write to `path` by its suffix, whole or not at all; `KgError` says what is wrong with the path."""
    if path.suffix not in FORMS:
        raise KgError(f"{path}: a graph is written as {', '.join(FORMS)}. Give the file one of these suffixes.")
    write_whole(path, to_bytes(quads, path.suffix))


def _line(quad: Quad) -> Line:
    name = "" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name)
    return name, str(quad.subject), str(quad.predicate), _plain(quad.object)


def _plain(node: NamedNode | BlankNode | Literal | Triple) -> str:
    if isinstance(node, Literal) and node.language:
        written = str(node)
        return written[: -len(node.language)] + _usual_case(node.language)
    return str(node)


def _usual_case(tag: str) -> str:
    """BCP 47's advice: "zh-hant-tw" -> "zh-Hant-TW"."""
    first, *rest = tag.lower().split("-")
    return "-".join([first, *({4: part.title(), 2: part.upper()}.get(len(part), part) for part in rest)])


class _Turtle:
    """Lines as Turtle or TriG; remembers which prefixes it used."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def write(self, lines: list[Line]) -> str:
        body = "".join(self._graphs(lines))
        prefixes = (f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(self._used))
        return "".join(prefixes) + body

    def _graphs(self, lines: list[Line]) -> Iterator[str]:
        for name, own in groupby(lines, key=itemgetter(0)):
            if name:
                yield f"\n{self._short(name)} {{\n" + "\n".join(self._subjects(own)) + "}\n"
            else:
                yield from ("\n" + subject for subject in self._subjects(own))

    def _subjects(self, lines: Iterable[Line]) -> Iterator[str]:
        for subject, own in groupby(lines, key=itemgetter(1)):
            parts = []
            for predicate, same in groupby(sorted(own, key=_type_first), key=itemgetter(2)):
                verb = "a" if predicate == RDF_TYPE else self._short(predicate)
                parts.append(f"{verb} {', '.join(self._short(line[3]) for line in same)}")
            yield f"{self._short(subject)} " + " ;\n    ".join(parts) + " .\n"

    def _short(self, written: str) -> str:
        """An N-Triples term as Turtle writes it: prefixed where that needs no escape."""
        if typed := _TYPED.fullmatch(written):
            return f"{typed[1]}^^{self._short(typed[2])}"
        if written.startswith("<"):
            iri = written[1:-1]
            for namespace, prefix in _BY_LENGTH:
                if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
                    self._used.add(prefix)
                    return f"{prefix}:{iri[len(namespace) :]}"
        return written


def _type_first(line: Line) -> tuple[bool, str, str]:
    return line[2] != RDF_TYPE, line[2], line[3]
