"""Data + shapes + ontology -> Report.

    validate([Path("graph.ttl")])                                    # the shapes and the ontology of this project
    validate([Path("data.ttl")], [Path("shapes.ttl")], ontology=[])  # any data against any shapes

The ontology and the schemes are looked at together with the data: `sh:class`
needs the classes above a class, and a code's class stands in its scheme. A
fault of a node that only the ontology has is a result as well.

Before: `kg.validation.running`. Next: `kg.validation.report`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg import resources
from kg.errors import NothingToCheck
from kg.validation.hoisting import hoist
from kg.validation.loading import add_quads, empty_graph, load, load_shapes
from kg.validation.report import Report
from kg.validation.results import SH, results_of
from kg.validation.running import check_form, refuse, run

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node, URIRef

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


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
    rules = load_shapes(shape_paths)
    refuse(rules, shape_paths)
    if shapes is not None:  # ours are known to be well-formed, and it takes a while to see that
        check_form(rules, shape_paths)
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
    results = results_of(run(graph, rules, shape_paths), rules)
    return Report(tuple(sorted(results)), triples, len(busy), tuple(sorted(idle)))


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

    tests: Mapping[str, Callable[[Node], bool]] = {
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
