"""Stage 5: what the rules of `lexicon/events.toml` find in one clause.

    list(told_by_rules(clause, in_round=False))
    -> [Told(kind="withdrawal", when=When("1993-03", "own"), rule="withdrawal-agreement", …)]

A rule's pattern hits; nothing before it denies it; what its slots caught is of
the right kind; and a date is told within the rule's reach. Who takes part and
where is read from the clause, or taken up from the meeting spoken of.
Before: `kg.facts.rounds`. Next: `kg.facts.events`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.facts.actors import actors_in, participants_of
from kg.facts.documents import agreement_in, agreement_kind
from kg.facts.event_rules import EventRule
from kg.facts.rounds import find_rounds, members_of, place_of, site_of
from kg.facts.slots import caught, institution_of
from kg.facts.thread import Clause, Meeting, When, dates_of, last_day

# What a date told elsewhere than in the clause costs in confidence.
_TRUST = {"own": 1.0, "row": 1.0, "sentence": 0.96, "meeting": 0.92, "earlier": 0.9, "frame": 0.8}
_ROUND_TRUST = 0.95
# A word that takes up a meeting (會後) tells when something was said, not when what was planned there happened.
_SAID = ("statement", "resolution", "speech")
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
    during: str = ""  # the id of the round in which it happened
    title: str = ""  # of the agreement, as printed, where the lexicon does not know it


def told_of_rounds(clause: Clause) -> Iterator[Told]:
    """The rounds of talks that the clause tells; the last becomes the meeting spoken of."""
    for meeting, how in find_rounds(clause):
        clause.thread.meeting = meeting
        yield Told(
            "talks", When(meeting.date, how), "round-of-talks", _ROUND_TRUST * _TRUST[how], clause.start, clause.end,
            meeting.participants, meeting.place, institution=meeting.institution, meeting=meeting,
        )  # fmt: skip


def told_by_rules(clause: Clause, in_round: bool) -> Iterator[Told]:
    """The events that the rules find; `in_round`: the clause's talks are told already, as a round."""
    for rule in clause.rules.rules:
        if in_round and rule.kind == "talks":
            continue
        for match in rule.pattern.finditer(clause.piece):
            yield from _hit(clause, rule, match)


def _hit(clause: Clause, rule: EventRule, match: re.Match[str]) -> Iterator[Told]:
    if clause.is_unreal(match.start()) or (rule.unless and rule.unless.search(clause.piece)):
        return
    agreement, institution = agreement_in(clause, match), _institution(clause, match)
    if not _kinds_fit(clause, rule, match, agreement, institution):
        return
    whens = _dates(clause, rule, match)
    if not whens:
        return
    participants = _participants(clause, rule, match, whens[0], institution)
    if rule.subject == "needed" and not participants:
        return
    place = _place(clause, rule, match, whens[0])
    title = next((t.text for t in clause.reading.titles if t.id == agreement), "")
    for when in whens:
        trust = rule.confidence * _TRUST[when.how]
        if rule.kind == "talks":
            clause.thread.meeting = Meeting(when.edtf, participants, place, institution)
        yield Told(
            rule.kind,
            when,
            rule.name,
            trust,
            clause.start,
            clause.end,
            participants,
            place,
            agreement,
            institution,
            title=title,
        )


def _institution(clause: Clause, match: re.Match[str]) -> str:
    span = caught(match, "institution")
    name = clause.reading.name_at(clause.start + span[0]) if span else None
    if name is None:
        return ""
    return institution_of(name.codes[0], clause.lexicon) if name.kind == "actor" else name.codes[0]


def _kinds_fit(clause: Clause, rule: EventRule, match: re.Match[str], agreement: str, institution: str) -> bool:
    """Whether what the slots caught is of a kind that the rule is about."""
    if rule.agreement and caught(match, "agreement"):
        return agreement_kind(agreement, clause.reading, clause.lexicon) in rule.agreement
    if rule.institution and caught(match, "institution"):
        entry = clause.lexicon.institutions.get(institution)
        return entry is not None and entry.kind in rule.institution
    return True


def _dates(clause: Clause, rule: EventRule, match: re.Match[str]) -> list[When]:
    span = caught(match, "date")
    if span is not None:
        dates = clause.reading.all_dates_in(clause.start, clause.end)
        return [When(d.edtf, "own") for d in dates if d.start == clause.start + span[0]]
    reach = "sentence" if rule.date == "meeting" else rule.date
    whens = dates_of(clause, clause.start + match.start(), reach)
    if whens and whens[0].how == "meeting" and rule.kind not in _SAID:
        return []
    meeting = clause.thread.meeting
    if not whens and rule.date == "meeting" and meeting is not None:
        return [When(last_day(meeting.date), "meeting")]
    return whens


def _participants(
    clause: Clause, rule: EventRule, match: re.Match[str], when: When, institution: str
) -> tuple[str, ...]:
    start, end = clause.start + match.start(), clause.start + match.end()
    if rule.kind in (*_SAID, "talks", "signing") and (together := _together(clause, end, when, institution)):
        return together
    found = participants_of(clause, (start, end), speaks=rule.kind in _SAID, carried=rule.subject != "none")
    if rule.kind == "establishment" and institution:  # what is founded is no founder
        return tuple(code for code in found if institution_of(code, clause.lexicon) != institution)
    return found


def _together(clause: Clause, trigger: int, when: When, institution: str) -> tuple[str, ...]:
    """Those of the meeting, where the meeting itself speaks: 會議通過…, 各方達成…, 會後發表…"""
    named = actors_in(clause.reading, clause.lexicon, clause.start, trigger)
    talks = [institution, *(name.codes[0] for name in clause.names("institution", trigger))]
    members = next((who for who in map(members_of, talks) if who), ())
    if members and len({code for m in named for code in m.codes}) < 2:
        return members
    if clause.thread.meeting is None or named:
        return ()
    as_one = when.how == "meeting" or _OF_ALL.search(clause.before(trigger))
    return clause.thread.meeting.participants if as_one else ()


def _place(clause: Clause, rule: EventRule, match: re.Match[str], when: When) -> str:
    span = caught(match, "place")
    if span is not None and (name := clause.reading.name_at(clause.start + span[0])):
        return name.codes[0]
    if place := place_of(clause):
        return place
    if rule.kind.startswith(("facility", "nuclear")):
        return site_of(clause)
    meeting = clause.thread.meeting
    return meeting.place if meeting is not None and when.how == "meeting" else ""
