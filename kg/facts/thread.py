"""Stage 5: what a text carries on from clause to clause: the date, who acts, which meeting is spoken of.

    thread = Thread()
    thread.date, thread.subject, thread.meeting     # as told up to here

Next: `kg.facts.rounds`, `kg.facts.events`.
"""

import re
from dataclasses import dataclass, field

from kg.facts.event_rules import EventRules
from kg.facts.slots import Dated, Reading
from kg.lexicon import Lexicon
from kg.mentions import Mention

_AND = re.compile(r"[ 、和與及以到至]{1,4}")
_LIST = re.compile(r"[ 、,]?(?:和|与|及|以及|同|跟)?")
_BOTH = re.compile("双方|两国|双边")
_REPRESENTED_AT = re.compile("(?:驻|常驻)$")


@dataclass(frozen=True)
class When:
    """An EDTF date, and how it is told: "own" to the clause, or carried from "sentence", "earlier" ones, a "meeting", a "row", a "frame"."""

    edtf: str
    how: str


@dataclass(frozen=True)
class Meeting:
    """The meeting spoken of."""

    date: str
    participants: tuple[str, ...] = ()
    place: str = ""
    institution: str = ""
    round: int | None = None
    phase: int | None = None
    id: str = ""


@dataclass
class Thread:
    """The context; it is changed as the clauses are read."""

    date: str = ""
    frame: str = ""
    subject: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    meeting: Meeting | None = None
    talks: str = ""  # the institution whose rounds are spoken of
    section_round: int | None = None
    row_date: str = ""  # of the table's row
    told: str = ""  # the last date told in the passage


@dataclass(frozen=True)
class Sentence:
    """The clauses of one sentence, and the text between them."""

    clauses: tuple[tuple[int, int], ...] = field(default=())


def sentences_of(reading: Reading) -> list[Sentence]:
    """The clauses, sentence by sentence (。 and ？！ end one; a semicolon does not)."""
    found: list[list[tuple[int, int]]] = [[]]
    for start, end in reading.clauses:
        if found[-1] and re.search("[。！？!?]", reading.passage.text[found[-1][-1][1] : start]):
            found.append([])
        found[-1].append((start, end))
    return [Sentence(tuple(clauses)) for clauses in found if clauses]


def dates_of(
    reading: Reading, rules: EventRules, sentence: Sentence, index: int, trigger: int, reach: str, thread: Thread
) -> list[When]:
    """The date (or dates: 2006 年和 2009 年) of what the trigger at `trigger` tells; empty where none is told."""
    start, end = sentence.clauses[index]
    own = [d for d in reading.dates if start <= d.start and d.end <= end and (reach == "document" or not d.of_document)]
    if own:
        return [When(_begun(d.edtf, reading.masked[start:end]), "own") for d in _nearest(reading, own, trigger)]
    carried = None if reach == "clause" else _carried(reading, rules, sentence, index, trigger, thread)
    if carried is None and thread.row_date:
        return [When(thread.row_date, "row")]
    if carried is None and reach == "year" and thread.told:
        return [When(thread.told[:4], "frame")]
    if carried is None and reach == "passage" and thread.frame and thread.date.startswith(thread.frame):
        return [When(thread.frame, "frame")]
    return [carried] if carried else []


_GOES_ON = re.compile("开始|持续|一直|不断|定期")


def _begun(edtf: str, piece: str) -> str:
    """The date of an event told with 自…起: open where it goes on, else the date itself."""
    return edtf if not edtf.endswith("/..") or _GOES_ON.search(piece) else edtf.removesuffix("/..")


def _nearest(reading: Reading, dates: list[Dated], trigger: int) -> list[Dated]:
    before = [d for d in dates if d.end <= trigger]
    if not before:
        return dates[:1]
    nearest = [before.pop()]
    while before and _AND.fullmatch(reading.passage.text[before[-1].end : nearest[0].start]):
        nearest.insert(0, before.pop())
    return nearest


def _carried(
    reading: Reading, rules: EventRules, sentence: Sentence, index: int, trigger: int, thread: Thread
) -> When | None:
    """The date of an earlier clause of the sentence, or of what a word like 會後 or 而後 takes up."""
    later = False
    for k in range(index, -1, -1):
        start, end = sentence.clauses[k]
        if k < index and ":" in reading.masked[end : sentence.clauses[k + 1][0]]:
            return None  # what follows a colon is quoted or proposed, with a time of its own
        piece = reading.masked[start : trigger if k == index else end]
        dates = reading.dates_in(start, end) if k < index else []
        if dates and not rules.planned.search(piece):
            date = _begun(dates[-1].edtf, reading.masked[slice(*sentence.clauses[index])])
            return When(date[:4] if later else date, "sentence")
        if dates:
            return None  # the nearest date is that of a plan
        word = next((name for name, pattern in rules.carry if pattern.search(piece)), "")
        if word in ("month", "end"):
            return _of_meeting(word, thread)
        if word == "year":
            later = True
        elif word == "same" and k == 0 and thread.date:
            return When(thread.date.removesuffix("/.."), "earlier")
    return When(thread.date[:4], "earlier") if later and thread.date else None


def _of_meeting(word: str, thread: Thread) -> When | None:
    date = thread.meeting.date if thread.meeting else thread.date
    if not date:
        return None
    return When(last_day(date) if word == "end" else date.split("/")[0][:7], "meeting")


def last_day(edtf: str) -> str:
    """The end of an interval; the date itself where it is none."""
    return edtf.split("/")[-1] if "/" in edtf and not edtf.endswith("..") else edtf.split("/")[0]


# --- who ------------------------------------------------------------------------------------------------------------


def actors_in(reading: Reading, lexicon: Lexicon, start: int, end: int) -> list[Mention]:
    """The actors who take part in what `start:end` tells: not those where someone is posted (駐聯合國)."""
    found = [m for m in reading.names_in(start, end, "actor")]
    found = [m for m in found if not _REPRESENTED_AT.search(reading.masked[max(start, m.start - 2) : m.start])]
    return [m for m, following in zip(found, [*found[1:], None]) if not _governed_by(reading, lexicon, m, following)]


def _governed_by(reading: Reading, lexicon: Lexicon, state: Mention, following: Mention | None) -> bool:
    """Whether 美國 only says whose government follows (美國總統歐巴馬)."""
    if following is None or len(state.codes) != 1 or len(following.codes) != 1:
        return False
    government = lexicon.actor(following.codes[0])
    between = reading.passage.text[state.end : following.start]
    return government.kind == "government" and government.state == state.codes[0] and re.fullmatch(r"\w{0,8}", between) is not None


_TOWARD = re.compile("(?:向|给|对|给予)$")
_OBJECT = re.compile("(?:向|给|对|将|把|给予|对于|关于|针对)$")
_NEAR = 8  # characters after the trigger within which its object stands


def participants_of(
    reading: Reading, lexicon: Lexicon, clause: tuple[int, int], trigger: tuple[int, int], thread: Thread, speaks: bool = False
) -> tuple[str, ...]:
    """Codes of those who take part, sorted; who acts is carried on where the clause names nobody before its trigger.

    Who is named long after the trigger takes no part; of a statement (`speaks`)
    those toward whom something is done do not either.
    """
    start, end = clause
    actors = [m for m in actors_in(reading, lexicon, start, end) if m.start <= trigger[1] + _NEAR]
    if speaks:
        actors = [m for m in actors if m.start < trigger[0] or not _TOWARD.search(reading.masked[start : m.start])]
    codes = {code for m in actors for code in m.codes}
    piece = reading.masked[start:end]
    if _BOTH.search(piece) and len(codes) < 2 and thread.pair:
        codes |= set(thread.pair)
    acting = [m for m in actors if m.start < trigger[1] and not _OBJECT.search(reading.masked[start : m.start])]
    if not acting and not _BOTH.search(piece):
        codes |= set(thread.subject)
    return without_members(codes, lexicon)


def without_members(codes: set[str], lexicon: Lexicon) -> tuple[str, ...]:
    """A group stands for its members: beside SIX the six are not listed."""
    groups = {code for code in codes if lexicon.actor(code).members}
    members = {member for group in groups for member in lexicon.actor(group).members}
    return tuple(sorted(codes - members))


def follow(reading: Reading, rules: EventRules, lexicon: Lexicon, start: int, end: int, thread: Thread) -> None:
    """Take into the thread what this clause tells of time and of who acts."""
    piece = reading.masked[start:end]
    dates = reading.dates_in(start, end)
    if dates and not rules.planned.search(piece):
        thread.date = thread.told = dates[-1].edtf
    for match in rules.frame.finditer(piece):
        framing = next(d for d in reading.dates if d.start >= start + match.start())
        if framing.edtf.endswith("/.."):
            thread.frame = framing.edtf[:4]
    actors = actors_in(reading, lexicon, start, end)
    codes = [code for m in actors for code in m.codes]
    if len(set(codes)) >= 2:
        thread.pair = tuple(dict.fromkeys(codes))[:2]
    first = _leading(reading, actors, start)
    if first:
        thread.subject = tuple(dict.fromkeys(code for m in first for code in m.codes))


def _leading(reading: Reading, actors: list[Mention], start: int) -> list[Mention]:
    """The actor or list of actors that opens the clause, after a date and a word or two."""
    if not actors or _without_dates(reading, start, actors[0].start) > 8:
        return []
    if re.search("(?:对|向|给|与|和|由于)$", reading.masked[start : actors[0].start]):
        return []
    leading = actors[:1]
    for m in actors[1:]:
        if not _LIST.fullmatch(reading.masked[leading[-1].end : m.start]):
            break
        leading.append(m)
    return leading


def _without_dates(reading: Reading, start: int, end: int) -> int:
    dated = sum(d.end - d.start for d in reading.dates if start <= d.start and d.end <= end)
    return end - start - dated
