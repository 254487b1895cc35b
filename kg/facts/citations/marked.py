"""Stage 5: a reference whose title has marks (「」, “ ”, 《》): people before it, the container behind it.

    read_marked(draft, title, known, rules, style)

What stands behind: a journal, a newspaper, a site; or a book (載, in, its
editors), whose title is then the container of a chapter.

Before: `known`, `titles`, `people`, `kinds`. Beside: `plain`. Next: `kg.facts.citations.parsing`.
"""

from dataclasses import dataclass

from kg.facts.citations.forms import TAKEN, Draft, closing, level, split, trim
from kg.facts.citations.imprint import NO_IMPRINT, Imprint
from kg.facts.citations.kinds import Clues, kind_of
from kg.facts.citations.known import Known, Part, Style, is_idle, take_publisher
from kg.facts.citations.people import NOBODY, People, has_role, is_name, read_people, role_comes_first
from kg.facts.citations.reference import Reference
from kg.facts.citations.rules import CitationRules
from kg.facts.citations.titles import Title, plain

_LONGEST_HEAD = 200  # characters before a title that may be people
_UNSURE_HEAD = 24


def read_marked(draft: Draft, title: Title, known: Known, rules: CitationRules, style: Style) -> Reference | None:
    """The reference; None where nothing but the marks speaks for one."""
    people = _people_before(draft, title.start, rules, style)
    tail = _read_tail(draft, title, known, rules, style)
    if people is None:
        return None
    media = title.marks == "book" and not people.authors and not tail.container and _is_media(title.text, rules)
    container = tail.container or (title.text if media else "")
    thesis = any(rules.theses.search(level(part)) for part in (container, tail.imprint.publisher, *tail.others))
    reported = known.dated and _is_media(container, rules)
    if not (known.told or reported or thesis or tail.imprint.publisher):
        return None
    kind = kind_of(
        Clues(
            title=title.text,
            quoted=title.marks == "quotes" or (not style.corners and bool(container) and not tail.imprint.publisher),
            boxed=title.marks == "book" and style.corners and not media,
            container=" ".join((container, *tail.others)) if tail.others else container,
            author=" ".join(people.authors),
            publisher=tail.imprint.publisher,
            issue=known.in_journal(tail.imprint),
            volume=tail.volume and (title.marks == "quotes" or tail.inside),
            url=bool(known.url),
            dated=known.dated,
            thesis=thesis,
        ),
        rules,
    )
    return Reference(
        title=title.text,
        kind=kind,
        authors=people.authors,
        editors=tail.people.editors or people.editors,
        translators=(*people.translators, *tail.people.translators),
        container=container or tail.imprint.publisher or (known.url if kind in ("web", "document") else ""),
        year=tail.imprint.year or known.year,
        volume=known.issue.volume,
        issue=known.issue.number,
        place=tail.imprint.place,
        url=known.url,
        pages=known.pages,
        accessed=known.accessed,
        full=bool(known.issue or known.url or tail.imprint or known.year or thesis),
    )


def _is_media(name: str, rules: CitationRules) -> bool:
    return any(pattern.search(level(name)) for pattern in (rules.newspapers, rules.news))


def _people_before(draft: Draft, stop: int, rules: CitationRules, style: Style) -> People | None:
    """The people before the title; a comment before them is left out. None where it is all comment."""
    parts = [p for p in split(draft.left, 0, stop, ",。:;" + TAKEN) if any(c.isalnum() for c in draft.left[slice(*p)])]
    named = [p for p in parts if is_name(draft.text[slice(*p)], rules) or has_role(draft.left[slice(*p)], rules)]
    length = sum(b - a for a, b in parts)
    if length > _LONGEST_HEAD or (parts and not named and length > _UNSURE_HEAD):
        return None
    if named and named[-1] != parts[-1] and length > _UNSURE_HEAD:
        return None  # a sentence about someone, that ends in a quoted term
    return read_people(_printed(draft, named or parts), rules, style.latin)


def _printed(draft: Draft, parts: list[Part]) -> str:
    return ", ".join(draft.text[a:b] for a, b in parts)


@dataclass(frozen=True)
class _Tail:
    """What stands behind a title."""

    container: str = ""
    people: People = NOBODY
    imprint: Imprint = NO_IMPRINT
    volume: bool = False  # the container is a book
    inside: bool = False  # a word tells that the title stands in it: 載, in
    others: tuple[str, ...] = ()  # parts that are none of these


def _read_tail(draft: Draft, title: Title, known: Known, rules: CitationRules, style: Style) -> _Tail:
    left = draft.left
    inside = rules.inside.match(left[title.end :])
    start = title.end + (inside.end() if inside else 0)
    parts = [p for p in split(left, start, len(left), ",。;" + TAKEN) if not is_idle(draft, p)]
    imprint, parts = take_publisher(draft, parts, known, rules)
    names, rest = _split_people(draft, parts, bool(inside), rules)
    people = read_people(_printed(draft, names), rules, style.latin)
    container, others = _container(draft, rest)
    loose = not (known.issue or known.dated or known.url)  # neither a journal nor a newspaper nor a page
    book = bool(people.editors) or (bool(inside) and loose) or bool(imprint.publisher)
    return _Tail(
        container, people, imprint, bool(container) and not known.in_journal(imprint) and book, bool(inside), others
    )


def _split_people(draft: Draft, parts: list[Part], inside: bool, rules: CitationRules) -> tuple[list[Part], list[Part]]:
    """The parts that name who edited (or translated) the container, and the others."""
    bare = [trim(draft.left, *part, also=":") for part in parts]
    roles = [i for i, (a, b) in enumerate(bare) if has_role(draft.left[a:b], rules)]
    if not roles:
        if inside and len(parts) >= 2 and is_name(draft.text[slice(*parts[0])], rules):
            return parts[:1], parts[1:]
        return [], parts
    if roles[0] > 0 and role_comes_first(draft.left[slice(*parts[roles[0]])], rules):  # in Title, edited by X
        return [parts[i] for i in roles], [p for i, p in enumerate(parts) if i not in roles]
    return parts[: roles[-1] + 1], parts[roles[-1] + 1 :]


def _container(draft: Draft, parts: list[Part]) -> tuple[str, tuple[str, ...]]:
    """The first part that is left (an English one with its commas: Politics, Economics and Society); the others."""
    if not parts:
        return "", ()
    (a, b), used = parts[0], 1
    if draft.left[a] == "《" and draft.left[closing(draft.left, a) :].lstrip().startswith("("):
        b = closing(draft.left, a)  # 《海灣時報》（台北）
    if draft.left[a] not in "《「“":
        for c, d in parts[1:]:
            if draft.left[b:c].strip() != "," or not draft.left[a:d].isascii():
                break
            b, used = d, used + 1
    return plain(draft.printed(a, b)), tuple(draft.printed(*p) for p in parts[used:])
