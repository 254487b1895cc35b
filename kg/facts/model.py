"""What the text says, as plain data: strings in, tuples out, nothing of RDF.

One object is one *place* where the text makes a statement. The same stance
told at five places is five `Stance` objects with equal `key()`; `kg.graph`
folds them into one node with five pieces of evidence. Codes are those of the
codebook (`ontology/schemes.ttl` has them as `skos:notation`).

Next: `kg.graph` (facts -> RDF). Before: `kg.mentions`, `kg.document`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Evidence:
    """Where a statement stands in the source, and which rule found it there.

    `start` and `end` are offsets in Unicode code points into the source text,
    0-based, end exclusive. `chapter` is "4", `section` the finest numbered
    part ("4.1.2"), `table` "4-2", `footnote` "4:12"; empty where there is none.
    """

    start: int
    end: int
    chapter: str = ""
    section: str = ""
    paragraph: int | None = None
    page: int | None = None
    footnote: str = ""
    table: str = ""
    rule: str = ""
    confidence: float = 0.5
    voice: str = "author-paraphrase"  # direct, author-paraphrase, author-inference, third-party
    review: str = ""  # "accepted", "hand-coded": a person looked at it (kg.corrections); "" nobody did
    note: str = ""  # the person's reason, in English


@dataclass(frozen=True, order=True)
class Stance:
    """`holder` holds `polarity` toward `issue`, as told at one place."""

    holder: str
    issue: str
    polarity: str  # support, oppose, conditional, ambivalent
    evidence: Evidence
    targets: tuple[str, ...] = ()
    condition: str = ""  # in our own words (English), never the source's
    context: str = "foreign-policy"  # six-party-talks, foreign-policy, document, scholarship
    document: str = ""  # key of an agreement (lexicon/agreements.toml)
    date: str = ""  # EDTF: the time for which the stance is told

    def key(self) -> tuple[str, ...]:
        """What makes it the same stance: holder, issue, polarity and period."""
        return (self.holder, self.issue, self.polarity, self.date)


@dataclass(frozen=True, order=True)
class Event:
    """A dated event, as told at one place.

    `id` is a readable ASCII slug. Events that have a name of their own (a
    round, the founding of an institution, the signing of an agreement) have a
    slug without a date, so that two places that disagree on the date remain
    two accounts of one event.
    """

    id: str
    kind: str
    date: str  # EDTF, as printed at this place
    evidence: Evidence
    participants: tuple[str, ...] = ()  # actor codes, sorted
    place: str = ""  # key of a place (lexicon/places.toml)
    label_en: str = ""
    label_zh: str = ""
    institution: str = ""  # key: the mechanism it was convened under, or that it founded
    agreement: str = ""  # key: the document that it produced, or that was signed or left
    round: int | None = None
    phase: int | None = None
    during: str = ""  # id of the round or phase in which it happened (the adoption of a statement)


@dataclass(frozen=True, order=True)
class Institution:
    """An institution, with what one place says of it (empty: not told there)."""

    id: str  # key in lexicon/institutions.toml, or a slug made from the name
    name_zh: str
    evidence: Evidence
    name_en: str = ""
    acronym: str = ""
    kind: str = ""  # organization, forum, talks, dialogue, regime
    founded: str = ""  # EDTF
    members: tuple[str, ...] = ()
    member_count: int | None = None
    initiator: str = ""
    track: str = ""  # 1, 1.5, 2
    scope: str = ""  # global, regional
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Agreement:
    """An agreement or document, with what one place says of it."""

    id: str  # key in lexicon/agreements.toml, or a slug made from the title
    name_zh: str
    evidence: Evidence
    name_en: str = ""
    kind: str = ""
    date: str = ""  # EDTF
    parties: tuple[str, ...] = ()
    place: str = ""
    event: str = ""  # id of the event that produced it


@dataclass(frozen=True, order=True)
class Commitment:
    """One undertaking of one bearer in one document, as told at one place."""

    debtor: str
    issue: str
    evidence: Evidence
    beneficiary: str = ""
    document: str = ""  # key of an agreement
    order: int | None = None  # the numbered point of the document, from 1
    reciprocal: bool = False  # "each side shall": the other side is bound to the same
    date: str = ""  # EDTF, where no document is named: of the meeting

    def key(self) -> tuple[str, ...]:
        """What makes it the same commitment: bearer, beneficiary, issue, document and point."""
        return (self.debtor, self.beneficiary, self.issue, self.document, str(self.order or ""), self.date)


@dataclass(frozen=True, order=True)
class View:
    """What a scholar (or the author) holds of a subject, as told at one place."""

    authors: tuple[str, ...]  # as printed; the thesis's own author is "筆者"
    kind: str  # definition, assessment, explanation, prescription
    evidence: Evidence
    subject: str = ""  # in our own words (English), from codes
    valence: str = ""  # positive, skeptical, mixed; of an assessment
    footnote: str = ""  # "4:12": the footnote that cites it

    def key(self) -> tuple[str, ...]:
        """What makes it the same view: who, which kind, of what, how valued."""
        return (";".join(self.authors), self.kind, self.subject, self.valence, self.footnote)


@dataclass(frozen=True, order=True)
class Work:
    """A work that the text cites; its title and names as printed."""

    id: str  # ASCII slug: authors, year and a digest of the title
    title: str
    kind: str  # article, book, chapter, thesis, news, web, document
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    container: str = ""  # journal, newspaper, web site, volume, or the publisher of a book
    year: str = ""
    volume: str = ""
    issue: str = ""
    place: str = ""
    url: str = ""


@dataclass(frozen=True, order=True)
class Citation:
    """One work cited in one footnote."""

    footnote: str  # "4:12"
    number: int  # which work of the footnote, from 1
    work: Work  # what this footnote prints of it
    evidence: Evidence
    pages: str = ""  # as printed, several places joined with "；"
    repeats: bool = False  # it repeats an earlier citation (同註, 前揭書, a short form)
    cites: str = ""  # id of the work as first cited in full
    accessed: str = ""  # EDTF: when a web page was looked at


Fact = Stance | Event | Institution | Agreement | Commitment | View | Citation
