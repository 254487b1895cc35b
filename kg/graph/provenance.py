"""Where statements come from: the run, its software and its rules. No clock: the same input gives the same bytes.

    run_triples(edition, vocabulary)       # id/run/{version}-{edition}, a prov:Activity
    rule_triples(facts, {}, vocabulary)    # id/rule/{name}, for every rule that found one of the facts

Before: `kg.graph.evidence`. Beside: `kg.graph.meta`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from kg import __version__
from kg.facts.model import Agreement, Citation, Commitment, Event, Fact, Institution, Stance, View
from kg.graph.evidence import Edition
from kg.graph.names import A, Triple, term, text, thing
from kg.graph.vocabulary import Vocabulary

SOFTWARE = "six-party-kg"


def run_iri(edition: Edition) -> NamedNode:
    """One version of this software on one edition is one run: done again, it gives the same."""
    return thing("run", f"{__version__}-{edition.key}")


def run_triples(edition: Edition, vocabulary: Vocabulary) -> Iterator[Triple]:
    me, software = run_iri(edition), thing("software", f"{SOFTWARE}-{__version__}")
    for cls in (*vocabulary.classes("ExtractionRun"), term("prov:Activity")):
        yield me, A, cls
    yield me, term("rdfs:label"), text(f"extraction by {SOFTWARE} {__version__} from source text {edition.key}", "en")
    yield me, term("rdfs:label"), text(f"{SOFTWARE} {__version__} 擷取自來源文本 {edition.key}", "zh-Hant")
    yield me, term("prov:used"), edition.iri
    yield me, term("prov:wasAssociatedWith"), software
    yield software, A, term("prov:SoftwareAgent")
    yield software, term("rdfs:label"), text(f"{SOFTWARE} {__version__}")


def rule_triples(facts: Iterable[Fact], descriptions: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[Triple]:
    """The rules that found the facts, each with what it looks for (en): as described, else by what it found."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.evidence.rule:
            found[fact.evidence.rule].add(_what(fact))
    for name, kinds in found.items():
        me = thing("rule", name)
        for cls in vocabulary.classes("Rule"):
            yield me, A, cls
        yield me, term("dcterms:identifier"), text(name)
        yield me, term("rdfs:label"), text(f"rule {name}", "en")
        yield me, term("rdfs:label"), text(f"規則 {name}", "zh-Hant")
        description = descriptions.get(name) or f"Finds {', '.join(sorted(kinds))}."
        yield me, term("dcterms:description"), text(description, "en")


_FOUND: dict[type[Fact], str] = {
    Stance: "stances", Institution: "institutions", Agreement: "agreements", Commitment: "commitments", View: "views",
    Citation: "citations",
}  # fmt: skip


def _what(fact: Fact) -> str:
    if isinstance(fact, Event):
        return f"events of the kind {fact.kind}"
    return _FOUND[type(fact)]
