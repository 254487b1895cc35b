"""Stage 5: the references of a document -> which work each is to, and whether it was cited before.

    resolve([full, short, same_note])   # three citations of one work: the last two repeat the first

A repeated reference keeps what it prints (a short form has no year); `cites` is
the id of the work as first cited in full. 同註 and 前揭書 print no title: theirs
is that of the work they point to. Where a pointer leads nowhere there is no
work to name, and so no citation.

Before: `kg.facts.citations.parsing`. Next: `kg.facts.citations` (the package).
"""

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from kg.document.model import Footnote
from kg.facts.citations.reference import Pointer, Reference
from kg.facts.model import Work
from kg.lexicon import squeeze

_ALIKE = 0.94  # of two titles: a slip of the pen, not another work
_ALIKE_IN_ONE_ISSUE = 0.8
_SHORTEST_MAIN_TITLE = 4  # characters


@dataclass(frozen=True)
class Placed:
    """A reference and where it stands (offsets into the footnote's passage)."""

    footnote: Footnote
    number: int  # which of the footnote, from 1
    start: int
    end: int
    reference: Reference


@dataclass(frozen=True)
class Resolved:
    placed: Placed
    work: Work  # as printed there
    cites: str
    repeats: bool
    sure: bool  # it is full, or leads to one that is


def resolve(placed: Sequence[Placed]) -> list[Resolved]:
    """Every reference with its work, in the order given (that of the text)."""
    placed = _bodies_as_usual(placed)
    works = _Works()
    entries: list[tuple[Placed, Reference, int]] = []  # with the number of its work
    for item in placed:
        reference = item.reference
        if reference.pointer:
            target = _pointed(item, reference.pointer, entries)
            if target is None:
                continue
            first = target[1]
            reference = Reference(first.title, first.kind, first.authors, first.editors, first.translators,
                                  pages=reference.pages, pointer=reference.pointer)  # fmt: skip
            number = target[2]
        else:
            number = works.number_of(reference)
            reference = _completed(reference, works.first_full(number))
        works.add(number, reference)
        entries.append((item, reference, number))
    return [_resolved(item, reference, works, number, entries) for item, reference, number in entries]


def _resolved(
    item: Placed, reference: Reference, works: "_Works", number: int, entries: list[tuple[Placed, Reference, int]]
) -> Resolved:
    first = works.first_full(number)
    earlier = next(entry for entry in entries if entry[2] == number)
    work = _work(reference)
    return Resolved(item, work, work_id(first), earlier[0] is not item, first.full)


def _completed(reference: Reference, first: Reference) -> Reference:
    """A short form: its kind, and the whole names behind its surnames, are those of the full one."""
    if reference.full or first is reference or not first.full:
        return reference
    authors = first.authors if all(" " not in a and a.isascii() for a in reference.authors) else reference.authors
    return replace(reference, kind=first.kind, authors=authors)


def _pointed(
    item: Placed, pointer: Pointer, entries: list[tuple[Placed, Reference, int]]
) -> tuple[Placed, Reference, int] | None:
    """The entry that a pointer leads to: the note of that number, the one just before, or the last by these authors."""
    names = {_name_key(name) for name in item.reference.authors}
    keys = [{_name_key(name) for name in entry[1].authors} for entry in entries]
    before = [e for e, theirs in zip(entries, keys, strict=True) if names == theirs or not names]
    before = before or [e for e, theirs in zip(entries, keys, strict=True) if names & theirs]
    if pointer.kind == "note":
        chapter, number = item.footnote.chapter, pointer.number
        there = [e for e in before if e[0].footnote.chapter == chapter and e[0].footnote.number == number]
        return there[0] if there else None
    return before[-1] if before else None


class _Works:
    """The works seen so far, each with its references; alike ones are found by author, or by title."""

    def __init__(self) -> None:
        self._references: list[list[Reference]] = []
        self._by_key: dict[str, list[int]] = defaultdict(list)

    def number_of(self, reference: Reference) -> int:
        """The work that `reference` is to; a new number where none is alike."""
        seen = dict.fromkeys(n for key in _keys(reference) for n in self._by_key[key])
        scored = [(max(_alike(reference, other) for other in self._references[n]), -n) for n in seen]
        best = max(scored, default=(0.0, 0))
        return -best[1] if best[0] else len(self._references)

    def add(self, number: int, reference: Reference) -> None:
        if number == len(self._references):
            self._references.append([])
        if reference not in self._references[number]:
            self._references[number].append(reference)
        for key in _keys(reference):
            if number not in self._by_key[key]:
                self._by_key[key].append(number)

    def first_full(self, number: int) -> Reference:
        """The first that tells where the work appeared; the first of all where none does."""
        if number >= len(self._references):
            return Reference()
        references = self._references[number]
        return next((r for r in references if r.full), references[0])


def _keys(reference: Reference) -> list[str]:
    return [_name_key(name) for name in reference.authors] or ["title " + _title_key(reference.title)[:6]]


def _name_key(name: str) -> str:
    """The surname of a Latin name (initials vary), the whole of a Chinese one."""
    return _bare(name.split(" ")[-1]) if re.match("[A-Za-zÀ-ÿ]", name) else _bare(name)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", squeeze(text).text)


def _title_key(title: str) -> str:
    return _bare(re.sub(r"^(?:the|an?)\s+", "", title, flags=re.IGNORECASE))


def _alike(one: Reference, other: Reference) -> float:
    """How sure it is that both are the same work; 0 where they are not. An exact title is surest."""
    a, b = _title_key(one.title), _title_key(other.title)
    if not a or not b or re.sub(r"\D", "", a) != re.sub(r"\D", "", b):
        return 0.0
    both_full = one.full and other.full
    one_issue = bool(one.issue) and (one.volume, one.issue) == (other.volume, other.issue)
    one_issue = one_issue and _same_container(one, other)
    if both_full and one.year and other.year and one.year != other.year and not one_issue:
        return 0.0  # a yearbook, a report of every year
    if not one.authors and both_full and not ((one.url and one.url == other.url) or _same_container(one, other)):
        return 0.0
    if a == b:
        return 2.0
    if not both_full and _is_main_title(one, other):
        return 1.5
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio() if min(len(a), len(b)) * 2 > max(len(a), len(b)) else 0
    return ratio if ratio >= (_ALIKE_IN_ONE_ISSUE if one_issue else _ALIKE) else 0.0


def _same_container(one: Reference, other: Reference) -> bool:
    return bool(one.container) and _bare(one.container) == _bare(other.container)


def _is_main_title(one: Reference, other: Reference) -> bool:
    """Whether one prints only what stands before the colon of the other's title."""
    heads = [re.split(r"[:：]|──|——", r.title)[0] for r in (one, other)]
    titles = [_title_key(one.title), _title_key(other.title)]
    differ = len(titles[0]) != len(titles[1]) and min(map(len, titles)) >= _SHORTEST_MAIN_TITLE
    return differ and _title_key(heads[0]) == _title_key(heads[1])


# --- names of bodies ---

_LONG = 6  # characters of a name in which one that is missing is a slip


def _bodies_as_usual(placed: Sequence[Placed]) -> list[Placed]:
    """A body's name with a slip in it becomes the name as the document prints it elsewhere."""
    printed = Counter(
        name for p in placed for name in (*p.reference.authors, p.reference.container) if len(name) >= _LONG
    )
    authors = {name for p in placed for name in p.reference.authors if len(name) >= _LONG and not name.isascii()}
    better = {name: usual for name in sorted(authors) if (usual := _usual(name, printed))}
    if not better:
        return list(placed)
    return [
        replace(p, reference=replace(p.reference, authors=tuple(better.get(a, a) for a in p.reference.authors)))
        for p in placed
    ]


def _usual(name: str, printed: Counter[str]) -> str:
    """The name printed more often than `name` of which it lacks, or has too many, one character."""
    near = [
        other
        for other, times in printed.items()
        if times > printed[name] and abs(len(other) - len(name)) == 1 and _lacks_one(*sorted((name, other), key=len))
    ]
    return max(near, key=lambda n: (printed[n], n), default="")


def _lacks_one(short: str, long: str) -> bool:
    return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long) - 1))


# --- works ---


def work_id(reference: Reference) -> str:
    """ASCII: the first author's Latin surname, the year, and a digest of authors and title."""
    first = next(iter(reference.authors), "")
    surname = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", first.split(" ")[-1].lower()))
    authors = sorted(map(_bare, reference.authors))  # 主編 and 著 are printed now in this order, now in that
    digest = hashlib.sha256("|".join((*authors, _bare(reference.title))).encode()).hexdigest()[:8]
    return "-".join(part for part in (surname or "work", reference.year, digest) if part)


def _work(reference: Reference) -> Work:
    return Work(
        id=work_id(reference),
        title=reference.title,
        kind=reference.kind,
        authors=reference.authors,
        editors=reference.editors,
        translators=reference.translators,
        container=reference.container,
        year=reference.year,
        volume=reference.volume,
        issue=reference.issue,
        place=reference.place,
        url=reference.url,
    )


def corners_used(texts: Iterable[str]) -> bool:
    """Whether the footnotes put articles in quotation marks, so that 《》 alone is for books and documents."""
    return any(re.search("(?:^|[，,：:]\\s*)[「〈“]", text) for text in texts)
