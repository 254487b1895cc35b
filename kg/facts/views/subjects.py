"""What a view is about, in our own words: labels of the lexicon and of `lexicon/views.toml`, never the text's.

    SubjectReader(rules, lexicon).subject(passages)
    "中共在六方會談中的角色"   -> "China's role in the Six-Party Talks"

Looked for in the clause that carries the view, then in its sentence, and at
last in the headings. Before: `kg.mentions`, `rules`. Next: `finding`.
"""

import re
from collections.abc import Iterable

from kg.facts.views.rules import ViewRules
from kg.lexicon import Lexicon
from kg.mentions import Mention, find_mentions
from kg.script import fold

_OPTIONAL = re.compile(r"\[([^\]]*)\]")


class SubjectReader:
    def __init__(self, rules: ViewRules, lexicon: Lexicon) -> None:
        self.rules = rules
        self.lexicon = lexicon

    def subject(self, texts: Iterable[str], otherwise: str) -> str:
        """The subject that the first of `texts` to name a topic tells, with whoever it names; or `otherwise`."""
        half = ""
        for text in texts:
            who, what, whole = self.read(text)
            if what:
                return whole
            half = half or (whole if who else "")
        return half or otherwise

    def read(self, text: str) -> tuple[str, str, str]:
        """(whom, what, both put together) of one text; empty where it names nothing."""
        folded = fold(text)
        mentions = find_mentions(text, self.lexicon)
        who = self._who(mentions)
        what = self._what(folded, mentions, who)
        aspect = next((a for a in self.rules.aspects if a.pattern.search(folded)), None)
        if aspect is not None and (who or "{whose}" not in aspect.en):
            return who, what, _fill(aspect.en, who, what)
        if who and what and who not in what:
            return who, what, f"{who} and {_the(what)}"
        return who, what, what or (f"{_whose(who)} policy" if who else "")

    def _who(self, mentions: Iterable[Mention]) -> str:
        """The first actor that is a state, a government or a group."""
        for mention in mentions:
            if mention.kind == "actor" and len(mention.codes) == 1:
                actor = self.lexicon.actor(mention.codes[0])
                if actor.kind in ("state", "government", "group"):
                    return actor.en
        return ""

    def _what(self, folded: str, mentions: Iterable[Mention], who: str) -> str:
        """The institution or agreement named first; else the first topic of the rules that stands in the text."""
        for mention in mentions:
            if mention.kind == "institution":
                return self.lexicon.institution(mention.codes[0]).en
            if mention.kind == "agreement" and mention.codes[0] in self.lexicon.agreements:
                return self.lexicon.agreement(mention.codes[0]).en
            if mention.kind == "actor" and self.lexicon.actor(mention.codes[0]).institution:
                return self.lexicon.actor(mention.codes[0]).en
        return next((t.en for t in self.rules.topics if t.pattern.search(folded)), "")


def _fill(pattern: str, who: str, what: str) -> str:
    """The aspect's words with whose it is and `what`; a part in [] that needs what is not there is left out."""
    values = {"whose": _whose(who), "what": _the(what)}

    def optional(match: re.Match[str]) -> str:
        return match.group(1) if all(values[k] for k in re.findall(r"\{(\w+)\}", match.group(1))) else ""

    return _OPTIONAL.sub(optional, pattern).format(**values).strip()


def _whose(who: str) -> str:
    return f"{who}'" if who.endswith("s") else f"{who}'s" if who else ""


def _the(label: str) -> str:
    """A name inside a phrase has its article: "the Six-Party Talks"; a topic in small letters and ASEAN have none."""
    return f"the {label}" if label[:1].isupper() and " " in label and not label.startswith("The ") else label
