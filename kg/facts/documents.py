"""Stage 5: which document a name stands for, when the name alone does not tell.

《主席聲明》 is that of the round spoken of: the lexicon lists the statements of
each round (`round`, `phase`), and the thread of the text tells the round.
Before: `kg.facts.slots`, `kg.facts.thread`. Next: `kg.facts.hits`, `kg.facts.agreements`.
"""

import re

from kg.facts.slots import Reading, caught
from kg.facts.thread import Clause, Meeting
from kg.lexicon import Lexicon
from kg.mentions import Mention
from kg.script import fold


def agreement_kind(id: str, reading: Reading, lexicon: Lexicon) -> str:
    """The kind of an agreement of the lexicon, or of a title that the passage prints."""
    if id in lexicon.agreements:
        return lexicon.agreement(id).kind
    return next((title.kind for title in reading.titles if title.id == id), "")


def agreement_in(clause: Clause, match: re.Match[str]) -> str:
    """The id of the agreement that a rule's slot caught; "" where the rule caught none."""
    span = caught(match, "agreement")
    name = clause.reading.name_at(clause.start + span[0]) if span else None
    if name is None or name.kind != "agreement":
        return ""
    return resolve(clause.reading, name, clause.lexicon, clause.thread.meeting)


_ISSUED = re.compile("(?:发表|通过|达成|发布|公布)")
_TELLS_ROUND = re.compile("轮")


def resolve(reading: Reading, name: Mention, lexicon: Lexicon, meeting: Meeting | None) -> str:
    """The id that `name` stands for here: a round's own statement where the lexicon has one.

    "" where the name is that of another round's document, and this one's is not known.
    """
    id = name.codes[0]
    entry = lexicon.agreements.get(id)
    if entry is None or meeting is None or meeting.round is None or entry.institution != meeting.institution:
        return id
    text = reading.masked[max(0, name.start - 30) : name.start]
    issued_here = _ISSUED.search(text) and not _TELLS_ROUND.search(fold(reading.passage.text[name.start : name.end]))
    if entry.round and (entry.round == meeting.round or not issued_here or entry.kind == "action-plan"):
        return id
    of_round = [
        other
        for other in lexicon.agreements.values()
        if other.kind == entry.kind and other.institution == meeting.institution and other.round == meeting.round
        and (not meeting.phase or not other.phase or other.phase == meeting.phase)
    ]  # fmt: skip
    if len(of_round) == 1:
        return of_round[0].id
    return "" if entry.round else id
