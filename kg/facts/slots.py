"""Stage 5: a passage in the form that the rules for events match.

Every name and every date is replaced, character by character, by private
characters that stand for its kind, so that a rule's `{agreement}` matches any
agreement and the offsets stay those of the text.

    reading = read_passage(passage, lexicon)
    compile_pattern("退出{agreement}").search(reading.masked)

Before: `kg.mentions`, `kg.dates`. Next: `kg.facts.event_rules`, `kg.facts.events`.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from kg.dates import find_dates
from kg.document.model import Passage
from kg.errors import KgError
from kg.facts.evidence import clauses
from kg.facts.titles import Title, unknown_titles
from kg.lexicon import Lexicon
from kg.mentions import Mention, find_mentions
from kg.script import fold

# The first character of a name tells its kind, the others that it goes on. "body": an actor and institution in one.
_HEADS = {"actor": "\ue000", "body": "\ue001", "institution": "\ue002", "agreement": "\ue003", "place": "\ue004",
          "date": "\ue005"}  # fmt: skip
_TAIL = "\ue00f"
NAME_CHARACTERS = "\ue000-\ue00f"
# {otherdate}: a date in the clause that is not that of the event.
_SLOTS = {"actor": "\ue000\ue001", "institution": "\ue001\ue002", "agreement": "\ue003", "place": "\ue004",
          "date": "\ue005", "otherdate": "\ue005"}  # fmt: skip
_SLOT = re.compile(r"\{([a-z]+)\}")
_PRIVATE = re.compile("[\ue000-\ue00f]")
_OPEN, _CLOSE = "[「《\"']?", "[」》\"']?"


@dataclass(frozen=True)
class Dated:
    """A date in a passage: EDTF, and whether it belongs to a document rather than to what happened."""

    start: int
    end: int
    edtf: str
    of_document: bool = False


def _start(named: Mention | Dated) -> int:
    return named.start


@dataclass(frozen=True)
class Reading:
    """A passage with its names, dates and clauses; all offsets are into `passage.text`."""

    passage: Passage
    masked: str
    names: tuple[Mention, ...]
    dates: tuple[Dated, ...]
    clauses: tuple[tuple[int, int], ...]
    titles: tuple[Title, ...] = ()  # of documents that the lexicon does not know

    def names_in(self, start: int, end: int, kind: str = "") -> list[Mention]:
        near = self.names[bisect_left(self.names, start, key=_start) : bisect_left(self.names, end, key=_start)]
        return [n for n in near if n.end <= end and kind in ("", n.kind)]

    def name_at(self, start: int) -> Mention | None:
        at = bisect_left(self.names, start, key=_start)
        return self.names[at] if at < len(self.names) and self.names[at].start == start else None

    def all_dates_in(self, start: int, end: int) -> list[Dated]:
        near = self.dates[bisect_left(self.dates, start, key=_start) : bisect_left(self.dates, end, key=_start)]
        return [d for d in near if d.end <= end]

    def dates_in(self, start: int, end: int) -> list[Dated]:
        """The dates of what happened: those in a document's title or before it are left out."""
        return [d for d in self.all_dates_in(start, end) if not d.of_document]


def read_passage(passage: Passage, lexicon: Lexicon, known_date: str = "") -> Reading:
    """The passage as the rules see it; `known_date` (EDTF) is the date told just before it, for 同年 and the like."""
    text = passage.text
    names = find_mentions(text, lexicon)
    titles = unknown_titles(text, names)
    names = _with_titles(names, titles)
    dates = _dates(text, names, known_date)
    masked = list(_PRIVATE.sub("\ufffd", fold(text)))
    for date in dates:
        _put(masked, date.start, date.end, _HEADS["date"])
    for name in names:
        is_body = name.kind == "actor" and any(institution_of(code, lexicon) for code in name.codes)
        _put(masked, name.start, name.end, _HEADS["body" if is_body else name.kind])
    whole = "".join(masked)
    return Reading(passage, whole, tuple(names), tuple(dates), tuple(_with_dates(whole, clauses(text))), tuple(titles))


_ONLY_A_DATE = re.compile("(?:在|于|到了?|自|从|直到|至|而|又|故|首先|其后|后来|尤其|和|与|、|\ue005|\ue00f|\\s)*")


_LONGEST = 600  # characters of a clause; a longer stretch without a comma is no prose, and is cut


def _with_dates(masked: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clauses; one that only tells a date (2003 年 8 月，) is part of the next."""
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and _ONLY_A_DATE.fullmatch(masked, *joined[-1]) and masked[joined[-1][1] : start].strip() == ",":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(a, min(a + _LONGEST, end)) for start, end in joined for a in range(start, end, _LONGEST)]


def _with_titles(names: list[Mention], titles: list[Title]) -> list[Mention]:
    """The names, with unknown titles as agreements instead of the names inside them."""
    kept = [n for n in names if not any(t.start < n.end and n.start < t.end for t in titles)]
    return sorted([*kept, *(Mention("agreement", (t.id,), t.start, t.end) for t in titles)], key=lambda n: n.start)


def institution_of(code: str, lexicon: Lexicon) -> str:
    """The id of the institution that an actor is as well; "" where it is none."""
    return next((entry.id for entry in lexicon.institutions.values() if entry.actor == code), "")


def _put(masked: list[str], start: int, end: int, head: str) -> None:
    masked[start:end] = head + _TAIL * (end - start - 1)


_BEFORE_TITLE = re.compile("[ 的]{0,3}[《「]?")


def _dates(text: str, names: list[Mention], known_date: str) -> list[Dated]:
    """The dates that can date an event: no decade, no "until", none in a title."""
    titles = [n for n in names if n.kind == "agreement"]
    ends = [n.end for n in titles]  # in order, as names do not overlap
    found = []
    for date in find_dates(text, known_date):
        if date.kind in ("title", "decade", "century") or date.edtf.startswith("../"):
            continue
        title = next(iter(titles[bisect_left(ends, date.end) :][:1]), None)
        inside = title is not None and title.start <= date.start
        before = title is not None and _BEFORE_TITLE.fullmatch(text, date.end, max(date.end, title.start)) is not None
        found.append(Dated(date.start, date.end, date.edtf, of_document=inside or before))
    return found


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A rule's pattern, its slots filled in; KgError for an unknown slot or a faulty expression.

    What slot {actor} catches at its second use in the pattern is group actor_2.
    """
    count = 0

    def fill(match: re.Match[str]) -> str:
        nonlocal count
        name = match.group(1)
        if name not in _SLOTS:
            raise KgError(f"pattern {pattern!r}: unknown slot {{{name}}}; known: {', '.join(sorted(_SLOTS))}")
        count += 1
        return f"(?: ?{_OPEN}(?P<{name}_{count}>[{_SLOTS[name]}]{_TAIL}*){_CLOSE} ?)"

    try:
        return re.compile(_SLOT.sub(fill, fold(pattern)))
    except re.error as error:
        raise KgError(f"pattern {pattern!r}: no regular expression ({error}); mend it") from None


def caught(match: re.Match[str], slot: str) -> tuple[int, int] | None:
    """Where the first slot of this name that took part in the match stands."""
    for name, value in match.groupdict().items():
        if value is not None and name.rpartition("_")[0] == slot:
            return match.span(name)
    return None
