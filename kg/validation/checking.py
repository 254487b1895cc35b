"""Data + shapes + ontology -> Report.

    validate([Path("graph.ttl")])                                    # the shapes and the ontology of this project
    validate([Path("data.ttl")], [Path("shapes.ttl")], ontology=[])  # any data against any shapes

The ontology and the schemes are looked at together with the data: `sh:class`
needs the classes above a class, and a code's class stands in its scheme. Results
on nodes that only the ontology has are left out of no report: they are faults too.

Before: `kg.validation.loading`. Next: `kg.validation.report`.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad

from kg import resources
from kg.errors import KgError, NothingToCheck
from kg.guard import calls_service
from kg.validation.hoisting import SH, hoist
from kg.validation.loading import add_quads, empty_graph, load
from kg.validation.report import Report, Result

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node, URIRef

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_DEPTH = 30  # shapes within shapes; pySHACL's own limit of 15 is a little tight for sh:or in sh:property


def shape_files(folder: Path = resources.SHAPES) -> list[Path]:
    """The shapes files of a folder, sorted; `NothingToCheck` where it has none."""
    found = sorted(folder.glob("*.ttl"))
    if not found:
        raise NothingToCheck(f"{folder}: holds no shapes (*.ttl), so any graph would pass. Check the folder.")
    return found


def vocabulary_files(folder: Path = resources.ONTOLOGY) -> list[Path]:
    """The ontology and the schemes, without the alignments; `NothingToCheck` where there is none."""
    found = sorted(path for path in folder.glob("*.ttl") if not path.name.startswith("alignment"))
    if not found:
        raise NothingToCheck(f"{folder}: holds no ontology (*.ttl). Check the folder.")
    return found


def validate(
    data: Sequence[Path], shapes: Sequence[Path] | None = None, ontology: Sequence[Path] | None = None
) -> Report:
    """Look at the union of all graphs of the data files with the shapes of the shapes files.

    `shapes` and `ontology` left out are this project's own. Raises `KgError` for
    a file that cannot be read or does not parse (with line and column) and for a
    shape that is not well-formed, by its name; `NothingToCheck` for a file
    without a triple, and where no shape has a focus node in the data.
    """
    if not data:
        raise NothingToCheck("no data to check: name at least one file.")
    return _check(load(data), shapes, ontology)


def validate_quads(
    quads: Iterable[Quad], shapes: Sequence[Path] | None = None, ontology: Sequence[Path] | None = None
) -> Report:
    """As `validate`, of quads in memory."""
    graph = empty_graph()
    if not add_quads(graph, quads, "b", "the graph"):
        raise NothingToCheck("the graph holds no statement, so there is nothing to check.")
    return _check(graph, shapes, ontology)


def _check(graph: "Graph", shapes: Sequence[Path] | None, ontology: Sequence[Path] | None) -> Report:
    shape_paths = shape_files() if shapes is None else list(shapes)
    if not shape_paths:
        raise NothingToCheck("no shapes to check with: name at least one file.")
    rules = load(shape_paths)
    _refuse_services(rules)
    vocabulary = load(vocabulary_files() if ontology is None else ontology)
    triples = len(graph)
    busy, idle = _targets(rules, graph, vocabulary)
    if not busy:
        where = ", ".join(str(path) for path in shape_paths[:3])
        raise NothingToCheck(
            f"no shape of {where}{' …' if len(shape_paths) > 3 else ''} has a focus node in the data, "
            "so its conforming would mean nothing. Is it the right graph?"
        )
    for triple in vocabulary:
        graph.add(triple)
    hoist(rules)
    found = _run(graph, rules, shape_paths)
    return Report(tuple(sorted(set(_results(found, rules)))), triples, len(busy), tuple(sorted(idle)))


def _run(graph: "Graph", rules: "Graph", paths: Sequence[Path]) -> "Graph":
    """pySHACL's report graph; a shape that it cannot use is named."""
    try:
        return _pyshacl(graph, rules)
    except KgError:
        raise
    except RecursionError:
        raise KgError(f"{_names(paths)}: a path or a shape is nested too deep. Write it flatter.") from None
    except Exception as error:  # pySHACL lets errors of any kind out: of its own, of re, of rdflib
        if not _is_fault_of_shapes(error):
            raise
        shape = _culprit(graph, rules)
        what = " ".join(str(error).split("\nFor reference")[0].split())
        raise KgError(f"{_names(paths)}: {shape or 'a shape'} is not well-formed: {what}. Mend the shape.") from None


def _pyshacl(graph: "Graph", rules: "Graph", **options: Any) -> "Graph":
    from pyshacl import validate as run
    from rdflib import Graph

    # It logs what it raises anyway.
    logging.getLogger("pyshacl-validate").setLevel(logging.CRITICAL + 1)
    _, found, text = run(
        graph, shacl_graph=rules, inference="none", inplace=True, max_validation_depth=_DEPTH, **options
    )
    if isinstance(found, Graph):
        return found
    raise KgError(f"the shapes cannot be evaluated: {' '.join(str(text).split())}")


def _is_fault_of_shapes(error: Exception) -> bool:
    from pyparsing import ParseException
    from pyshacl.errors import ReportableRuntimeError

    return isinstance(error, ReportableRuntimeError | re.error | ParseException | ValueError | TypeError | KeyError)


def _culprit(graph: "Graph", rules: "Graph") -> str:
    """The first shape, by IRI, that fails when it is run alone; "" where none does."""
    from rdflib.term import URIRef

    subjects = {s for s in rules.subjects() if isinstance(s, URIRef)}
    for shape in sorted(subjects):
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


def _refuse_services(rules: "Graph") -> None:
    """A constraint in SPARQL must not reach the network, which rdflib would let it."""
    from rdflib.term import URIRef

    for name in ("select", "ask", "construct"):
        for shape, query in rules.subject_objects(URIRef(SH + name)):
            if calls_service(str(query)):
                raise KgError(f"a shape's sh:{name} calls a SERVICE, which is refused ({shape.n3()}). Take it out.")


def _targets(rules: "Graph", data: "Graph", vocabulary: "Graph") -> tuple[set[str], set[str]]:
    """The shapes that have a focus node in the data, and those that have targets but none there."""
    from rdflib.term import URIRef

    def below(cls: "Node") -> set["Node"]:
        seen, waiting = {cls}, [cls]
        while waiting:
            current = waiting.pop()
            for graph in (vocabulary, data):
                for subject in graph.subjects(URIRef(_SUBCLASS), current):
                    if subject not in seen:
                        seen.add(subject)
                        waiting.append(subject)
        return seen

    def has_instance(cls: "Node") -> bool:
        return any((None, URIRef(_RDF_TYPE), c) in data for c in below(cls))

    tests = {
        "targetClass": has_instance,
        "targetNode": lambda node: True,
        "targetSubjectsOf": lambda predicate: (None, predicate, None) in data,
        "targetObjectsOf": lambda predicate: (None, predicate, None) in data,
    }
    targeted: dict[str, bool] = {}
    for name, is_there in tests.items():
        for shape, target in rules.subject_objects(URIRef(SH + name)):
            targeted[shape.n3()] = targeted.get(shape.n3(), False) or is_there(target)
    for shape in _implicit(rules):
        targeted[shape.n3()] = targeted.get(shape.n3(), False) or has_instance(shape)
    busy = {shape for shape, is_busy in targeted.items() if is_busy}
    return busy, targeted.keys() - busy


def _implicit(rules: "Graph") -> Iterator["URIRef"]:
    """Shapes that are classes too: their instances are their focus nodes."""
    from rdflib.namespace import OWL, RDF, RDFS
    from rdflib.term import URIRef

    for cls in (RDFS.Class, OWL.Class):
        for shape in rules.subjects(RDF.type, cls):
            if isinstance(shape, URIRef) and any(str(p).startswith(SH) for p in rules.predicates(shape)):
                yield shape


def _results(found: "Graph", rules: "Graph") -> Iterator[Result]:
    from rdflib.term import URIRef

    def one(result: "Node", name: str) -> "Node | None":
        return found.value(result, URIRef(SH + name))

    for result in found.objects(None, URIRef(SH + "result")):
        messages = sorted(found.objects(result, URIRef(SH + "resultMessage")), key=lambda m: m.n3())
        path = one(result, "resultPath")
        yield Result(
            severity=_local(one(result, "resultSeverity"), ""),
            shape=_n3(one(result, "sourceShape")),
            focus=_n3(one(result, "focusNode")),
            path=_path(path, found, rules) if path is not None else "",
            value=_n3(one(result, "value")),
            component=_local(one(result, "sourceConstraintComponent"), "ConstraintComponent"),
            message=_message(messages, "en") or _message(messages, ""),
            message_zh=_message(messages, "zh"),
        )


def _message(messages: Iterable[Any], language: str) -> str:
    """The first message in this language; for "", of any."""
    tags = [(message, (message.language or "").lower()) for message in messages]
    return next((str(m) for m, tag in tags if not language or tag == language or tag.startswith(f"{language}-")), "")


def _n3(term: "Node | None") -> str:
    return "" if term is None else term.n3()


def _local(term: "Node | None", suffix: str) -> str:
    name = str(term)
    return name[len(SH) :].removesuffix(suffix) if name.startswith(SH) else _n3(term)


def _path(node: "Node", found: "Graph", rules: "Graph") -> str:
    """A SHACL path as Turtle writes it."""
    from rdflib.namespace import RDF
    from rdflib.term import URIRef

    if isinstance(node, URIRef):
        return node.n3()
    graph = found if (node, None, None) in found else rules
    if (node, RDF.first, None) in graph:
        return f"( {' '.join(_path(item, found, rules) for item in graph.items(node))} )"
    for predicate, value in graph.predicate_objects(node):
        return f"[ {_n3(predicate).replace(f'<{SH}', 'sh:').rstrip('>')} {_path(value, found, rules)} ]"
    return node.n3()


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths[:3]) + (" …" if len(paths) > 3 else "")
