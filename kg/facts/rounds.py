"""Stage 5: rounds and phases of talks: when and where one was held, with whom, and what it adopted.

    find_rounds(clause)
    -> [(Meeting(date="2004-02-25/2004-02-28", round=2, institution="six-party-talks", …), "own")]

A round is known by its number in the clause (第二輪), or by the heading it
stands under; a phase (第一階段) belongs to the round last spoken of. What is
only planned (六方同意在…舉行) is no round. Next: `kg.facts.hits`.
"""

import re
from dataclasses import replace

from kg.facts.actors import participants_of
from kg.facts.naming import round_id
from kg.facts.slots import caught, compile_pattern
from kg.facts.thread import Clause, Meeting, dates_of
from kg.script import fold

_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"首": 1}
ROUND = compile_pattern("(?:第([一二三四五六七八九十]|[0-9]{1,2})|(首))輪")
PHASE = compile_pattern("第([一二三四五六七八九]|[0-9])(?:個)?階段(?!行動|共同)")
_HELD = compile_pattern("(?:舉行|召開|展開|開始|登場|揭幕|開幕|舉辦|復會|啟動)(?!前|以前|的可能|創造)")
_TALKS = compile_pattern("{institution}|會談|會議")
_TOGETHER = compile_pattern("等(?:六|6)國|六方")
_RECESS = compile_pattern("{date}[^。]{0,12}(?:休會|閉幕|結束)")


def number_of(match: re.Match[str]) -> int:
    """The number that 第四輪, 首輪 or 第2階段 tells."""
    word = next(group for group in match.groups() if group)
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def round_in_heading(title: str) -> int | None:
    """The round that a heading names (第四輪), if it names nothing else."""
    match = re.fullmatch(r"\W*(?:[一二三四五六七八九十]{1,3}\W+)?" + ROUND.pattern + r".{0,8}", fold(title.strip()))
    return number_of(match) if match else None


def find_rounds(clause: Clause) -> list[tuple[Meeting, str]]:
    """The rounds or phases that the clause says were held, each with how its date is told."""
    piece, talks = clause.piece, clause.thread.talks
    number, phase = _named(clause)
    held = _HELD.search(piece)
    if number is None or not talks or not held or not (phase or _TALKS.search(piece)):
        return []
    if clause.is_unreal(held.start()):
        return []
    whens = dates_of(clause, clause.start + held.start(), "sentence")
    if not whens or whens[0].how in ("earlier", "meeting"):
        return []
    participants = participants_of(clause, (clause.start + held.start(), clause.end))
    if _TOGETHER.search(piece) or len(participants) < 2:
        participants = members_of(talks) or participants
    several = len(whens) > 1 and phase is None  # one round, told with the dates of its phases
    return [
        (_meeting(clause, when.edtf, participants, number, k if several else phase), when.how)
        for k, when in enumerate(whens, start=1)
    ]


def _meeting(clause: Clause, date: str, participants: tuple[str, ...], number: int, phase: int | None) -> Meeting:
    talks = clause.thread.talks
    id = round_id(talks, number, phase)
    return Meeting(date, participants, place_of(clause), institution=talks, round=number, phase=phase, id=id)


def members_of(talks: str) -> tuple[str, ...]:
    """Who takes part in these talks by their name; empty where the name does not tell."""
    return ("SIX",) if talks == "six-party-talks" else ()


def _named(clause: Clause) -> tuple[int | None, int | None]:
    """The round and phase of which the clause speaks; the heading's round where it names none."""
    thread = clause.thread
    round, phase = ROUND.search(clause.piece), PHASE.search(clause.piece)
    if round:
        return number_of(round), number_of(phase) if phase else None
    if phase:
        return thread.section_round or (thread.meeting.round if thread.meeting else None), number_of(phase)
    named = {name.codes[0] for name in clause.names("institution")}
    return (thread.section_round if thread.talks in named else None), None


def follow_talks(clause: Clause) -> None:
    """Take into the thread which talks are spoken of: the last that were named."""
    for name in clause.names("institution"):
        if clause.lexicon.institution(name.codes[0]).kind == "talks":
            clause.thread.talks = name.codes[0]


def recess_in(clause: Clause) -> Meeting | None:
    """The meeting spoken of, with the day on which the clause says that it closed."""
    match = _RECESS.search(clause.piece)
    meeting = clause.thread.meeting
    if not match or meeting is None or "/" in meeting.date or len(meeting.date) < 10:
        return None
    span = caught(match, "date")
    dates = clause.reading.all_dates_in(clause.start, clause.end)
    closed = next((d.edtf for d in dates if span and d.start == clause.start + span[0]), "")
    if len(closed) != 10 or closed < meeting.date:
        return None
    return replace(meeting, date=f"{meeting.date}/{closed}")


# --- where ----------------------------------------------------------------------------------------------------------

_AT = re.compile("(?:在|于|到|赴|抵)$")


def place_of(clause: Clause) -> str:
    """The place at which something is said to have happened: 在北京, 於日內瓦; "" for a whole region."""
    for name in clause.names("place"):
        if _AT.search(clause.before(name.start)) and clause.lexicon.place(name.codes[0]).country:
            return name.codes[0]
    return ""


def site_of(clause: Clause) -> str:
    """The first place named that lies in a country: where a reactor stands need not be told with 在."""
    places = (name.codes[0] for name in clause.names("place"))
    return next((place for place in places if clause.lexicon.place(place).country), "")
