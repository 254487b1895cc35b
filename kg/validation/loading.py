"""RDF files of any format -> one rdflib graph, the union of their named graphs.

    graph = load([Path("data/six-party-kg.trig")])
    len(graph)

Oxigraph parses (ten times as fast as rdflib, and it says line and column of an
error); rdflib only holds the triples, as pySHACL wants them. Lexical forms stay
as they are written, so that `"007"^^xsd:integer` is still seen as such.
Blank nodes get names by their order, so that a report is the same in every run.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from pyoxigraph import Literal as OxLiteral

from kg.errors import KgError, NothingToCheck
from kg.store import read_quads

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import BNode, Literal, URIRef

    Term = URIRef | BNode | Literal

Node = NamedNode | BlankNode | OxLiteral | Triple


def load(paths: Sequence[Path]) -> "Graph":
    """The triples of all files. Blank nodes of two files are never the same one.

    Raises `NothingToCheck` for a file without a statement, `KgError` as `read_quads` does.
    """
    graph = empty_graph()
    for number, path in enumerate(paths):
        before = len(graph)
        found = add_quads(graph, read_quads(path), f"f{number}b" if len(paths) > 1 else "b", str(path))
        if not found and len(graph) == before:
            raise NothingToCheck(f"{path}: holds no statement, so there is nothing to check. Check the file.")
    return graph


def empty_graph() -> "Graph":
    from rdflib import Graph

    # No default prefixes: a report must not depend on which ones a version of rdflib binds.
    return Graph(bind_namespaces="none")


def add_quads(graph: "Graph", quads: Iterable[Quad], prefix: str, where: str) -> int:
    """Put the quads' triples into `graph`; the number of quads. `where` is for the message of an error."""
    count = 0
    terms = _Terms(prefix, where)
    with _quiet_literals():
        for quad in quads:
            graph.store.add((terms[quad.subject], terms[quad.predicate], terms[quad.object]), context=graph)
            count += 1
    return count


class _Terms(dict[Node, "Term"]):
    """Terms of Oxigraph -> of rdflib; each is made once."""

    def __init__(self, prefix: str, where: str) -> None:
        super().__init__()
        self._prefix = prefix
        self._where = where
        self._blank = 0

    def __missing__(self, node: Node) -> "Term":
        self[node] = made = self._make(node)
        return made

    def _make(self, node: Node) -> "Term":
        from rdflib.term import BNode, Literal, URIRef

        if isinstance(node, NamedNode):
            return URIRef(node.value)
        if isinstance(node, BlankNode):
            self._blank += 1
            return BNode(f"{self._prefix}{self._blank}")
        if isinstance(node, Triple):
            raise KgError(f"{self._where}: has a triple term (RDF 1.2), which SHACL does not know. Leave it out.")
        if node.language:
            return Literal(node.value, lang=node.language)
        datatype = node.datatype.value
        if datatype == _STRING:  # rdflib takes "a" and "a"^^xsd:string for two terms
            return Literal(node.value)
        return Literal(node.value, datatype=URIRef(datatype), normalize=False)


_STRING = "http://www.w3.org/2001/XMLSchema#string"


@contextmanager
def _quiet_literals() -> Iterator[None]:
    """rdflib logs a traceback for each ill-typed literal; a shape says it better."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)
