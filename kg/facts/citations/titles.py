"""Stage 5: the title of a reference: quoted (「」, “ ”, 〈〉), in 《》, or printed plain.

    find_title(Draft("李明，「港口與城市」，海洋學報，第 3 期，頁 4"))
    -> Title(text="港口與城市", start=3, end=10, marks="quotes")

Before: `kg.facts.citations.forms`. Next: `kg.facts.citations.parsing`.
"""

import re
from dataclasses import dataclass

from kg.facts.citations.forms import SEPARATORS, TAKEN, Draft, clean, closing, level

_OPENERS = {"「": "quotes", "『": "quotes", "“": "quotes", '"': "quotes", "〈": "quotes", "《": "book"}
_BEFORE = (" in", "载", "见", "译", "着", "编")  # a title may follow these without a mark between
_BEHIND = ("载", "收", "刊", "in ")
_OUTER = re.compile(r"^[「『“\"〈《](.*)[」』”\"〉》]$", re.DOTALL)


@dataclass(frozen=True)
class Title:
    text: str
    start: int
    end: int  # of the title with its marks
    marks: str  # quotes, book, or "" for a plain one


def find_title(draft: Draft) -> Title | None:
    """The first stretch in quotes or 《》 that stands by itself between separators; None where there is none."""
    form, i = draft.left, 0
    while i < len(form):
        end = closing(form, i)
        marks = _OPENERS.get(form[i], "")
        if marks and end > i + 2 and _opens_a_part(form, i):
            stop = end if form[i] in '“"' or _closes_a_part(form, end) else _part_end(form, end)
            if stop == end:
                return Title(plain(draft.text[i:end]), i, end, marks)
            if marks == "book":  # 《…》白皮書: its marks are a part of the title
                return Title(clean(draft.text[i:stop]), i, stop, marks)
        i = end
    return None


def _opens_a_part(form: str, i: int) -> bool:
    before = form[:i].rstrip()
    return not before or before[-1] in SEPARATORS + ":." or form[i] in '“"' or before.endswith(_BEFORE)


def _closes_a_part(form: str, end: int) -> bool:
    rest = form[end:].lstrip()
    return not rest or rest[0] in SEPARATORS + ":.([《" or rest.startswith(_BEHIND) or rest[0].isdigit()


def _part_end(form: str, end: int) -> int:
    """Where the part that goes on after a closing mark ends."""
    i = end
    while i < len(form) and form[i] not in SEPARATORS:
        i = closing(form, i)
    return min(i, len(form))


def plain(printed: str) -> str:
    """A title without the marks around it and without the comma or stop that English puts inside them."""
    text = clean(printed)
    if inner := _OUTER.match(text):
        text = inner[1]
    text = clean(text.strip(" ,，、;；" + TAKEN)).rstrip(".。")
    # A closing bracket that nothing opened: a slip of the pen.
    return text[:-1] if text[-1:] in ")）" and level(text).count("(") < level(text).count(")") else text
