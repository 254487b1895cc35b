"""Stage 5: which kind of work a reference is to, from what it prints.

    kind_of(Clues(title="《港口公約》白皮書", site="中國網", url="http://…"), rules)      # "document"

The kinds are those of the codebook: article, book, chapter, thesis, news, web, document.
Before: `kg.facts.citations.rules`. Next: `kg.facts.citations.parsing`.
"""

import re
from dataclasses import dataclass

from kg.facts.citations.forms import level
from kg.facts.citations.rules import CitationRules
from kg.facts.titles import kind_of_title

_BRACKETS_AT_END = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True)
class Clues:
    title: str
    quoted: bool = False  # in quotation marks, as articles and chapters are
    boxed: bool = False  # in 《》 in a text that has quotation marks for articles
    container: str = ""
    author: str = ""
    publisher: str = ""
    issue: bool = False
    volume: bool = False  # it stands in a book that is named
    url: bool = False
    dated: bool = False  # with a day, or a date of its own
    thesis: bool = False


def kind_of(clues: Clues, rules: CitationRules) -> str:
    """The kind; a title in quotes alone is an article's, a plain one alone a book's."""
    container = level(clues.container)
    if clues.thesis:
        return "thesis"
    if rules.papers.search(container) and not clues.issue:
        return "article"  # a paper read at a conference
    if clues.volume:
        return "chapter"
    if clues.issue:
        return "article"
    if clues.publisher:
        return _published(clues, rules)
    if rules.newspapers.search(container) and not clues.url:
        return "news"
    if clues.url or clues.dated:
        return _online(clues, container, rules)
    if is_document(clues.title, clues.quoted, False, rules):
        return "document"
    return "article" if clues.quoted or clues.container else "book"


def _published(clues: Clues, rules: CitationRules) -> str:
    author, publisher = level(clues.author), level(clues.publisher)
    if rules.bodies.search(author) or any(rules.bodies.search(word) for word in author.split()):
        own = re.sub(r"\W", "", author), re.sub(r"\W", "", publisher)
        if own[1] in own[0]:  # an office that prints what it writes
            return "document"
    return "chapter" if clues.quoted else "book"


def _online(clues: Clues, container: str, rules: CitationRules) -> str:
    reported = rules.news.search(container) or rules.newspapers.search(container)
    if clues.boxed or is_document(clues.title, clues.quoted, bool(reported), rules):
        return "document"
    if reported:
        return "news"
    return "web" if clues.url or rules.websites.search(container) else "news" if container else "document"


def is_document(title: str, quoted: bool, reported: bool, rules: CitationRules) -> bool:
    """Whether a title is that of a document. `reported`: by news, whose headlines name documents as well."""
    form = _BRACKETS_AT_END.sub("", level(title))
    if rules.happenings.search(form) and quoted:
        return False
    if not re.search("[\u4e00-\u9fff]", form):
        return (rules.documents_en_first if reported else rules.documents_en).search(form) is not None
    return bool(kind_of_title(form) or rules.documents.search(form))
