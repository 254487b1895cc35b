"""Stage 5: institutions where the text introduces or describes them.

    find_institutions(document, lexicon)[0]
    -> Institution(id="kedo", acronym="KEDO", kind="organization", …)

Where a name is only used, nothing is said of the institution, and there is no
fact. Kind, scope and names are those of the lexicon; when it was founded, with
whom and by whom is what the text tells there. An institution that the lexicon
does not know counts where its name is followed by an acronym in brackets.
The rows of tables come from `kg.facts.tables`.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.document.model import Document
from kg.facts.event_rules import EventRules, Introduction, is_unreal
from kg.facts.events import Account
from kg.facts.evidence import Place, make_evidence
from kg.facts.hits import Told
from kg.facts.model import Institution
from kg.facts.slots import Reading, caught, institution_of
from kg.lexicon import Lexicon, squeeze
from kg.mentions import Mention
from kg.script import fold

_JOINT = re.compile(r"(?:\([^()]{0,20}\))?[」》]?(?:的)?[、,和与及]{1,2}(?:以及)?[「《]?|[」》]?以及[「《]?")
_WORKING_GROUPS = re.compile("(?:成立|设立|启动|建立)(?:并启动)?了?.{0,6}工作组")
_OFFICIAL = re.compile("等?(非)?官方")
_UNKNOWN = re.compile(
    r"([\u4e00-\u9fff]{4,20}?(?:组织|论坛|理事会|会议|对话会|对话|委员会|机构|共同体))\(([A-Z]{3,8})\)"
)
_OWN_WORDS = re.compile("^.*(?:参加了?|参与了?|加入了?|以及|例如|包括|透过|通过|根据|其中|与|和|的|在|于|由|从|如)")
_KINDS = (("论坛", "forum"), ("对话", "dialogue"), ("会谈", "talks"))


@dataclass(frozen=True)
class Introduced:
    """An institution as a clause introduces it; offsets are into the passage."""

    id: str
    rule: str
    confidence: float
    start: int
    end: int
    initiator: str = ""
    track: str = ""
    founded: str = ""
    members: tuple[str, ...] = ()
    name: str = ""  # as printed, where the lexicon does not know it
    acronym: str = ""


def find_institutions(
    document: Document, lexicon: Lexicon, accounts: Iterable[Account], rules: EventRules
) -> list[Institution]:
    """The institutions that the passages of `accounts` introduce, in the order of the text."""
    return [
        to_institution(document, account.place, one, lexicon)
        for account in accounts
        for one in read_institutions(account, rules, lexicon)
    ]


def read_institutions(account: Account, rules: EventRules, lexicon: Lexicon) -> list[Introduced]:
    """The institutions that one passage introduces."""
    reading = account.reading
    found: dict[tuple[str, int], Introduced] = {}
    for start, end in reading.clauses:
        piece = reading.masked[start:end]
        introduced = [
            one
            for rule in rules.introductions
            if not (rule.unless and rule.unless.search(piece))
            for match in rule.pattern.finditer(piece)
            if not is_unreal(piece, match.start(), rules)
            for one in _introduced(reading, lexicon, start, end, rule, match)
        ]
        introduced += [*_working_groups(piece, start, end, account.talks), *_unknown(reading, lexicon, start, end)]
        for one in introduced:
            best = found.get((one.id, start))
            if best is None or (bool(one.initiator), one.confidence) > (bool(best.initiator), best.confidence):
                found[one.id, start] = one
    return [_with_founding(one, account.told, lexicon) for one in found.values()]


def _introduced(
    reading: Reading, lexicon: Lexicon, start: int, end: int, rule: Introduction, match: re.Match[str]
) -> Iterator[Introduced]:
    span = caught(match, "institution")
    first = reading.name_at(start + span[0]) if span else None
    if first is None:
        return
    names = _joined(reading, first, start, end) if rule.list else [first]
    actor = reading.name_at(start + match.span("actor_1")[0]) if rule.initiator and caught(match, "actor") else None
    official = _OFFICIAL.search(reading.masked[names[-1].end : end + 6]) if rule.list else None
    for name in names:
        id = institution_id(name, lexicon)
        if id:
            yield Introduced(
                id, rule.name, rule.confidence, start, end,
                initiator=actor.codes[0] if actor else "",
                track=("2" if official.group(1) else "1") if official else "",
            )  # fmt: skip


def institution_id(name: Mention, lexicon: Lexicon) -> str:
    """The id of the institution that a name stands for; "" for an actor that is none."""
    if name.kind == "institution":
        return name.codes[0]
    return institution_of(name.codes[0], lexicon) if name.kind == "actor" and len(name.codes) == 1 else ""


def _joined(reading: Reading, name: Mention, start: int, end: int) -> list[Mention]:
    """The institutions of the list in which `name` stands, in order."""
    names = [n for n in reading.names_in(start, end) if n.kind in ("institution", "actor")]
    at = names.index(name)
    first = last = at
    while first > 0 and _JOINT.fullmatch(reading.masked[names[first - 1].end : names[first].start]):
        first -= 1
    while last + 1 < len(names) and _JOINT.fullmatch(reading.masked[names[last].end : names[last + 1].start]):
        last += 1
    return names[first : last + 1]


def _working_groups(piece: str, start: int, end: int, talks: str) -> Iterator[Introduced]:
    if talks == "six-party-talks" and _WORKING_GROUPS.search(piece):
        yield Introduced("six-party-working-groups", "working-groups", 0.85, start, end)


def _unknown(reading: Reading, lexicon: Lexicon, start: int, end: int) -> Iterator[Introduced]:
    """Institutions with an acronym in brackets that the lexicon does not know."""
    for match in _UNKNOWN.finditer(fold(reading.passage.text[start:end])):
        own = _OWN_WORDS.match(match.group(1))
        begin, close = start + match.start(1) + (own.end() if own else 0), start + match.end(1)
        known = any(institution_id(n, lexicon) for n in reading.names_in(begin, start + match.end()))
        name = reading.passage.text[begin:close]
        if len(name) >= 4 and not known:
            acronym = match.group(2)
            yield Introduced(unknown_id(name), "named-with-acronym", 0.75, start, end, name=name, acronym=acronym)


def unknown_id(name: str) -> str:
    """The slug of an institution that is known by its name alone."""
    return "institution-" + hashlib.sha256(squeeze(name).text.encode()).hexdigest()[:8]


def _with_founding(one: Introduced, told: tuple[Told, ...], lexicon: Lexicon) -> Introduced:
    """What the events of the clause tell of its beginning: founded, or its first meeting."""
    for event in told:
        same = event.institution == one.id and event.start == one.start
        if same and (event.kind == "establishment" or _first_meeting(event, one.id, lexicon)):
            members = event.participants if len(event.participants) > 1 or event.participants == ("SIX",) else ()
            return Introduced(
                one.id, one.rule, one.confidence, one.start, one.end, one.initiator, one.track,
                founded=event.when.edtf.split("/")[0], members=members,
            )  # fmt: skip
    return one


def _first_meeting(event: Told, id: str, lexicon: Lexicon) -> bool:
    if event.kind != "talks" or lexicon.institution(id).kind != "talks":
        return False
    return event.meeting is None or event.meeting.round == 1


def to_institution(document: Document, place: Place, one: Introduced, lexicon: Lexicon) -> Institution:
    """The fact, with what the lexicon knows by definition and the evidence."""
    evidence = make_evidence(document, place, one.start, one.end, rule=one.rule, confidence=one.confidence)
    entry = lexicon.institutions.get(one.id)
    if entry is None:
        kind = next((kind for word, kind in _KINDS if word in squeeze(one.name).text), "organization")
        return Institution(one.id, one.name, evidence, acronym=one.acronym, kind=kind, track=one.track)
    return Institution(
        id=entry.id, name_zh=entry.zh, evidence=evidence, name_en=entry.en, acronym=entry.acronym, kind=entry.kind,
        founded=one.founded, members=one.members, initiator=one.initiator, track=one.track, scope=entry.scope,
    )  # fmt: skip
