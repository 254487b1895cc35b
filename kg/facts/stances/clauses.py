"""A passage -> its clauses, each with the names and dates in it.

    split_clauses("中共支持，北韓反對。", ...)   -> two clauses; the first opens the sentence

Next: `kg.facts.stances.subjects`, which reads them in order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.facts.evidence import clauses
from kg.mentions import Mention
from kg.script import fold

_CLOSING = "」』”’）) "
_ITEM = re.compile(
    fold(
        r"[「」“”\"'(（\s]*(?:第[一二三四五六七八九十]+[，,：]?|[(（]?[一二三四五六七八九十\d]+[)）、]|[一二三四五六]是"
        r"|其[一二三四五六次]|首先|再者|最後|一方面|另一方面|而是)"
    )
)


@dataclass(frozen=True)
class Clause:
    """A stretch between two stops, with the names in it (offsets into the passage)."""

    start: int
    end: int
    masked: str
    mentions: tuple[Mention, ...]
    opens_sentence: bool
    introduces: bool  # ends with a colon
    opens_item: bool  # after a semicolon, or with a number: an item of a list, with an attitude of its own

    @property
    def names(self) -> dict[int, Mention]:
        """The names by where they begin in the clause."""
        return {mention.start - self.start: mention for mention in self.mentions}


def split_clauses(
    text: str, masked: str, mentions: Sequence[Mention], sentences: Sequence[tuple[int, int]]
) -> list[Clause]:
    """The clauses of a passage in order; `sentences` are spans of it, `masked` is as long as `text`."""
    opens = {_first_character(text, start) for start, _ in sentences}
    found = []
    for start, end in clauses(text):
        found.append(
            Clause(
                start=start,
                end=end,
                masked=masked[start:end],
                mentions=tuple(m for m in mentions if start <= m.start and m.end <= end),
                opens_sentence=start in opens,
                introduces=text[end : end + 1] in ("：", ":"),
                opens_item=text[:start].rstrip().endswith(("；", ";")) or bool(_ITEM.match(masked[start:end])),
            )
        )
    return found


def _first_character(text: str, start: int) -> int:
    while start < len(text) and (text[start] in _CLOSING or text[start].isspace()):
        start += 1
    return start
