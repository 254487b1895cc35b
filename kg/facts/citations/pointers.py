"""Stage 5: references that print no title and only point back.

    read_pointer(Draft("同註 19，頁 7。"), …)       # Reference(pointer=Pointer("note", 19), pages="7")
    read_pointer(Draft("羅平，前揭書，頁 7。"), …)  # Reference(authors=("羅平",), pointer=Pointer("cited"), …)

Before: `fields`, `people`. Next: `kg.facts.citations.parsing`.
"""

import re

from kg.facts.citations.fields import take_bare_pages, take_pages
from kg.facts.citations.forms import Draft, split
from kg.facts.citations.known import Style
from kg.facts.citations.people import read_people
from kg.facts.citations.reference import Pointer, Reference
from kg.facts.citations.rules import CitationRules

_NOTE_BESIDE = re.compile(r"(?:注|note|n\.)\s*(?P<number>\d{1,4})(?!\d)", re.IGNORECASE)
_FIRST_PARTS = 4  # a pointer stands among the first parts: names, the pointer, pages
_CLOSE = 12  # characters between the beginning of a part and a word like 前揭書 in it


def read_pointer(draft: Draft, rules: CitationRules, style: Style) -> Reference | None:
    """The pointer that `draft` is; None where it is none."""
    start = 0
    if not rules.note.match(draft.left) and (lead := rules.leads.match(draft.left)):
        start = lead.end()
    left = draft.left[start:]
    if match := rules.note.match(left) or (rules.note_after_lead.match(left) if start else None):
        return Reference(pointer=Pointer("note", int(match["number"])), pages=_pages(draft.text[start + match.end() :]))
    if match := rules.previous.match(left):
        return Reference(pointer=Pointer("previous"), pages=_pages(draft.text[start + match.end() :]))
    return _with_names(draft, start, rules, style)


def _with_names(draft: Draft, start: int, rules: CitationRules, style: Style) -> Reference | None:
    for a, b in split(draft.left, start, len(draft.left))[:_FIRST_PARTS]:
        note, cited = rules.note.match(draft.left[a:b]), rules.cited.search(draft.left[a:b])
        if note is None and (cited is None or cited.start() > _CLOSE):
            continue
        here = 0 if note or cited is None else cited.start()
        people = read_people(draft.text[start : a + here].strip(" ,，:："), rules, style.latin)
        number = note or _NOTE_BESIDE.search(draft.left[a:])
        end = a + (note.end() if note else cited.end() if cited else 0)
        pointer = Pointer("note", int(number["number"])) if number else Pointer("cited")
        return Reference(authors=people.authors, pointer=pointer, pages=_pages(draft.text[end:]))
    return None


def _pages(rest: str) -> str:
    draft = Draft(rest)
    return take_pages(draft) or take_bare_pages(draft)
