"""One written form for matching: full width or half, traditional or simplified.

`fold` maps a text to a text of the *same length*, so that a match in the folded
text has the same offsets in the original. Lexicon entries and patterns are
folded with the same function, so a rule written in traditional characters
matches a simplified text too.

    fold("六方会谈（２００３年）") == fold("六方會談(2003年)")
"""

import unicodedata
from functools import cache

from opencc import OpenCC

_TO_SIMPLIFIED = OpenCC("t2s")
# Variants that OpenCC leaves apart when it sees one character alone.
# fmt: off
_VARIANTS = {"著": "着", "裡": "里", "裏": "里", "‧": "·", "˙": "·", "•": "·", "．": ".", "〜": "~", "～": "~",
             "–": "-", "—": "-", "─": "-", "－": "-", "“": "「", "”": "」", "『": "「", "』": "」", "‘": "「",
             "’": "」"}
# fmt: on


@cache
def _fold_character(character: str) -> str:
    character = _VARIANTS.get(character, character)
    for step in (lambda c: unicodedata.normalize("NFKC", c), _TO_SIMPLIFIED.convert):
        folded = step(character)
        if len(folded) == 1:  # a form that would change the length is left as it is
            character = folded
    return _VARIANTS.get(character, character)


def fold(text: str) -> str:
    """The text in the form that is matched; as long as the text itself."""
    return "".join(map(_fold_character, text))
