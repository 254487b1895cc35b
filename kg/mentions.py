"""Stage 4: passage text -> mentions: these characters name that actor, institution, agreement or place.

    find_mentions("美朝雙方在北京會晤", lexicon)
    -> [Mention("actor", ("USA",), 0, 1), Mention("actor", ("PRK",), 1, 2), Mention("place", ("beijing",), 5, 7)]

Two passes. First the names, from left to right, the longest first, over all
kinds. Then the one-character forms (中 美 朝) in what is left: they are actors
only side by side (美朝), in a list (中、美、南韓), or after a word such as 對 or 訪.
Whom 雙方, 兩國, 該國, 其 refer to is resolved later, by `kg.facts`.
Before: `kg.lexicon`. Beside: `kg.dates`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import Example, Lexicon, Name, ShortForms, squeeze
from kg.lexicon.spans import find_urls


@dataclass(frozen=True, order=True)
class Mention:
    """`text[start:end]` names `codes`: actor codes, or the id of an institution, agreement or place.

    Several codes only where one word names several actors (兩韓). What is an
    actor and an institution as well (聯合國) is an "actor";
    `Actor.institution` has its id.
    """

    kind: str  # actor, institution, agreement, place
    codes: tuple[str, ...]
    start: int
    end: int


def find_mentions(text: str, lexicon: Lexicon) -> list[Mention]:
    """What `text` names, in order and without overlaps; offsets are into `text`."""
    return list(_found(text, lexicon))


@lru_cache(maxsize=1024)  # the same paragraph is read for stances, events, institutions and views
def _found(text: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    squeezed = squeeze(text)
    urls = find_urls(text)
    named = [m for m in _find_names(squeezed.text, squeezed.cased, lexicon) if squeezed.offsets[m.start] not in urls]
    found = [m for m in named if m.kind != "none"]
    found += _find_short_forms(squeezed.text, named, lexicon)
    found.sort(key=lambda m: m.start)
    return tuple(Mention(m.kind, m.codes, *squeezed.span(m.start, m.end)) for m in found)


def wrong_examples(lexicon: Lexicon) -> list[tuple[str, Example, tuple[str, ...]]]:
    """The examples of the lexicon that do not hold: (code or id, example, what is found instead)."""
    found = (
        (id, example, tuple(code for mention in find_mentions(example.text, lexicon) for code in mention.codes))
        for id, example in lexicon.examples()
    )
    return [(id, example, codes) for id, example, codes in found if codes != example.mentions]


# --- names ------------------------------------------------------------------------------------------------------


_DAY = re.compile(r"月[0-9一二三四五六七八九十]{1,3}$")


def _find_names(text: str, cased: str, lexicon: Lexicon) -> list[Mention]:
    """Names and words to pass over (kind "none"), longest first, from left to right."""
    found: list[Mention] = []
    if not lexicon.index:
        return found
    position = 0
    for first in re.finditer("[" + re.escape("".join(lexicon.index)) + "]", text):
        start = first.start()
        if start < position:
            continue
        for name in lexicon.index[first.group()]:
            if text.startswith(name.text, start) and _counts(name, text, cased, start):
                position = start + len(name.text)
                found.append(Mention(name.kind, name.codes, start, position))
                break
    return found


def _counts(name: Name, text: str, cased: str, start: int) -> bool:
    end = start + len(name.text)
    if name.exact and not cased.startswith(name.exact, start):
        return False
    if _cuts_word(text, start) or _cuts_word(text, end):
        return False
    if name.text[0] == "日" and _DAY.search(text, max(0, start - 4), start):
        return False  # 8月27日本文
    if any(start >= at and text.startswith(phrase, start - at) for at, phrase in name.not_in):
        return False
    return not name.only_in or any(start >= at and text.startswith(p, start - at) for at, p in name.only_in)


def _cuts_word(text: str, at: int) -> bool:
    """Whether `at` lies inside a Latin word or a number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    return (before.isascii() and after.isascii()) and (
        (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())
    )


# --- one-character forms ----------------------------------------------------------------------------------------

_LIST_MARK = "、"
_JOINTS = "、与和及"
_AND = ("以及", "与", "和", "及", "跟")
_NUMERAL = re.compile(r"[0-9一二三四五六七八九十〇零]")
_AFTER_LAST = re.compile(r"[\W的之等两三四五六七八九十双间都共均皆也在则将与和及对]|$")
_TOWARD = re.compile(r"[此这该著着向某既更]")  # after 朝 they make it "toward"


@dataclass(frozen=True)
class _Context:
    """The text, and where names begin and end in it."""

    text: str
    forms: ShortForms
    starts: frozenset[int]
    ends: frozenset[int]

    def followed_by(self, end: int, words: tuple[str, ...]) -> bool:
        return self.text.startswith(words, end)

    def joined_left(self, start: int) -> bool:
        """Whether an actor's name and a list mark stand before `start`."""
        return self.text[start - 1 : start] == _LIST_MARK and start - 1 in self.ends

    def joined_right(self, end: int) -> bool:
        return self.text[end : end + 1] == _LIST_MARK and end + 1 in self.starts

    def and_left(self, start: int) -> bool:
        return any(self.text.endswith(w, 0, start) and start - len(w) in self.ends for w in _AND)

    def and_right(self, end: int) -> bool:
        return any(self.text.startswith(w, end) and end + len(w) in self.starts for w in _AND)


def _find_short_forms(text: str, named: list[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    if not lexicon.short:
        return
    actors = [m for m in named if m.kind == "actor"]
    context = _Context(
        text, lexicon.short_forms, frozenset(m.start for m in actors), frozenset(m.end for m in actors)
    )  # fmt: skip
    one = "[" + re.escape("".join(lexicon.short)) + "]"
    group = re.compile(f"{one}(?:[{_JOINTS}]?{one})*")
    for start, end in _gaps(named, len(text)):
        for match in group.finditer(text, start, end):
            span = _actors_in(match.start(), match.end(), context)
            for at in range(*span):
                if text[at] not in _JOINTS:
                    yield Mention("actor", (lexicon.short[text[at]],), at, at + 1)


def _gaps(named: list[Mention], length: int) -> Iterator[tuple[int, int]]:
    position = 0
    for mention in named:
        yield position, mention.start
        position = mention.end
    yield position, length


def _actors_in(start: int, end: int, c: _Context) -> tuple[int, int]:
    """The part of a run of short forms that names actors; empty where none does."""
    nothing = (start, start)
    if c.text[start] == "日" and start and _NUMERAL.match(c.text, start - 1):
        start += 1  # a date: 27日美朝
    if end - start > 1 and c.text[end - 1] == "朝" and _TOWARD.match(c.text, end):
        end -= 1
    if start < end and c.text[start] == "中" and not _is_china(start, end, c):
        start += 1
    while start < end and c.text[start] in _JOINTS:
        start += 1
    while start < end and c.text[end - 1] in _JOINTS:
        end -= 1
    letters = "".join(letter for letter in c.text[start:end] if letter not in _JOINTS)
    if len(set(letters)) != len(letters) or not letters:
        return nothing
    accepted = _accept_one(start, end, c) if len(letters) == 1 else _accept_many(start, end, letters, c)
    return (start, end) if accepted else nothing


def _is_china(start: int, end: int, c: _Context) -> bool:
    """Whether 中 at `start` is China: not the end of 會談中 or 其中."""
    if c.text[start - 1 : start] == _LIST_MARK or start == 0:
        return True
    before = c.text[start - 1]
    side_by_side = end - start > 1 and not any(joint in c.text[start:end] for joint in _JOINTS)
    if side_by_side and c.followed_by(end, c.forms.after):
        return True
    return not before.isalnum() or before in c.forms.particles


def _accept_many(start: int, end: int, letters: str, c: _Context) -> bool:
    strong = sum(letter in c.forms.strong for letter in letters)
    if strong == len(letters):
        return True
    in_list = any(joint in c.text[start:end] for joint in _JOINTS)
    pair = c.followed_by(end, c.forms.after) or c.joined_left(start) or c.joined_right(end)
    return (in_list and (len(letters) > 2 or pair)) or (strong > 0 and pair)


def _accept_one(start: int, end: int, c: _Context) -> bool:
    letter = c.text[start]
    doubtful = letter in "中日" or letter not in c.forms.strong
    last = bool(_AFTER_LAST.match(c.text, end)) or c.followed_by(end, c.forms.after)
    first = start == 0 or not c.text[start - 1].isalnum() or c.text[start - 1] in c.forms.particles
    if c.followed_by(end, c.forms.offices) and letter in c.forms.strong:
        return first or not doubtful
    if c.joined_left(start) and (last or not doubtful):
        return True
    if c.joined_right(end) and (first or not doubtful):
        return True
    if c.and_left(start) and last:
        return True
    if c.and_right(end) and (start == 0 or not c.text[start - 1].isalnum()):
        return True
    return c.text.endswith(c.forms.prefixes, 0, start) and (last or not doubtful)
