"""Stage 6: facts -> RDF with evidence.

    quads = build_graph(facts, source, document, lexicon, whole=False)
    write_quads(quads, Path("build/article.trig"))

    names.py        namespaces, IRIs, slugs
    vocabulary.py   ontology and concept schemes, as read from `ontology/`
    things.py       actors, institutions, agreements, places, events (graph/core)
    evidence.py     editions, parts, spans, evidence (graph/evidence)
    statements.py   stances and accounts, folded from facts (graph/thesis, graph/text/…)
    scholarship.py  works, citations, views
    reviews.py      who looked at a statement
    provenance.py   runs and rules (graph/prov)
    links.py        the same thing in Wikidata (graph/links)
    meta.py         what the data set is (graph/meta)
    build.py        all of them together
    serialize.py    quads -> sorted bytes

Before: `kg.facts`. Next: `kg.leaks`, `kg.verify`, `kg.validation`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph.build import Reading, build_graph, build_graphs
    from kg.graph.serialize import write_quads

__all__ = ["Reading", "build_graph", "build_graphs", "write_quads"]


def __getattr__(name: str) -> Any:
    """Each name when it is first asked for: a command that only wants `kg.graph.names` must not load every stage."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("kg.graph.serialize" if name == "write_quads" else "kg.graph.build"), name)
