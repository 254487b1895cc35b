"""A document is a fact where its title stands or something is said of it; date and parties are those told there."""

import pytest

from kg.facts.agreements import find_agreements
from kg.facts.event_rules import load_event_rules
from kg.facts.events import read_paragraphs
from kg.facts.model import Agreement
from kg.facts.titles import kind_of_title, title_id
from kg.lexicon import load_lexicon
from tests.passages import document

LEXICON = load_lexicon()
RULES = load_event_rules()


def agreements(text: str = "", notes: tuple[str, ...] = ()) -> list[Agreement]:
    doc = document(*([text] if text else []), notes=notes)
    return find_agreements(doc, LEXICON, read_paragraphs(doc, LEXICON, RULES))


def told(text: str) -> list[tuple[str, str, str, str]]:
    return [(a.id, a.date, ";".join(a.parties), a.place) for a in agreements(text)]


def test_a_signing_tells_date_parties_and_place() -> None:
    assert told("1994 年 12 月，美國與北韓在莫斯科簽署《框架協議》。") == [
        ("agreed-framework-1994", "1994-12", "PRK;USA", "moscow")
    ]
    assert agreements("1994 年 12 月，美國與北韓簽署《框架協議》。")[0].event == "signing-of-agreed-framework-1994"


def test_what_the_lexicon_knows_is_not_told_by_the_text() -> None:
    assert told("南韓指責北韓違反《框架協議》。") == [("agreed-framework-1994", "", "", "")]


def test_a_date_before_the_title_is_that_of_the_document() -> None:
    assert told("日本重申 1990 年《日朝平壤宣言》的原則。") == [("pyongyang-declaration-2002", "1990", "", "")]


def test_a_report_that_came_out() -> None:
    assert told("1999 年 4 月 3 日，美國國務院公布《國家安全戰略報告》。")[0][:2] == ("nss-2002", "1999-04-03")


def test_a_white_paper_is_of_the_year_of_its_title() -> None:
    assert told("在《2008 年中國的國防》白皮書中，軍費上升。") == [("defense-white-paper-2008", "2008", "", "")]


def test_a_name_without_marks_counts_only_where_something_is_said_of_it() -> None:
    assert told("北韓批評核不擴散條約不公。") == []
    assert told("北韓違反核不擴散條約。") == [("npt", "", "", "")]


def test_a_title_that_the_lexicon_does_not_know() -> None:
    (found,) = agreements("1999 年 4 月，日本與蒙古簽署《河內海洋合作宣言》。")
    assert (found.id, found.kind, found.date) == (title_id("河內海洋合作宣言"), "declaration", "1999-04")
    assert found.name_zh == "河內海洋合作宣言"
    assert agreements("日本出版《河內海洋合作之路》。") == []


KINDS = [
    ("某某條約", "treaty"),
    ("某某主席聲明", "chairmans-statement"),
    ("某某聯合公報", "joint-statement"),
    ("某某共同宣言", "declaration"),
    ("某某框架协议", "framework"),
    ("某某行動計畫", "action-plan"),
    ("第 99 號決議", "resolution"),
    ("某某憲章", "charter"),
    ("某某白皮書", "white-paper"),
    ("某某年度報告", "report"),
    ("某某之路", ""),
    ("", ""),
]


@pytest.mark.parametrize("title, kind", KINDS)
def test_kind_of_title(title: str, kind: str) -> None:
    assert KINDS
    assert kind_of_title(title) == kind


def test_the_slug_of_a_title_does_not_hang_on_space_or_script() -> None:
    assert title_id("河內 海洋 宣言") == title_id("河内海洋宣言")


def test_a_footnote_that_cites_the_document_tells_its_date() -> None:
    (found,) = agreements(
        notes=("《框架協議》，某某網站，1994 年 12 月 3 日，http://example.org/，於 2012 年 3 月 7 日檢索。",)
    )
    assert (found.id, found.date, found.evidence.footnote) == ("agreed-framework-1994", "1994-12-03", "1:1")
    assert found.evidence.rule == "document-cited"


@pytest.mark.parametrize(
    "note",
    [
        "「框架協議的興衰」，某某網站，2002 年 12 月 3 日。",  # an article about it
        "「論框架協議」，某某網站，2002 年 12 月 3 日。",
        "《框架協議》，某某網站，於 2012 年 3 月 7 日檢索。",  # only when it was looked at
    ],
)
def test_a_footnote_that_does_not_date_the_document(note: str) -> None:
    assert agreements(notes=(note,)) == []
