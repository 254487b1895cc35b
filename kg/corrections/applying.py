"""Facts and entries -> facts: what is accepted is marked, what is rejected is left out, what is added is put in.

    corrected = apply_corrections(facts, entries, source, document, lexicon)
    str(corrected)                  # "2 accepted, 1 rejected, 3 added by hand"

An entry concerns the facts of its kind with the fields that it tells, at a place that overlaps its own; where
one has exactly its place, only that. Entries of other editions are not looked at.
Before: `entries.py`, `making.py`. Next: `kg.graph`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.corrections.entries import Correction
from kg.corrections.making import CLASSES, make_fact, read_fields
from kg.document.model import Document
from kg.errors import KgError
from kg.facts.evidence import SHORTEST, Place, make_evidence
from kg.facts.model import Agreement, Commitment, Event, Evidence, Fact, Institution, Stance
from kg.lexicon import Lexicon
from kg.rulebook import HAND_CODED
from kg.source import Source, digest_of_text, normalized_text

ACCEPTED = "accepted"


@dataclass(frozen=True)
class Corrected:
    """The facts as corrected, sorted; how many places were accepted, rejected and added; which entries did nothing."""

    facts: tuple[Fact, ...]
    accepted: int = 0
    rejected: int = 0
    added: int = 0
    idle: tuple[str, ...] = ()  # each with the reason
    looked_at: int = 0  # entries of this edition

    def __str__(self) -> str:
        return f"{self.accepted} accepted, {self.rejected} rejected, {self.added} added by hand"


def apply_corrections(
    facts: Sequence[Fact], entries: Sequence[Correction], source: Source, document: Document, lexicon: Lexicon
) -> Corrected:
    """The facts after the entries of this source.

    Raises KgError, naming the entry, where its digest is not that of the characters at its place, where it tells
    what cannot be, where one entry accepts what another rejects, and where a fact that stays needs a rejected one.
    """
    ours = [entry for entry in entries if source.sha256.startswith(entry.edition)]
    for entry in ours:
        _check_place(entry, source)
    verdicts, idle = _verdicts([entry for entry in ours if entry.action != "add"], facts)
    added: dict[Fact, Correction] = {}
    for entry in (entry for entry in ours if entry.action == "add"):
        found = [i for i in _concerned(entry, facts) if i not in verdicts or verdicts[i].action != "reject"]
        if found:  # whoever coded it and a rule agree; what a rule finds does not count as coded by hand
            verdicts.update((i, entry) for i in found)
            idle.append(f"{entry.where}: a rule finds that {entry.kind} now, so it counts as accepted")
            continue
        fact = _made(entry, document, lexicon)
        if fact in added:
            raise KgError(f"{entry.where}: {added[fact].where} adds the same. Keep one of them.")
        added[fact] = entry
    rejected = {facts[i]: entry for i, entry in verdicts.items() if entry.action == "reject"}
    stay = [
        _reviewed(fact, verdicts[i].reason, ACCEPTED) if i in verdicts else fact
        for i, fact in enumerate(facts)
        if fact not in rejected
    ]
    stay += [_reviewed(fact, entry.reason, HAND_CODED) for fact, entry in added.items()]
    _check_references(rejected, stay, lexicon)
    accepted = sum(entry.action != "reject" for entry in verdicts.values())
    return Corrected(tuple(sorted(stay, key=_order)), accepted, len(rejected), len(added), tuple(idle), len(ours))


def _order(fact: Fact) -> tuple[str, Evidence, str]:
    return type(fact).__name__, fact.evidence, repr(fact)


def _reviewed(fact: Fact, reason: str, review: str) -> Fact:
    return replace(fact, evidence=replace(fact.evidence, review=review, note=reason))


def _verdicts(entries: Sequence[Correction], facts: Sequence[Fact]) -> tuple[dict[int, Correction], list[str]]:
    """Which entry decides on which fact (by position), and the entries that concern none."""
    verdicts: dict[int, Correction] = {}
    idle = []
    for entry in entries:
        positions = _concerned(entry, facts)
        if not positions:
            idle.append(f"{entry.where}: no rule finds that {entry.kind} there now; nothing to {entry.action}")
        for i in positions:
            if i in verdicts:
                raise KgError(f"{entry.where}: {verdicts[i].where} decides on that {entry.kind} too. Keep one of them.")
            verdicts[i] = entry
    return verdicts, idle


def _check_place(entry: Correction, source: Source) -> None:
    if entry.end > len(source.text):
        raise KgError(f"{entry.where}: the source ends at {len(source.text)}. Mend the offsets.")
    there = source.text[entry.start : entry.end]
    if digest_of_text(there) != entry.digest:
        raise KgError(
            f"{entry.where}: the digest is not that of these characters of the source ({digest_of_text(there)}). "
            "Look at the passage again, and mend the offsets or the digest."
        )
    if len(normalized_text(there)) < SHORTEST:
        raise KgError(f"{entry.where}: fewer than {SHORTEST} characters can be guessed from a digest. Widen the place.")


def _concerned(entry: Correction, facts: Sequence[Fact]) -> list[int]:
    """The positions of the facts that the entry is about."""
    try:
        wanted = read_fields(entry.kind, entry.fields)
    except KgError as error:
        raise KgError(f"{entry.where}: {error}") from None
    wanted.pop("work", None)  # footnote and number tell the citation
    found = [
        i
        for i, fact in enumerate(facts)
        if isinstance(fact, CLASSES[entry.kind])
        and fact.evidence.start < entry.end
        and entry.start < fact.evidence.end
        and all(getattr(fact, name) == value for name, value in wanted.items())
    ]
    exactly = [i for i in found if (facts[i].evidence.start, facts[i].evidence.end) == (entry.start, entry.end)]
    return exactly or found


def _made(entry: Correction, document: Document, lexicon: Lexicon) -> Fact:
    try:
        return make_fact(entry.kind, entry.fields, _evidence(entry, document), lexicon)
    except KgError as error:
        raise KgError(f"{entry.where}: {error}") from None


def _evidence(entry: Correction, document: Document) -> Evidence:
    """The entry's place as evidence: whoever coded it is sure."""
    told = Evidence(entry.start, entry.end, page=document.page_at(entry.start))
    for place in _places(document):
        offsets = place.passage.offsets
        first = bisect_left(offsets, entry.start)
        if first < len(offsets) and offsets[first] < entry.end:
            told = make_evidence(document, place, first, first + 1, rule=HAND_CODED, confidence=1.0)
            break
    return replace(told, start=entry.start, end=entry.end, rule=HAND_CODED, confidence=1.0, voice=entry.voice)


def _places(document: Document) -> Iterator[Place]:
    yield from document.paragraphs
    yield from document.footnotes
    yield from (cell for table in document.tables for row in table.rows for cell in row)


def _check_references(rejected: Mapping[Fact, Correction], stay: Sequence[Fact], lexicon: Lexicon) -> None:
    """What stays must not speak of a thing that only rejected facts, and not the lexicon, knew of."""
    known = {(type(fact), fact.id) for fact in stay if isinstance(fact, Event | Institution | Agreement)}
    known |= {(Institution, id) for id in lexicon.institutions} | {(Agreement, id) for id in lexicon.agreements}
    lost = {
        (type(fact), fact.id): entry
        for fact, entry in rejected.items()
        if isinstance(fact, Event | Institution | Agreement) and (type(fact), fact.id) not in known
    }
    for fact in stay:
        for thing in _referred(fact):
            if thing in lost:
                place, kind = fact.evidence, type(fact).__name__.lower()
                raise KgError(
                    f"{lost[thing].where}: the {kind} at characters {place.start}-{place.end} refers to it. "
                    "Reject that too, or neither."
                )


def _referred(fact: Fact) -> list[tuple[type[Fact], str]]:
    if isinstance(fact, Event):
        return [(Institution, fact.institution), (Agreement, fact.agreement), (Event, fact.during)]
    return [(Agreement, fact.document)] if isinstance(fact, Stance | Commitment) else []
