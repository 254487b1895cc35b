"""Shapes -> the same shapes, as pySHACL is quick with them.

    hoist(rules)      # in place

pySHACL evaluates `sh:property` of a node shape once for each focus node, which
is four fifths of its time. A property shape that has the targets of its node
shape itself is evaluated once for all of them, and gives the same results: a
result names the property shape, never the node shape around it.

Left alone: node shapes that another shape refers to, that are closed (they
count their property shapes), and property shapes that look at their siblings.
"""

from typing import TYPE_CHECKING

from kg.validation.results import SH

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_REFERENCES = ("node", "not", "qualifiedValueShape", "property")
_LISTS = ("and", "or", "xone")


def hoist(rules: "Graph") -> int:
    """Give property shapes the targets of their node shapes; the number of property shapes that got some."""
    from rdflib.term import URIRef

    referred = _referred(rules)
    hoisted = 0
    for shape, inner in sorted(rules.subject_objects(URIRef(SH + "property"))):
        targets = [
            (URIRef(SH + name), target) for name in _TARGETS for target in rules.objects(shape, URIRef(SH + name))
        ]
        if not targets or shape in referred or _is_bound(rules, shape, inner):
            continue
        for predicate, target in targets:
            rules.add((inner, predicate, target))
        rules.remove((shape, URIRef(SH + "property"), inner))
        hoisted += 1
    return hoisted


def _referred(rules: "Graph") -> set["Node"]:
    """Shapes that others are made of."""
    from rdflib.term import URIRef

    found = {o for name in _REFERENCES for o in rules.objects(None, URIRef(SH + name))}
    for name in _LISTS:
        for members in rules.objects(None, URIRef(SH + name)):
            found.update(rules.items(members))
    return found


def _is_bound(rules: "Graph", shape: "Node", inner: "Node") -> bool:
    """Would the two mean something else apart?"""
    from rdflib.namespace import RDF, RDFS
    from rdflib.term import URIRef

    def has(node: "Node", *names: str) -> bool:
        return any((node, URIRef(SH + name), None) in rules for name in names)

    is_class = (shape, RDF.type, RDFS.Class) in rules  # its instances are its focus nodes without a word of it
    return is_class or has(shape, "closed", "deactivated", "target") or has(inner, "qualifiedValueShapesDisjoint")
