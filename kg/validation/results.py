"""pySHACL's report graph -> Results.

Before: `kg.validation.running`. Next: `kg.validation.report`.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.validation.report import Result

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"


def results_of(found: "Graph", rules: "Graph") -> Iterator[Result]:
    """In no order. Two that are equal are two: one value may break a shape twice, against two others."""
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
