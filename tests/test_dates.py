"""Dates: every way in which a scholarly text writes them, and what looks like one and is none."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dates import DateMention, find_dates, is_edtf
from kg.dates.numerals import number


def found(text: str, known: str = "") -> list[str]:
    return [m.edtf for m in find_dates(text, known)]


def test_offsets_and_kind() -> None:
    text = "會期是 2003 年 8 月 27-29 日。"
    assert find_dates(text) == [DateMention("2003-08-27/2003-08-29", 4, 22, "range")]
    assert text[4:22] == "2003 年 8 月 27-29 日"


ONE_DATE = {
    "2003年8月27日": "2003-08-27",
    "2003 年 8 月 27 日": "2003-08-27",
    "２００３年８月２７日": "2003-08-27",
    "2003年08月": "2003-08",
    "2006年  10月": "2006-10",
    "2006\n\n年10\n月": "2006-10",
    "2003年": "2003",
    "公元1971年": "1971",
    "西元 1971 年 10 月": "1971-10",
    "2003年8月份": "2003-08",
    "2003年8月27號": "2003-08-27",
    "2008年2月29日": "2008-02-29",
    # ranges
    "2003年8月27日至29日": "2003-08-27/2003-08-29",
    "2003年8月27日－29日": "2003-08-27/2003-08-29",
    "2003年8月27、28日": "2003-08-27/2003-08-28",
    "2003年8月27～29日": "2003-08-27/2003-08-29",
    "2005年7月26日到8月7日": "2005-07-26/2005-08-07",
    "2006年12月30日至2007年1月2日": "2006-12-30/2007-01-02",
    "2006年12月至2007年2月": "2006-12/2007-02",
    "2006年12月至翌年2月": "2006-12/2007-02",
    "2005 年 7-8 月": "2005-07/2005-08",
    "2005年7、8月": "2005-07/2005-08",
    "2005年7月至9月": "2005-07/2005-09",
    "1979-2004 年間": "1979/2004",
    "1979年至2004年": "1979/2004",
    "從 1986 到 2005 年": "1986/2005",
    "自2004年到2010年": "2004/2010",
    "1998—99年": "1998/1999",
    "（1999-2012）": "1999/2012",
    # parts of a year
    "2009 年底": "2009-12~",
    "2009年末": "2009-12~",
    "2009年初": "2009-01~",
    "2009年年底": "2009-12~",
    "2009年中期": "2009-06~",
    "2009年上半年": "2009-01/2009-06",
    "2009年下半年": "2009-07/2009-12",
    "2009年第三季度": "2009-07/2009-09",
    "2009年春": "2009-21",
    "2009年夏季": "2009-22",
    "2009年秋天": "2009-23",
    "2009年冬": "2009-24",
    "2009年前後": "2009~",
    "2009年5月左右": "2009-05~",
    "2004年9月底": "2004-09",
    "2005年11月上旬": "2005-11",
    # decades, centuries
    "90 年代": "199X",
    "20 世紀 90 年代": "199X",
    "二十世紀九十年代": "199X",
    "九〇年代": "199X",
    "1990年代": "199X",
    "上世紀70年代": "197X",
    "21世紀10年代": "201X",
    "60 至 70 年代": "196X/197X",
    "60年代到70年代": "196X/197X",
    "70年代末": "197X~",
    "20世紀80年代中期": "198X~",
    "90年中期": "199X~",
    "二十一世紀": "20XX",
    "the 1990s": "199X",
    # open
    "1997年以來": "1997/..",
    "自1997年起": "1997/..",
    "1997年後": "1997/..",
    "1997年之後": "1997/..",
    "1997年開始": "1997/..",
    "自1994年來": "1994/..",
    "1986年至今": "1986/..",
    "1997年之前": "../1997",
    "1997年以前": "../1997",
    "2004年6月底前": "../2004-06",
    "自20世紀90年代以來": "199X/..",
    "90年代後": "199X/..",
    # Chinese and ROC numerals
    "二〇〇三年八月": "2003-08",
    "二○○三年八月二十七日": "2003-08-27",
    "一九九四年": "1994",
    "一九九四年十月二十一日至三十一日": "1994-10-21/1994-10-31",
    "民國 84 年": "1995",
    "民國八十四年": "1995",
    "民國九十二年八月二十七日": "2003-08-27",
    "民國一百年": "2011",
    "民國84年至86年": "1995/1997",
    # digits, English
    "2003.08.27": "2003-08-27",
    "2003-08-27": "2003-08-27",
    "2003/8/27": "2003-08-27",
    "27 August 2003": "2003-08-27",
    "27-29 August 2003": "2003-08-27/2003-08-29",
    "August 27, 2003": "2003-08-27",
    "August 27-29, 2003": "2003-08-27/2003-08-29",
    "Aug. 2003": "2003-08",
    "Sept. 2003": "2003-09",
    "May 2003": "2003-05",
    "(Spring 2010)": "2010-21",
    "Winter 2004": "2004-24",
    "signed in 1994": "1994",
}
SEVERAL = {
    "2005 年 7 月 26 日到 8 月 7 日和 9 月 13-19 日": ["2005-07-26/2005-08-07", "2005-09-13/2005-09-19"],
    "1994年6月開會，同年 7 月續會，同年底結束": ["1994-06", "1994-07", "1994-12~"],
    "1994年6月，翌年3月，次年1月，隔年": ["1994-06", "1995-03", "1996-01", "1997"],
    "2003年8月，同月27日，同月28-29日": ["2003-08", "2003-08-27", "2003-08-28/2003-08-29"],
    "2003年4月23日開會，4月30日發布，5月10日表決": ["2003-04-23", "2003-04-30", "2003-05-10"],
    "1996年4月成立，2001年6月改組": ["1996-04", "2001-06"],
    "2003、2004年": ["2003", "2004"],
    "2000年10月和2003年12月": ["2000-10", "2003-12"],
    "自1985年加入，到1993年退出": ["1985", "1993"],
    "1994年，90年代末，同年": ["1994", "199X~", "1994"],
}
NO_DATE = [
    "20101 年 7 月 3 日", "2003年2月30日", "2003年13月", "2003年8月32日", "1900年2月29日", "第 1718 號",
    "第235期", "頁 12-15", "9/11", "《919 共同聲明》", "九一一", "三年後", "10年時間", "十五年內", "2個月",
    "6個月後", "第7屆第3次", "235-240頁", "月底", "年底", "90年", "84年", "12345年", "2003", "一月", "4月30日",
    "同年7月", "去年", "http://example.org/2003-08/27/content_2003年", "1.2003.5", "2003.8", "電話2003-08-2755",
    "三月刊", "民國", "每年", "當年的情景", "9次年度會議", "二年級", "May I ask", "march on",
    "192.168.2003.1.1",
]  # fmt: skip
assert all([ONE_DATE, SEVERAL, NO_DATE])


@pytest.mark.parametrize("text", ONE_DATE)
def test_one_date(text: str) -> None:
    assert found(text) == [ONE_DATE[text]]


@pytest.mark.parametrize("text", SEVERAL)
def test_several_dates(text: str) -> None:
    assert found(text) == SEVERAL[text]


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", [*ONE_DATE, *SEVERAL])
def test_dates_stand_inside_a_sentence_as_well(text: str) -> None:
    expected = [ONE_DATE[text]] if text in ONE_DATE else SEVERAL[text]
    assert found(f"據報導，{text}，會議的議題如下。") == expected


KNOWN = [
    ("4月30日", "2003", ["2003-04-30"]),
    ("同年10月", "1994-06", ["1994-10"]),
    ("同月5日", "2003-08-27", ["2003-08-05"]),
    ("同月5日", "2003", []),
    ("去年底，今年5月，明年", "2003-08", ["2002-12~", "2003-05", "2004"]),
    ("同年10月", "1994-06/1995-02", ["1995-10"]),
    ("同年10月", "1994/..", ["1994-10"]),
    ("4月30日", "199X", []),
    ("4月30日", "no date", []),
    ("2001年4月，5月1日", "2003", ["2001-04", "2001-05-01"]),
]


@pytest.mark.parametrize("text, known, expected", KNOWN)
def test_what_was_named_before(text: str, known: str, expected: list[str]) -> None:
    assert found(text, known) == expected


def test_year_in_a_title_dates_nothing_after_it() -> None:
    text = "2003年4月30日發布《2002年恐怖主義報告》；5月10日表決2004年國防預算；6月休會。"
    assert [(m.edtf, m.kind) for m in find_dates(text)] == [
        ("2003-04-30", "date"),
        ("2002", "title"),
        ("2003-05-10", "date"),
        ("2004", "date"),
        ("2003-06", "date"),
    ]


@pytest.mark.parametrize(
    "text, span", [("2003年中共倡議", "2003年"), ("1993年10月中、日、美", "1993年10月"), ("2003年前總統", "2003年")]
)
def test_word_after_a_date_is_left_alone(text: str, span: str) -> None:
    assert [text[m.start : m.end] for m in find_dates(text)] == [span]


def test_kinds() -> None:
    text = "20世紀，90年代，1997年以來，1998年，1999-2001年"
    assert [m.kind for m in find_dates(text)] == ["century", "decade", "open", "date", "range"]


def test_numerals() -> None:
    written = {
        "二〇〇三": 2003,
        "八十四": 84,
        "十二": 12,
        "二十": 20,
        "三十一": 31,
        "一百零二": 102,
        "一百": 100,
        "07": 7,
        "两千": 2000,
    }
    assert {text: number(text) for text in written} == written
    with pytest.raises(ValueError, match="no numeral"):
        number("十甲")


@pytest.mark.parametrize(
    "text", ["2003年" * 10_000, "1" * 40_000, "一" * 40_000, "《" * 20_000, "(" * 20_000, "同年" * 10_000]
)
def test_long_input_takes_no_long_time(text: str) -> None:
    begin = time.perf_counter()
    find_dates(text)
    assert time.perf_counter() - begin < 2


FRAGMENTS = st.sampled_from(
    [
        *"0123456789年月日至到-、~一二三四五六七八九十〇百 \n《》()底前後千見",
        *["2003", "1994年", "8月", "27日", "年代", "世紀", "民國", "同年", "翌年", "以來", "上半年", "第三季", "同月"],
        *["August ", "spring ", "2003-08-27", "9999", "0001"],
    ]
)


@settings(max_examples=500)
@given(
    st.lists(FRAGMENTS, max_size=14).map("".join) | st.text(max_size=60),
    st.sampled_from(["", "2003-08", "9999-12", "0001", "199X", "x"]),
)
def test_every_find_is_a_date_in_its_place(text: str, known: str) -> None:
    end = 0
    for mention in find_dates(text, known):
        assert is_edtf(mention.edtf)
        assert end <= mention.start < mention.end <= len(text)
        assert mention.kind in ("date", "range", "open", "decade", "century", "title")
        end = mention.end


def test_a_year_past_four_digits_is_no_date() -> None:
    assert find_dates("翌年底", "9999-12") == []
