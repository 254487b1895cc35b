"""Names of things: namespaces, IRIs and slugs. Nothing else mints an IRI.

    thing("actor", "PRK")            -> https://w3id.org/six-party-kg/id/actor/PRK
    concept("issue", "sanctions")    -> https://w3id.org/six-party-kg/scheme/issue/sanctions
    date_slug("2003-08-27/..")       -> "2003-08-27_open"

An IRI is made of the codes and slugs of the lexicon and of offsets, never of
the source's words; what is no plain ASCII slug is percent-encoded, so that no
key can break an IRI. The patterns stand in docs/architecture.md.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

BASE = "https://w3id.org/six-party-kg/"

# Also the prefixes of what is written (kg.graph.serialize).
PREFIXES = {
    "kg": BASE + "ontology#",
    "kgs": BASE + "shapes#",
    "actor": BASE + "id/actor/",
    "agreement": BASE + "id/agreement/",
    "edition": BASE + "id/edition/",
    "event": BASE + "id/event/",
    "evidence": BASE + "id/evidence/",
    "graph": BASE + "graph/",
    "institution": BASE + "id/institution/",
    "issue": BASE + "scheme/issue/",
    "place": BASE + "id/place/",
    "work": BASE + "id/work/",
    "rule": BASE + "id/rule/",
    "run": BASE + "id/run/",
    "span": BASE + "id/span/",
    "stance": BASE + "id/stance/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SCHEMES = (
    "agreement-kind", "citation-kind", "context", "event-kind", "institution-kind", "polarity", "review-status",
    "scope", "track", "valence", "view-kind", "voice",
)  # fmt: skip
PREFIXES.update({scheme: f"{BASE}scheme/{scheme}/" for scheme in _SCHEMES})

Object = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Object]


@cache
def term(name: str) -> NamedNode:
    """The IRI of a prefixed name: `term("kg:holder")`; KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


A = term("rdf:type")


@cache
def thing(kind: str, *keys: str) -> NamedNode:
    """`id/{kind}/{key}/…`; a key may be any text that is not empty."""
    if not all(keys):
        raise ValueError(f"a {kind} without a key has no name")
    return NamedNode(
        "/".join([BASE + "id", *kind.split("/"), *(quote(key, safe="", errors="replace") for key in keys)])
    )


@cache
def concept(scheme: str, code: str) -> NamedNode:
    return NamedNode(f"{BASE}scheme/{quote(scheme, safe='')}/{quote(code, safe='')}")


@cache
def graph(*names: str) -> NamedNode:
    return NamedNode("/".join([BASE + "graph", *(quote(name, safe="") for name in names)]))


def date_slug(edtf: str) -> str:
    """An EDTF date as part of a slug; one to one, so that two dates never share a name."""
    for sign, word in (("..", "open"), ("/", "_"), ("~", "approx"), ("?", "q"), ("%", "approxq")):
        edtf = edtf.replace(sign, word)
    return edtf


def content_hash(content: Iterable[object]) -> str:
    """8 hex of a content: the same content has the same name in every run."""
    return hashlib.sha256("\x1f".join(map(str, content)).encode()).hexdigest()[:8]


def text(value: str, language: str = "") -> Literal:
    value = value.encode("utf-8", "replace").decode()  # half a surrogate pair, as a PDF may have it, is no text
    return Literal(value, language=language) if language else Literal(value)


@cache
def typed(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=term(datatype))


def count(value: int) -> Literal:
    return typed(str(value), "xsd:integer")


def offset(value: int) -> Literal:
    """An offset in the type that Web Annotation asks for."""
    if value < 0:
        raise ValueError(f"{value} is no offset")
    return typed(str(value), "xsd:nonNegativeInteger")


def share(value: float) -> Literal:
    """A confidence 0..1 as xsd:decimal in its shortest form ("0.9", "1")."""
    if not 0 <= value <= 1:
        raise ValueError(f"{value} is no confidence: it must lie between 0 and 1")
    return typed(f"{value:.4f}".rstrip("0").rstrip(".") or "0", "xsd:decimal")
