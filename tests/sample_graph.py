"""A small world for the tests of the graph: a text of our own, a lexicon, and facts with every field filled."""

from kg.document.model import Document, Section
from kg.facts.model import (
    Agreement,
    Citation,
    Commitment,
    Event,
    Evidence,
    Fact,
    Institution,
    Stance,
    View,
    Work,
)  # fmt: skip
from kg.lexicon import Actor, AgreementEntry, InstitutionEntry, Lexicon, PlaceEntry
from kg.source import source_of_text

# Invented; long enough that every span of the facts below lies in it.
TEXT = "".join(
    f"第{n}年春天，漁港的燈塔看守人帶著{n}隻橘貓走下石階，\n\n在碼頭邊聽老船長談論鄰國之間的往來與約定。"
    for n in range(1, 13)
)


SOURCE = source_of_text(TEXT)
DOCUMENT = Document(
    sections=(Section("1", 1, "第壹章 漁港的往事", 0, 300), Section("1.2", 2, "第二節 往來", 20, 200)),
    paragraphs=(),
    footnotes=(),
    tables=(),
    pages=(),
    noise=(),
)
LEXICON = Lexicon(
    actors={
        actor.code: actor
        for actor in (
            Actor("CHN", "state", "China", "中國", names=("中共", "PRC"), iso3="CHN", cow="710", cameo="CHN"),
            Actor("PRK", "state", "North Korea", "北韓", iso3="PRK", cow="731"),
            Actor("USA", "state", "United States", "美國"),
            Actor("USA-OBAMA", "government", "Obama administration", "歐巴馬政府", state="USA"),
            Actor("SIX", "group", "the six parties", "六方", members=("CHN", "PRK", "USA")),
            Actor("ASEAN", "organization", "ASEAN", "東協", institution="asean"),
            Actor("KIM-JONG-IL", "person", "Kim Jong-il", "金正日", state="PRK"),
        )
    },
    institutions={
        "six-party-talks": InstitutionEntry(
            "six-party-talks",
            "talks",
            "Six-Party Talks",
            "六方會談",
            acronym="SPT",
            names=("六邊會談",),
            scope="regional",
        ),
        "asean": InstitutionEntry("asean", "organization", "ASEAN", "東協", actor="ASEAN"),
    },
    agreements={
        "npt": AgreementEntry("npt", "treaty", "Non-Proliferation Treaty", "核不擴散條約", acronym="NPT"),
        "resolution-1718": AgreementEntry(
            "resolution-1718", "resolution", "Resolution 1718", "第1718號決議", un_symbol="S/RES/1718 (2006)"
        ),
    },
    places={"beijing": PlaceEntry("beijing", "Beijing", "北京")},
    index={},
    short={},
)


def at(start: int, end: int, rule: str = "r", confidence: float = 0.8, **where: object) -> Evidence:
    """Evidence at `start..end`, in section 1.2 where nothing else is told."""
    told = {"chapter": "1", "section": "1.2", **where}
    return Evidence(start, end, rule=rule, confidence=confidence, **told)  # type: ignore[arg-type]


STANCE = Stance(
    "PRK", "sanctions", "oppose", at(0, 20, paragraph=3, page=7), ("CHN", "KIM-JONG-IL"), "unless they are lifted",
    "document", "npt", "2003-04",
)  # fmt: skip
ROUND = Event(
    "six-party-talks-round-1", "talks", "2003-08-27/2003-08-29", at(30, 60), ("CHN", "KIM-JONG-IL", "PRK"), "beijing",
    "First round of the Six-Party Talks", "六方會談第一輪", "six-party-talks", "", 1,
)  # fmt: skip
INSTITUTION = Institution(
    "harbour-forum", "漁港論壇", at(60, 90, footnote="1:4"), "Harbour Forum", "HF", "forum", "1994", ("CHN", "USA"), 27,
    "ASEAN", "1.5", "regional", ("multilateralism", "aid"),
)  # fmt: skip
AGREEMENT = Agreement(
    "harbour-charter", "漁港憲章", at(90, 120, table="1-1"), "Harbour Charter", "charter", "1992-02", ("CHN", "PRK"),
    "beijing", "six-party-talks-round-1",
)  # fmt: skip
FACTS: tuple[Fact, ...] = (STANCE, ROUND, INSTITUTION, AGREEMENT)
_WORK = Work("author-1999", "Lighthouses", "book", ("Bob Writer", "Ann Author"), container="Harbour Press", year="1999")
_SHORT = Work("author-lighthouses", "Lighthouses", "book", ("Ann Author",))
_LOST = Work("lost", "Lighthouses", "book", ("Ann Author",))
SCHOLARSHIP: tuple[Fact, ...] = (
    Commitment("USA", "aid", at(0, 20), "PRK", "npt", 3),
    View(("Bob Writer", "Ann Author"), "assessment", at(20, 40), "lighthouses", "positive", "1:4"),
    Citation("1:4", 1, _WORK, at(40, 60, footnote="1:4"), "1-2"),
    Citation("1:5", 1, _SHORT, at(60, 80, footnote="1:5"), repeats=True, cites="author-1999"),
    Citation("1:6", 2, _LOST, at(80, 100, footnote="1:6"), repeats=True, cites="nowhere"),
)
