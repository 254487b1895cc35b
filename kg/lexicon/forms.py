"""The form in which names and texts are compared: folded, without idle white space.

    squeeze("第 1718 號決議").text == squeeze("第1718号决议").text

White space between two Latin words is kept as one blank; every other white
space (between Chinese characters and digits, at line breaks) is dropped.
`offsets` leads back to the text.
"""

import re
from array import array
from dataclasses import dataclass

from kg.script import fold

_SPACE = re.compile(r"[\s\u200b\u2060\ufeff]+")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}  # str.lower() may change the length


@dataclass(frozen=True)
class Squeezed:
    """`cased` and `text` (its lower case) are equally long; `offsets[i]` is where character i stood."""

    cased: str
    text: str
    offsets: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of `text[start:end]`, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


def squeeze(text: str) -> Squeezed:
    """The form of `text` that is matched."""
    folded = fold(text)
    pieces: list[str] = []
    offsets = array("l")
    begin = 0
    for gap in _SPACE.finditer(folded):
        pieces.append(folded[begin : gap.start()])
        offsets.extend(range(begin, gap.start()))
        if _between_latin(folded, gap.start(), gap.end()):
            pieces.append(" ")
            offsets.append(gap.start())
        begin = gap.end()
    pieces.append(folded[begin:])
    offsets.extend(range(begin, len(folded)))
    cased = "".join(pieces)
    return Squeezed(cased, cased.translate(_LOWER), offsets)


def _between_latin(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isascii() and text[end].isascii()
