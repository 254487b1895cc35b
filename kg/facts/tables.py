"""Stage 5: what the rows of tables tell: institutions, dated events, rounds of talks.

    tables = find_in_tables(document, lexicon, rules)
    tables.facts[0]        # Institution(id="sco", founded="1996-04", …, evidence with table="2-1")

A table is read by its heads, not by its number: a column of names with one of
founding dates is a list of institutions; a column of dates with one of events is
a chronicle; a column of rounds (第四輪 第一階段（2005 年 7-8 月）) with one of
contents is a list of rounds. Other tables (positions of states) are left to
`kg.facts.stances`. Before: `kg.facts.events`, whose rules read the cells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.document.model import Cell, Document, Table
from kg.facts.actors import actors_in, without_members
from kg.facts.event_rules import EventRules
from kg.facts.events import Account, read_account, to_event
from kg.facts.evidence import make_evidence
from kg.facts.hits import Told
from kg.facts.institutions import unknown_id
from kg.facts.model import Evidence, Fact, Institution
from kg.facts.naming import event_id, round_id
from kg.facts.rounds import PHASE, ROUND, number_of
from kg.facts.slots import Reading, institution_of, read_passage
from kg.facts.thread import Meeting, Thread, When
from kg.lexicon import Lexicon, squeeze
from kg.mentions import find_mentions
from kg.script import fold

_ROW_LENGTH = 150  # source characters
SURE = 0.98  # a row of a table tells what its heads say

_NAME = re.compile(fold("組織|機制|論壇|機構|名稱"))
_FOUNDED = re.compile(fold("成立|創立|創設|設立"))
_MEMBERS = re.compile(fold("成員|國家|會員|參加"))
_MEETINGS = re.compile(fold("會議|活動|會談"))
_ISSUES = re.compile(fold("議題|內容|宗旨|任務"))
_TIME = re.compile(fold("^(?:時間|日期|年代|年份|召開時間)$"))
_HAPPENED = re.compile(fold("事件|大事|經過|發展"))
_COUNT = re.compile(fold(r"([0-9]{1,3}) ?個?(?:正式)?(?:國|會員|成員|(?:[^0-9、,;]{0,10})國家)"))
_UNNAMED = re.compile(fold(r"[0-9]{1,3} ?個(?:[^0-9、,;]{0,10})國家"))
_UNOFFICIAL = re.compile(fold("非官方|非政府|民間|二軌|第二軌"))
_FOUNDERS = re.compile(fold("(?:成立|創立|創建|發起|主導|倡導)"))
# Which issue of the codebook a table names as a mechanism's subject.
_TOPICS = (
    ("無核化|核問題", "denuclearization"),
    ("東北亞(?:多邊)?安全機制", "nea-security-mechanism"),
    ("區域安全|安全合作|安全對話|信心|信任措施|預防外交", "asia-pacific-security"),
    ("防擴散|不擴散", "nonproliferation"),
    ("經濟.{0,8}合作|全方位", "regional-cooperation"),
)


@dataclass
class InTables:
    """The facts of all tables, and the accounts of the cells that were read with the rules for events."""

    facts: list[Fact] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)


def find_in_tables(document: Document, lexicon: Lexicon, rules: EventRules) -> InTables:
    """What the rows of every table tell whose heads are understood."""
    found = InTables()
    for table in document.tables:
        heads = [fold(re.sub(r"\s", "", head)) for head in table.heads]
        for row in table.rows:
            cells = dict(zip(heads, row))
            if len(cells) != len(heads):
                continue
            if _column(cells, _FOUNDED) and _column(cells, _NAME):
                _read_institution(document, table, cells, lexicon, rules, found)
            elif _column(cells, _TIME) and ROUND.search(fold(row[0].passage.text)):
                _read_round(document, table, row, lexicon, rules, found)
            elif _column(cells, _TIME) and _column(cells, _HAPPENED):
                _read_dated(document, cells, lexicon, rules, found)
    return found


def _column(cells: dict[str, Cell], head: re.Pattern[str]) -> Cell | None:
    return next((cell for name, cell in cells.items() if head.search(name)), None)


def _text(cell: Cell | None) -> str:
    return cell.passage.text if cell is not None else ""


# --- a list of institutions -----------------------------------------------------------------------------------------


def _read_institution(
    document: Document, table: Table, cells: dict[str, Cell], lexicon: Lexicon, rules: EventRules, found: InTables
) -> None:
    named, dated = _column(cells, _NAME), _column(cells, _FOUNDED)
    if named is None or dated is None or not named.passage.text.strip():
        return
    id, name, acronym, kind = _identify(named, lexicon)
    dates = read_passage(dated.passage, lexicon).dates
    founded = dates[0].edtf if dates else ""
    members, count = _members(_column(cells, _MEMBERS), lexicon)
    initiator = _initiator(table, lexicon)
    entry = lexicon.institutions.get(id)
    start, end = _row_span(cells)
    evidence = make_evidence(document, named, 0, len(named.passage), rule="table-row", confidence=SURE)
    evidence = replace(evidence, start=start, end=end)
    topics = _text(_column(cells, _ISSUES))
    unofficial = _UNOFFICIAL.search(fold(re.sub(r"\s", "", "".join(map(_text, cells.values())))))
    found.facts.append(
        Institution(
            id=id, name_zh=name, evidence=evidence, name_en=entry.en if entry else "", acronym=acronym, kind=kind,
            founded=founded, members=members, member_count=count, initiator=initiator,
            track="2" if unofficial else "", scope=entry.scope if entry else "", issues=_issues(topics),
        )
    )  # fmt: skip
    if founded:
        who = members or ((initiator,) if initiator else ())
        when = When(founded, "row")
        told = Told("establishment", when, "table-row", SURE, 0, len(named.passage), who, institution=id)
        found.facts.append(replace(to_event(document, named, told, lexicon), evidence=evidence))
    meetings = _column({head: cell for head, cell in cells.items() if cell not in (named, dated)}, _MEETINGS)
    if meetings is not None:
        _read_meetings(document, meetings, id, members or ((initiator,) if initiator else ()), lexicon, rules, found)


def _row_span(cells: dict[str, Cell]) -> tuple[int, int]:
    """From the first to the last character of a row: its cells are interleaved in the source."""
    spans = [cell.passage.span(0, len(cell.passage)) for cell in cells.values() if len(cell.passage)]
    return min(a for a, _ in spans), max(b for _, b in spans)


def _identify(named: Cell, lexicon: Lexicon) -> tuple[str, str, str, str]:
    """Id, Chinese name, acronym and kind of the institution that the cell names."""
    reading = read_passage(named.passage, lexicon)
    for name in reading.names:
        id = name.codes[0] if name.kind == "institution" else ""
        if name.kind == "actor":
            id = institution_of(name.codes[0], lexicon)
        if id:
            entry = lexicon.institution(id)
            return id, entry.zh, entry.acronym, entry.kind
    text = re.sub(r"\s", "", named.passage.text)
    acronym = re.search(r"[（(]([A-Z+＋]{2,10})[）)]", text)
    name_zh = re.split(r"[（(]", text)[0] or text
    kind = "forum" if "論壇" in text else "dialogue" if "對話" in text else "organization"
    return unknown_id(name_zh), name_zh, acronym.group(1) if acronym else "", kind


def _members(cell: Cell | None, lexicon: Lexicon) -> tuple[tuple[str, ...], int | None]:
    """The members named, and their number where it is told and they are not all named."""
    if cell is None:
        return (), None
    reading = read_passage(cell.passage, lexicon)
    text = squeeze(cell.passage.text).text
    counts = [int(m.group(1)) for m in _COUNT.finditer(text)]
    if _UNNAMED.search(text):
        return (), counts[0] if len(counts) == 1 else None
    codes = {code for m in actors_in(reading, lexicon, 0, len(cell.passage)) for code in m.codes}
    return without_members(codes, lexicon), counts[0] if len(counts) == 1 and counts[0] != len(codes) else None


def _initiator(table: Table, lexicon: Lexicon) -> str:
    """Who founded what the table lists, where its caption says so: 日本創立…一覽表."""
    for name in find_mentions(table.caption, lexicon):
        if name.kind == "actor" and _FOUNDERS.match(fold(table.caption[name.end :].lstrip())):
            return name.codes[0]
    return ""


def _issues(text: str) -> tuple[str, ...]:
    form = squeeze(text).text
    return tuple(sorted({code for words, code in _TOPICS if re.search(fold(words), form)}))


def _read_meetings(
    document: Document, cell: Cell, institution: str, members: tuple[str, ...], lexicon: Lexicon, rules: EventRules,
    found: InTables,
) -> None:  # fmt: skip
    thread = Thread(subject=members)
    account = read_account(cell, read_passage(cell.passage, lexicon), rules, lexicon, thread)
    for told in account.told:
        if told.kind == "talks":
            who = without_members({*told.participants, *members}, lexicon)
            told = replace(told, participants=who, institution=institution, confidence=0.95)
            slug = event_id("talks", told.when.edtf, (institution,))
            found.facts.append(replace(to_event(document, cell, told, lexicon), id=slug))


# --- a chronicle ----------------------------------------------------------------------------------------------------


def _read_dated(
    document: Document, cells: dict[str, Cell], lexicon: Lexicon, rules: EventRules, found: InTables
) -> None:
    time, happened = _column(cells, _TIME), _column(cells, _HAPPENED)
    if time is None or happened is None:
        return
    dates = read_passage(time.passage, lexicon).dates
    if not dates or not len(happened.passage):
        return
    date = dates[0].edtf
    thread = Thread(date=date, row_date=date)
    account = read_account(happened, read_passage(happened.passage, lexicon, date), rules, lexicon, thread)
    found.accounts.append(account)
    for told in account.told:
        sure = SURE if told.when.how in ("own", "row") else 0.9
        event = to_event(document, happened, replace(told, confidence=sure), lexicon)
        found.facts.append(replace(event, evidence=_from_date(event.evidence, time)))


def _from_date(evidence: Evidence, time: Cell) -> Evidence:
    """The evidence with the row's date, where it stands just before."""
    dated = time.passage.offsets[0]
    return replace(evidence, start=dated) if 0 < evidence.start - dated <= _ROW_LENGTH else evidence


# --- a list of rounds -----------------------------------------------------------------------------------------------


def _read_round(
    document: Document, table: Table, row: tuple[Cell, ...], lexicon: Lexicon, rules: EventRules, found: InTables
) -> None:
    talks = _talks_of(table, lexicon)
    meetings = list(_meetings(row[0], talks, lexicon))
    if not talks or not meetings:
        return
    for meeting, start, end in meetings:
        told = Told("talks", When(meeting.date, "row"), "table-row", SURE, start, end, meeting.participants,
                    institution=talks, meeting=meeting)  # fmt: skip
        found.facts.append(to_event(document, row[0], told, lexicon))
    for cell in row[1:]:
        if not len(cell.passage):
            continue
        reading = read_passage(cell.passage, lexicon, meetings[-1][0].date)
        meeting = _meant(reading, [m for m, _, _ in meetings])
        date = meeting.date.split("/")[-1]
        thread = Thread(date=date, row_date=date, meeting=meeting, talks=talks)
        account = read_account(cell, reading, rules, lexicon, thread)
        found.accounts.append(account)
        for told in account.told:
            if told.kind != "talks":
                found.facts.append(to_event(document, cell, replace(told, confidence=SURE), lexicon))


def _talks_of(table: Table, lexicon: Lexicon) -> str:
    """The talks whose rounds the table lists: its caption names them."""
    names = (m for m in find_mentions(table.caption, lexicon) if m.kind == "institution")
    return next((m.codes[0] for m in names if lexicon.institution(m.codes[0]).kind == "talks"), "")


def _meetings(cell: Cell, talks: str, lexicon: Lexicon) -> Iterator[tuple[Meeting, int, int]]:
    """The round of the cell, or each of its phases, with its date; and where it stands."""
    reading = read_passage(cell.passage, lexicon)
    round = ROUND.search(reading.masked)
    if round is None:
        return
    number = number_of(round)
    who = ("SIX",) if talks == "six-party-talks" else ()
    phases = list(PHASE.finditer(reading.masked))
    starts = [m.start() for m in phases] or [round.start()]
    for start, end in zip(starts, [*starts[1:], len(reading.masked)]):
        dates = reading.dates_in(start, end)
        if dates:
            phase = next((number_of(m) for m in phases if m.start() == start), None)
            id = round_id(talks, number, phase)
            yield Meeting(dates[0].edtf, who, institution=talks, round=number, phase=phase, id=id), start, end


def _meant(reading: Reading, meetings: list[Meeting]) -> Meeting:
    """The phase at which the contents say that a document came out; the last one where they do not."""
    named = {number_of(m) for m in re.finditer(PHASE.pattern + "会后", reading.masked)}
    return next((m for m in meetings if m.phase in named), meetings[-1])
