"""Stage 9: a statement -> the places where the text makes it; with the text at hand, the passage itself.

    places = find_places(store, NamedNode(".../id/stance/PRK-sanctions-oppose"))
    str(places[0])                     # "4.1.2, page 63, characters 67000-67050; rule …"
    read_passage(places[0], source)    # the words, for the user's own screen

A graph holds offsets and digests, never the text. A passage is shown only where
its digest agrees, so that wrong words are never taken for evidence.

Before: `kg.parameters`, `kg.source`. Used by `kg evidence`, `kg.explain`.
"""

from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from kg.errors import Finding, NothingToCheck
from kg.queries import load_query
from kg.resources import QUERIES
from kg.source import Source, digest_of_text
from kg.store import Rows, Term, evaluate

_NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT (MIN(STR(?label)) AS ?name) WHERE { %s rdfs:label ?label FILTER(LANGMATCHES(LANG(?label), "en")) }"""
_DIGEST = """
PREFIX kg: <https://w3id.org/six-party-kg/ontology#>
SELECT DISTINCT ?digest WHERE { %s kg:sourceDigest ?digest }"""

# Columns of queries/reports/evidence.rq that are told as they stand.
_WORDS = (
    "edition", "digest", "section", "page", "paragraph", "footnote", "table", "rule", "confidence", "voice", "evidence",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One place of a statement. Offsets are code points of the edition, end exclusive; "" and None: not told."""

    edition: str
    source_digest: str  # of the whole source file
    start: int
    end: int
    digest: str
    section: str = ""
    page: str = ""
    paragraph: str = ""
    footnote: str = ""
    table: str = ""
    rule: str = ""
    confidence: str = ""
    voice: str = ""
    evidence: str = ""  # its IRI; a place that two rules found is told twice

    def __str__(self) -> str:
        chapter = self.section.partition(".")[0]
        where = [
            _words("chapter", chapter),
            _words("section", self.section if self.section != chapter else ""),
            _words("page", self.page),
            _words("paragraph", self.paragraph),
            _words("footnote", self.footnote),
            _words("table", self.table),
            f"characters {self.start}-{self.end}",
        ]
        how = [_words("rule", self.rule), _words("confidence", self.confidence), _words("voice", self.voice)]
        return "; ".join(filter(None, (", ".join(filter(None, where)), ", ".join(filter(None, how)))))


def find_places(store: Store, statement: NamedNode) -> list[Place]:
    """Every place of the statement, in the order of the text; `NothingToCheck` where it has none."""
    query = load_query(QUERIES / "reports" / "evidence.rq")
    answer = evaluate(store, query.bind({"statement": statement}), union=True)
    assert isinstance(answer, Rows)
    if not answer.rows:
        raise NothingToCheck(f"{statement}: the data tell no place of it. Is its evidence in another file?")
    return [_place(store, dict(zip(answer.variables, row))) for row in answer.rows]


def find_label(store: Store, node: NamedNode) -> str:
    """The English label, "" where there is none."""
    return _one(store, _NAMES % node)


def read_passage(place: Place, source: Source) -> str:
    """The characters of the place on one line. `Finding` where the source is not what the evidence was taken from."""
    if source.sha256 != place.source_digest:
        raise Finding(
            f"the source does not agree: its SHA-256 begins with {source.sha256[:12]}, and the evidence was taken "
            f"from {place.source_digest[:12] or 'an unknown file'}. Give that file with --source."
        )
    passage = source.text[place.start : place.end]
    if digest_of_text(passage) != place.digest:
        raise Finding(f"characters {place.start}-{place.end} of the source are not those the evidence was taken from.")
    return " ".join(passage.split())


def _place(store: Store, row: dict[str, Term | None]) -> Place:
    words = {name: _value(row[name]) for name in _WORDS}
    start, end = int(_value(row["start"])), int(_value(row["end"]))
    return Place(source_digest=_one(store, _DIGEST % row["edition"]), start=start, end=end, **words)


def _one(store: Store, query: str) -> str:
    answer = evaluate(store, query, union=True)
    assert isinstance(answer, Rows)
    return _value(answer.rows[0][0]) if answer.rows else ""


def _value(term: Term | None) -> str:
    return getattr(term, "value", "") if term is not None else ""


def _words(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""
