"""Stage 5: dated events, passage by passage.

    find_events(document, lexicon)[0]
    -> Event(id="PRK-withdrawal-from-npt-1993", kind="withdrawal", date="1993-03", participants=("PRK",), …)

An event is told in the body or a table, happened (no plan, wish, threat or
condition), and has a date: in its clause, carried from an earlier clause of the
sentence, or taken up by a word such as 會後. Footnotes that cite are no source.
Before: `kg.facts.hits`, which reads a clause. Next: `kg.facts.tables`,
`kg.facts.institutions`, `kg.facts.agreements`, which read the same accounts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.document.model import Document
from kg.facts.actors import follow_actors
from kg.facts.event_rules import EventRules, load_event_rules
from kg.facts.evidence import Place, make_evidence
from kg.facts.headings import round_over, talks_over
from kg.facts.hits import Told, told_by_rules, told_of_rounds
from kg.facts.model import Event
from kg.facts.naming import event_id, event_labels, round_labels
from kg.facts.rounds import follow_talks, recess_in
from kg.facts.slots import Reading, read_passage
from kg.facts.thread import Clause, Meeting, Thread, clauses_of, follow_dates
from kg.lexicon import Lexicon

# What is announced (…宣布，…退出…) and done is one event.
_ACTS = ("withdrawal", "accession", "facility-restart", "facility-shutdown", "sanction", "signing")
_ANNOUNCES = re.compile("(?:宣布|宣称|声称|表示)$")


@dataclass(frozen=True)
class Account:
    """What one passage tells: its events, and which meeting each of its clauses speaks of."""

    place: Place
    reading: Reading
    told: tuple[Told, ...]
    meetings: tuple[Meeting | None, ...]  # one for each of reading.clauses
    talks: str  # the talks spoken of at its end


def find_events(document: Document, lexicon: Lexicon, rules: EventRules | None = None) -> list[Event]:
    """The events that the paragraphs of `document` tell, in the order of the text."""
    accounts = read_paragraphs(document, lexicon, rules or load_event_rules(own=lexicon.own))
    return [to_event(document, account.place, told, lexicon) for account in accounts for told in account.told]


def read_paragraphs(document: Document, lexicon: Lexicon, rules: EventRules) -> Iterator[Account]:
    """The account of every paragraph; the thread is carried on only under the heading of a round."""
    thread, section = Thread(), ""
    for paragraph in document.paragraphs:
        if paragraph.section != section or thread.section_round is None:
            section = paragraph.section
            talks = talks_over(document, paragraph, lexicon)
            thread = Thread(talks=talks, section_round=round_over(document, paragraph))
        thread.frame = thread.told = ""
        reading = read_passage(paragraph.passage, lexicon, thread.date)
        yield read_account(paragraph, reading, rules, lexicon, thread)


def read_account(place: Place, reading: Reading, rules: EventRules, lexicon: Lexicon, thread: Thread) -> Account:
    """The account of one passage; `thread` is what was told before it, and is carried on."""
    found: list[list[Told]] = []  # for each clause
    meetings: list[Meeting | None] = []
    for clause in clauses_of(reading, rules, lexicon, thread):
        follow_talks(clause)
        _close_meeting(clause, found)
        rounds = list(told_of_rounds(clause))
        told = _one_of_each([*rounds, *(_during(t, thread) for t in told_by_rules(clause, bool(rounds)))])
        _drop_announcement(clause, found, told)
        found.append(told)
        meetings.append(thread.meeting)
        follow_dates(clause)
        follow_actors(clause)
        for one in told:
            if len(one.participants) == 2:  # 雙方 means them from here on
                thread.pair = one.participants
    return Account(place, reading, tuple(told for one in found for told in one), tuple(meetings), thread.talks)


def _close_meeting(clause: Clause, found: list[list[Told]]) -> None:
    """Give the meeting spoken of its last day, where the clause tells it, also as it was told before."""
    meeting, closed = clause.thread.meeting, recess_in(clause)
    if closed is None:
        return
    clause.thread.meeting = closed
    for told in found:
        told[:] = [
            replace(t, meeting=closed, when=replace(t.when, edtf=closed.date), end=clause.end)
            if t.meeting == meeting
            else t
            for t in told
        ]


def _drop_announcement(clause: Clause, found: list[list[Told]], told: list[Told]) -> None:
    if clause.index == 0 or not any(t.kind in _ACTS for t in told):
        return
    if _ANNOUNCES.search(clause.reading.masked[slice(*clause.sentence[clause.index - 1])]):
        found[-1] = [t for t in found[-1] if t.kind != "statement"]


def _during(told: Told, thread: Thread) -> Told:
    """A document adopted at the round spoken of is the round's outcome."""
    meeting = thread.meeting
    at_round = told.kind == "statement" and told.agreement and meeting is not None and meeting.round is not None
    return replace(told, during=meeting.id) if at_round and meeting else told


def _one_of_each(told: list[Told]) -> list[Told]:
    """Of two rules that tell one kind of event at one date in one clause, the surer one (or that with a document)."""
    best: dict[tuple[str, str], Told] = {}
    for one in told:
        key = (one.kind, one.when.edtf)
        if key not in best or _weight(one) > _weight(best[key]):
            best[key] = one
    return list(best.values())


def _weight(told: Told) -> tuple[bool, float]:
    return (bool(told.agreement or told.meeting), told.confidence)


def to_event(document: Document, place: Place, told: Told, lexicon: Lexicon) -> Event:
    """The event with its slug, labels and evidence."""
    meeting = told.meeting
    if meeting is not None and meeting.round is not None:
        id = meeting.id
        labels = round_labels(meeting.institution, meeting.round, meeting.phase, lexicon)
    else:
        things = {"agreement": told.agreement, "institution": told.institution}
        id = event_id(told.kind, told.when.edtf, told.participants, place=told.place, **things)
        labels = event_labels(told.kind, told.when.edtf, told.participants, lexicon, **things, title=told.title)
    evidence = make_evidence(document, place, told.start, told.end, rule=told.rule, confidence=told.confidence)
    return Event(
        id=id, kind=told.kind, date=told.when.edtf, evidence=evidence, participants=told.participants,
        place=told.place, label_en=labels[0], label_zh=labels[1], institution=told.institution,
        agreement=told.agreement, round=meeting.round if meeting else None, phase=meeting.phase if meeting else None,
        during=told.during,
    )  # fmt: skip
