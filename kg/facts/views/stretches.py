"""A paragraph, cut at its footnote marks.

    stretches(paragraph)
    "甲說。[1]乙說。[2]丙說。"  -> [甲說。 with note 1, 乙說。 with note 2, 丙說。 with none]

What stands between two marks is what the second one cites. Offsets are into
the paragraph's passage. Next: `finding`.
"""

from dataclasses import dataclass

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

    @property
    def text(self) -> str:
        return self.folded[self.start : self.end]

    def sentences(self) -> list[tuple[int, int]]:
        """The sentences in it, or what of them lies in it; offsets into the passage."""
        cut = ((max(a, self.start), min(b, self.end)) for a, b in self.paragraph.sentences)
        pieces = ((at, min(at + _LONGEST, b)) for a, b in cut for at in range(a, b, _LONGEST))
        return [(a, b) for a, b in pieces if self.folded[a:b].strip(_SILENT)]


def stretches(paragraph: Paragraph) -> list[Stretch]:
    """The stretches of a paragraph in order. Marks side by side cite the same stretch."""
    folded = fold(paragraph.passage.text)
    found: list[Stretch] = []
    start = 0
    for mark in sorted(paragraph.marks, key=lambda m: (m.position, m.offset)):
        note = f"{paragraph.chapter or '0'}:{mark.number}"
        if found and not folded[start : mark.position].strip(_SILENT):
            before = found[-1]
            found.append(Stretch(paragraph, folded, before.start, before.end, note))
        elif mark.position > start:
            found.append(Stretch(paragraph, folded, start, mark.position, note))
        start = max(start, mark.position)
    if folded[start:].strip(_SILENT):
        found.append(Stretch(paragraph, folded, start, len(folded), ""))
    return found
