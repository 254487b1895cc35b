"""Every shape fires on the graph that was broken for it, and on nothing of the graph that is right.

`tests/shapes/valid.ttl` is one small whole graph that uses every class.
`tests/shapes/{shape}-{what}.ttl` breaks that shape; its first line is
`# expect: ` and the beginning of the message that must come. Besides, every
constraint of every property shape is broken by a change made here: a value
dropped, doubled, or put in another form.

pySHACL takes half a second to start on a graph, so all broken graphs are looked
at together, each with its things renamed: `id/actor/XNA` -> `id/actor/XNA--{n}`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib.namespace import SH
from rdflib.term import Node, URIRef

from kg.graph.names import BASE, PREFIXES, term
from kg.resources import SHAPES
from kg.store import read_quads
from kg.validation import Report, Result, shape_files, validate, validate_quads, vocabulary_files
from kg.validation.loading import load

FOLDER = Path(__file__).parent / "shapes"
VALID = FOLDER / "valid.ttl"
BROKEN = sorted(path for path in FOLDER.glob("*.ttl") if path != VALID)
KGS = PREFIXES["kgs"]
RULES = load(shape_files())
KNOWN = {quad.subject for path in vocabulary_files() for quad in read_quads(path)}

assert len(BROKEN) > 200, "broken graphs are missing"

# A good graph cannot have a node that quotes.
NO_FOCUS_IN_A_GOOD_GRAPH = {KGS + "NoQuotation"}


def kebab(shape: str) -> str:
    """kgs:Stance-holder -> stance-holder, as in the name of its broken graphs."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"-\1", shape.removeprefix(KGS)).lower()


def renamed(quads: Iterable[Quad], mark: str) -> list[Quad]:
    """The graph with things of its own: only what is in the vocabulary keeps its name."""

    def name(node: object) -> object:
        if isinstance(node, BlankNode):
            return BlankNode(f"{node.value}x{mark}")
        ours = isinstance(node, NamedNode) and node.value.startswith(
            (BASE + "id/", BASE + "scheme/", "https://example.org/")
        )
        return NamedNode(f"{node.value}--{mark}") if ours and node not in KNOWN else node

    return [Quad(name(quad.subject), quad.predicate, name(quad.object)) for quad in quads]  # type: ignore[arg-type]


def by_mark(report: Report) -> Mapping[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for result in report.results:
        _, _, mark = result.focus.rstrip(">").partition("--")
        found.setdefault(mark, []).append(result)
    return found


@pytest.fixture(scope="module")
def found() -> Mapping[str, list[Result]]:
    """Of each broken graph, by the name of its file, what was found in it."""
    named = [path for path in BROKEN if not has_blank_nodes(path)]
    quads = [quad for path in named for quad in renamed(read_quads(path), path.stem)]
    results = dict(by_mark(validate_quads(quads)))
    # The name of a blank node does not show the file; a concept of the schemes keeps its own.
    for path in BROKEN:
        if path not in named or path.stem == "concept-in-scheme-two":
            results[path.stem] = list(validate([path]).results)
    return results


def has_blank_nodes(path: Path) -> bool:
    return any(isinstance(quad.subject, BlankNode) for quad in read_quads(path))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_graph_is_found_out(path: Path, found: Mapping[str, list[Result]]) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# expect: "), "the first line says what message must come"
    expected = first.removeprefix("# expect: ")
    messages = [r.message for r in found.get(path.stem, []) if path.stem.startswith(kebab(r.shape.strip("<>")))]
    assert [message for message in messages if message.startswith(expected)], found.get(path.stem)


def test_every_shape_with_a_constraint_has_a_broken_graph() -> None:
    shapes = {str(shape) for shape in RULES.subjects(SH.message)}
    stems = [path.stem for path in BROKEN]
    assert shapes
    assert [shape for shape in sorted(shapes) if not any(stem.startswith(kebab(shape) + "-") for stem in stems)] == []


# The graph that is right


@pytest.fixture(scope="module")
def good() -> Report:
    return validate([VALID])


def test_valid_graph_conforms_without_a_warning(good: Report) -> None:
    assert good.results == ()
    assert good.conforms


def test_valid_graph_has_a_focus_node_for_every_shape(good: Report) -> None:
    assert {shape.strip("<>") for shape in good.idle_shapes} == NO_FOCUS_IN_A_GOOD_GRAPH


# The form of the shapes files


@pytest.mark.parametrize("path", shape_files(), ids=lambda path: path.stem)
def test_file_says_what_a_violation_means(path: Path) -> None:
    comment = "".join(line for line in path.read_text(encoding="utf-8").splitlines(True) if line.startswith("#"))
    assert "A violation means that" in comment or "A violation means a" in comment


def test_property_shapes_have_names_and_all_messages_are_in_both_languages() -> None:
    property_shapes = {o for o in RULES.objects(None, SH.property) if not is_part_of_another(o)}
    assert len(property_shapes) > 80
    assert all(isinstance(shape, URIRef) and shape.startswith(KGS) for shape in property_shapes)
    told = [shape for shape in RULES.subjects(unique=True) if constraints(shape) and isinstance(shape, URIRef)]
    assert len(told) > 150
    for shape in told:
        if not any(RULES.objects(shape, predicate) for predicate in (SH.targetClass, SH.targetSubjectsOf, SH.path)):
            continue  # a part that other shapes use: it gives no result of its own
        languages = sorted((message.language or "").lower() for message in RULES.objects(shape, SH.message))
        assert languages in (["en", "zh-hant"], []), shape
        assert languages or not any(RULES.objects(shape, SH.targetClass)) or shape not in property_shapes, shape


def is_part_of_another(shape: Node) -> bool:
    """Inside sh:or and the like, where its results are not reported."""
    owners = list(RULES.subjects(SH.property, shape))
    return not any(isinstance(owner, URIRef) and any(RULES.objects(owner, SH.targetClass)) for owner in owners)


# Every constraint of every property shape

_NOT_CONSTRAINTS = {
    SH.path, SH.message, SH.severity, SH.property, SH.qualifiedValueShape,
    SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode,
}  # fmt: skip


def constraints(shape: Node) -> set[str]:
    names = {str(p) for p in RULES.predicates(shape) if str(p).startswith(str(SH)) and p not in _NOT_CONSTRAINTS}
    return {name.removeprefix(str(SH)) for name in names}


def value_of(shape: Node, name: str) -> int:
    return int(next(RULES.objects(shape, SH[name])).toPython())  # type: ignore[attr-defined]


def datatype_of(shape: Node) -> NamedNode:
    return NamedNode(str(next(RULES.objects(shape, SH.datatype), PREFIXES["xsd"] + "integer")))


def doubled(values: list[Literal | NamedNode]) -> list[Literal | NamedNode]:
    """One value more, of the same sort."""
    first = values[0]
    if isinstance(first, NamedNode):
        return [*values, NamedNode(first.value + "-other")]
    more = first.value + "9"
    return [
        *values,
        Literal(more, language=first.language) if first.language else Literal(more, datatype=first.datatype),
    ]


# constraint -> (values of the right graph, shape) -> values that break it
CHANGES: Mapping[str, Callable[[list[Literal | NamedNode], Node], list[Literal | NamedNode]]] = {
    "minCount": lambda values, shape: [],
    "hasValue": lambda values, shape: [],
    "maxCount": lambda values, shape: doubled(values) if values else [Literal(1)],
    "class": lambda values, shape: [NamedNode("https://example.org/of-no-class")],
    "nodeKind": lambda values, shape: [Literal("a text")],
    "datatype": lambda values, shape: [Literal("text", datatype=term("xsd:anyURI"))],
    "pattern": lambda values, shape: [Literal("北 " * 60)],
    "minInclusive": lambda values, shape: [
        Literal(str(value_of(shape, "minInclusive") - 1), datatype=datatype_of(shape))
    ],
    "maxInclusive": lambda values, shape: [
        Literal(str(value_of(shape, "maxInclusive") + 1), datatype=datatype_of(shape))
    ],
    "minLength": lambda values, shape: [Literal("")],
    "uniqueLang": lambda values, shape: [Literal("one", language="en"), Literal("two", language="EN")],
    "languageIn": lambda values, shape: [Literal("texte", language="fr")],
    "qualifiedMinCount": lambda values, shape: [],
    "qualifiedMaxCount": lambda values, shape: [Literal("one-code"), Literal("other-code")],
    "or": lambda values, shape: [Literal("text", datatype=term("xsd:anyURI"))],
}
# Broken by a graph in tests/shapes/, since it takes two values that belong together.
BY_FILE = {"disjoint", "equals", "lessThan"}


def _path_of(shape: Node) -> NamedNode | None:
    path = next(RULES.objects(shape, SH.path))
    return NamedNode(str(path)) if isinstance(path, URIRef) else None


def _classes_of(shape: Node) -> list[NamedNode]:
    return [
        NamedNode(str(cls))
        for owner in RULES.subjects(SH.property, shape)
        for cls in RULES.objects(owner, SH.targetClass)
    ]


CASES = sorted(
    (str(shape), constraint)
    for shape in set(RULES.objects(None, SH.property))
    if isinstance(shape, URIRef) and _path_of(shape) and _classes_of(shape)
    for constraint in constraints(shape) - BY_FILE
)
assert len(CASES) > 250, "no constraints to break"


@pytest.fixture(scope="module")
def changed() -> Mapping[str, list[Result]]:
    """What was found in each changed graph, by its number in CASES: one node of the valid graph, with other values."""
    valid = list(read_quads(VALID)) + [quad for path in vocabulary_files() for quad in read_quads(path)]
    quads = list(valid)
    below = subclasses(valid)
    for number, (name, constraint) in enumerate(CASES):
        shape = URIRef(name)
        path, classes = _path_of(shape), {c for cls in _classes_of(shape) for c in below(cls)}
        nodes = [q.subject for q in valid if q.predicate == term("rdf:type") and q.object in classes]
        with_values = [n for n in nodes if any(q.subject == n and q.predicate == path for q in valid)]
        node = (with_values or nodes)[0]
        values = [q.object for q in valid if q.subject == node and q.predicate == path]
        me = NamedNode(f"{node.value}--{number}")  # type: ignore[union-attr]
        quads += [Quad(me, q.predicate, q.object) for q in valid if q.subject == node and q.predicate != path]
        quads += [Quad(me, path, value) for value in CHANGES[constraint](values, shape)]  # type: ignore[arg-type]
    return by_mark(validate_quads(quads))


def subclasses(quads: list[Quad]) -> Callable[[NamedNode], set[NamedNode]]:
    pairs = [(q.subject, q.object) for q in quads if q.predicate == term("rdfs:subClassOf")]

    def below(cls: NamedNode) -> set[NamedNode]:
        return {cls}.union(*(below(sub) for sub, above in pairs if above == cls))  # type: ignore[arg-type]

    return below


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: f"{kebab(CASES[n][0])}-{CASES[n][1]}")
def test_constraint_is_broken_by_a_change_of_the_valid_graph(number: int, changed: Mapping[str, list[Result]]) -> None:
    shape, constraint = CASES[number]
    components = {r.component for r in changed.get(str(number), []) if r.shape == f"<{shape}>"}
    assert constraint[0].upper() + constraint[1:] in components, changed.get(str(number))


def test_shapes_folder_is_what_is_released() -> None:
    assert {path.parent for path in shape_files()} == {SHAPES}
