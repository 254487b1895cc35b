"""The views of a document: of cited authors, of scholars named in the text, of its own author.

    find_views(document, lexicon, citations)   -> [View(authors=("李四",), kind="explanation", footnote="2:3", …)]

Every footnote that cites scholarly works supports a view of their authors: what
stands between the mark before it and its own. Scholars named in the text hold
what their sentence says; where the footnote cites them, it is one view.
Before: every other module of the package. Next: `kg.facts.find`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.document.model import Document, Paragraph
from kg.facts.evidence import make_evidence
from kg.facts.model import Citation, Evidence, View
from kg.facts.views.carriers import Carrier, Span, carriers, clauses_in, long_enough, read_sentence
from kg.facts.views.own import own_views, with_next
from kg.facts.views.rules import ViewRules, load_view_rules
from kg.facts.views.scholars import Named, Scholars, same_person
from kg.facts.views.sources import Sources
from kg.facts.views.stretches import Stretch, stretches
from kg.facts.views.subjects import SubjectReader
from kg.lexicon import Lexicon
from kg.mentions import find_mentions
from kg.script import fold

AUTHOR = "筆者"


@dataclass(frozen=True)
class Held:
    """A view before it is put into words: who holds it, where, by which rule."""

    authors: tuple[str, ...]
    carrier: Carrier
    rule: str
    note: str = ""


def find_views(document: Document, lexicon: Lexicon, citations: Sequence[Citation]) -> list[View]:
    """The views that `document` tells, in the order of the text; `citations` are those of its footnotes."""
    return ViewFinder(document, lexicon, Sources.of(citations)).find()


class ViewFinder:
    """Reads one document; `sources` tells whom its footnotes cite."""

    def __init__(self, document: Document, lexicon: Lexicon, sources: Sources) -> None:
        self.document = document
        self.lexicon = lexicon
        self.sources = sources
        self.rules: ViewRules = load_view_rules()
        self.scholars = Scholars(self.rules, sources)
        self.subjects = SubjectReader(self.rules, lexicon)

    def find(self) -> list[View]:
        found = [view for paragraph in self.document.paragraphs for view in self.read(paragraph)]
        return sorted(dict.fromkeys(found), key=lambda view: (view.evidence, view))

    def read(self, paragraph: Paragraph) -> Iterator[View]:
        headings = self._headings(paragraph)
        above = fold("；".join(headings))
        taken = [(m.start, m.end) for m in find_mentions(paragraph.passage.text, self.lexicon)]
        for stretch in stretches(paragraph):
            held = self._of_scholars(stretch, above, taken)
            held += [Held((AUTHOR,), own.carrier, own.rule) for own in own_views(stretch, self.rules, above)]
            for one in held:
                yield self._view(paragraph, one, headings)

    def _of_scholars(self, stretch: Stretch, headings: str, taken: Sequence[Span]) -> list[Held]:
        """The views of those named in the stretch and of those whom its note cites."""
        cited, sentences = self.sources.authors(stretch.note), stretch.sentences
        held: list[Held] = []
        covered: set[tuple[str, ...]] = set()  # works whose authors are named as holding what they are cited for
        for sentence in sentences:
            for who in self.scholars.named(stretch.paragraph.passage.text, stretch.folded, *sentence, taken):
                works = [w for w in self.sources.works(stretch.note) if _any_same(w, who.authors)]
                if works and covered.issuperset(works):
                    continue
                covered.update(works)
                supported = bool(works) or (sentence == sentences[-1] and stretch.note != "")
                told = self._carrier_of(stretch, sentence, who, headings)
                authors = tuple(dict.fromkeys(name for work in works for name in work)) or who.authors
                rule = "named-and-cited" if supported else "named"
                held.append(Held(authors, told, rule, stretch.note if supported else ""))
        held += list(self._of_groups(stretch, cited, held, headings))
        found = [] if not cited or any(one.note for one in held) else carriers(stretch, self.rules, headings)
        return [*held, *(Held(cited, told, "cited", stretch.note) for told in found)]

    def _of_groups(
        self, stretch: Stretch, cited: tuple[str, ...], held: Sequence[Held], headings: str
    ) -> Iterator[Held]:
        """Groups without names. Where a note cites someone it is their view, and the group's too if told at its end."""
        sentences, told = stretch.sentences, {one.carrier.sentence for one in held}
        for sentence in sentences:
            if sentence in told:
                continue
            for who in self.scholars.groups(stretch.paragraph.passage.text, stretch.folded, *sentence):
                if not cited:
                    yield Held(who.authors, self._carrier_of(stretch, sentence, who, headings), "group")
                elif sentence == sentences[-1] and self.rules.has("nation", fold(who.authors[0])):
                    carrier = self._carrier_of(stretch, sentence, who, headings)
                    yield Held((*who.authors, *cited), carrier, "group", stretch.note)

    def _carrier_of(self, stretch: Stretch, sentence: Span, who: Named, headings: str) -> Carrier:
        """The clause in which someone is named as holding something, with the kind of what follows."""
        clause = next(c for c in clauses_in(stretch.paragraph, *sentence) if c[1] > who.start)
        read = read_sentence(stretch, *sentence, self.rules, headings, since=clause[0])
        start, end = with_next(stretch, clause, who.end, sentence[1])
        return Carrier(start, end, sentence, read.kind)

    def _view(self, paragraph: Paragraph, held: Held, headings: Sequence[str]) -> View:
        told, text = held.carrier, paragraph.passage.text
        start, end = long_enough(paragraph, (told.start, told.end), told.sentence)
        subject = self.subjects.subject(
            [text[told.start : told.end], text[slice(*told.sentence)], *headings], otherwise=_unnamed(paragraph)
        )
        return View(
            authors=held.authors,
            kind=told.kind.kind,
            evidence=self._evidence(paragraph, held, start, end),
            subject=subject,
            valence=told.kind.valence,
            footnote=held.note,
        )

    def _evidence(self, paragraph: Paragraph, held: Held, start: int, end: int) -> Evidence:
        quoted = "「" in fold(paragraph.passage.text[start:end]) and held.rule == "named-and-cited"
        return make_evidence(
            self.document,
            paragraph,
            start,
            end,
            rule=f"view-{held.rule}",
            confidence=self.rules.holders[held.rule].confidence,
            voice="direct" if quoted or held.authors == (AUTHOR,) else "author-paraphrase",
        )

    def _headings(self, paragraph: Paragraph) -> list[str]:
        """The titles of the parts that the paragraph stands in, the finest first."""
        around = [s for s in self.document.sections if _is_part(paragraph.section, s.id)]
        return [s.title for s in sorted(around, key=lambda s: -s.level)]


def _any_same(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(same_person(one, other) for one in some for other in others)


def _is_part(section: str, of: str) -> bool:
    return section == of or section.startswith(of + ".")


def _unnamed(paragraph: Paragraph) -> str:
    """What a view is about where neither its words nor the headings name a known subject."""
    return f"subject of section {paragraph.section}" if paragraph.section else "subject of the text"
