"""How a date, an actor and a meeting are carried from clause to clause, and what events are called."""

import pytest

from kg.facts.event_rules import load_event_rules
from kg.facts.events import find_events
from kg.facts.model import Event
from kg.lexicon import load_lexicon
from tests.passages import document

LEXICON = load_lexicon()
RULES = load_event_rules()


def events(*texts: str, headings: tuple[str, ...] = ()) -> list[Event]:
    return find_events(document(*texts, headings=headings), LEXICON, RULES)


def brief(*texts: str, headings: tuple[str, ...] = ()) -> list[tuple[str, str, str]]:
    return [(e.date, e.kind, ";".join(e.participants)) for e in events(*texts, headings=headings)]


CARRIED = [
    # an earlier clause of the sentence
    ("在 1999 年，情勢緊張，日本因而停止對北韓的援助。", [("1999", "sanction", "JPN;PRK")]),
    # 而後 is some time later: only the year is kept
    ("1999 年 4 月，各國束手。而後，日本停止對北韓的援助。", [("1999", "sanction", "JPN;PRK")]),
    # a month without a year takes the year told before, but not that of a title
    (
        "1999 年 4 月，情勢緊張，根據《2002 年海洋報告》，9 月 3 日，日本發表聲明。",
        [("1999-09-03", "statement", "JPN")],
    ),
    # nothing is carried into what follows a colon
    ("1999 年 4 月，日本提出條件：北韓關閉核設施，再談援助。", []),
    # nor from a plan
    ("各方確定將於 1999 年 4 月會面，北韓重啟核設施。", []),
    # nor from another sentence without a word that takes it up
    ("1999 年 4 月情勢緊張。北韓關閉核設施。", []),
    # a decade or "until" dates no event
    ("90 年代，北韓重啟核設施。", []),
    ("1999 年 4 月以前，北韓重啟核設施。", []),
]


@pytest.mark.parametrize("text, expected", CARRIED)
def test_dates_carried(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert CARRIED
    assert brief(text) == expected


def test_who_acts_is_carried_on_where_a_clause_names_nobody() -> None:
    assert brief("1999 年 4 月，日本對此不滿，遂停止對北韓的援助。") == [("1999-04", "sanction", "JPN;PRK")]


def test_both_sides_are_the_two_named_last() -> None:
    text = "1999 年 4 月，日本與北韓在莫斯科舉行會談，雙方簽署《日朝平壤宣言》。"
    assert brief(text)[-1] == ("1999-04", "signing", "JPN;PRK")


def test_a_country_where_someone_is_posted_takes_no_part() -> None:
    assert brief("1999 年 4 月，北韓駐日本大使公開表示不滿。") == [("1999-04", "statement", "PRK")]


def test_an_announcement_and_the_act_announced_are_one_event() -> None:
    assert brief("1999 年 4 月，北韓公開宣布，蒙古退出《核不擴散條約》。") == [("1999-04", "withdrawal", "MNG")]


def test_a_round_under_its_heading() -> None:
    found = events(
        "2003 年 8 月 1-3 日在北京舉行「六方會談」，氣氛平和。會後各方達成了六點共識。", headings=("（一）第一輪",)
    )
    talks, statement = found
    assert (talks.id, talks.date, talks.place) == ("six-party-talks-round-1", "2003-08-01/2003-08-03", "beijing")
    assert (talks.round, talks.phase, talks.participants) == (1, None, ("SIX",))
    assert talks.label_en == "Six-Party Talks, round 1"
    assert (statement.kind, statement.date, statement.agreement) == ("statement", "2003-08", "six-points-2003")


def test_phases_of_a_round_and_their_documents() -> None:
    found = events(
        "六方會談的第五輪分三次。第二階段於 2006 年 12 月舉行，會後發表主席聲明。",
        "2007 年 3 月 5 日，六方會談第六輪的第一階段揭幕，3 月 9 日，會談休會，發表《主席聲明》。",
        headings=("（五）第五輪", "（六）第六輪"),
    )
    assert [(e.id, e.date) for e in found] == [
        ("six-party-talks-round-5-phase-2", "2006-12"),
        ("adoption-of-chairmans-statement-round-5-phase-2", "2006-12"),
        ("six-party-talks-round-6-phase-1", "2007-03-05/2007-03-09"),
        ("adoption-of-chairmans-statement-round-6-phase-1", "2007-03-09"),
    ]


def test_two_dates_of_one_round_are_its_phases() -> None:
    found = events("2005 年 7 月 2 日到 8 月 3 日和 9 月 4-9 日，第四輪「六方會談」分兩次舉行。")
    assert [(e.phase, e.date) for e in found] == [(1, "2005-07-02/2005-08-03"), (2, "2005-09-04/2005-09-09")]


def test_the_consensus_of_another_round_is_not_that_of_the_first() -> None:
    found = events("2005 年 9 月 4-9 日，第四輪「六方會談」在北京召開，9 月 9 日達成以下六點共識。")
    assert [(e.kind, e.agreement) for e in found] == [("talks", ""), ("statement", "joint-statement-2005")]


@pytest.mark.parametrize(
    "text",
    [
        "六方同意於 2005 年 4 月在北京召開第五輪「六方會談」。",
        "各方促成第五輪「六方會談」，希望在 2005 年 4 月舉行。",
        "第五輪「六方會談」的召開仍無把握。",
    ],
)
def test_a_round_only_planned_is_none(text: str) -> None:
    assert brief(text) == []


def test_a_founding_a_signing_and_a_withdrawal_have_slugs_of_their_own() -> None:
    found = events(
        "1996 年 3 月，日本成立亞太經合會。",
        "1996 年 4 月，日本簽署《核不擴散條約》。",
        "1997 年 4 月，日本退出《核不擴散條約》。",
    )
    assert [e.id for e in found] == ["establishment-of-apec", "signing-of-npt", "JPN-withdrawal-from-npt-1997"]


def test_a_slug_is_ascii_and_a_label_holds_no_words_of_the_text() -> None:
    (event,) = events("1999 年底，日本忿忿地停止對北韓的援助。")
    assert event.id == "1999-12approx-sanction-JPN-PRK"
    assert event.id.isascii()
    assert event.label_en == "Sanctions: Japan, North Korea (1999-12~)"
    assert event.label_zh == "制裁：日本、北韓（1999-12~）"


def test_simplified_characters_and_half_width_are_read_alike() -> None:
    assert brief("1999年4月,朝鲜重新启动宁边核反应堆。") == [("1999-04", "facility-restart", "PRK")]


def test_a_reactor_is_a_place_without_a_word_for_at() -> None:
    assert events("1999 年 4 月，北韓重啟寧邊核設施。")[0].place == "yongbyon"
