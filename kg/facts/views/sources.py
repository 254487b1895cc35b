"""A footnote -> the authors of the scholarly works that it cites.

    Sources.of(find_citations(document, lexicon)).authors("4:12")   -> ("李四", "王五")

A citation that repeats an earlier one (a short form, 前揭書) has the authors of
the work that it repeats. News, web pages and documents carry no scholarly view.
A name too long for `kg.leaks` (a run of more than 12 Chinese characters, such as
that of an institute) is held back until a person has put it in `lexicon/allowed.txt`.
Before: `kg.facts.citations`. Next: `scholars`, `finding`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from kg.facts.model import Citation, Work
from kg.resources import LEXICON

_LONGEST = 12  # Chinese characters of a name that may be published without review
_HAN = re.compile(r"[㐀-鿿]")
SCHOLARLY = frozenset({"article", "book", "chapter", "thesis"})


Names = tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """Footnote -> the authors of each work in it: of scholarly works, and of works of any kind."""

    scholarly: Mapping[str, tuple[Names, ...]]
    any: Mapping[str, tuple[Names, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, citations: Iterable[Citation]) -> "Sources":
        citations = list(citations)
        works = {c.work.id: c.work for c in reversed(citations) if not c.repeats}
        scholarly: dict[str, tuple[Names, ...]] = {}
        every: dict[str, tuple[Names, ...]] = {}
        for citation in sorted(citations, key=lambda c: (c.footnote, c.number)):
            first = works.get(citation.cites, citation.work)
            if authors := _authors(citation.work) or _authors(first):
                every[citation.footnote] = (*every.get(citation.footnote, ()), authors)
                if first.kind in SCHOLARLY:
                    scholarly[citation.footnote] = (*scholarly.get(citation.footnote, ()), authors)
        return cls(scholarly, every)

    def authors(self, note: str) -> Names:
        """The authors of all scholarly works in the footnote, each once."""
        return tuple(dict.fromkeys(name for names in self.scholarly.get(note, ()) for name in names))

    def works(self, note: str) -> tuple[Names, ...]:
        """The authors of each work in the footnote, of any kind: who is named in the text may be one of them."""
        return self.any.get(note, ())

    def names(self) -> Names:
        """Everybody who is cited anywhere, sorted."""
        return tuple(sorted({name for works in self.any.values() for names in works for name in names}))


def _authors(work: Work) -> tuple[str, ...]:
    """Who answers for the work: of a book its editors too, of a part of a book its own authors."""
    whole = work.kind in ("book", "thesis") or not work.authors
    names = (*work.authors, *work.editors) if whole else work.authors
    return tuple(dict.fromkeys(name for name in names if _may_be_published(name)))


def _may_be_published(name: str) -> bool:
    return len(_HAN.findall(name)) <= _LONGEST or name in _reviewed()


@cache
def _reviewed() -> frozenset[str]:
    """The lines of the file of reviewed names that are no comment."""
    path = LEXICON / "allowed.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return frozenset(line.strip() for line in lines if not line.startswith("#"))
