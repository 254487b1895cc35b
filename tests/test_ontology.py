"""The ontology says what every term means, in both languages, and contradicts itself nowhere.

Its classes and properties are those of docs/architecture.md; the schemes have
the codes of the codebook. Domains and ranges stand in the shapes.
"""

import re
import shutil
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Literal, Node, URIRef

from kg.graph.names import BASE, PREFIXES
from kg.resources import ONTOLOGY, QUERIES, ROOT
from kg.validation import shape_files, vocabulary_files
from kg.validation.loading import load

KG = PREFIXES["kg"]
LANGUAGES = {"en", "zh-hant"}
TERMS = load([ONTOLOGY / "six-party-kg.ttl"])
SCHEMES = load([ONTOLOGY / "schemes.ttl"])
RULES = load(shape_files())
PROPERTY_KINDS = {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


def ours(graph: Graph, kind: URIRef) -> set[URIRef]:
    return {s for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef) and s.startswith(KG)}


CLASSES = ours(TERMS, OWL.Class)
PROPERTIES = {p for kind in PROPERTY_KINDS for p in ours(TERMS, kind)}
DATATYPES = ours(TERMS, RDFS.Datatype)

assert len(CLASSES) > 35, "the ontology has lost its classes"
assert len(PROPERTIES) > 55, "the ontology has lost its properties"


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return sorted((o.language or "").lower() for o in graph.objects(subject, predicate) if isinstance(o, Literal))


# The header


def test_header_names_version_licence_and_namespace() -> None:
    ontology = URIRef(KG.rstrip("#"))
    assert (ontology, RDF.type, OWL.Ontology) in TERMS
    version = TERMS.value(ontology, OWL.versionInfo)
    assert TERMS.value(ontology, OWL.versionIRI) == URIRef(f"{ontology}/{version}")
    assert str(TERMS.value(ontology, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert set(languages(TERMS, ontology, DCTERMS.title)) == LANGUAGES
    assert set(languages(TERMS, ontology, DCTERMS.description)) == LANGUAGES
    assert str(TERMS.value(ontology, URIRef(PREFIXES["vann"] + "preferredNamespaceUri"))) == KG
    assert str(TERMS.value(ontology, URIRef(PREFIXES["vann"] + "preferredNamespacePrefix"))) == "kg"
    for date in (DCTERMS.created, DCTERMS.modified):
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(TERMS.value(ontology, date)))


def test_nothing_is_imported() -> None:
    assert list(TERMS.triples((None, OWL.imports, None))) == []


# Its terms


@pytest.mark.parametrize("term", sorted(CLASSES | PROPERTIES | DATATYPES), ids=lambda term: term.removeprefix(KG))
def test_term_has_one_label_and_one_definition_in_each_language(term: URIRef) -> None:
    assert languages(TERMS, term, RDFS.label) == ["en", "zh-hant"]
    assert languages(TERMS, term, SKOS.definition) == ["en", "zh-hant"]


def test_labels_of_classes_are_all_different() -> None:
    labels = [label for cls in CLASSES for label in TERMS.objects(cls, RDFS.label)]
    assert len(labels) == len(set(labels))


def test_domains_and_ranges_stand_in_the_shapes() -> None:
    assert list(TERMS.triples((None, RDFS.domain, None))) == []
    assert list(TERMS.triples((None, RDFS.range, None))) == []


def test_every_reused_term_is_a_declared_stub_with_a_label() -> None:
    used = {o for p in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.disjointWith) for o in TERMS.objects(None, p)}
    used |= {p for p in TERMS.predicates() if not str(p).startswith((str(RDF), str(RDFS), str(OWL)))}
    assert len(used) > 30
    for term in used:
        assert isinstance(term, URIRef)
        assert any(kind in PROPERTY_KINDS | {OWL.Class} for kind in TERMS.objects(term, RDF.type)), term
        assert languages(TERMS, term, RDFS.label), term


def test_history_is_no_activity_of_our_provenance() -> None:
    assert (URIRef(KG + "Event"), OWL.disjointWith, URIRef(PREFIXES["prov"] + "Activity")) in TERMS


def test_a_property_is_of_one_kind() -> None:
    for term in PROPERTIES:
        assert len(PROPERTY_KINDS & set(TERMS.objects(term, RDF.type))) == 1, term


# What else speaks of it


def test_architecture_names_exactly_these_classes() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    paragraph = text.partition("\nClasses: ")[2].partition("\n\n")[0]
    names = set(re.findall(r"(?<!:)\b[A-Z][A-Za-z]+\b", paragraph))
    assert names == {cls.removeprefix(KG) for cls in CLASSES}


def test_architecture_names_exactly_these_properties() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("\n## Classes and properties")[2].partition("\n## ")[0]
    named = set(re.findall(r"`kg:([a-z]\w*)`", table))
    assert named == {term.removeprefix(KG) for term in PROPERTIES}


def test_every_class_has_a_shape() -> None:
    assert CLASSES - set(RULES.objects(None, SH.targetClass)) == set()


def test_every_property_is_in_a_shape_that_says_where_it_belongs() -> None:
    placed = set(RULES.objects(None, SH.targetSubjectsOf))
    # What actors of any kind may have, and names: the shapes of their classes look at them.
    assert PROPERTIES - placed - {URIRef(KG + "cameoCode")} == set()


def test_every_term_of_ours_in_the_shapes_is_declared() -> None:
    concepts = set(SCHEMES.subjects(RDF.type, SKOS.Concept)) | set(SCHEMES.subjects(RDF.type, SKOS.ConceptScheme))
    used = {o for o in RULES.objects() if isinstance(o, URIRef) and str(o).startswith((KG, BASE + "scheme/"))}
    assert len(used) > 60
    assert used - CLASSES - PROPERTIES - concepts == set()


QUERY_FILES = sorted(QUERIES.glob("*/*.rq"))
assert len(QUERY_FILES) > 15, "queries are missing"


@pytest.mark.parametrize("path", QUERY_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_term_of_ours_in_a_query_is_declared(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    names = set(re.findall(r"(?<![\w/#:])kg:(\w+)", text))
    known = {term.removeprefix(KG) for term in CLASSES | PROPERTIES | DATATYPES}
    assert names - known == set()


# The schemes

CODES = {
    "polarity": ["ambivalent", "conditional", "oppose", "support"],
    "voice": ["author-inference", "author-paraphrase", "direct", "third-party"],
    "context": ["document", "foreign-policy", "scholarship", "six-party-talks"],
    "institution-kind": ["dialogue", "forum", "organization", "regime", "talks"],
    "scope": ["global", "regional"],
    "track": ["1", "1.5", "2"],
    "review-status": ["accepted", "corrected", "hand-coded", "rejected", "unreviewed"],
    "view-kind": ["assessment", "definition", "explanation", "prescription"],
    "valence": ["mixed", "positive", "skeptical"],
    "citation-kind": ["article", "book", "chapter", "document", "news", "thesis", "web"],
}
SIZES = {"issue": 38, "event-kind": 19, "agreement-kind": 10} | {name: len(codes) for name, codes in CODES.items()}
CONCEPTS = sorted(SCHEMES.subjects(RDF.type, SKOS.Concept))

assert len(CONCEPTS) == sum(SIZES.values())


def code_of(concept: Node) -> str:
    codes = [str(o) for o in SCHEMES.objects(concept, SKOS.notation) if isinstance(o, Literal) and o.datatype is None]
    assert len(codes) == 1
    return codes[0]


@pytest.mark.parametrize("name", sorted(SIZES))
def test_scheme_has_names_a_definition_and_all_its_codes(name: str) -> None:
    scheme = URIRef(f"{BASE}scheme/{name}")
    assert languages(SCHEMES, scheme, SKOS.prefLabel) == ["en", "zh-hant"]
    assert languages(SCHEMES, scheme, SKOS.definition) == ["en", "zh-hant"]
    codes = sorted(code_of(concept) for concept in SCHEMES.subjects(SKOS.inScheme, scheme))
    assert len(codes) == SIZES[name]
    assert name not in CODES or codes == CODES[name]


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.removeprefix(BASE + "scheme/"))
def test_concept_is_named_by_its_code_and_belongs_to_the_class_of_its_scheme(concept: URIRef) -> None:
    scheme = next(SCHEMES.objects(concept, SKOS.inScheme))
    assert str(concept) == f"{scheme}/{code_of(concept)}"
    assert set(SCHEMES.objects(concept, SKOS.topConceptOf)) == {scheme}
    name = str(scheme).rpartition("/")[2]
    cls = URIRef(KG + "".join(word.title() for word in name.split("-")))
    assert set(SCHEMES.objects(concept, RDF.type)) == {SKOS.Concept, cls}
    assert languages(SCHEMES, concept, SKOS.prefLabel) == ["en", "zh-hant"]
    assert languages(SCHEMES, concept, SKOS.definition) == ["en", "zh-hant"]


@pytest.mark.parametrize("concept", [c for c in CONCEPTS if "/issue/" in c], ids=lambda c: c.rpartition("/")[2])
def test_issue_says_what_support_of_it_means(concept: URIRef) -> None:
    notes = {str(note.language).lower(): str(note) for note in SCHEMES.objects(concept, SKOS.scopeNote)}  # type: ignore[attr-defined]
    assert set(notes) == LANGUAGES
    assert notes["en"].startswith("Support: ")
    assert notes["zh-hant"].startswith("支持：")


def test_labels_of_a_scheme_are_all_different() -> None:
    for name in SIZES:
        members = list(SCHEMES.subjects(SKOS.inScheme, URIRef(f"{BASE}scheme/{name}")))
        labels = [label for concept in members for label in SCHEMES.objects(concept, SKOS.prefLabel)]
        assert len(labels) == len(set(labels)) == 2 * len(members)


def test_codes_of_other_lists_have_a_type_of_their_own() -> None:
    typed = {o.datatype for o in SCHEMES.objects(None, SKOS.notation) if isinstance(o, Literal)} - {None}
    assert typed == DATATYPES


# Consistency


def _reasoner() -> tuple[object, str]:
    """owlready2, or why HermiT cannot run."""
    try:
        import owlready2
    except ImportError:
        return None, "owlready2 is not installed: pip install 'six-party-kg[reason]'"
    if shutil.which("java") is None:
        return None, "there is no java on the PATH, and HermiT needs one"
    return owlready2, ""


def _to_world(owlready2: object, graph: Graph, folder: Path) -> object:
    """The graph in a world of its own, as owlready2 reads it (N-Triples)."""
    path = folder / "graph.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()  # type: ignore[attr-defined]
    world.get_ontology("file://" + str(path)).load()
    return world


# HermiT knows the datatypes of OWL 2 only, which has no dates; what is dated is not what is reasoned about.
_UNKNOWN_TO_OWL = {XSD.date, XSD.gYear, XSD.gYearMonth, URIRef("http://id.loc.gov/datatypes/edtf"), *DATATYPES}


def _reasoned_about(graph: Graph) -> Graph:
    kept = Graph()
    for s, p, o in graph:
        if not (isinstance(o, Literal) and o.datatype in _UNKNOWN_TO_OWL):
            kept.add((s, p, o))
    return kept


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_valid_graph_is_consistent_and_contradictions_are_found(tmp_path: Path) -> None:
    owlready2, missing = _reasoner()
    if owlready2 is None:
        pytest.skip(missing)
    valid = ROOT / "tests" / "shapes" / "valid.ttl"
    graph = _reasoned_about(load([*vocabulary_files(), valid]))
    assert inconsistent(owlready2, graph, tmp_path) is False
    # A person who is a government: by foaf:Person, org:Organization and the disjoint kinds of actors.
    person = URIRef(BASE + "id/actor/REED")
    graph.add((person, RDF.type, URIRef(KG + "Government")))
    assert inconsistent(owlready2, graph, tmp_path) is True


def inconsistent(owlready2: object, graph: Graph, folder: Path) -> bool:
    world = _to_world(owlready2, graph, folder)
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)  # type: ignore[attr-defined]
    except owlready2.OwlReadyInconsistentOntologyError:  # type: ignore[attr-defined]
        return True
    return list(world.inconsistent_classes()) != []  # type: ignore[attr-defined]


def test_disjoint_classes_are_declared_and_no_class_is_below_two_of_them() -> None:
    groups = [set(Collection(TERMS, o)) for o in TERMS.objects(None, OWL.members)]
    groups += [{s, o} for s, o in TERMS.subject_objects(OWL.disjointWith)]
    assert len(groups) > 5
    for cls in CLASSES:
        above = set(TERMS.transitive_objects(cls, RDFS.subClassOf))
        for group in groups:
            assert len(above & group) <= 1, (cls, above & group)
