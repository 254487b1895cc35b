"""What the headings over a paragraph tell of it: the talks that its section is about, and the round.

    talks_over(document, paragraph, lexicon)  -> "six-party-talks"
    round_over(document, paragraph)           -> 2   (第二輪)

A paragraph is read by itself and under its headings, so that what is found in it
does not depend on the paragraphs before it. Used by `kg.facts.events` and
`kg.facts.stances`.
"""

from kg.document.model import Document, Paragraph, Section
from kg.facts.rounds import round_in_heading
from kg.lexicon import Lexicon
from kg.mentions import find_mentions

_CHAPTER = 1  # a chapter's title tells of too much to say what its paragraphs mean by "all parties"


def sections_over(document: Document, paragraph: Paragraph) -> list[Section]:
    """The sections that hold the paragraph, the outermost first, without the chapter."""
    parts = paragraph.section.split(".")
    ids = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    sections = [document.sections_by_id[id] for id in ids if id in document.sections_by_id]
    return [section for section in sections if section.level > _CHAPTER]


def talks_over(document: Document, paragraph: Paragraph, lexicon: Lexicon) -> str:
    """The id of the talks that the nearest heading with such a name tells of; empty where none does."""
    for section in reversed(sections_over(document, paragraph)):
        for mention in find_mentions(section.title, lexicon):
            if mention.kind == "institution" and lexicon.institution(mention.codes[0]).kind == "talks":
                return mention.codes[0]
    return ""


def round_over(document: Document, paragraph: Paragraph) -> int | None:
    """The round that the paragraph's own heading names, if that is all it names."""
    over = sections_over(document, paragraph)
    return round_in_heading(over[-1].title) if over else None
