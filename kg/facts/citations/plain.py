"""Stage 5: a reference whose title has no marks: it is what is left between the people and the container.

    read_plain(Draft("羅平，港口與城市（台北：遠景，2003 年），頁 4。"), known, rules, style)

Before: `known`, `people`, `kinds`. Beside: `marked`. Next: `kg.facts.citations.parsing`.
"""

import re

from kg.facts.citations.forms import TAKEN, Draft, level, split
from kg.facts.citations.imprint import Imprint
from kg.facts.citations.kinds import Clues, is_document, kind_of
from kg.facts.citations.known import Known, Part, Style, is_idle, take_publisher
from kg.facts.citations.people import People, has_role, is_name, read_people, role_comes_first
from kg.facts.citations.reference import Reference
from kg.facts.citations.rules import CitationRules
from kg.facts.citations.titles import plain

_AND = re.compile(r"(?:and|&)\s", re.IGNORECASE)
_SURNAME = re.compile(r"[A-ZÀ-Þ][\w'’\-]+$")
_LONGEST_ANONYMOUS = 80  # characters of a title with no one's name before it; a longer one is a comment


def read_plain(draft: Draft, known: Known, rules: CitationRules, style: Style) -> Reference | None:
    """The reference; None where it is a comment."""
    stop = known.imprint.start - 1 if known.imprint.publisher else len(draft.left)
    parts = [p for p in split(draft.left, 0, max(stop, 0), ",。;" + TAKEN) if not is_idle(draft, p)]
    anonymous = not parts or not _is_people(draft, parts[0], False, rules)
    imprint, parts = take_publisher(draft, parts, known, rules, first=1 if anonymous else 2)
    names, rest = _split_people(draft, parts, not imprint, rules)
    people = read_people(", ".join(draft.text[a:b] for a, b in names), rules, style.latin)
    site, rest = _split_container(draft, rest, known, imprint, rules)
    title = plain(draft.printed(rest[0][0], rest[-1][1])) if rest else ""
    reported = any(pattern.search(level(site)) for pattern in (rules.newspapers, rules.news))
    if not title and (reported or known.url):
        title = site or known.url  # a newspaper of a day; a page known by its address alone
    if not _is_told(title, people, imprint, known, reported, rules):
        return None
    return _reference(title, site, people, imprint, known, rules)


def _is_told(title: str, people: People, imprint: Imprint, known: Known, reported: bool, rules: CitationRules) -> bool:
    """Whether enough is told for a reference."""
    if imprint.publisher or (known.dated and reported):
        return True
    if known.dated and people.authors and is_document(title, quoted=False, reported=False, rules=rules):
        return True  # a resolution, by its number and day
    if not people.authors and (len(title) > _LONGEST_ANONYMOUS or not (known.url or known.issue)):
        return False  # words and a page number make no reference without a name
    return known.told


def _reference(
    title: str, site: str, people: People, imprint: Imprint, known: Known, rules: CitationRules
) -> Reference:
    author = " ".join(people.authors)
    thesis = any(rules.theses.search(level(part)) for part in (site, imprint.publisher))
    clues = Clues(
        title=title,
        container=site,
        author=author,
        publisher=imprint.publisher,
        issue=known.in_journal(imprint),
        url=bool(known.url),
        dated=known.dated,
        thesis=thesis,
    )
    kind = kind_of(clues, rules)
    if kind == "document" and not people.authors and rules.bodies.search(level(site)):
        people, site = People(authors=(site,)), ""  # an office named behind the title wrote the document
    return Reference(
        title=title,
        kind=kind,
        authors=people.authors,
        editors=people.editors,
        translators=people.translators,
        container=site or imprint.publisher or (known.url if kind in ("web", "document") else ""),
        year=imprint.year or known.year,
        volume=known.issue.volume,
        issue=known.issue.number,
        place=imprint.place,
        url=known.url,
        pages=known.pages,
        accessed=known.accessed,
        full=bool(known.issue or known.url or imprint or known.year),
    )


def _split_people(draft: Draft, parts: list[Part], short: bool, rules: CitationRules) -> tuple[list[Part], list[Part]]:
    """The parts that are people, and the others. `short`: a surname alone may stand for its bearer."""
    roles = [i for i, (a, b) in enumerate(parts) if has_role(draft.left[a:b], rules)]
    first = bool(roles) and all(_is_people(draft, part, False, rules) for part in parts[: roles[0]])
    if first and not role_comes_first(draft.left[slice(*parts[roles[-1]])], rules):
        return parts[: roles[-1] + 1], parts[roles[-1] + 1 :]
    if roles:  # "Jane Roe, Title, trans. Kim Poe"
        names, others = _leading_people(draft, [p for i, p in enumerate(parts) if i not in roles], short, rules)
        return [*names, *(parts[i] for i in roles)], others
    return _leading_people(draft, parts, short, rules)


def _leading_people(
    draft: Draft, parts: list[Part], short: bool, rules: CitationRules
) -> tuple[list[Part], list[Part]]:
    """The first part, or all up to one that begins with "and"."""
    if len(parts) < 2 or not _is_people(draft, parts[0], short, rules):
        return [], parts
    for i, part in enumerate(parts[1:-1], start=1):
        joined = _AND.match(draft.left[slice(*part)])
        if not _is_people(draft, (part[0] + (joined.end() if joined else 0), part[1]), short, rules):
            break
        if joined:
            return parts[: i + 1], parts[i + 1 :]
    return parts[:1], parts[1:]


def _is_people(draft: Draft, part: Part, short: bool, rules: CitationRules) -> bool:
    text = draft.text[slice(*part)]
    surnames = [word.strip() for word in re.split(r"\band\b|&|,", text)]
    return is_name(text, rules) or (short and all(_SURNAME.match(name) for name in surnames))


def _split_container(
    draft: Draft, parts: list[Part], known: Known, imprint: Imprint, rules: CitationRules
) -> tuple[str, list[Part]]:
    """Where the work appeared: the last part, where an address, a date or an issue calls for one; and the others."""
    if not parts or imprint.publisher or not (known.url or known.dated or known.issue or imprint):
        return "", parts
    last = plain(draft.printed(*parts[-1]))
    kinds = (rules.newspapers, rules.news, rules.websites, rules.bodies, rules.theses)
    if len(parts) >= 2 or any(pattern.search(level(last)) for pattern in kinds):
        return last, parts[:-1]
    return "", parts
