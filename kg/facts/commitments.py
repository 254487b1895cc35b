"""Stage 5: who undertook what in which document.

    find_commitments(document, lexicon, accounts)[0]
    -> Commitment(debtor="PRK", issue="verification", document="joint-statement-2005", order=1, …)

Where the text tells that a document was adopted, or what it says, the clauses
after it tell its content: what a party is for there, it undertakes. The scope
ends with the paragraph, and goes on over paragraphs that open with a number
(一、六方承諾…). Before: `kg.facts.events`, `kg.facts.stances`. Next: `kg.graph`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.document.model import Cell, Document, Paragraph
from kg.facts.events import Account
from kg.facts.evidence import Place, make_evidence
from kg.facts.model import Commitment
from kg.facts.stances import StanceFinder
from kg.facts.stances.finding import TALKS, Found
from kg.lexicon import Lexicon
from kg.script import fold

_BINDING = ("joint-statement", "chairmans-statement", "framework", "declaration", "action-plan", "treaty")
_ADOPTING = ("statement", "signing", "resolution")
_GROUPS = ("SIX", "FIVE")
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)}
_NUMBER = re.compile(
    fold(r"(?:第([一二三四五六七八九十])[，,、]|(?:^|(?<=[。；]))\s*[（(]?([一二三四五六七八九十])[、）)])")
)
_OPENS_WITH_NUMBER = re.compile(fold(r"\s*[（(]?[一二三四五六七八九十][、）)]"))
# Words by which one binds oneself; 主張, 強調 and the like do not.
_BINDS = re.compile(
    fold(
        "承諾|同意|重申|確認|保證|願|決定|約定|贊同|認同|通過|確立|無意|努力|致力|採取|接受|將|落實|確保|主張|授權|取得一致|達成"
    )
)
_NO_DUTY = re.compile(fold("擁有|權利|有權|認為|批評|指責|希望|要求"))


@dataclass(frozen=True)
class Scope:
    """From `start` to `end`, a passage tells what `document` says."""

    start: int
    end: int
    document: str


def find_commitments(document: Document, lexicon: Lexicon, accounts: Iterable[Account]) -> list[Commitment]:
    """The undertakings told in the passages of `accounts`, one per place, in the order given."""
    finder = StanceFinder(lexicon)
    found: list[Commitment] = []
    running = ""
    for account in accounts:
        text = account.place.passage.text
        numbered = bool(_OPENS_WITH_NUMBER.match(text))
        scopes = [Scope(0, len(text), running)] if running and numbered else []
        scopes += _scopes(account, lexicon)
        running = scopes[-1].document if scopes else ""
        if not scopes and not any(account.meetings):
            continue
        holder = "SIX" if isinstance(account.place, Cell) and account.talks == TALKS else ""
        stances = finder.read(text, _sentences(account.place), holder, account.talks == TALKS)
        for stance in stances:
            where = _document_of(stance, scopes, account, lexicon)
            if where and _binds(stance, text, stances):
                found.append(_commitment(document, account.place, stance, where))
    return found


def _sentences(place: Place) -> Sequence[tuple[int, int]]:
    return place.sentences if isinstance(place, Paragraph) else [(0, len(place.passage))]


def _scopes(account: Account, lexicon: Lexicon) -> Iterator[Scope]:
    """What follows the adoption of a document, to the first sentence that binds nobody."""
    text = fold(account.place.passage.text)
    for told in account.told:
        entry = lexicon.agreements.get(told.agreement)
        if not entry or entry.kind not in _BINDING or told.kind not in _ADOPTING:
            continue
        later = [(a, b) for a, b in _sentences(account.place) if a > told.start]
        end = next((a for a, b in later if not (_BINDS.search(text, a, b) or _NUMBER.match(text, a))), len(text))
        yield Scope(told.start, end, told.agreement)


def _document_of(stance: Found, scopes: Sequence[Scope], account: Account, lexicon: Lexicon) -> str:
    """The document in whose scope a stance stands; a group's at a meeting is in what the meeting adopted."""
    inside = [scope for scope in scopes if scope.start <= stance.start < scope.end]
    if inside:
        return inside[-1].document
    meeting = next(
        (m for (a, b), m in zip(account.reading.clauses, account.meetings) if a <= stance.start < b and m), None
    )
    if meeting is None or stance.holder not in _GROUPS:
        return ""
    adopted = [
        entry
        for entry in lexicon.agreements.values()
        if entry.institution == meeting.institution
        and entry.round == meeting.round
        and (not entry.phase or not meeting.phase or entry.phase == meeting.phase)
        and entry.round
    ]
    return adopted[0].id if adopted else ""


def _binds(stance: Found, text: str, stances: Sequence[Found]) -> bool:
    """Whether a stance in a document is an undertaking of its holder."""
    clause = fold(text[stance.start : stance.end])
    if stance.polarity == "ambivalent" or _NO_DUTY.search(clause):
        return False
    if stance.polarity == "oppose" and any(
        other.issue == "security-guarantee" and other.start == stance.start for other in stances
    ):
        return False  # not to attack is the guarantee (codebook: commitments)
    return stance.polarity != "oppose" or stance.issue == "use-of-force"


def _commitment(document: Document, place: Place, stance: Found, agreement: str) -> Commitment:
    evidence = make_evidence(
        document,
        place,
        stance.start,
        stance.end,
        rule=f"commitment-{stance.issue}",
        confidence=stance.confidence,
    )
    return Commitment(
        debtor=stance.holder,
        issue=stance.issue,
        evidence=evidence,
        beneficiary=";".join(stance.targets),
        document=agreement,
        order=_order(place.passage.text, stance.start),
    )


def _order(text: str, end: int) -> int | None:
    """The number of the point in which a clause stands: the last one printed before it."""
    numbers = list(_NUMBER.finditer(fold(text), 0, end + 4))
    return _NUMERALS[numbers[-1][1] or numbers[-1][2]] if numbers else None
