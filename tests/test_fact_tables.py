"""Tables are read by their heads: institutions, a chronicle, rounds of talks; others are left alone."""

from kg.facts.event_rules import load_event_rules
from kg.facts.model import Event, Institution
from kg.facts.tables import find_in_tables
from kg.lexicon import load_lexicon
from tests.passages import document, table

LEXICON = load_lexicon()
RULES = load_event_rules()


def facts(*arguments, **words) -> list:
    return find_in_tables(document(tables=(table(*arguments, **words),)), LEXICON, RULES).facts


def test_a_row_of_institutions_tells_its_founding_members_and_meetings() -> None:
    heads = ("組織", "成立時間", "高層會議", "國家")
    found = facts(
        "日本創立的合作機制",
        heads,
        (
            "東協加三", "1997 年 12 月", "1999 年 11 月和 2000 年 3 月舉辦兩次外長會議；2001 年底，在蒙古舉辦會議",
            "日本、南韓等 13 國",
        ),
        ("亞太經合會（APEC）", "1989 年", "", "21 個亞太國家"),
    )  # fmt: skip
    apt, apec = (f for f in found if isinstance(f, Institution))
    assert (apt.id, apt.founded, apt.members, apt.member_count) == ("apt", "1997-12", ("JPN", "KOR"), 13)
    assert (apt.initiator, apt.evidence.table, apt.evidence.confidence) == ("JPN", "9-1", 0.98)
    assert (apec.id, apec.founded, apec.members, apec.member_count) == ("apec", "1989", (), 21)
    assert [(e.id, e.date) for e in found if isinstance(e, Event)] == [
        ("establishment-of-apt", "1997-12"),
        ("1999-11-talks-apt", "1999-11"),
        ("2000-03-talks-apt", "2000-03"),
        ("2001-12approx-talks-apt", "2001-12~"),
        ("establishment-of-apec", "1989"),
    ]


def test_an_institution_that_the_lexicon_does_not_know_gets_a_slug_from_its_name() -> None:
    (known, founding) = facts("表", ("機制名稱", "成立時間"), ("河內海洋論壇（HMF）", "1999 年"))
    assert (known.name_zh, known.acronym, known.kind) == ("河內海洋論壇", "HMF", "forum")
    assert known.id.startswith("institution-")
    assert known.id.isascii()
    assert founding.id == f"establishment-of-{known.id}"


def test_two_rows_that_disagree_stay_two_facts() -> None:
    found = facts("表", ("組織", "成立時間"), ("亞太經合會", "1989 年"), ("亞太經合會", "1993 年"))
    assert [f.founded for f in found if isinstance(f, Institution)] == ["1989", "1993"]


def test_a_chronicle_gives_its_date_to_every_event_of_the_row() -> None:
    found = facts(
        "核武年表",
        ("時間", "重要事件"),
        (
            "1999 年 3 月",
            "印度發射長程飛彈，退出《核不擴散條約》。同年 5 月，日本與印度在首爾舉行會談。而後印度進行核試驗。",
        ),
    )
    assert [(e.date, e.kind) for e in found] == [
        ("1999-03", "missile-launch"),
        ("1999-03", "withdrawal"),
        ("1999-05", "talks"),
        ("1999", "nuclear-test"),
    ]
    assert found[0].evidence.start == 100_000, "the evidence holds the row's date"


def test_rounds_phases_and_what_they_adopted() -> None:
    found = facts(
        "六方會談的過程",
        ("召開時間", "內容"),
        ("第二輪（2004 年 2 月）", "各方通過《主席聲明》。"),
        ("第五輪 第二階段（2006 年 3 月） 第三階段（2007 年 9 月）", "第二階段會後通過《主席聲明》，再提原則。"),
    )
    assert [(e.id, e.date) for e in found] == [
        ("six-party-talks-round-2", "2004-02"),
        ("adoption-of-chairmans-statement-round-2", "2004-02"),
        ("six-party-talks-round-5-phase-2", "2006-03"),
        ("six-party-talks-round-5-phase-3", "2007-09"),
        ("adoption-of-chairmans-statement-round-5-phase-2", "2006-03"),
    ]


def test_a_table_of_positions_is_left_to_the_stances() -> None:
    assert facts("各國立場", ("國家", "立場"), ("日本", "反對北韓在 1999 年 3 月退出《核不擴散條約》")) == []


def test_rows_with_empty_cells_do_no_harm() -> None:
    assert facts("表", ("組織", "成立時間"), ("", "")) == []
    assert facts("表", ("時間", "重要事件"), ("", ""), ("早年", "印度核試驗"), ("1999 年", "")) == []
