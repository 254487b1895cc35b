"""Stage 5: who takes part in what a clause tells.

    participants_of(clause, trigger=(6, 8))      # ("PRK", "USA")

Who acts is carried on where a clause names nobody before its trigger, and 雙方
stands for the two last named together. Before: `kg.facts.thread`. Next: `kg.facts.rounds`.
"""

import re

from kg.facts.slots import Reading
from kg.facts.thread import Clause
from kg.lexicon import Lexicon
from kg.mentions import Mention

_LIST = re.compile(r"[ 、,]?(?:和|与|及|以及|同|跟)?")
_BOTH = re.compile("双方|两国|双边")
_REPRESENTED_AT = re.compile("(?:驻|常驻)$")
_TOWARD = re.compile("(?:向|给|对|给予)$")
_OBJECT = re.compile("(?:向|给|对|将|把|给予|对于|关于|针对)$")
_NO_SUBJECT = re.compile("(?:对|向|给|与|和|由于)$")
_TOGETHER_WITH = re.compile("(?:并|又|且|再)?(?:与|和|同|跟)")
_NEAR = 8  # characters after the trigger within which its object stands, or before the first actor


def actors_in(reading: Reading, lexicon: Lexicon, start: int, end: int) -> list[Mention]:
    """The actors who take part in what `start:end` tells: not those where someone is posted (駐聯合國)."""
    named = reading.names_in(start, end, "actor")
    found = [m for m in named if not _REPRESENTED_AT.search(reading.masked[max(start, m.start - 2) : m.start])]
    return [m for m, following in zip(found, [*found[1:], None]) if not _governed_by(reading, lexicon, m, following)]


def _governed_by(reading: Reading, lexicon: Lexicon, state: Mention, following: Mention | None) -> bool:
    """Whether 美國 only says whose government follows (美國總統歐巴馬)."""
    if following is None or len(state.codes) != 1 or len(following.codes) != 1:
        return False
    government = lexicon.actor(following.codes[0])
    same_state = government.kind == "government" and government.state == state.codes[0]
    return same_state and re.fullmatch(r"\w{0,8}", reading.passage.text[state.end : following.start]) is not None


def participants_of(
    clause: Clause, trigger: tuple[int, int], *, speaks: bool = False, carried: bool = True
) -> tuple[str, ...]:
    """Codes of those who take part in what the trigger (passage offsets) tells, sorted.

    Who is named long after the trigger takes no part; of a statement (`speaks`)
    those toward whom something is done do not either. Where nobody is named
    before it, who acts is carried on from earlier clauses (unless `carried` is False).
    """
    found = actors_in(clause.reading, clause.lexicon, clause.start, clause.end)
    actors = [m for m in found if m.start <= trigger[1] + _NEAR]
    if speaks:
        actors = [m for m in actors if m.start < trigger[0] or not _TOWARD.search(clause.before(m.start))]
    codes = {code for m in actors if not _is_count(clause, m) for code in m.codes}
    both = _BOTH.search(clause.piece) is not None
    if both and len(codes) < 2 and carried:
        codes |= set(clause.thread.pair)
    acting = [m for m in actors if m.start <= trigger[0] + 1 and not _OBJECT.search(clause.before(m.start))]
    if acting and acting[0] is actors[0] and _TOGETHER_WITH.fullmatch(clause.before(acting[0].start)):
        acting = []  # 與日本會晤: who met with Japan is told before
    if not acting and not both and carried:
        codes |= set(clause.thread.subject)
    return without_members(codes, clause.lexicon)


def _is_count(clause: Clause, m: Mention) -> bool:
    """Whether 六國 only counts those listed before it (中國、俄羅斯等六國), in a text that is not about the six."""
    return m.codes == ("SIX",) and clause.before(m.start).endswith("等") and clause.thread.talks != "six-party-talks"


def without_members(codes: set[str], lexicon: Lexicon) -> tuple[str, ...]:
    """A group stands for its members: beside SIX the six are not listed."""
    groups = {code for code in codes if lexicon.actor(code).members}
    members = {member for group in groups for member in lexicon.actor(group).members}
    return tuple(sorted(codes - members))


def follow_actors(clause: Clause) -> None:
    """Take into the thread whom this clause names: who acts, and which two."""
    actors = actors_in(clause.reading, clause.lexicon, clause.start, clause.end)
    codes = tuple(dict.fromkeys(code for m in actors for code in m.codes))
    if len(codes) >= 2:
        clause.thread.pair = codes[:2]
    if first := _leading(clause, actors):
        clause.thread.subject = tuple(dict.fromkeys(code for m in first for code in m.codes))


def _leading(clause: Clause, actors: list[Mention]) -> list[Mention]:
    """The actor or list of actors that opens the clause, after a date and a word or two."""
    if not actors or _NO_SUBJECT.search(clause.before(actors[0].start)):
        return []
    dated = sum(d.end - d.start for d in clause.reading.all_dates_in(clause.start, actors[0].start))
    if actors[0].start - clause.start - dated > _NEAR:
        return []
    leading = actors[:1]
    for m in actors[1:]:
        if not _LIST.fullmatch(clause.reading.masked[leading[-1].end : m.start]):
            break
        leading.append(m)
    return leading
