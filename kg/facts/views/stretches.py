"""A paragraph, cut at its footnote marks.

    stretches(paragraph)
    "甲說。[1]乙說。[2]丙說。"  -> [甲說。 with note 1, 乙說。 with note 2, 丙說。 with none]

What stands between two marks is what the second one cites. Offsets are into
the paragraph's passage. Next: `finding`.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from kg.document.model import Paragraph
from kg.script import fold

_LONGEST = 2000  # characters of a sentence; a longer one is no prose, and is cut
_SILENT = " ，,。；;：:、！？!?」』”’）)"


@dataclass(frozen=True)
class Stretch:
    """`folded[start:end]`, up to the mark of `note`; "" where no mark follows in the paragraph."""

    paragraph: Paragraph
    folded: str  # the whole paragraph
    start: int
    end: int
    note: str
    sentences: tuple[tuple[int, int], ...]  # those in it, or what of them lies in it; offsets into the passage

    @property
    def text(self) -> str:
        return self.folded[self.start : self.end]


def stretches(paragraph: Paragraph) -> list[Stretch]:
    """The stretches of a paragraph in order. Marks side by side cite the same stretch."""
    folded = fold(paragraph.passage.text)
    found: list[Stretch] = []
    start = 0
    for mark in sorted(paragraph.marks, key=lambda m: (m.position, m.offset)):
        note = f"{paragraph.chapter or '0'}:{mark.number}"
        if found and not folded[start : mark.position].strip(_SILENT):
            found.append(replace(found[-1], note=note))
        elif mark.position > start:
            found.append(_cut(paragraph, folded, start, mark.position, note))
        start = max(start, mark.position)
    if folded[start:].strip(_SILENT):
        found.append(_cut(paragraph, folded, start, len(folded), ""))
    return found


def _cut(paragraph: Paragraph, folded: str, start: int, end: int, note: str) -> Stretch:
    sentences = paragraph.sentences
    first = bisect_right(sentences, start, key=lambda s: s[1])
    last = bisect_left(sentences, end, key=lambda s: s[0])
    inside = ((max(a, start), min(b, end)) for a, b in sentences[first:last])
    pieces = ((at, min(at + _LONGEST, b)) for a, b in inside for at in range(a, b, _LONGEST))
    spoken = tuple((a, b) for a, b in pieces if folded[a:b].strip(_SILENT))
    return Stretch(paragraph, folded, start, end, note, spoken)
