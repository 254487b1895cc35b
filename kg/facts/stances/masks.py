"""Names in a clause, each as one private character: what the rules' slots match.

    mask = Mask(lexicon)
    mask.hide("美朝會談", mentions)      -> two private characters, then 會談 (folded)
    mask.slot("PRK")                     -> a character class: the state, its governments, its people

A masked text is as long as the text: a name of three characters becomes three
equal characters, so offsets stay what they were.
"""

import re
from collections.abc import Iterable, Sequence

from kg.errors import KgError
from kg.lexicon import Lexicon
from kg.mentions import Mention
from kg.script import fold

_FIRST = 0xF0000  # supplementary private use: no text has these
_KINDS = ("actor", "institution", "agreement", "place")

Key = tuple[str, tuple[str, ...]]  # kind, codes: ("actor", ("KOR", "PRK"))


class Mask:
    """The private characters of a lexicon's names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._keys: list[Key] = [
            *sorted(
                {(name.kind, name.codes) for names in lexicon.index.values() for name in names if len(name.codes) > 1}
            ),
            *(("actor", (code,)) for code in lexicon.actors),
            *(("institution", (id,)) for id in lexicon.institutions),
            *(("agreement", (id,)) for id in lexicon.agreements),
            *(("place", (id,)) for id in lexicon.places),
        ]
        self._character = {key: chr(_FIRST + i) for i, key in enumerate(self._keys)}

    def hide(self, text: str, mentions: Sequence[Mention]) -> str:
        """The folded text with every mention replaced, as long as the text itself."""
        characters = list(fold(text))
        for mention in mentions:
            character = self._character.get((mention.kind, mention.codes))
            if character:
                characters[mention.start : mention.end] = character * (mention.end - mention.start)
        return "".join(characters)

    def state_of(self, code: str) -> str:
        """The state of a government or person; any other actor is its own."""
        return self.lexicon.state_of(code)

    def slot(self, name: str, where: str) -> str:
        """A regular expression for the names that a slot stands for, one name or more.

        Raises KgError, naming the place of the rule, for a slot nobody defines.
        """
        chosen = "".join(re.escape(self._character[key]) for key in self._matching(name))
        if not chosen:
            raise KgError(
                f"{where}: unknown slot {{{name}}}. Use actor, institution, agreement, place, "
                "or a code or id of lexicon/*.toml."
            )
        return f"[{chosen}]+"

    def _matching(self, name: str) -> Iterable[Key]:
        if name in _KINDS:
            return (key for key in self._keys if key[0] == name)
        codes = tuple(name.split("+"))
        return (
            (kind, found)
            for kind, found in self._keys
            if found == codes or (kind == "actor" and len(found) == 1 and (self.state_of(found[0]),) == codes)
        )
