"""Stage 5: the written form in which a reference is taken apart, as long as the reference itself.

    level("（台北：遠景，2003 年）")      # "(台北:远景,2003 年)"

Like `kg.script.fold`, but quotation marks stay as they are: “ ” 「 」 『 』 tell
where a title begins and ends, and ’ is an apostrophe. `Draft` is a reference of
which one field after the other is taken out.

Used by every module of `kg.facts.citations`.
"""

import re
from functools import lru_cache

from kg.script import fold

_KEPT = frozenset("“”‘’「」『』〈〉《》")
_DASHES = str.maketrans("‐‑‒—―", "-----")
TAKEN = "\0"  # stands for every character of a field that was taken out; it separates, and is no white space
SEPARATORS = ",。;" + TAKEN
_CLOSERS = {"「": "」", "『": "』", "“": "”", "〈": "〉", "《": "》", "(": ")", "[": "]", "【": "】", "〔": "〕"}
_LONGEST = 300  # characters in brackets or quotes; one that closes later is taken for a slip of the pen


@lru_cache(maxsize=4096)
def _level_character(character: str) -> str:
    return character if character in _KEPT else fold(character)


def level(text: str) -> str:
    """`text` in the form that patterns match; of the same length."""
    return "".join(map(_level_character, text)).translate(_DASHES)


def closing(form: str, start: int) -> int:
    """The end (exclusive) of what opens at `start`; `start + 1` where nothing opens there or it never closes."""
    opener = form[start]
    end = min(len(form), start + _LONGEST)
    if opener == '"':
        found = form.find('"', start + 1, end)
        return found + 1 if found > 0 else start + 1
    closer = _CLOSERS.get(opener)
    depth = 0
    for i in range(start, end if closer else start):
        if form[i] == opener:
            depth += 1
        elif form[i] == closer:
            depth -= 1
            if depth == 0:
                return i + 1
    return start + 1


def split(form: str, start: int, end: int, separators: str = SEPARATORS) -> list[tuple[int, int]]:
    """The stretches of `form[start:end]` between separators outside brackets and quotes: trimmed, not empty."""
    found, begin, i = [], start, start
    while i < end:
        if form[i] in separators and not _in_number(form, i):
            found.append((begin, i))
            begin = i + 1
            i += 1
        else:
            i = min(closing(form, i), end)
    found.append((begin, end))
    return [(a, b) for a, b in (trim(form, *pair) for pair in found) if a < b]


def _in_number(form: str, i: int) -> bool:
    return form[i] == "," and form[i - 1 : i].isdigit() and re.match(r"\d{3}(?!\d)", form[i + 1 : i + 5]) is not None


def trim(form: str, start: int, end: int, also: str = "") -> tuple[int, int]:
    """`start, end` without white space, and without characters of `also`, at either side."""
    while start < end and (form[start].isspace() or form[start] in also):
        start += 1
    while end > start and (form[end - 1].isspace() or form[end - 1] in also):
        end -= 1
    return start, end


_IDLE_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


def clean(text: str) -> str:
    """A field as it is kept: one blank for white space, none between two Chinese characters."""
    return _IDLE_SPACE.sub("", re.sub(r"\s+", " ", text)).strip()


class Draft:
    """A reference: `text` as printed, `left` what no field has taken yet (in the form that patterns match)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = level(text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match in what is left, which is taken out."""
        match = pattern.search(self.left)
        if match:
            self.blank(*match.span())
        return match

    def blank(self, start: int, end: int) -> None:
        self.left = self.left[:start] + TAKEN * (end - start) + self.left[end:]

    def printed(self, start: int, end: int) -> str:
        """What was printed there, cleaned."""
        return clean(self.text[start:end])
