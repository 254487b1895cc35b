"""Where a statement stands: editions, their parts, spans, and the evidence that joins them to statements.

    edition = Edition.of(source)
    for place in places(edition, told):                # told: pairs of kg.facts' Evidence and what it adds
        triples = place.triples(statement)             # kg:Evidence, kg:Span

A graph holds offsets and digests, never the text: whoever has the source finds
the place by its offsets, and whoever has another dump finds it by the digest.
A digest of few characters could be guessed, so a span has at least `SHORTEST`
visible ones. `kg.facts.evidence` widens by clauses; what is still shorter (a
lone cell, a heading) is widened here on both sides alike. Only a source that
is shorter itself gives a shorter span.

Before: `kg.facts`. Next: `kg.graph.statements`. Read back by `kg.verify`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.document.model import Document
from kg.facts.model import Evidence
from kg.graph.names import A, Object, Triple, content_hash, count, offset, share, term, text, thing
from kg.graph.vocabulary import Vocabulary
from kg.source import Source, digest_of_text, normalized_text

SHORTEST = 12

Said = frozenset[tuple[str, Object]]  # what one place adds to its statement: ("kg:target", actor) …
_SEVERAL = "kg:target"  # the one addition of which a place may have several


@dataclass(frozen=True)
class Edition:
    """One source file: its text, known by SHA-256 and length."""

    digest: str
    text: str

    @classmethod
    def of(cls, source: Source) -> "Edition":
        return cls(source.sha256, source.text)

    @property
    def key(self) -> str:
        return self.digest[:12]

    @property
    def iri(self) -> NamedNode:
        return thing("edition", self.key)

    def part(self, number: str) -> NamedNode:
        return thing("edition", self.key, "part", number)

    def triples(self) -> Iterator[Triple]:
        yield self.iri, A, term("kg:Edition")
        yield self.iri, A, term("prov:Entity")
        yield self.iri, term("dcterms:identifier"), text(self.key)
        yield self.iri, term("rdfs:label"), text(f"source text {self.key}", "en")
        yield self.iri, term("rdfs:label"), text(f"來源文本 {self.key}", "zh-Hant")
        yield self.iri, term("kg:sourceDigest"), text(self.digest)
        yield self.iri, term("kg:sourceLength"), count(len(self.text))

    def widened(self, start: int, end: int) -> tuple[int, int]:
        """`start, end` with at least `SHORTEST` visible characters, as far as the text has them."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"evidence {start}..{end} lies outside a source of {len(self.text)} characters")
        back = True
        while len(normalized_text(self.text[start:end])) < SHORTEST and (start, end) != (0, len(self.text)):
            if (back and start > 0) or end == len(self.text):
                start -= 1
            else:
                end += 1
            back = not back
        return start, end


@dataclass(frozen=True)
class Place:
    """One piece of evidence: what several rules found for one statement in one span."""

    edition: Edition
    start: int
    end: int
    found: tuple[tuple[Evidence, Said], ...]  # the most confident first; never empty

    @property
    def confidence(self) -> float:
        return self.found[0][0].confidence

    @property
    def part(self) -> str:
        """The finest numbered part that it stands in; "" where the source has none."""
        return max((e.section or e.chapter for e, _ in self.found), key=lambda part: (part.count("."), part))

    def iri(self, statement: NamedNode) -> NamedNode:
        return thing("evidence", f"{self.edition.key}-{self.start}-{self.end}-{content_hash([statement.value])}")

    def triples(self, statement: NamedNode, vocabulary: Vocabulary) -> Iterator[Triple]:
        me, span = self.iri(statement), thing("span", f"{self.edition.key}-{self.start}-{self.end}")
        yield me, A, term("kg:Evidence")
        yield me, A, term("oa:SpecificResource")
        yield me, term("oa:hasSource"), self.edition.iri
        yield me, term("oa:hasSelector"), span
        yield me, term("kg:confidence"), share(self.confidence)
        yield me, term("kg:voice"), vocabulary.concept("voice", self.found[0][0].voice)
        for rule in sorted({evidence.rule for evidence, _ in self.found} - {""}):
            yield me, term("kg:rule"), thing("rule", rule)
        for name, value in self.said():
            yield me, term(name), value
        for note in {evidence.note for evidence, _ in self.found} - {""}:
            yield me, term("skos:note"), text(note, "en")
        yield from self._span_triples(span)

    def said(self) -> set[tuple[str, Object]]:
        """What the place adds: every target, and of all else what the most confident rule says."""
        chosen: dict[str, Object] = {}
        for _, said in self.found:
            for name, value in sorted(said, key=lambda pair: (pair[0], str(pair[1]))):
                chosen.setdefault(name, value)
        several = {pair for _, said in self.found for pair in said if pair[0] == _SEVERAL}
        return several | {(name, value) for name, value in chosen.items() if name != _SEVERAL}

    def _span_triples(self, me: NamedNode) -> Iterator[Triple]:
        covered = self.edition.text[self.start : self.end]
        yield me, A, term("kg:Span")
        yield me, A, term("oa:TextPositionSelector")
        yield me, term("oa:start"), offset(self.start)
        yield me, term("oa:end"), offset(self.end)
        yield me, term("kg:digest"), text(digest_of_text(covered))
        yield me, term("kg:digestLength"), count(len(normalized_text(covered)))
        if self.part:
            yield me, term("kg:inPart"), self.edition.part(self.part)
        where = self.found[0][0]
        for name, number in (("kg:paragraphNumber", where.paragraph), ("kg:pageNumber", where.page)):
            if number is not None:
                yield me, term(name), count(number)
        for name, label in (("kg:footnoteNumber", where.footnote), ("kg:tableNumber", where.table)):
            if label:
                yield me, term(name), text(label)


def places(edition: Edition, told: Iterable[tuple[Evidence, Said]]) -> list[Place]:
    """The places of one statement in one edition, one for each span, in the order of the text."""
    by_span: dict[tuple[int, int], list[tuple[Evidence, Said]]] = defaultdict(list)
    for evidence, said in told:
        by_span[edition.widened(evidence.start, evidence.end)].append((evidence, said))
    return [Place(edition, *span, tuple(sorted(found, key=_rank))) for span, found in sorted(by_span.items())]


def _rank(pair: tuple[Evidence, Said]) -> tuple[float, str, list[str]]:
    evidence, said = pair
    return -evidence.confidence, repr(evidence), sorted(f"{name} {value}" for name, value in said)


def part_triples(edition: Edition, document: Document, used: Iterable[str]) -> Iterator[Triple]:
    """The document's numbered parts, by number and level only: the source's headings are its own words.

    `used` are parts that evidence stands in; one that is no section of the
    document ("0", what stands before the first chapter) is a part too.
    """
    levels = {section.id: section.level for section in document.sections}
    for number in sorted({*levels, *used} - {""}):
        me, above = edition.part(number), _above(number, levels)
        yield me, A, term("kg:DocumentPart")
        yield me, term("dcterms:identifier"), text(number)
        yield me, term("rdfs:label"), text(f"part {number}", "en")
        yield me, term("rdfs:label"), text(f"第 {number} 部分", "zh-Hant")
        yield me, term("kg:level"), count(levels.get(number, number.count(".") + 1))
        yield me, term("dcterms:isPartOf"), edition.part(above) if above else edition.iri


def _above(number: str, known: Iterable[str]) -> str:
    while "." in number:
        number = number.rpartition(".")[0]
        if number in known:
            return number
    return ""
