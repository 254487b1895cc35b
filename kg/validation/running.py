"""The calls to pySHACL, and what it leaves to others: shapes that cannot be used are named, none reaches the network.

    refuse(rules, paths)               # what cannot be checked here, or must not be
    check_form(rules, paths)           # shapes of other people: is each well-formed?
    found = run(graph, rules, paths)   # a SHACL report as an rdflib graph

pySHACL passes over many shapes that are not well-formed (`sh:datatype 5` checks
nothing) and lets errors of many kinds out. A shape at fault is found by running
each alone, which takes a while and is done only then.

Before: `kg.validation.loading`, `kg.validation.hoisting`. Next: `kg.validation.results`.
"""

import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError
from kg.guard import calls_service
from kg.validation.loading import empty_graph, quiet
from kg.validation.results import SH, results_of

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_NOT_CHECKED = ("js", "expression", "rule", "target")  # of SHACL-JS and SHACL-AF
_DEPTH = 30  # shapes within shapes; pySHACL's own limit of 15 is a little tight for sh:or in sh:property


def run(graph: "Graph", rules: "Graph", paths: Sequence[Path]) -> "Graph":
    """pySHACL's report. `KgError` names a shape that cannot be used; `paths` are for the message."""
    try:
        return _pyshacl(graph, rules)
    except RecursionError:
        raise KgError(f"{_names(paths)}: a path or a shape is nested too deep. Write it flatter.") from None
    except Exception as error:  # errors of any kind come out: of pySHACL, of re, of rdflib
        if isinstance(error, KgError) or not _is_fault_of_shapes(error):
            raise
        shape = _culprit(graph, rules)
        what = " ".join(str(error).split("\nFor reference")[0].split())
        raise KgError(f"{_names(paths)}: {shape or 'a shape'} cannot be used: {what}. Mend the shape.") from None


def check_form(rules: "Graph", paths: Sequence[Path]) -> None:
    """Raises `KgError` for the first shape that is not well-formed, by SHACL's shapes for shapes."""
    from pyshacl.entrypoints import meta_validate
    from rdflib.term import BNode, URIRef

    _silence()
    plain = empty_graph()
    for s, p, o in rules:
        # Paths are left to pySHACL, which raises where it cannot follow one; W3C's tests have very odd ones.
        is_path = str(p) == SH + "path" and isinstance(o, BNode)
        plain.add((s, p, URIRef("urn:a-path") if is_path else o))
    try:
        _, found, _ = meta_validate(plain, inference="none")
    except ValueError as error:  # a list without an end
        raise KgError(f"{_names(paths)}: a shape is not well-formed: {error}. Mend the shape.") from None
    for result in sorted(results_of(found, plain)):
        name = result.focus if result.focus.startswith("<") else _owner(rules, result.focus)
        what = " ".join(filter(None, (result.path.replace(f"<{SH}", "<sh:"), result.value)))
        raise KgError(f"{_names(paths)}: {name} is not well-formed: {what}: {result.message}. Mend the shape.")


def refuse(rules: "Graph", paths: Sequence[Path]) -> None:
    """Raises `KgError` for what pySHACL would silently pass over, and for SPARQL that would reach the network."""
    from rdflib.term import URIRef

    for name in _NOT_CHECKED:
        for shape in sorted(rules.subjects(URIRef(SH + name)), key=str):
            raise KgError(
                f"{_names(paths)}: {shape.n3()} has sh:{name}, which is not checked here. Write it in SHACL Core."
            )
    for name in ("select", "ask", "construct"):
        for query in rules.objects(None, URIRef(SH + name)):
            if calls_service(str(query)):
                raise KgError(f"{_names(paths)}: a sh:{name} calls a SERVICE, which is refused. Take it out.")


def _pyshacl(graph: "Graph", rules: "Graph") -> "Graph":
    from pyshacl import validate
    from pyshacl.errors import ShapeRecursionWarning
    from rdflib import Graph

    _silence()
    with quiet():
        # What a recursive shape means is left open by SHACL; pySHACL warns and leaves off in the midst.
        warnings.simplefilter("error", ShapeRecursionWarning)
        _, found, text = validate(graph, shacl_graph=rules, inference="none", inplace=True, max_validation_depth=_DEPTH)
    if isinstance(found, Graph):
        return found
    raise KgError(f"the shapes cannot be evaluated: {' '.join(str(text).split())}")


def _silence() -> None:
    """pySHACL logs what it raises anyway."""
    for name in ("pyshacl-validate", "pyshacl.shape", "pyshacl.shapes_graph"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _is_fault_of_shapes(error: Exception) -> bool:
    from pyparsing import ParseException
    from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning

    kinds = (
        ReportableRuntimeError,
        ShapeRecursionWarning,
        re.error,
        ParseException,
        ValueError,
        TypeError,
        KeyError,
        NotImplementedError,
    )
    return isinstance(error, kinds) or type(error) is Exception  # rdflib's, for a prefix that a query does not declare


def _culprit(graph: "Graph", rules: "Graph") -> str:
    """The first shape, by IRI, that fails when it is run alone; "" where none does."""
    from rdflib.term import URIRef

    for shape in sorted({s for s in rules.subjects() if isinstance(s, URIRef)}):
        alone = empty_graph()
        for triple in _described(rules, shape):
            alone.add(triple)
        if not any(str(p).startswith(SH) for p in alone.predicates(shape)):
            continue
        try:
            _pyshacl(graph, alone)
        except Exception:
            return f"<{shape}>"
    return ""


def _described(rules: "Graph", node: "Node") -> Iterator[tuple["Node", "Node", "Node"]]:
    """A shape with all that it refers to, near and far."""
    seen, waiting = {node}, [node]
    while waiting:
        for triple in rules.triples((waiting.pop(), None, None)):
            yield triple
            if triple[2] not in seen:
                seen.add(triple[2])
                waiting.append(triple[2])


def _owner(rules: "Graph", blank: str) -> str:
    """The named shape that a nameless one is part of."""
    from rdflib.term import BNode, URIRef

    node: Node | None = BNode(blank.removeprefix("_:"))
    seen: set[Node] = set()
    while node is not None and not isinstance(node, URIRef) and node not in seen:
        seen.add(node)
        node = min(rules.subjects(None, node), key=str, default=None)
    return node.n3() if isinstance(node, URIRef) else "a shape without a name"


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths[:3]) + (" …" if len(paths) > 3 else "")
