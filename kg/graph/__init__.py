"""Stage 6: facts -> RDF with evidence.

    quads = build_graph(facts, source, document, lexicon, whole=False)
    write_quads(quads, Path("build/article.trig"))

    names.py        namespaces, IRIs, slugs
    vocabulary.py   ontology and concept schemes, as read from `ontology/`
    things.py       actors, institutions, agreements, places, events (graph/core)
    evidence.py     editions, parts, spans, evidence (graph/evidence)
    statements.py   stances and accounts, folded from facts (graph/thesis, graph/text/…)
    provenance.py   runs and rules (graph/prov)
    links.py        the same thing in Wikidata (graph/links)
    meta.py         what the data set is (graph/meta)
    build.py        all of them together
    serialize.py    quads -> sorted bytes

Before: `kg.facts`. Next: `kg.leaks`, `kg.verify`, `kg.validation`.
"""

from kg.graph.build import Reading, build_graph, build_graphs
from kg.graph.serialize import write_quads

__all__ = ["Reading", "build_graph", "build_graphs", "write_quads"]
