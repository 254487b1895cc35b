"""The ontology and the concept schemes, as the graph needs them.

    vocabulary = load_vocabulary()
    vocabulary.concept("polarity", "oppose")           # the IRI; KgError for an unknown code
    vocabulary.label("issue", "sanctions", "zh-Hant")  # "制裁"
    vocabulary.classes("State")                        # kg:State, kg:Actor

`ontology/schemes.ttl` holds the concepts; the other Turtle files of the folder
are the ontology, but for `alignment*.ttl`, which is loaded on request only.
Before: nothing. Next: every other module of `kg.graph`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad

from kg.errors import KgError
from kg.graph.names import BASE, PREFIXES, A, concept, graph, term
from kg.lexicon import IssueEntry
from kg.resources import ONTOLOGY
from kg.store import read_quads

SCHEMES = "schemes.ttl"
_ON_REQUEST = "alignment"


@dataclass(frozen=True)
class Vocabulary:
    ontology: tuple[Quad, ...]  # in graph/ontology
    schemes: tuple[Quad, ...]  # in graph/schemes
    own: tuple[Quad, ...] = ()  # those of the schemes that a user's lexicon adds

    def with_issues(self, issues: Iterable[IssueEntry]) -> "Vocabulary":
        """The vocabulary with these issues as concepts of `scheme/issue`; `KgError` for a code that it has."""
        own: list[Quad] = []
        for issue in issues:
            if ("issue", issue.code) in self._labels:
                raise KgError(f"ontology/{SCHEMES}: has an issue {issue.code!r} already; give yours another code.")
            own += _issue_quads(issue)
        return replace(self, schemes=(*self.schemes, *own), own=(*self.own, *own))

    def concept(self, scheme: str, code: str) -> NamedNode:
        """The concept with this code; `KgError` where the scheme has none."""
        if (scheme, code) not in self._labels:
            raise KgError(f"ontology/{SCHEMES}: no concept {code!r} in scheme {scheme!r}; add it, or mend the code.")
        return concept(scheme, code)

    def label(self, scheme: str, code: str, language: str) -> str:
        """The concept's label in this language ("en", "zh-Hant"), its code where it has none."""
        self.concept(scheme, code)
        return self._labels[scheme, code].get(language.lower(), code)

    def classes(self, name: str) -> list[NamedNode]:
        """kg:`name` and the classes of this ontology above it, so that queries need no reasoner."""
        found = [term(f"kg:{name}")]
        for above in found:
            found += sorted(self._above[above] - set(found), key=str)
        return found

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str], dict[str, str]]:
        """Of each concept, by scheme and code: language -> label."""
        notations: dict[str, str] = {}
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        for quad in self.schemes:
            if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, Literal):
                continue
            if quad.predicate == term("skos:notation") and quad.object.datatype == term("xsd:string"):
                notations[quad.subject.value] = quad.object.value
            if quad.predicate == term("skos:prefLabel") and quad.object.language:
                labels[quad.subject.value][quad.object.language.lower()] = quad.object.value
        found: dict[tuple[str, str], dict[str, str]] = {}
        for iri, code in notations.items():
            scheme, _, _ = iri.removeprefix(BASE + "scheme/").partition("/")
            if iri == concept(scheme, code).value:
                found[scheme, code] = labels[iri]
        return found

    @cached_property
    def _above(self) -> Mapping[NamedNode, set[NamedNode]]:
        above: dict[NamedNode, set[NamedNode]] = defaultdict(set)
        for quad in self.ontology:
            lower, upper = quad.subject, quad.object
            if quad.predicate != term("rdfs:subClassOf"):
                continue
            if isinstance(lower, NamedNode) and isinstance(upper, NamedNode) and upper.value.startswith(PREFIXES["kg"]):
                above[lower].add(upper)
        return above


def _issue_quads(issue: IssueEntry) -> Iterable[Quad]:
    """What ontology/schemes.ttl tells of an issue; where the user gave no meaning, its names say it."""
    me, scheme = concept("issue", issue.code), NamedNode(BASE + "scheme/issue")
    texts = {
        "skos:prefLabel": (issue.en, issue.zh),
        "skos:definition": (issue.definition or f"{issue.en}.", issue.definition_zh or f"{issue.zh}。"),
        "skos:scopeNote": (
            issue.scope_note or f"Support: is for this: {issue.en}.",
            issue.scope_note_zh or f"支持：贊成{issue.zh}。",
        ),
    }
    said = [(A, term("skos:Concept")), (A, term("kg:Issue"))]
    said += [(term("skos:inScheme"), scheme), (term("skos:topConceptOf"), scheme)]
    own = [Quad(me, predicate, value, graph("schemes")) for predicate, value in said]
    own.append(Quad(me, term("skos:notation"), Literal(issue.code), graph("schemes")))
    for predicate, (en, zh) in texts.items():
        for text, language in ((en, "en"), (zh, "zh-Hant")):
            own.append(Quad(me, term(predicate), Literal(text, language=language), graph("schemes")))
    return own


@cache
def load_vocabulary(folder: Path = ONTOLOGY) -> Vocabulary:
    """Read the Turtle files of `folder`; `KgError` where one is missing or does not parse."""
    files = sorted(path for path in folder.glob("*.ttl") if not path.name.startswith(_ON_REQUEST))
    ontology = [path for path in files if path.name != SCHEMES]
    if not ontology or folder / SCHEMES not in files:
        raise KgError(f"{folder}: needs the ontology (*.ttl) and {SCHEMES}. Is it the right folder?")
    return Vocabulary(_read(ontology, graph("ontology")), _read([folder / SCHEMES], graph("schemes")))


def _read(paths: Iterable[Path], into: NamedNode) -> tuple[Quad, ...]:
    """The files' quads; blank nodes get the same names in every run, else the bytes would differ."""
    found: list[Quad] = []
    for path in paths:
        dataset = Dataset(read_quads(path, into))
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found += (_renamed(quad, path.stem) for quad in dataset)
    return tuple(sorted(found, key=str))


def _renamed(quad: Quad, prefix: str) -> Quad:
    """Two files must not share a blank node."""
    subject, object_ = (
        BlankNode(f"{prefix}-{node.value}") if isinstance(node, BlankNode) else node
        for node in (quad.subject, quad.object)
    )
    return Quad(subject, quad.predicate, object_, quad.graph_name)  # type: ignore[arg-type]
