"""Stage 5: rounds and phases of talks: when and where one was held, with whom, and what it adopted.

    find_round(reading, rules, sentence, index, thread, lexicon)
    -> Meeting(date="2004-02-25/2004-02-28", round=2, institution="six-party-talks", …)

A round is known by its number in the clause (第二輪), or by the heading it
stands under; a phase (第一階段) belongs to the round last spoken of. What is
only planned (六方同意在…舉行) is no round. Next: `kg.facts.events`.
"""

import re
from dataclasses import replace

from kg.facts.event_rules import EventRules
from kg.facts.naming import round_id
from kg.facts.slots import Reading, caught, compile_pattern
from kg.facts.thread import Meeting, Sentence, Thread, dates_of, participants_of
from kg.lexicon import Lexicon

_NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"首": 1}
ROUND = compile_pattern("(?:第([一二三四五六七八九十]|[0-9]{1,2})|(首))輪")
PHASE = compile_pattern("第([一二三四五六七八九]|[0-9])(?:個)?階段(?!行動|共同)")
_HELD = compile_pattern("(?:舉行|召開|展開|開始|登場|揭幕|舉辦|復會|啟動)(?!前|以前|的可能|創造)")
_TALKS = compile_pattern("{institution}|會談|會議")
_TOGETHER = compile_pattern("等(?:六|6)國|六方")
_RECESS = compile_pattern("{date}[^。]{0,12}(?:休會|閉幕|結束)")


def number_of(match: re.Match[str]) -> int:
    """The number that 第四輪, 首輪 or 第2階段 tells."""
    word = next(group for group in match.groups() if group)
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def round_in_heading(title: str) -> int | None:
    """The round that a heading names (第四輪), if it names nothing else."""
    match = re.fullmatch(r"\W*" + ROUND.pattern + r".{0,8}", compile_form(title))
    return number_of(match) if match else None


def compile_form(title: str) -> str:
    """A heading in the form that patterns match."""
    from kg.script import fold

    return fold(title.strip())


def find_rounds(
    reading: Reading, rules: EventRules, sentence: Sentence, index: int, thread: Thread, lexicon: Lexicon
) -> list[tuple[Meeting, str]]:
    """The rounds or phases that the clause says were held, each with how its date is told."""
    start, end = sentence.clauses[index]
    piece = reading.masked[start:end]
    number, phase = _named(piece, start, reading, thread, lexicon)
    held = _HELD.search(piece)
    if number is None or not held or not _TALKS.search(piece) and not phase:
        return []
    if not thread.talks or _unreal(piece, held.start(), rules):
        return []
    whens = dates_of(reading, rules, sentence, index, start + held.start(), "sentence", thread)
    if not whens or whens[0].how == "earlier":
        return []
    participants = participants_of(reading, lexicon, (start, end), (start + held.start(), end), thread)
    if _TOGETHER.search(piece) or len(participants) < 2:
        participants = members_of(thread.talks) or participants
    several = len(whens) > 1 and phase is None  # one round, told with the dates of its phases
    return [
        (
            Meeting(
                date=when.edtf,
                participants=participants,
                place=place_of(reading, lexicon, start, end),
                institution=thread.talks,
                round=number,
                phase=k if several else phase,
                id=round_id(thread.talks, number, k if several else phase),
            ),
            when.how,
        )
        for k, when in enumerate(whens, start=1)
    ]


def members_of(talks: str) -> tuple[str, ...]:
    """Who takes part in these talks by their name; empty where the name does not tell."""
    return ("SIX",) if talks == "six-party-talks" else ()


def _named(
    piece: str, start: int, reading: Reading, thread: Thread, lexicon: Lexicon
) -> tuple[int | None, int | None]:
    """The round and phase of which the clause speaks; the heading's round where it names none."""
    follow_talks(reading, lexicon, start, start + len(piece), thread)
    round, phase = ROUND.search(piece), PHASE.search(piece)
    if round:
        return number_of(round), number_of(phase) if phase else None
    if phase:
        number = thread.section_round or (thread.meeting.round if thread.meeting else None)
        return number, number_of(phase)
    named = [n for n in reading.names_in(start, start + len(piece)) if n.kind == "institution" and n.codes[0] == thread.talks]
    return (thread.section_round if named else None), None


def follow_talks(reading: Reading, lexicon: Lexicon, start: int, end: int, thread: Thread) -> None:
    """Which talks are spoken of: the last that were named."""
    for name in reading.names_in(start, end, "institution"):
        if lexicon.institution(name.codes[0]).kind == "talks":
            thread.talks = name.codes[0]


def _unreal(piece: str, trigger: int, rules: EventRules) -> bool:
    before = piece[:trigger]
    return bool(rules.unreal.search(before) or rules.planned.search(piece) or rules.conditional.search(piece))


def recess_in(reading: Reading, start: int, end: int, thread: Thread) -> Meeting | None:
    """The meeting spoken of, with the day on which the clause says that it closed."""
    match = _RECESS.search(reading.masked[start:end])
    meeting = thread.meeting
    if not match or meeting is None or "/" in meeting.date or len(meeting.date) < 10:
        return None
    span = caught(match, "date")
    closed = next((d.edtf for d in reading.dates if span and d.start == start + span[0]), "")
    if len(closed) != 10 or closed < meeting.date:
        return None
    return replace(meeting, date=f"{meeting.date}/{closed}")


# --- where ----------------------------------------------------------------------------------------------------------

_AT = re.compile("(?:在|于|到|赴|抵)$")


def place_of(reading: Reading, lexicon: Lexicon, start: int, end: int) -> str:
    """The place at which something is said to have happened: 在北京, 於日內瓦; "" for a whole region."""
    for name in reading.names_in(start, end, "place"):
        if _AT.search(reading.masked[start : name.start]) and lexicon.place(name.codes[0]).country:
            return name.codes[0]
    return ""
