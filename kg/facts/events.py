"""Stage 5: dated events, clause by clause, by the rules of `lexicon/events.toml`.

    find_events(document, lexicon)[0]
    -> Event(id="PRK-withdrawal-from-npt-1993", kind="withdrawal", date="1993-03", participants=("PRK",), …)

An event is told in the body or a table, happened (no plan, wish, threat or
condition), and has a date: in its clause, carried from an earlier clause of the
sentence, or taken up by a word such as 會後. Footnotes that cite are no source.
Rounds of talks come from `kg.facts.rounds`, tables' rows from `kg.facts.tables`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.document.model import Document
from kg.facts.documents import agreement_in, agreement_kind
from kg.facts.event_rules import EventRule, EventRules, load_event_rules
from kg.facts.evidence import Place, make_evidence
from kg.facts.model import Event
from kg.facts.naming import event_id, event_labels, round_labels
from kg.facts.rounds import find_rounds, follow_talks, members_of, place_of, recess_in, round_in_heading
from kg.facts.slots import Reading, caught, institution_of, read_passage
from kg.facts.thread import Meeting, Sentence, Thread, When, actors_in, dates_of, follow, last_day, participants_of, sentences_of
from kg.lexicon import Lexicon

# What a date told elsewhere than in the clause costs in confidence.
_TRUST = {"own": 1.0, "row": 1.0, "sentence": 0.96, "meeting": 0.92, "earlier": 0.9, "frame": 0.8}
# A word that takes up a meeting (會後) tells when something was said, not when what was planned there happened.
_AT_MEETINGS = ("statement", "resolution", "speech")
_ACTS = ("withdrawal", "accession", "facility-restart", "facility-shutdown", "sanction", "signing")
_OF_ALL = re.compile("各方|六方|与会|会议|会谈|会后")


@dataclass(frozen=True)
class Told:
    """An event as a clause tells it; offsets are into the passage."""

    kind: str
    when: When
    rule: str
    confidence: float
    start: int
    end: int
    participants: tuple[str, ...] = ()
    place: str = ""
    agreement: str = ""
    institution: str = ""
    meeting: Meeting | None = None  # where the event is that meeting


@dataclass(frozen=True)
class Account:
    """What one passage tells: its events, and which meeting each of its clauses speaks of."""

    place: Place
    reading: Reading
    told: tuple[Told, ...]
    meetings: tuple[Meeting | None, ...]  # one for each of reading.clauses
    talks: str  # the talks spoken of at its end


def read_paragraphs(document: Document, lexicon: Lexicon, rules: EventRules) -> Iterator[Account]:
    """The account of every paragraph; the thread is carried on within a section."""
    titles = {s.id: s.title for s in document.sections}
    thread, section = Thread(), ""
    for paragraph in document.paragraphs:
        if paragraph.section != section:
            section = paragraph.section
            thread = Thread(talks=thread.talks, section_round=round_in_heading(titles.get(section, "")))
        thread.frame = thread.told = ""
        reading = read_passage(paragraph.passage, lexicon, thread.date)
        yield read_account(paragraph, reading, rules, lexicon, thread)


def find_events(document: Document, lexicon: Lexicon, rules: EventRules | None = None) -> list[Event]:
    """The events that the paragraphs of `document` tell, in the order of the text."""
    rules = rules or load_event_rules()
    accounts = read_paragraphs(document, lexicon, rules)
    return [to_event(document, account.place, told, lexicon) for account in accounts for told in account.told]


def read_account(place: Place, reading: Reading, rules: EventRules, lexicon: Lexicon, thread: Thread) -> Account:
    """The account of one passage; `thread` is what was told before it, and is carried on."""
    found: list[Told] = []
    meetings: list[Meeting | None] = []
    for sentence in sentences_of(reading):
        for index, (start, end) in enumerate(sentence.clauses):
            follow_talks(reading, lexicon, start, end, thread)
            closed = recess_in(reading, start, end, thread)
            if closed is not None and thread.meeting is not None:
                found = [_until(told, thread.meeting, closed, end) for told in found]
                thread.meeting = closed
            rounds = list(_rounds(reading, rules, sentence, index, thread, lexicon))
            others = list(_by_rules(reading, rules, sentence, index, thread, lexicon, bool(rounds)))
            found += _one_of_each(rounds + others)
            found = _without_announcements(reading, sentence, index, found)
            meetings.append(thread.meeting)
            follow(reading, rules, lexicon, start, end, thread)
    return Account(place, reading, tuple(found), tuple(meetings), thread.talks)


def _until(told: Told, meeting: Meeting, closed: Meeting, end: int) -> Told:
    if told.meeting != meeting:
        return told
    return replace(told, meeting=closed, when=replace(told.when, edtf=closed.date), end=end)


def _rounds(
    reading: Reading, rules: EventRules, sentence: Sentence, index: int, thread: Thread, lexicon: Lexicon
) -> Iterator[Told]:
    start, end = sentence.clauses[index]
    for meeting, how in find_rounds(reading, rules, sentence, index, thread, lexicon):
        thread.meeting = meeting
        trust = 0.95 * _TRUST[how]
        yield Told("talks", When(meeting.date, how), "round-of-talks", trust, start, end, meeting.participants,
                   meeting.place, institution=meeting.institution, meeting=meeting)  # fmt: skip


def _by_rules(
    reading: Reading, rules: EventRules, sentence: Sentence, index: int, thread: Thread, lexicon: Lexicon, in_round: bool
) -> Iterator[Told]:
    start, end = sentence.clauses[index]
    piece = reading.masked[start:end]
    if rules.conditional.search(piece):
        return
    for rule in rules.rules:
        if in_round and rule.kind == "talks":
            continue
        for match in rule.pattern.finditer(piece):
            yield from _hit(reading, rules, sentence, index, thread, lexicon, rule, match)


def _hit(
    reading: Reading, rules: EventRules, sentence: Sentence, index: int, thread: Thread, lexicon: Lexicon,
    rule: EventRule, match: re.Match[str],
) -> Iterator[Told]:  # fmt: skip
    start, end = sentence.clauses[index]
    piece = reading.masked[start:end]
    if rules.unreal.search(piece[: match.start()]) or (rule.unless and rule.unless.search(piece)):
        return
    agreement = agreement_in(reading, lexicon, start, match, thread)
    institution = _institution(reading, lexicon, start, match)
    if not _kinds_fit(rule, match, agreement, institution, reading, lexicon):
        return
    whens = _dates(reading, rules, sentence, index, rule, match, thread)
    if not whens or rules.planned.search(piece):
        return
    participants = participants_of(
        reading, lexicon, (start, end), (start + match.start(), start + match.end()),
        Thread() if rule.subject == "none" else thread, speaks=rule.kind in ("statement", "speech"),
    )  # fmt: skip
    if rule.kind == "establishment" and institution:
        participants = tuple(code for code in participants if institution_of(code, lexicon) != institution)
    meeting = thread.meeting
    if rule.kind in _AT_MEETINGS or rule.kind == "talks":
        participants = _together(reading, lexicon, start, match, whens[0], participants, institution, thread) or participants
    if rule.subject == "needed" and not participants:
        return
    place = place_of(reading, lexicon, start, end) or (
        meeting.place if meeting is not None and whens[0].how == "meeting" else ""
    )
    if not place and rule.kind.startswith(("facility", "nuclear")):
        sites = reading.names_in(start, end, "place")
        place = next((n.codes[0] for n in sites if lexicon.place(n.codes[0]).country), "")
    for when in whens:
        trust = rule.confidence * _TRUST[when.how]
        told = Told(rule.kind, when, rule.name, trust, start, end, participants, place, agreement, institution)
        if rule.kind == "talks":
            thread.meeting = Meeting(when.edtf, participants, place, institution)
        yield told


def _together(
    reading: Reading, lexicon: Lexicon, start: int, match: re.Match[str], when: When, participants: tuple[str, ...],
    institution: str, thread: Thread,
) -> tuple[str, ...]:  # fmt: skip
    """Those of the meeting, where the meeting itself speaks: 會議通過…, 各方達成…, 會後發表…"""
    trigger = start + match.end()
    named = actors_in(reading, lexicon, start, trigger)
    talks = [institution, *(n.codes[0] for n in reading.names_in(start, trigger, "institution"))]
    members = next((who for who in map(members_of, talks) if who), ())
    if members and len({c for m in named for c in m.codes}) < 2:
        return members
    if thread.meeting is None or named:
        return ()
    as_one = when.how == "meeting" or _OF_ALL.search(reading.masked[start:trigger])
    return thread.meeting.participants if as_one else ()


def _dates(
    reading: Reading, rules: EventRules, sentence: Sentence, index: int, rule: EventRule, match: re.Match[str], thread: Thread
) -> list[When]:
    start = sentence.clauses[index][0]
    span = caught(match, "date")
    if span is not None:
        told = next((d for d in reading.dates if d.start == start + span[0]), None)
        return [When(told.edtf, "own")] if told else []
    reach = "sentence" if rule.date == "meeting" else rule.date
    whens = dates_of(reading, rules, sentence, index, start + match.start(), reach, thread)
    if whens and whens[0].how == "meeting" and rule.kind not in _AT_MEETINGS:
        return []
    if not whens and rule.date == "meeting" and thread.meeting is not None:
        whens = [When(last_day(thread.meeting.date), "meeting")]
    return whens


def _institution(reading: Reading, lexicon: Lexicon, start: int, match: re.Match[str]) -> str:
    span = caught(match, "institution")
    name = reading.name_at(start + span[0]) if span else None
    if name is None:
        return ""
    return institution_of(name.codes[0], lexicon) if name.kind == "actor" else name.codes[0]


def _kinds_fit(
    rule: EventRule, match: re.Match[str], agreement: str, institution: str, reading: Reading, lexicon: Lexicon
) -> bool:
    """Whether what the slots caught is of a kind that the rule is about."""
    if rule.agreement and caught(match, "agreement"):
        return agreement_kind(agreement, reading, lexicon) in rule.agreement
    if rule.institution and caught(match, "institution"):
        return institution in lexicon.institutions and lexicon.institution(institution).kind in rule.institution
    return True


def _one_of_each(told: list[Told]) -> list[Told]:
    """Of two rules that tell one kind of event at one date in one clause, the surer one (or that with a document)."""
    best: dict[tuple[str, str], Told] = {}
    for one in told:
        key = (one.kind, one.when.edtf)
        if key not in best or _weight(one) > _weight(best[key]):
            best[key] = one
    return list(best.values())


_ANNOUNCES = re.compile("(?:宣布|宣称|声称|表示)$")


def _without_announcements(reading: Reading, sentence: Sentence, index: int, found: list[Told]) -> list[Told]:
    """…公開宣布，北韓退出…: the announcement and the act are one event."""
    acts = any(t.kind in _ACTS and t.start == sentence.clauses[index][0] for t in found)
    if index == 0 or not acts or not _ANNOUNCES.search(reading.masked[slice(*sentence.clauses[index - 1])]):
        return found
    return [t for t in found if t.kind != "statement" or t.start != sentence.clauses[index - 1][0]]


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
        labels = event_labels(told.kind, told.when.edtf, told.participants, lexicon, **things)
    evidence = make_evidence(document, place, told.start, told.end, rule=told.rule, confidence=told.confidence)
    return Event(
        id=id, kind=told.kind, date=told.when.edtf, evidence=evidence, participants=told.participants,
        place=told.place, label_en=labels[0], label_zh=labels[1], institution=told.institution,
        agreement=told.agreement, round=meeting.round if meeting else None, phase=meeting.phase if meeting else None,
    )  # fmt: skip
