"""What the data set is: title, licence, version, and of each graph its size, classes and properties (VoID, DCAT).

    meta_triples(quads, editions)      # graph/meta, about the quads of all other graphs

Counted from the quads themselves, so the figures cannot be wrong. Before: every
other module of `kg.graph`. Read by `kg.endpoint` (/.well-known/void).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg import __version__
from kg.graph.evidence import Edition
from kg.graph.links import LINKSET
from kg.graph.names import BASE, PREFIXES, A, Triple, count, graph, term, text, thing

DATASET = NamedNode(BASE + "id/dataset")
LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_TITLES = {"en": "Six-Party Talks knowledge graph", "zh-Hant": "六方會談知識圖譜"}
_DESCRIPTIONS = {
    "en": "Stances, commitments, events, agreements, views and citations of a thesis on the Six-Party Talks, "
    "each with its evidence: where in the source, by which rule, how sure. The source's text is not in it.",
    "zh-Hant": "一部論著所述的立場、承諾、事件、文件、觀點與引註，皆附出處、規則、信度。不含原文。",
}
_GRAPHS = {
    "ontology": "Classes and properties",
    "schemes": "Concept schemes",
    "core": "Actors, institutions, agreements, places, events",
    "links": "Links to Wikidata",
    "thesis": "Statements",
    "evidence": "Editions, parts, spans, evidence",
    "prov": "Runs and rules",
}


def meta_triples(quads: Iterable[Quad], editions: Iterable[Edition]) -> Iterator[Triple]:
    """The description of a data set made of `quads`; each triple counts once for each graph it is in."""
    by_graph: dict[NamedNode, list[Quad]] = defaultdict(list)
    for quad in set(quads):
        assert isinstance(quad.graph_name, NamedNode)
        by_graph[quad.graph_name].append(quad)
    yield from _about()
    for edition in editions:
        yield DATASET, term("dcterms:source"), edition.iri
    for name, own in sorted(by_graph.items(), key=lambda item: item[0].value):
        yield DATASET, term("void:subset"), name
        yield name, A, term("void:Dataset")
        yield name, term("dcterms:title"), text(_GRAPHS[name.value.removeprefix(BASE + "graph/")], "en")
        yield from _figures(name, own)
    yield from _figures(DATASET, [quad for own in by_graph.values() for quad in own])
    yield DATASET, term("void:subset"), LINKSET


def _about() -> Iterator[Triple]:
    publisher = thing("agent", "maintainers")
    yield publisher, A, term("foaf:Agent")
    yield publisher, term("foaf:name"), text("The Six-Party KG maintainers", "en")
    yield DATASET, A, term("void:Dataset")
    yield DATASET, A, term("dcat:Dataset")
    for language in ("en", "zh-Hant"):
        yield DATASET, term("dcterms:title"), text(_TITLES[language], language)
        yield DATASET, term("dcterms:description"), text(_DESCRIPTIONS[language], language)
        yield DATASET, term("dcterms:language"), text(language)
    yield DATASET, term("dcterms:license"), LICENCE
    yield DATASET, term("dcterms:publisher"), publisher
    yield DATASET, term("dcterms:creator"), publisher
    yield DATASET, term("dcat:version"), text(__version__)
    yield DATASET, term("owl:versionInfo"), text(__version__)
    yield DATASET, term("void:uriSpace"), text(BASE + "id/")
    for prefix in ("dcterms", "oa", "prov", "sem", "skos"):
        yield DATASET, term("void:vocabulary"), NamedNode(PREFIXES[prefix])
    yield DATASET, term("void:vocabulary"), NamedNode(PREFIXES["kg"])
    yield DATASET, term("void:rootResource"), graph("meta")


def _figures(node: NamedNode, quads: list[Quad]) -> Iterator[Triple]:
    subjects = {quad.subject for quad in quads}
    entities = Counter(quad.object for quad in quads if quad.predicate == A)
    yield node, term("void:triples"), count(len(quads))
    yield node, term("void:entities"), count(sum(isinstance(subject, NamedNode) for subject in subjects))
    yield node, term("void:distinctSubjects"), count(len(subjects))
    yield node, term("void:distinctObjects"), count(len({quad.object for quad in quads}))
    yield node, term("void:properties"), count(len({quad.predicate for quad in quads}))
    yield node, term("void:classes"), count(len(entities))
    for cls, members in entities.items():
        if node == DATASET and isinstance(cls, NamedNode) and cls.value.startswith(PREFIXES["kg"]):
            partition = thing("dataset", "class", cls.value.removeprefix(PREFIXES["kg"]))
            yield node, term("void:classPartition"), partition
            yield partition, term("void:class"), cls
            yield partition, term("void:entities"), count(members)
