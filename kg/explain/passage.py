"""A place of a source, read again: its words, what they name, and which of them the rules look for.

    again = Rereader(source, document, lexicon).read(place, rules, actors)
    again.text             # for the user's own screen
    again.names            # (Span("PRK", 51324, 51326), Span("1994-06", 51330, 51337))
    again.words            # (Span("sanctions", 51327, 51331), Span("oppose, stated", 51331, 51333))
    again.absent           # (("USA", (51290, 51292)),): not named here, but there

Names are found in the whole passage, as the rules read it, and shown where they stand in the place.
Before: `kg.trace`, `kg.facts`. Next: `kg.explain.output`.
"""

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

_Found = tuple[str, int, int]  # what it is, where in the passage


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


class Rereader:
    """Reads places of one source again; rules and lexicon are made ready once."""

    def __init__(self, source: Source, document: Document, lexicon: Lexicon) -> None:
        self._source = source
        self._document = document
        self._lexicon = lexicon
        self._mask = Mask(lexicon)
        self._stances = load_stance_rules(self._mask)
        events = load_event_rules(own=lexicon.own)
        self._events = {rule.name: rule.pattern for rule in events.rules}
        self._events |= {introduction.name: introduction.pattern for introduction in events.introductions}

    def read(self, place: Place, rules: Iterable[str], actors: Sequence[str]) -> Reread:
        """The place, where the names of `rules` hit and `actors` are named.

        Raises `Finding` where the source is not the one that the evidence was taken from.
        """
        text = read_words(place, self._source)
        passage = _passage_at(self._document, place)
        if passage is None:  # a heading, a caption
            return Reread(text, (), (), ())
        mentions = find_mentions(passage.text, self._lexicon)
        names = [("+".join(mention.codes), mention.start, mention.end) for mention in mentions]
        names += [(date.edtf, date.start, date.end) for date in find_dates(passage.text)]
        words = [*self._of_stances(set(rules), passage, mentions), *self._of_events(set(rules), passage)]
        return Reread(
            text,
            tuple(_inside(names, passage, place)),
            tuple(_inside(words, passage, place)),
            tuple(_absent(actors, mentions, passage, place, self._lexicon)),
        )

    def _of_stances(self, rules: set[str], passage: Passage, mentions: Sequence[Mention]) -> Iterator[_Found]:
        """What names the issue, and the words of attitude beside it; commitments are read by the same phrases."""
        wanted = [p for p in self._stances.phrases if p.rule in rules or f"commitment-{p.issue}" in rules]
        masked = self._mask.hide(passage.text, mentions) if wanted else ""
        for phrase in wanted:
            yield from ((phrase.name, match.start(), match.end()) for match in phrase.pattern.finditer(masked))
        for match in self._stances.attitude.finditer(masked):
            yield ", ".join(self._stances.attitudes[match[0]]), match.start(), match.end()

    def _of_events(self, rules: set[str], passage: Passage) -> Iterator[_Found]:
        wanted = self._events.keys() & rules
        masked = read_passage(passage, self._lexicon).masked if wanted else ""
        for name in sorted(wanted):
            yield from ((name, match.start(), match.end()) for match in self._events[name].finditer(masked))


def _passage_at(document: Document, place: Place) -> Passage | None:
    """The passage that the place begins in."""
    for passage in document.passages():
        first = bisect_left(passage.offsets, place.start)
        if first < len(passage.offsets) and passage.offsets[first] < place.end:
            return passage
    return None


def _inside(found: Iterable[_Found], passage: Passage, place: Place) -> Iterator[Span]:
    """What stands in the place, at offsets of the source, in order."""
    spans = [Span(what, *passage.span(start, end)) for what, start, end in found if start < end]
    yield from sorted(
        {span for span in spans if place.start <= span.start and span.end <= place.end},
        key=lambda span: (span.start, span.end, span.what),
    )


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
