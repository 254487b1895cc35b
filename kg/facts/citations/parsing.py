"""Stage 5: one reference -> its fields.

    parse_reference("羅平，港口與城市（台北：遠景，2003 年），頁 4。", rules, Style())
    -> Reference(authors=("羅平",), title="港口與城市", container="遠景", year="2003", pages="4", kind="book")

Fields that are known by their form (address, pages, issue, imprint, date) are
taken out one after the other; the title is what stands in marks, or what is
left between the people before it and the container behind it.

Before: `pointers`, `dotted`, `titles`, `known`, `marked`, `plain`. Next: `resolving`.
"""

import re

from kg.facts.citations.dotted import parse_dotted
from kg.facts.citations.forms import TAKEN, Draft
from kg.facts.citations.known import Style, take_known
from kg.facts.citations.marked import read_marked
from kg.facts.citations.plain import read_plain
from kg.facts.citations.pointers import read_pointer
from kg.facts.citations.reference import Reference
from kg.facts.citations.rules import CitationRules
from kg.facts.citations.titles import find_title

_LONGEST_TITLE = 300
_COLON_BEFORE_MARKS = re.compile(r":(?=\s*[《「〈『])")  # 羅平：《港口》: it separates, and does not name a place


def parse_reference(text: str, rules: CitationRules, style: Style) -> Reference | None:
    """The reference printed in `text`; None where it is none (a comment, a definition)."""
    draft = Draft(text)
    if found := read_pointer(draft, rules, style) or parse_dotted(text, rules, style.latin):
        return found
    if lead := rules.leads.match(draft.left):
        draft.blank(*lead.span())
    draft.left = _COLON_BEFORE_MARKS.sub(TAKEN, draft.left)
    title = find_title(draft)
    if title:
        draft.blank(title.start, title.end)
    known = take_known(draft, rules)
    found = read_marked(draft, title, known, rules, style) if title else read_plain(draft, known, rules, style)
    return found if found and 0 < len(found.title) <= _LONGEST_TITLE else None
