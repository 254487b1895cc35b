"""RDF files -> quads, whatever their format; what is wrong with a file is told with its line.

    list(read_quads(Path("ontology/schemes.ttl"), NamedNode("https://example.org/g")))

Used by `kg.store`, which has `read_quads` too.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import KgError

Term = NamedNode | BlankNode | Literal | Triple

_BY_SUFFIX = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}


def read_quads(path: Path, graph: NamedNode | None = None) -> Iterator[Quad]:
    """The quads of a file, its format known by its suffix; those of no named graph go to `graph`.

    Blank nodes keep their labels. Raises KgError: an unknown suffix, a file that cannot be
    read or does not parse (line and column), named graphs in a file read into `graph`.
    """
    rdf_format = _BY_SUFFIX.get(path.suffix.lower())
    if rdf_format is None:
        raise KgError(f"{path}: unknown suffix {path.suffix!r}. Known: {', '.join(sorted(_BY_SUFFIX))}.")
    try:
        with path.open("rb") as file:
            for quad in parse(file, rdf_format):
                if graph is None:
                    yield quad
                elif quad.graph_name != DefaultGraph():
                    raise KgError(
                        f"{path}: has graphs of its own ({quad.graph_name}), so it cannot be read into {graph}. "
                        "Give it as data without a graph's name."
                    )
                else:
                    yield Quad(quad.subject, quad.predicate, quad.object, graph)
    except SyntaxError as error:
        raise KgError(_syntax_message(path, error)) from None
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from None


def _syntax_message(path: Path, error: SyntaxError) -> str:
    where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else f"{path}"
    what = re.sub(r"^Parser error at .*?: ", "", " ".join(error.msg.split()))
    if "No scheme found in an absolute IRI" in what:
        what += " (a relative IRI: write it in full, or state @base)"
    return f"{where}: {what}. Mend the file there."


def relabel(quads: Iterator[Quad], number: int) -> Iterator[Quad]:
    """Blank nodes named by the file's number, so that two files share none and names are stable."""

    def rename(term: Term) -> Term:
        if isinstance(term, BlankNode):
            return BlankNode(f"f{number}{term.value}")
        if isinstance(term, Triple):
            return Triple(rename(term.subject), term.predicate, rename(term.object))  # type: ignore[arg-type]
        return term

    for quad in quads:
        graph = rename(quad.graph_name) if isinstance(quad.graph_name, BlankNode) else quad.graph_name
        yield Quad(rename(quad.subject), quad.predicate, rename(quad.object), graph)  # type: ignore[arg-type]
