"""Scholars, and groups of them, named in the running text as holding something.

    Scholars(rules, sources).named(text, folded, start, end, taken)
    "李四、王五則認為…"      -> [Named(("李四", "王五"), ...)]
    "多數學者認為…"          -> Scholars.groups: [Named(("多數學者",), ...)]

A name counts only with a word that says its bearer holds or says something, in
the same clause. Known are: whoever a footnote cites, names in Latin letters,
and a surname after a title (學者, 教授). Politicians of the lexicon are none.
Before: `rules`, `sources`. Next: `finding`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.facts.views.rules import ViewRules
from kg.facts.views.sources import Sources
from kg.script import fold

_WORD = r"[A-Z][a-z][A-Za-z]*(?:-[A-Za-z]+)*"
_LATIN = re.compile(rf"(?<![A-Za-z])(?:(?:{_WORD}|de|von|van|der) |[A-Z]\. ?){{1,5}}{_WORD}(?![A-Za-z])")
_REACH = 32  # characters from a name to the word that says its bearer holds something
_GROUP_REACH = 100  # the same for a group, of which a sentence may tell more before
_MOST = 20  # persons told to hold something in one sentence; more are a list of names and no prose
_LIST = re.compile(r"(?:\s|、|与|和|及|以及|and|&|,)*")
_STOP = re.compile("[,。;:!?]")
_HAN = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True)
class Named:
    """Who is named, where the first name begins and where the word that tells of the holding ends."""

    authors: tuple[str, ...]
    start: int
    end: int


class Scholars:
    """Finds who is named; `sources` tells who is cited anywhere in the document."""

    def __init__(self, rules: ViewRules, sources: Sources) -> None:
        self.rules = rules
        known = {fold(name): name for name in sources.names() if len(name) > 1}
        self._latin = {n: printed for n, printed in known.items() if not _HAN.search(n) and " " in n}
        han = sorted((n for n in known if _HAN.search(n) and 2 <= len(n) <= 4), key=lambda n: (-len(n), n))
        self._known = {n: known[n] for n in han}
        self._han = re.compile("|".join(map(re.escape, han))) if han else None
        families: dict[str, set[str]] = {}
        for name, printed in self._latin.items():
            families.setdefault(name.rsplit(" ", 1)[1], set()).add(printed)
        self._families = {family: min(names) for family, names in families.items() if len(names) == 1}
        words = rules.words
        self._titled = re.compile(
            rf"(?:{words['title'].pattern})((?:{words['surname'].pattern})[㐀-鿿]{{1,2}}?)"
            rf"(?=(?:{words['title'].pattern}|{words['report'].pattern}|[、等则也亦曾即在于对将与和及 ,(]))"
        )
        self._object = re.compile(rf"(?:{words['object'].pattern})$")
        self._group = re.compile(
            rf"(?:(?:{words['nation'].pattern})(?:{words['share'].pattern})?|(?:{words['share'].pattern}))的?"
            rf"(?:{words['opinion'].pattern})"
        )

    def named(self, text: str, folded: str, start: int, end: int, taken: Sequence[tuple[int, int]]) -> list[Named]:
        """The persons in `text[start:end]` who are told to hold something; lists of names are one holder.

        `taken` are stretches that name something else (an actor, a place), in order and without overlaps.
        """
        found: list[tuple[str, int, int, int]] = []
        for name, a, b in sorted(self._names(text, folded, start, end), key=lambda n: (n[1], -n[2])):
            cue = self._cue(folded, a, b, end)
            if cue and not _overlaps(taken, a, b) and not (found and a < found[-1][2]):
                found.append((name, a, b, cue))
                if _LATIN.fullmatch(name):  # from here on the family name is enough
                    self._families.setdefault(re.split("[ .]", name)[-1], name)
        return list(_joined(folded, found)) if len(found) <= _MOST else []

    def groups(self, text: str, folded: str, start: int, end: int) -> list[Named]:
        """The first group without names in a sentence that is told to hold something, as written: 多數學者."""
        if self.rules.words["writing"].search(folded, start, end):
            return []
        for match in self._group.finditer(folded, start, end):
            cue = self.rules.words["stance"].search(folded, match.end(), min(end, match.end() + _GROUP_REACH))
            if cue:
                return [Named((text[slice(*match.span())],), match.start(), cue.end())]
        return []

    def _names(self, text: str, folded: str, start: int, end: int) -> Iterable[tuple[str, int, int]]:
        if self._han:
            for m in self._han.finditer(folded, start, end):
                yield self._known[m.group()], m.start(), m.end()
        for m in self._titled.finditer(folded, start, end):
            if not self.rules.has("no_name", m.group(1)):
                yield text[m.start(1) : m.end(1)], m.start(1), m.end(1)
        for m in _LATIN.finditer(folded, start, end):
            if not self.rules.has("organization", m.group()):
                yield self._latin.get(m.group(), m.group()), m.start(), m.end()
        for m in re.finditer(_WORD, folded[start:end]):
            if m.group() in self._families:
                yield self._families[m.group()], start + m.start(), start + m.end()

    def _cue(self, folded: str, start: int, end: int, limit: int) -> int:
        """Where the word that says this person holds something ends; 0 where there is none."""
        before = folded[max(0, start - 8) : start].rstrip()
        if self.rules.has("office", before) or self._object.search(before):
            return 0
        stop = _clause_end(folded, end, min(limit, end + _REACH))
        cue = self.rules.words["report"].search(folded, end, stop)
        cue = cue or self.rules.words["report_noun"].search(folded, end, stop)
        if cue is None or self.rules.has("no_report", folded[end : cue.start()]):
            return 0
        return cue.end()


def same_person(one: str, other: str) -> bool:
    """Whether two printed names may be one person's: equal, or a family name and the same initial."""
    one, other = fold(one).strip(), fold(other).strip()
    if one.casefold() == other.casefold():
        return True
    if _HAN.search(one + other) or not one or not other:
        return False
    first, second = one.casefold().split(), other.casefold().split()
    return first[-1] == second[-1] and (1 in (len(first), len(second)) or first[0][0] == second[0][0])


def _joined(folded: str, found: list[tuple[str, int, int, int]]) -> Iterable[Named]:
    """Names in a row (甲、乙與丙認為) as one holder."""
    at = 0
    while at < len(found):
        group = [found[at]]
        while at + len(group) < len(found) and _LIST.fullmatch(folded, group[-1][2], found[at + len(group)][1]):
            group.append(found[at + len(group)])
        yield Named(tuple(dict.fromkeys(n for n, *_ in group)), group[0][1], group[-1][3])
        at += len(group)


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(taken, start, key=lambda span: span[1])
    return at < len(taken) and taken[at][0] < end


def _clause_end(folded: str, start: int, limit: int) -> int:
    stop = _STOP.search(folded, start, limit)
    return stop.start() if stop else limit
