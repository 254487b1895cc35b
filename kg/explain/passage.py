"""A place of a source, read again: its words, what they name, and which of them the rules look for.

    again = read_again(place, rules, actors, source, document, lexicon)
    again.text             # for the user's own screen
    again.names            # (Span("PRK", 51324, 51326), Span("1994-06", 51330, 51337))
    again.words            # (Span("sanctions", 51327, 51331), Span("oppose, stated", 51331, 51333))
    again.absent           # (("USA", (51290, 51292)),): not named here, but there

Names are found in the whole passage, as the rules read it, and shown where they stand in the place.
Before: `kg.trace`, `kg.facts`. Next: `kg.explain.output`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.dates import find_dates
from kg.document.model import Document, Passage
from kg.facts.event_rules import load_event_rules
from kg.facts.slots import read_passage
from kg.facts.stances.masks import Mask
from kg.facts.stances.rules import load_stance_rules
from kg.lexicon import Lexicon
from kg.mentions import Mention, find_mentions
from kg.source import Source
from kg.trace import Place
from kg.trace import read_passage as read_words


@dataclass(frozen=True)
class Span:
    """Characters of the source (end exclusive), and what they are."""

    what: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.what} ({self.start}-{self.end})"


@dataclass(frozen=True)
class Reread:
    text: str  # on one line
    names: tuple[Span, ...]  # and dates
    words: tuple[Span, ...]  # that a rule's pattern hits, and that tell an attitude
    absent: tuple[tuple[str, Span | None], ...]  # actors of the statement not named here: where they were last named


def read_again(
    place: Place, rules: Iterable[str], actors: Sequence[str], source: Source, document: Document, lexicon: Lexicon
) -> Reread:
    """The place in the source. `Finding` where the source is not the one that the evidence was taken from."""
    text = read_words(place, source)
    passage = _passage_at(document, place)
    if passage is None:  # a heading, a caption
        return Reread(text, (), (), ())
    mentions = find_mentions(passage.text, lexicon)
    names = [(_what(mention), mention.start, mention.end) for mention in mentions]
    names += [(date.edtf, date.start, date.end) for date in find_dates(passage.text)]
    return Reread(
        text,
        tuple(_inside(names, passage, place)),
        tuple(_inside(_words(passage, mentions, set(rules), lexicon), passage, place)),
        tuple(_absent(actors, mentions, passage, place, lexicon)),
    )


def _passage_at(document: Document, place: Place) -> Passage | None:
    """The passage that the place begins in."""
    for passage in document.passages():
        first = bisect_left(passage.offsets, place.start)
        if first < len(passage.offsets) and passage.offsets[first] < place.end:
            return passage
    return None


def _what(mention: Mention) -> str:
    return "+".join(mention.codes)


def _inside(found: Iterable[tuple[str, int, int]], passage: Passage, place: Place) -> Iterator[Span]:
    """What stands in the place, at offsets of the source, in order."""
    spans = [Span(what, *passage.span(start, end)) for what, start, end in found if start < end]
    yield from sorted(
        {span for span in spans if place.start <= span.start and span.end <= place.end},
        key=lambda span: (span.start, span.end, span.what),
    )


def _words(
    passage: Passage, mentions: Sequence[Mention], rules: set[str], lexicon: Lexicon
) -> Iterator[tuple[str, int, int]]:
    """What the patterns of the rules hit in the passage."""
    mask = Mask(lexicon)
    stances = load_stance_rules(mask)
    masked = mask.hide(passage.text, mentions)
    phrases = [phrase for phrase in stances.phrases if phrase.rule in rules or f"commitment-{phrase.issue}" in rules]
    for phrase in phrases:
        yield from _hits(phrase.name, phrase.pattern, masked)
    if phrases:
        for match in stances.attitude.finditer(masked):
            yield ", ".join(stances.attitudes[match[0]]), match.start(), match.end()
    events = load_event_rules()
    patterns = {rule.name: rule.pattern for rule in events.rules} | {i.name: i.pattern for i in events.introductions}
    named = [name for name in patterns if name in rules]
    seen = read_passage(passage, lexicon).masked if named else ""
    for name in named:
        yield from _hits(name, patterns[name], seen)


def _hits(what: str, pattern: re.Pattern[str], masked: str) -> Iterator[tuple[str, int, int]]:
    yield from ((what, match.start(), match.end()) for match in pattern.finditer(masked))


def _absent(
    actors: Sequence[str], mentions: Sequence[Mention], passage: Passage, place: Place, lexicon: Lexicon
) -> Iterator[tuple[str, Span | None]]:
    """Chinese leaves out a subject that is plain: whom the place does not name was named before it, or is meant."""
    for actor in actors:
        own = [Span(actor, *passage.span(m.start, m.end)) for m in mentions if _names(m, actor, lexicon)]
        if not any(place.start <= span.start < place.end for span in own):
            yield actor, next((span for span in reversed(own) if span.end <= place.start), None)


def _names(mention: Mention, actor: str, lexicon: Lexicon) -> bool:
    """Whether it names the actor, or a government or person of that state."""
    known = (code for code in mention.codes if mention.kind == "actor")
    return any(code == actor or lexicon.state_of(code) == actor for code in known)
