"""Stage 5: what a text carries on from clause to clause: the date, who acts, which meeting is spoken of.

    for clause in clauses_of(reading, rules, lexicon, Thread()):
        dates_of(clause, trigger=4, reach="sentence")      # [When("2003-08", "own")]

Before: `kg.facts.slots`. Next: `kg.facts.actors`, `kg.facts.rounds`, `kg.facts.hits`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.facts.event_rules import EventRules, is_unreal
from kg.facts.slots import Dated, Reading
from kg.lexicon import Lexicon
from kg.mentions import Mention

_AND = re.compile(r"[ 、和與与及以到至]{1,4}")
_SENTENCE_ENDS = re.compile("[。！？!?]")
_FAR = 20  # clauses back in a sentence that a date is carried at most
_GOES_ON = re.compile("开始|持续|一直|不断|定期")


@dataclass(frozen=True)
class When:
    """An EDTF date, and how it is told.

    "own": in the clause; or carried from an earlier clause of the "sentence",
    what was told "earlier", a "meeting", the table's "row", the "frame" of the paragraph.
    """

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

    date: str = ""  # the last date told
    told: str = ""  # the last date told in this passage
    frame: str = ""  # the year that opens the passage: 自…年起
    row_date: str = ""  # of the table's row
    subject: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()  # whom 雙方 means
    meeting: Meeting | None = None
    talks: str = ""  # the institution whose rounds are spoken of
    section_round: int | None = None  # the round in the section's heading


@dataclass(frozen=True)
class Clause:
    """One clause in its sentence, with all that is needed to read it; offsets are into the passage."""

    reading: Reading
    rules: EventRules
    lexicon: Lexicon
    thread: Thread
    sentence: tuple[tuple[int, int], ...]
    index: int  # of the clause in the sentence

    @property
    def start(self) -> int:
        return self.sentence[self.index][0]

    @property
    def end(self) -> int:
        return self.sentence[self.index][1]

    @property
    def piece(self) -> str:
        return self.reading.masked[self.start : self.end]

    def before(self, offset: int) -> str:
        """What stands in the clause before `offset`."""
        return self.reading.masked[self.start : offset]

    def names(self, kind: str, end: int | None = None) -> list[Mention]:
        return self.reading.names_in(self.start, self.end if end is None else end, kind)

    def is_plan(self) -> bool:
        return self.rules.planned.search(self.piece) is not None

    def is_unreal(self, trigger: int) -> bool:
        """Whether what begins at `trigger` (into the piece) is denied, wished, supposed or only planned."""
        piece = self.piece
        return (
            is_unreal(piece, trigger, self.rules) or self.is_plan() or self.rules.conditional.search(piece) is not None
        )


def clauses_of(reading: Reading, rules: EventRules, lexicon: Lexicon, thread: Thread) -> Iterator[Clause]:
    """The clauses in order, each in its sentence (。！？ end one; a semicolon does not)."""
    sentences: list[list[tuple[int, int]]] = [[]]
    for start, end in reading.clauses:
        if sentences[-1] and _SENTENCE_ENDS.search(reading.passage.text, sentences[-1][-1][1], start):
            sentences.append([])
        sentences[-1].append((start, end))
    for sentence in map(tuple, sentences):
        for index in range(len(sentence)):
            yield Clause(reading, rules, lexicon, thread, sentence, index)


# --- when -----------------------------------------------------------------------------------------------------------


def dates_of(clause: Clause, trigger: int, reach: str) -> list[When]:
    """The date (or dates: 2006 年和 2009 年) of what is told at passage offset `trigger`; empty where none is told.

    `reach` is how far off a date may stand, as rules have it.
    """
    reading, thread = clause.reading, clause.thread
    find = reading.all_dates_in if reach == "document" else reading.dates_in
    if own := find(clause.start, clause.end):
        return [When(_begun(date.edtf, clause.piece), "own") for date in _nearest(reading, own, trigger)]
    carried = None if reach == "clause" else _carried(clause, trigger)
    if carried is None and thread.row_date:
        return [When(thread.row_date, "row")]
    if carried is None and reach == "year" and thread.told:
        return [When(thread.told[:4], "frame")]
    if carried is None and reach == "passage" and thread.frame and thread.date.startswith(thread.frame):
        return [When(thread.frame, "frame")]
    return [carried] if carried else []


def _begun(edtf: str, piece: str) -> str:
    """The date of an event told with 自…起: open where it goes on, else the date itself."""
    return edtf if not edtf.endswith("/..") or _GOES_ON.search(piece) else edtf.removesuffix("/..")


def _nearest(reading: Reading, dates: list[Dated], trigger: int) -> list[Dated]:
    """The last date before the trigger, with those joined to it by 和; the first one where all stand after it."""
    before = [d for d in dates if d.end <= trigger]
    if not before:
        return dates[:1]
    nearest = [before.pop()]
    while before and _AND.fullmatch(reading.passage.text[before[-1].end : nearest[0].start]):
        nearest.insert(0, before.pop())
    return nearest


def _carried(clause: Clause, trigger: int) -> When | None:
    """The date of an earlier clause of the sentence, or of what a word like 會後 or 而後 takes up."""
    reading, rules, thread = clause.reading, clause.rules, clause.thread
    later = False
    for k in range(clause.index, max(-1, clause.index - _FAR), -1):
        start, end = clause.sentence[k]
        if k < clause.index and ":" in reading.masked[end : clause.sentence[k + 1][0]]:
            return None  # what follows a colon is quoted or proposed, with a time of its own
        piece = reading.masked[start : trigger if k == clause.index else end]
        dates = reading.dates_in(start, end) if k < clause.index else []
        if dates and rules.planned.search(piece):
            return None  # the nearest date is that of a plan
        if dates:
            date = _begun(dates[-1].edtf, clause.piece)
            return When(date[:4] if later else date, "sentence")
        word = next((name for name, pattern in rules.carry if pattern.search(piece)), "")
        if word in ("month", "end"):
            return _of_meeting(word, thread)
        later = later or word == "year"
        if word == "same" and k == 0 and thread.date:
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


def follow_dates(clause: Clause) -> None:
    """Take into the thread what this clause tells of time."""
    dates = clause.reading.dates_in(clause.start, clause.end)
    if dates and not clause.is_plan():
        clause.thread.date = clause.thread.told = dates[-1].edtf
    for match in clause.rules.frame.finditer(clause.piece):
        framing = clause.reading.all_dates_in(clause.start + match.start(), clause.end)[0]
        if framing.edtf.endswith("/.."):
            clause.thread.frame = framing.edtf[:4]
