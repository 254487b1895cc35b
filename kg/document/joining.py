"""Stage 2b: pieces of lines -> passages; a passage -> its sentences.

    join(text, [Piece(0, 4), Piece(6, 9, broken_at=5)])

Lines of CJK text are joined without a space; between two Latin words a space
is put, whose offset is that of the line break. A web address that runs on over
a line is joined without one.
"""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from kg.document.lines import is_wide
from kg.document.model import Passage

_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*$")
_STOPS = "。！？"
_OPENERS = dict(zip("「『“（(《〈【", "」』”）)》〉】", strict=True))
_CLOSERS = frozenset(_OPENERS.values()) | {"’"}
LONGEST_QUOTE = 80
"""A quotation longer than this is cut into its sentences."""


@dataclass(frozen=True)
class Piece:
    start: int
    end: int
    broken_at: int | None = None  # offset of the line break before it; None: it goes on in the same line
    spaced: bool = False  # a space is put at the break in any case


def join(text: str, pieces: Sequence[Piece]) -> Passage:
    """One passage of the pieces, in order; white space at both ends is left out."""
    characters: list[str] = []
    offsets = array("q")
    for piece in pieces:
        start, end = piece.start, piece.end
        if start >= end:
            continue
        if characters and piece.broken_at is not None and _needs_space(text, characters, offsets[-1], piece):
            characters.append(" ")
            offsets.append(piece.broken_at)
        characters.extend(text[start:end])
        offsets.extend(range(start, end))
    joined = "".join(characters)
    first = len(joined) - len(joined.lstrip())
    last = len(joined.rstrip())
    return Passage(joined[first:last], offsets[first:last]) if last > first else Passage("", array("q"))


def _needs_space(text: str, before: Sequence[str], last: int, piece: Piece) -> bool:
    """Whether a space is put between what is joined so far (it ends at offset `last`) and the piece."""
    left, right = before[-1], text[piece.start]
    if left.isspace() or right.isspace():
        return False
    if piece.spaced:
        return True
    if is_wide(left) or is_wide(right):
        return False
    if text[last + 1 : last + 2] in (" ", "\t"):  # the space before the break is printed
        return True
    tail = "".join(before[-300:])
    return not _ADDRESS.search(tail) and not (left == "-" and len(before) > 1 and before[-2].isalpha())


def find_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Sentences as (start, end): cut at 。！？, closing marks kept with them, not inside a short quotation."""
    inside = _inside_quotation(text)
    spans: list[tuple[int, int]] = []
    start, position, length = 0, 0, len(text)
    while position < length:
        cut = text[position] in _STOPS and not inside[position]
        position += 1
        if cut:
            while position < length and text[position] in _STOPS:
                position += 1
            while position < length and text[position] in _CLOSERS:
                position += 1
            spans.append((start, position))
            start = position
    spans.append((start, length))
    return tuple(trimmed for span in spans if (trimmed := _trim(text, *span)))


def _inside_quotation(text: str) -> list[bool]:
    """Which characters stand inside a closed pair of quotation marks or brackets that is short.

    A stop directly before the closing mark ends the sentence, unless the
    sentence goes on after it with a comma: 「…。」 is one sentence.
    """
    inside = [False] * len(text)
    stack: list[tuple[str, int]] = []
    for position, character in enumerate(text):
        if character in _OPENERS:
            stack.append((_OPENERS[character], position))
            del stack[:-20]  # openers that are never closed
        elif character in _CLOSERS:
            # An opener that is never closed must not hide the pair around it.
            found = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == character), None)
            if found is None:
                continue
            opened = stack[found][1]
            del stack[found:]
            if position - opened <= LONGEST_QUOTE:
                ends = text[position - 1] in _STOPS and text[position + 1 : position + 2] not in ("，", "、", "；")
                last = position - 1 if ends else position
                inside[opened:last] = [True] * (last - opened)
    return inside


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None
