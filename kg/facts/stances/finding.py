"""Subject, attitude and issue together: the stances of a passage.

A clause gives a stance when three things meet in it: a holder (its subject), a
phrase that names an issue, and an attitude that governs the phrase. Suppositions,
questions and the author's advice give none. Precision comes before recall: where
the subject is not plain, nothing is said.

Before: `subjects`, `attitudes`. Next: `places`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kg.dates import find_dates
from kg.facts.stances.attitudes import (
    OPPOSITE,
    POSITION,
    PROPOSED,
    Attitude,
    advised,
    find_attitudes,
    governor,
    negated,
    turned,
)
from kg.facts.stances.clauses import Clause, split_clauses
from kg.facts.stances.masks import Mask
from kg.facts.stances.rules import Phrase, load_stance_rules
from kg.facts.stances.subjects import NOBODY, Subject, SubjectReader
from kg.lexicon import Lexicon
from kg.mentions import Mention, find_mentions
from kg.script import fold

TALKS = "six-party-talks"
_TREATIES = ("treaty", "charter")  # one is for or against them; they say nothing of the passage's own
_GROUPS = ("SIX", "FIVE")
_HARMED = re.compile(fold("[^，和與及、]{0,6}的(?:重大|嚴重|公然)?(?:挑戰|破壞|違反|違背|損害)"))
_OF_OTHERS = re.compile(fold("的(?:國家|各國|成員|人士|學者)"))  # 尋求 A 的國家: the wish of others


@dataclass(frozen=True)
class Found:
    """A stance in a passage: offsets into its text."""

    holder: str
    issue: str
    polarity: str
    start: int
    end: int
    rule: str
    confidence: float
    targets: tuple[str, ...] = ()
    condition: str = ""
    date: str = ""
    document: str = ""
    scholar: bool = False
    about_talks: bool = False


@dataclass
class _Thread:
    """What runs on from clause to clause within a sentence."""

    governing: Attitude | None = None
    condition: str = ""
    date: str = ""
    document: str = ""
    supposed: bool = False  # a clause before this one told a condition: 若…
    exchange: bool = False  # the next clause tells what this one is given for
    proposer: Subject = NOBODY  # whose proposal the items of a list are


class StanceFinder:
    """The rules and the lexicon, ready to read passages."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.mask = Mask(lexicon)
        self.rules = load_stance_rules(self.mask)
        self._phrases: dict[tuple[str, ...], tuple[Phrase, ...]] = {}

    def read(
        self, text: str, sentences: Sequence[tuple[int, int]] = (), holder: str = "", talks: bool = False
    ) -> list[Found]:
        """The stances of one passage; `holder` is the subject it opens with, if that is known (a table's row)."""
        names = find_mentions(text, self.lexicon)
        dates = [Mention("date", (d.edtf,), d.start, d.end) for d in find_dates(text)]
        masked = self.mask.hide(text, names)
        clauses = split_clauses(text, masked, [*names, *dates], sentences or [(0, len(text))])
        start = Subject((holder,), True) if holder else NOBODY
        sides = frozenset(name.start for name in names if text[name.start : name.end].endswith("方"))
        reader = SubjectReader(self.lexicon, self.mask, self.rules, talks, start, sides=sides)
        topics = {code for name in names for code in name.codes}
        topics |= {self.lexicon.state_of(code) for name in names if name.kind == "actor" for code in name.codes}
        topics |= {TALKS} if talks else set()
        stated = POSITION if holder else None
        return [found for found in self._read_clauses(clauses, reader, stated) if self._on_topic(found, topics)]

    def _on_topic(self, found: Found, topics: set[str]) -> bool:
        """Sanctions and the like are coded where they concern what the issue is about."""
        about = self.rules.topics.get(found.issue)
        return not about or bool(about & topics)

    def _read_clauses(
        self, clauses: Sequence[Clause], reader: SubjectReader, stated: Attitude | None
    ) -> Iterator[Found]:
        """`stated`: what governs where nothing else does; a table of positions states them."""
        thread = _Thread()
        for clause, following in zip_longest(clauses, clauses[1:]):
            if clause.opens_sentence:
                thread = _Thread()
            quoted = reader.quoting and reader.current.codes
            subject = reader.read(clause)
            if thread.proposer.codes:
                subject = reader.current = replace(thread.proposer, after=subject.after)
            self._note(clause, subject, thread, quoted == subject.codes)
            if not subject.codes:
                yield from self._identified(clause, thread)
            supposed = self._supposed(clause, subject)
            thread.supposed |= supposed and self._opens(clause, subject, self.rules.sets_condition)
            if not subject.codes or supposed:
                thread.governing = None
            if not subject.codes:
                continue
            thread.governing = thread.governing or stated
            thread.exchange = bool(following and not following.opens_sentence and self._exchanges(following))
            for found in self._stances(clause, subject, thread, reader.talks):
                if not supposed or found.rule in self.rules.even_supposed:
                    yield found

    def _exchanges(self, clause: Clause) -> bool:
        """Whether the clause tells what the one before it is given for (解除制裁，希望換取…)."""
        return bool(self.rules.exchange.search(clause.masked, 0, 6)) and not clause.names.keys() & {0, 1}

    def _identified(self, clause: Clause, thread: _Thread) -> Iterator[Found]:
        """An issue that is said to be an actor's policy: 多邊主義已成為中共外交的支柱."""
        for phrase in self.rules.phrases:
            for match in phrase.pattern.finditer(clause.masked):
                being = self.rules.being.match(clause.masked, match.end())
                name = clause.names.get(being.end()) if being else None
                if not name or name.kind != "actor" or phrase.toward != "support" or phrase.polarity:
                    continue
                if not self.rules.policy_noun.search(clause.masked, name.end - clause.start):
                    continue
                for holder in filter(phrase.may_be_held_by(self.lexicon), name.codes):
                    yield self._found(clause, phrase, holder, "support", Subject(name.codes, True), thread, False, "")

    def _note(self, clause: Clause, subject: Subject, thread: _Thread, quoted: bool) -> None:
        """What the clause changes in the thread before its own stances are read."""
        for mention in clause.mentions:
            if mention.kind == "date":
                thread.date = mention.codes[0]
            if mention.kind == "agreement" and self.lexicon.agreement(mention.codes[0]).kind not in _TREATIES:
                thread.document = mention.codes[0]
        concludes = self.rules.conclusion.match(clause.masked) or self.rules.says.search(clause.masked)
        if (subject.said and not quoted) or clause.opens_item or concludes:
            thread.governing = None
        if thread.proposer.codes and not thread.governing:
            thread.governing = PROPOSED

    def _supposed(self, clause: Clause, subject: Subject) -> bool:
        """若, 一旦, 是否: at the head of the clause, behind its subject, or of what it says."""
        return bool(self.rules.asks.search(clause.masked)) or self._opens(clause, subject, self.rules.supposes)

    def _opens(self, clause: Clause, subject: Subject, words: re.Pattern[str]) -> bool:
        """Whether the clause opens with one of the words, over a connective, its subject or a word of speech."""
        text = clause.masked
        opening = len(text) - len(text.lstrip("「『“”\"' "))
        connective = self.rules.connective.match(text, opening)
        places = [opening, connective.end() if connective else opening, subject.after]
        places += [says.end() for says in self.rules.says.finditer(text)]
        return any(words.match(text, at) for at in places)

    def _stances(self, clause: Clause, subject: Subject, thread: _Thread, talks: bool) -> Iterator[Found]:
        text = clause.masked
        here = "under that condition" if self.rules.this_condition.search(text) else thread.condition
        attitudes = find_attitudes(text, self.rules, subject.after if subject.said else 0)
        if thread.exchange and not here:
            here = "in exchange"
        if thread.supposed and not here and self.rules.promises.search(text, subject.after):
            here = "if what is told before comes about"
        first = self.rules.first_step.search(text, subject.after)
        if first and not here:
            here = "once a step of others is done"
        found = self._polarities(text, subject, attitudes, thread.governing, bool(here), thread.exchange)
        holders = self._holders(clause, subject)
        for phrase, polarity in found:
            condition = self._condition(text, here, [other.issue for other, _ in found if other is not phrase])
            for holder in filter(phrase.may_be_held_by(self.lexicon), holders):
                yield self._found(clause, phrase, holder, polarity, subject, thread, talks, condition)
        if found and self.rules.proviso.search(text):
            thread.condition = "subject to " + _words(phrase.issue for phrase, _ in found)
        stated = [a for a in attitudes if a.strength == "stated"]
        thread.governing = stated[-1] if stated else thread.governing
        single = len(subject.codes) == 1 and subject.codes[0] not in _GROUPS
        if clause.introduces and single and self.rules.proposal.search(text):
            thread.proposer = subject

    def _found(
        self,
        clause: Clause,
        phrase: Phrase,
        holder: str,
        polarity: str,
        subject: Subject,
        thread: _Thread,
        talks: bool,
        condition: str,
    ) -> Found:
        return Found(
            holder="FIVE" if holder == "SIX" and phrase.issue in self.rules.given_by_five else holder,
            issue=phrase.issue,
            polarity=polarity,
            start=clause.start,
            end=clause.end,
            rule=phrase.rule,
            confidence=self._confidence(phrase, subject),
            targets=(phrase.target,) if phrase.target not in ("", holder) else (),
            condition=(condition or phrase.condition or "as part of the proposal") if polarity == "conditional" else "",
            date=thread.date,
            document=thread.document,
            scholar=subject.scholar,
            about_talks=talks,
        )

    def _holders(self, clause: Clause, subject: Subject) -> tuple[str, ...]:
        """The subject's codes; of several carried on, not the one that the clause itself speaks of (要求北韓…)."""
        if subject.said or len(subject.codes) < 2:
            return subject.codes
        named = {code for m in clause.mentions if m.kind == "actor" for code in m.codes}
        return tuple(code for code in subject.codes if code not in named) or subject.codes

    def _polarities(
        self,
        text: str,
        subject: Subject,
        attitudes: Sequence[Attitude],
        governing: Attitude | None,
        conditional: bool,
        exchange: bool,
    ) -> list[tuple[Phrase, str]]:
        """The phrases of a clause that carry an attitude, one an issue, with their polarity."""
        conditional = conditional or bool(self.rules.condition.search(text))
        after = subject.after if subject.said else 0
        matches = [
            (phrase, match) for phrase in self._open_to(subject.codes) for match in phrase.pattern.finditer(text, after)
        ]
        first = self.rules.first_step.search(text, after)
        if first:  # 在制裁取消後: what must come first is not what is wished
            matches = [(phrase, match) for phrase, match in matches if not first.start() <= match.start() < first.end()]
        present = {phrase.issue for phrase, _ in matches}
        found: dict[str, tuple[Phrase, str]] = {}
        for phrase, match in matches:
            if phrase.issue in found or present & phrase.yields_to:
                continue
            attitude = governor(attitudes, governing, match)
            polarity = self._polarity(phrase, attitude, text, match, after)
            if conditional and not phrase.polarity and (polarity == "support" or (polarity and exchange)):
                polarity = "conditional"
            if polarity == "support" and phrase.concession and attitude and attitude.offered:
                polarity = "conditional"
            if polarity:
                found[phrase.issue] = (phrase, polarity)
        return list(found.values())

    def _open_to(self, codes: tuple[str, ...]) -> tuple[Phrase, ...]:
        """The phrases by which one of these actors may hold a stance."""
        if codes not in self._phrases:
            self._phrases[codes] = tuple(
                phrase for phrase in self.rules.phrases if any(map(phrase.may_be_held_by(self.lexicon), codes))
            )
        return self._phrases[codes]

    def _polarity(self, phrase: Phrase, attitude: Attitude | None, text: str, match: re.Match[str], after: int) -> str:
        """The polarity that a phrase has under an attitude; empty where it has none."""
        if advised(text, match.start(), attitude, self.rules) or _OF_OTHERS.match(text, match.end()):
            return ""
        if self.rules.unable.search(text, after, match.start()):
            return ""
        if self.rules.able.search(text, 0, match.start() + 1) and not (attitude and attitude.strength == "stated"):
            return ""
        if phrase.needs == "none":
            refused = attitude and attitude.polarity == "oppose" and attitude.strength == "stated"
            base = "oppose" if refused else "support"
            if negated(text, match.start(), self.rules):
                base = OPPOSITE[base]
        elif (
            not attitude
            or (phrase.needs == "stated" and attitude.strength != "stated")
            or (phrase.needs == "rejected" and attitude.polarity != "oppose")
        ):
            return ""
        else:
            base = attitude.polarity
            start = after if attitude.inherited else attitude.end
            if start <= match.start() and turned(text, start, match.start(), self.rules):
                base = OPPOSITE.get(base, base)
            if attitude.polarity == "oppose" and _HARMED.match(text, match.end()):
                base = OPPOSITE[base]  # 譴責對…的挑戰
        if phrase.polarity:
            return phrase.polarity if base != "oppose" else ""
        return OPPOSITE.get(base, base) if phrase.toward == "oppose" else base

    def _condition(self, text: str, carried: str, others: Sequence[str]) -> str:
        """The condition in our own words, from the word that makes it one and the other issues of the clause."""
        word = self.rules.condition.search(text)
        if not word:
            return carried
        meaning = self.rules.conditions[word[0]]
        return f"{meaning} ({_words(others)})" if others else meaning

    def _confidence(self, phrase: Phrase, subject: Subject) -> float:
        """How often such a stance is right (measured: docs/extraction.md).

        A subject that is carried on weighs most where the phrase alone shows the attitude.
        """
        carried = 1.0 if subject.said else 0.82 if phrase.needs == "none" else 0.95
        return round(phrase.confidence * carried * (0.9 if subject.scholar else 1.0), 2)


def _words(issues: Iterable[str]) -> str:
    return ", ".join(issue.replace("-", " ") for issue in issues)
