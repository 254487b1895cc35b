"""Stretches of a text, and whether an offset lies in one of them."""

import re
from bisect import bisect_right
from dataclasses import dataclass

_URL = re.compile(r"(?:https?://|ftp://|www\.)[!-~]+")


@dataclass(frozen=True)
class Spans:
    """Stretches in order and without overlaps: `starts[i]` to `ends[i]`, exclusive."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, pattern: "re.Pattern[str]", text: str) -> "Spans":
        found = [match.span() for match in pattern.finditer(text)]
        return cls(tuple(start for start, _ in found), tuple(end for _, end in found))

    def __contains__(self, at: object) -> bool:
        if not isinstance(at, int):
            return False
        before = bisect_right(self.starts, at) - 1
        return before >= 0 and at < self.ends[before]


def find_urls(text: str) -> Spans:
    """Web addresses: what they hold names no actor and no date."""
    return Spans.of(_URL, text)
