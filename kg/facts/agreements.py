"""Stage 5: documents that the text names, with what it says of them there.

    find_agreements(document, lexicon, accounts)[0]
    -> Agreement(id="agreed-framework-1994", kind="framework", date="1994-10-21", parties=("PRK", "USA"), …)

One fact for each clause that names a document by its title, or says that it was
signed, issued, kept, broken, or what it says. Date, parties and place are what
the text tells there, not what the lexicon knows. A title in 《》 that the lexicon
does not know counts where its last word names a kind of document.
Before: `kg.facts.events`, whose events tell date and place.
"""

import re
from collections.abc import Iterable, Iterator

from kg.dates import find_dates
from kg.document.model import Document, Footnote
from kg.facts.actors import actors_in
from kg.facts.documents import agreement_kind, resolve
from kg.facts.events import Account, to_event
from kg.facts.evidence import Place, make_evidence
from kg.facts.hits import Told
from kg.facts.model import Agreement
from kg.facts.slots import Reading, compile_pattern
from kg.lexicon import Lexicon
from kg.mentions import Mention, find_mentions
from kg.script import fold

# A name without title marks counts where the clause says something of the document.
_SAID_OF = compile_pattern(
    "簽署|簽訂|簽定|締結|發表|通過|發布|公布|達成|提出|指出|強調|加入|退出|遵守|違反|履行|落實|重申|根據|依據|規定|內容|終止|批准|生效|寫進"
)
_MARKED = re.compile("[《「]$")
_OWN_YEAR = re.compile("^((?:19|20)[0-9]{2}) ?年")
_RETRIEVED = re.compile("检索|搜寻|搜索|浏览|查阅|下载")


def find_agreements(document: Document, lexicon: Lexicon, accounts: Iterable[Account]) -> list[Agreement]:
    """The documents named in the passages of `accounts`, and those that footnotes cite by date."""
    found = [fact for account in accounts for fact in _in_account(document, account, lexicon)]
    return found + [fact for footnote in document.footnotes for fact in _in_footnote(document, footnote, lexicon)]


def _in_account(document: Document, account: Account, lexicon: Lexicon) -> Iterator[Agreement]:
    reading = account.reading
    events = {(told.start, told.agreement): told for told in account.told if told.agreement}
    for (start, end), meeting in zip(reading.clauses, account.meetings):
        seen: set[str] = set()
        for name in reading.names_in(start, end, "agreement"):
            id = resolve(reading, name, lexicon, meeting)
            if not id or id in seen or not _counts(reading, name, start, end):
                continue
            seen.add(id)
            yield _fact(document, account.place, reading, lexicon, id, name, (start, end), events.get((start, id)))


def _counts(reading: Reading, name: Mention, start: int, end: int) -> bool:
    marked = _MARKED.search(reading.passage.text[start : name.start + 1]) is not None or (
        _MARKED.search(reading.passage.text[start : name.start]) is not None
    )
    return marked or _SAID_OF.search(reading.masked[start:end]) is not None


def _fact(
    document: Document, place: Place, reading: Reading, lexicon: Lexicon, id: str, name: Mention,
    clause: tuple[int, int], event: Told | None,
) -> Agreement:  # fmt: skip
    start, end = clause
    entry = lexicon.agreements.get(id)
    kind = agreement_kind(id, reading, lexicon)
    date = event.when.edtf if event and event.kind in ("signing", "statement", "resolution") else ""
    date = date or _date_before(reading, name, start) or _date_issued(reading, name, start)
    date = date or _year_in_title(reading, name, kind)
    bound = event is not None and event.kind in ("signing", "accession", "statement")
    parties = event.participants if event and bound else _owners(reading, lexicon, name, start)
    printed = next((title.text for title in reading.titles if title.id == id), "")
    evidence = make_evidence(
        document, place, start, end, rule=event.rule if event else "document-named", confidence=0.95 if event else 0.9
    )
    return Agreement(
        id=id, name_zh=entry.zh if entry else printed, evidence=evidence, name_en=entry.en if entry else "", kind=kind,
        date=date, parties=parties, place=event.place if event else "",
        event=to_event(document, place, event, lexicon).id if event else "",
    )  # fmt: skip


def _date_before(reading: Reading, name: Mention, start: int) -> str:
    """The date that stands before the title, or in it as its first word: 1992 年《…》, 1988 年的政府工作報告."""
    dates = reading.all_dates_in(start, name.end)
    own = (d.edtf for d in dates if d.of_document and name.start - d.end < 4)
    owned = (d.edtf for d in dates if d.end <= name.start and _only_owner(reading, d.end, name))
    return next(own, "") or next(owned, "")


_ISSUES = re.compile("(?:发表|发布|公布|出版)了?[^,;。]{0,8}$")


def _date_issued(reading: Reading, name: Mention, start: int) -> str:
    """The date in the clause on which the document is said to have come out."""
    dates = reading.dates_in(start, name.start)
    return dates[-1].edtf if dates and _ISSUES.search(reading.masked[start : name.start]) else ""


def _only_owner(reading: Reading, end: int, name: Mention) -> bool:
    """Whether between a date and the title there is only whose it is: 2004 年到 2010 年日本的《…》."""
    return re.fullmatch(r" ?\ue000\ue00f*(?:政府)?的[《「]?", reading.masked[end : name.start]) is not None


def _year_in_title(reading: Reading, name: Mention, kind: str) -> str:
    """A white paper is of the year that its title tells; a report may come out later."""
    match = _OWN_YEAR.match(reading.passage.text[name.start : name.end].lstrip("《「"))
    return match.group(1) if match and kind == "white-paper" else ""


def _owners(reading: Reading, lexicon: Lexicon, name: Mention, start: int) -> tuple[str, ...]:
    """Whose document it is: 日本的《…》."""
    actors = actors_in(reading, lexicon, start, name.start)
    if actors and re.fullmatch("(?:政府)?的?[《「]?", reading.masked[actors[-1].end : name.start]):
        return actors[-1].codes
    return ()


# --- footnotes that cite the document itself ------------------------------------------------------------------------

_ELEMENT = re.compile("[^，,]+")


def _in_footnote(document: Document, footnote: Footnote, lexicon: Lexicon) -> Iterator[Agreement]:
    """A cited document with its date: not an article about it, whose title says more than the document's name."""
    text = footnote.passage.text
    names = [m for m in find_mentions(text, lexicon) if m.kind == "agreement"]
    for name in names:
        element = next((m for m in _ELEMENT.finditer(text) if m.start() <= name.start < m.end()), None)
        if element is None or not _is_title(text, name, element.start(), element.end()):
            continue
        end = element.end()
        dates = [d for d in find_dates(text[end : end + 60]) if len(d.edtf) == 10 and not _retrieved(text, end + d.end)]
        if dates:
            entry = lexicon.agreement(name.codes[0])
            evidence = make_evidence(
                document, footnote, element.start(), end + dates[0].end, rule="document-cited", confidence=0.8
            )
            yield Agreement(entry.id, entry.zh, evidence, name_en=entry.en, kind=entry.kind, date=dates[0].edtf)
            return


def _is_title(text: str, name: Mention, start: int, end: int) -> bool:
    """Whether the element of the citation is the document's name, at most with a subtitle or a bracket."""
    before, after = text[start : name.start], text[name.end : end]
    return (
        re.fullmatch(r"[\s「《]*", before) is not None
        and re.match(r"[\s」》]*$|[\s」》]*[-—–（(:：]|[」》]白皮書", after) is not None
    )


def _retrieved(text: str, end: int) -> bool:
    return _RETRIEVED.search(fold(text[end : end + 4])) is not None
