"""RDF files of any format -> one rdflib graph, the union of their named graphs.

    graph = load([Path("data/six-party-kg.trig")])
    len(graph)

Oxigraph parses (ten times as fast as rdflib, and it says line and column of an
error); rdflib only holds the triples, as pySHACL wants them. Lexical forms stay
as they are written, so that `"007"^^xsd:integer` is still seen as such.
Blank nodes get names by their order, so that a report is the same in every run.
"""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Literal as OxLiteral

from kg.errors import KgError, NothingToCheck
from kg.store import read_quads

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import BNode, Literal, URIRef

    Term = URIRef | BNode | Literal

Node = NamedNode | BlankNode | OxLiteral | Triple


def load_shapes(paths: Sequence[Path]) -> "Graph":
    """As `load`, as SHACL reads shapes: of booleans, `true` is true and `1` is not."""
    from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch

    rdflib_bool_patch()  # type: ignore[no-untyped-call]
    try:
        return load(paths)
    finally:
        rdflib_bool_unpatch()  # type: ignore[no-untyped-call]


def load(paths: Sequence[Path]) -> "Graph":
    """The triples of all files. Blank nodes of two files are never the same one.

    Raises `NothingToCheck` for a file without a statement, `KgError` as `read_quads` does.
    """
    graph = empty_graph()
    for number, path in enumerate(paths):
        before = len(graph)
        found = add_quads(graph, _read(path, graph), f"f{number}b" if len(paths) > 1 else "b", str(path))
        if not found and len(graph) == before:
            raise NothingToCheck(f"{path}: holds no statement, so there is nothing to check. Check the file.")
    return graph


def _read(path: Path, graph: "Graph") -> Iterator[Quad]:
    """As `read_quads`, but a file may speak of itself (`<>`), as W3C's own tests do: its place is its base.

    Its prefixes are bound in `graph`, for constraints in SPARQL that use them without declaring them.
    """
    form = RdfFormat.from_extension(path.suffix.lower().removeprefix("."))
    if form is None or not path.is_file():
        yield from read_quads(path)  # which says what is wrong
        return
    try:
        with path.open("rb") as file:
            reader = parse(file, form, base_iri=path.resolve().as_uri())
            yield from reader
            for prefix, namespace in reader.prefixes.items():
                graph.bind(prefix, namespace)
    except SyntaxError as error:
        where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else f"{path}"
        what = re.sub(r"^Parser error at .*?: ", "", " ".join(error.msg.split()))
        raise KgError(f"{where}: {what}. Mend the file there.") from None
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}). Check the path.") from None


def empty_graph() -> "Graph":
    from rdflib import Graph

    # No default prefixes: a report must not depend on which ones a version of rdflib binds.
    return Graph(bind_namespaces="none")


def add_quads(graph: "Graph", quads: Iterable[Quad], prefix: str, where: str) -> int:
    """Put the quads' triples into `graph`; the number of quads. `where` is for the message of an error."""
    count = 0
    terms = _Terms(prefix, where)
    with quiet():
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
        from rdflib.term import BNode, URIRef

        from kg.validation.literals import ComparableLiteral as Literal

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
def quiet() -> Iterator[None]:
    """rdflib warns of each ill-typed literal and logs a traceback; a shape says it better."""
    log = logging.getLogger("rdflib.term")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)
