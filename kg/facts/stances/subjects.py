"""Who a clause is about: its subject, said or carried on from the clause before.

Chinese names a subject once and drops it over many clauses, so a clause is read
in the light of the one before it:

    中共支持無核化，希望談判解決      -> both clauses: CHN
    六方會談取得進展，有利和平        -> neither: the talks are no actor

Knows the masks of names (`kg.facts.stances.masks`) and the word lists of
`lexicon/attitudes.toml`; knows nothing of issues. Next: `finding`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.facts.stances.clauses import Clause
from kg.facts.stances.masks import Mask
from kg.facts.stances.rules import StanceRules
from kg.lexicon import Lexicon
from kg.mentions import Mention
from kg.script import fold


def _folded(pattern: str) -> re.Pattern[str]:
    return re.compile(fold(pattern))


_OPENING = _folded(
    r"[「」《》“”\"'()（）\s、·:：]+|(?:[(（]?(?:第[一二三四五六七八九十]+|[一二三四五六七八九十\d]+)[)）、](?!年|月)|[一二三四五六]是|第[一二三四五六七八九十](?![個次階輪屆任]))"
)
_SEPARATOR = _folded(r"(?:政府|時期)?(?:、|以及|和|與|及|跟|或|同|到|至)")
_APPOSITION = _folded(
    r"(?:政府|當局|方面|官方|等(?:周邊)?(?:[一二三四五六兩]?國|大國|各國|方)?|[兩三四五六]國|雙方|各方|國|方|人民|高層|領導人|代表團?|總統|總書記|主席|外交部長?|外長|國務卿|國務院|媒體|國營媒體)+"
)
_TITLE = _folded(r"總書記|國家主席|主席|總統|首相|總理|國務卿|外長|外交部長|領導人|領袖")
_FROM = _folded(r"從|自|由")
_BETWEEN = _folded(r"之間|間的|關係|雙邊|兩者|同盟|會談|對話|談判|聯盟|學者|人士|半島|問題|核|籍")
_POSSESSIVE = _folded(r"的|之")
_TOPIC_END = _folded(r"而言|來說|來看|看來|的立場而言|的角度(?:看|來看|而言|出發)|角度")
_TOPIC_START = _folded(r"對於|對|就|從|站在|以|依|按照|在")
_ADVERBIAL = _folded(
    r"(?:在|於|自|從|隨著|透過|通過|基於|由於|對於|對|針對|面對|為了|為|經由|經|藉由|根據|依據|依照|按照|當|就|除了|除|因|由|相較於|相較|如同|自從|直到|到了|到)"
)
_ADVERBIAL_END = _folded(r"(?:中|下|上|後|時|內|間|前|年|月|日|外|之際|以來|期間|起|同時|過程|背景|而)$")
_GOVERNED = _folded(r"(?:對於|對|與|和|及|向|同|給|由|被|把|使|讓|為|以|從|於|在|的|、|跟|將|受|是)$")
_SAYS = _folded(r"認為|指出|提到|提及|觀察到|分析|主張|相信")
_ROUND_HELD = _folded(r"第.{1,2}(?:輪|階段|屆).{0,12}(?:會談|會議)[ 」』]*$")
_QUOTES = _folded(
    r"(?:認為|指出|表示|強調|主張|重申|確認|承諾|聲明|同意|保證|立場是|立場為|立場|觀點是|看法是|目標是|目的在於|在於|原則是)[：:，]?$"
)
_PERIOD = _folded(r"政府(?:時期|上台|上臺|執政|任內|期間)|時期|任內|執政|上台|上臺")


@dataclass(frozen=True)
class Subject:
    codes: tuple[str, ...] = ()
    said: bool = False  # named in this clause, not carried on
    scholar: bool = False  # someone else's word on the actor
    after: int = 0  # where in the clause the subject ends


NOBODY = Subject()
_MOST_CARRIED = 3
_FIVE = {"CHN", "JPN", "KOR", "RUS", "USA"}


def _as_group(codes: Sequence[str]) -> tuple[str, ...]:
    """The five or the six, where all of them are listed (codebook: groups)."""
    listed = {c.partition("-")[0] for c in codes}
    if listed == _FIVE:
        return ("FIVE",)
    return ("SIX",) if listed == _FIVE | {"PRK"} else tuple(codes)


@dataclass
class SubjectReader:
    """Reads the clauses of one passage in order; remembers who was named."""

    lexicon: Lexicon
    mask: Mask
    rules: StanceRules
    talks: bool = False  # the six-party talks are what the passage is about
    current: Subject = NOBODY
    pair: tuple[str, ...] = ()
    sides: frozenset[int] = frozenset()  # where in the passage one is named as a side (中方)
    side: tuple[str, ...] = ()  # the one that spoke last: 我們 means it
    quoting: bool = False  # the clause before ended in 認為, 立場是: this one tells what
    spoke: bool = False  # somebody has spoken in this sentence
    seen: list[str] = field(default_factory=list)
    government: str = ""

    def read(self, clause: Clause) -> Subject:
        """The subject of the clause; becomes the one that the next clause may carry on."""
        if clause.opens_sentence:
            self.government, self.spoke = "", False
        subject = self._find(clause, 0)
        self._remember(clause)
        if subject.codes:
            subject = replace(subject, codes=tuple(map(self._as_holder, subject.codes)))
        if subject.said and self.sides & {mention.start for mention in clause.mentions[:1]}:
            self.side = subject.codes
        self.current = subject
        self.quoting = bool(_QUOTES.search(clause.masked))
        self.spoke = bool(subject.codes) and (self.spoke or bool(self.rules.says.search(clause.masked)))
        return subject

    def _find(self, clause: Clause, at: int) -> Subject:
        text = clause.masked
        at = self._skip(clause, at)
        names = clause.names
        topic = _TOPIC_START.match(text, at)
        for start in {at, topic.end() if topic else at}:
            codes, end = self._actors(clause, names, start)
            if codes and _TOPIC_END.match(text, end):
                return Subject(codes, True, False, end)
        since = _FROM.match(text, at)
        codes, end = self._actors(clause, names, since.end() if since else at)
        if len(codes) > 1 or (codes and not since):  # 從金泳三到金大中政府: both
            return self._named(text, codes, end)
        codes, end = self._group(text, at)
        if end:
            return Subject(codes, True, False, end)
        if _ADVERBIAL.match(text, at):
            return self._embedded(clause, names, at) or self._carried(at)
        said = _SAYS.search(text, at, at + 16)
        if said and said.start() > at and self._by_another(text, at, said.start(), names):
            found = self._find(clause, said.end())
            return replace(found, scholar=True) if found.said else NOBODY
        if self.rules.continuation.match(text, at) or self.rules.attitude.match(text, at):
            return self._carried(at)
        embedded = self._embedded(clause, names, at)
        if embedded:
            return embedded
        told = self.quoting or (self.spoke and self.rules.advice.search(text, at))
        if (at in names or self.rules.blocker.match(text, at) or clause.opens_sentence) and not told:
            return NOBODY
        return self._carried(at)

    def _by_another(self, text: str, start: int, end: int, names: dict[int, Mention]) -> bool:
        """Whether what stands before a verb of speech is a speaker, and no actor: a scholar."""
        actor = any(start <= at < end and names[at].kind == "actor" for at in names)
        return not actor and not self.rules.continuation.match(text, start)

    def _carried(self, at: int) -> Subject:
        if len(self.current.codes) > _MOST_CARRIED:  # a long list of members is no subject that acts on
            return NOBODY
        return Subject(self.current.codes, False, self.current.scholar, at)

    def _skip(self, clause: Clause, at: int) -> int:
        """Past connectives, dates, numbers and brackets that open a clause."""
        moved = True
        while moved:
            moved = False
            for pattern in (_OPENING, self.rules.connective):
                found = pattern.match(clause.masked, at)
                if found and found.end() > at:
                    at, moved = found.end(), True
            for mention in clause.mentions:
                if mention.kind == "date" and mention.start - clause.start == at:
                    at, moved = mention.end - clause.start, True
        return at

    def _actors(self, clause: Clause, names: dict[int, Mention], at: int) -> tuple[tuple[str, ...], int]:
        """The actors listed at this place (A、B和C), and where the list ends."""
        codes: list[str] = []
        end = at
        while end in names and names[end].kind == "actor":
            mention = names[end]
            codes += [c for c in mention.codes if c not in codes]
            end = mention.end - clause.start
            title = _TITLE.match(clause.masked, end)
            if title and title.end() in names and self._heads(names[title.end()], codes[-1]):
                codes.pop()  # 中共總書記胡錦濤: the government, not the state
                end = title.end()
                continue
            separator = _SEPARATOR.match(clause.masked, end)
            if separator and separator.end() in names and names[separator.end()].kind == "actor":
                end = separator.end()
        return _as_group(codes), end

    def _heads(self, mention: Mention, state: str) -> bool:
        return mention.kind == "actor" and self.mask.state_of(mention.codes[0]) == state

    def _named(self, text: str, codes: tuple[str, ...], end: int) -> Subject:
        apposition = _APPOSITION.match(text, end)
        end = apposition.end() if apposition else end
        period = _PERIOD.match(text, end)
        alone = end == len(text) and self.lexicon.actor(codes[0]).kind == "government"
        if period or alone:  # 柯林頓時期: the government of all that follows in the sentence
            self.government = codes[0]
            return Subject(codes, True, False, end)
        possessive = _POSSESSIVE.match(text, end)
        if possessive:
            noun = self.rules.attitude_noun.match(text, possessive.end())
            return Subject(codes, True, False, end) if noun else NOBODY
        between = _BETWEEN.match(text, end)
        if between and not (between[0] == "之间" and self.rules.continuation.match(text, between.end())):
            return NOBODY
        return Subject(codes, True, False, end)

    def _embedded(self, clause: Clause, names: dict[int, Mention], at: int) -> Subject | None:
        """A subject after an opening phrase: 在…下中共主張, 過程中北韓多次宣布; None where there is none."""
        text = clause.masked
        opening = _ADVERBIAL.match(text, at)
        for start in sorted(names):
            if start <= at or not self._may_be_embedded(names[start]):
                continue
            if self.rules.attitude.search(text, at, start) or self.rules.advice.search(text, at, start):
                return None  # what follows an attitude is its object
            codes, end = self._actors(clause, names, start)
            apposition = _APPOSITION.match(text, end)
            after = apposition.end() if apposition else end
            acts = self.rules.continuation.match(text, after) or self.rules.attitude.match(text, after)
            if opening and start == opening.end() and self.rules.attitude.match(text, after):  # 在中共強調的…中
                return self._named(text, codes, end)
            if _ADVERBIAL_END.search(text[:start]) or (acts and not _GOVERNED.search(text[:start])):
                return self._named(text, codes, end)
        return self._meeting(clause, at)

    def _meeting(self, clause: Clause, at: int) -> Subject | None:
        """The parties, where the clause is about their meeting: 在會談中的聲明則指出, 在…展開的六方會談，則重申…"""
        text = clause.masked
        for found in self.rules.meeting.finditer(text, at):
            if self.talks and self._speaks(text, found.end()):
                return Subject(("SIX",), True, False, found.end())
        if self.talks and _ROUND_HELD.search(self._with_talks(clause)):
            return Subject(("SIX",), False, False, at)
        return None

    def _with_talks(self, clause: Clause) -> str:
        """The clause with the name of the talks written as 會談."""
        text = list(clause.masked)
        for mention in clause.mentions:
            if mention.codes == ("six-party-talks",):
                start, end = mention.start - clause.start, mention.end - clause.start
                text[start:end] = fold("會談").ljust(end - start)
        return "".join(text)

    def _may_be_embedded(self, mention: Mention) -> bool:
        """Only a state or a government: an organization in mid-clause is mostly where something is done."""
        return mention.kind == "actor" and self.lexicon.actor(mention.codes[0]).kind in ("state", "government", "group")

    def _group(self, text: str, at: int) -> tuple[tuple[str, ...], int]:
        found = self.rules.neighbours.match(text, at)
        if found:
            return ("FIVE",), found.end()
        found = self.rules.talks.match(text, at)
        if found:
            return (("SIX",) if self.talks else ()), found.end()
        found = self.rules.pair.match(text, at)
        if found:
            return self.pair, found.end()
        found = self.rules.we.match(text, at)
        if found:
            return self.side, found.end()
        found = self.rules.meeting.match(text, at)
        if found and self.talks and self._speaks(text, found.end()):
            return ("SIX",), found.end()
        return (), 0

    def _speaks(self, text: str, at: int) -> bool:
        """Whether a verb of speech or attitude comes next, over a connective (聲明則指出)."""
        connective = self.rules.connective.match(text, at)
        at = connective.end() if connective else at
        return bool(self.rules.says.match(text, at) or self.rules.attitude.match(text, at))

    def _remember(self, clause: Clause) -> None:
        for mention in clause.mentions:
            if mention.kind == "institution" and mention.codes == ("six-party-talks",):
                self.talks = True
            if mention.kind != "actor":
                continue
            self.talks = self.talks or mention.codes == ("SIX",)
            for code in mention.codes:
                if self.lexicon.actor(code).kind in ("state", "government"):
                    self.seen = [*[c for c in self.seen if c != code][-3:], code]
        if len(self.seen) >= 2:
            self.pair = tuple(self.seen[-2:])

    def _as_holder(self, code: str) -> str:
        """A person stands for the state; a state for its government, where a period was named."""
        actor = self.lexicon.actor(code)
        if actor.kind == "person":
            code = actor.state or code
        if self.government and self.mask.state_of(self.government) == code:
            return self.government
        return code
