"""Lines, headings, joining, sentences, marks and starts of notes, each by itself."""

import pytest

from kg.document.footnotes import find_starts
from kg.document.headings import Heading, numeral, read_heading
from kg.document.joining import LONGEST_QUOTE, Piece, find_sentences, join
from kg.document.lines import measure, split_lines, width_of
from kg.document.marks import places_in
from kg.document.pages import find_layers, find_watermarks
from tests.typesetter import WATERMARK

# --- lines ----------------------------------------------------------------------------------------------------------


def test_a_line_knows_where_it_stands() -> None:
    lines = split_lines("甲\n\n 乙 \r\n\r\n\r\n丙\f丁")
    assert [(line.start, line.end, line.text, line.gap, line.feed) for line in lines] == [
        (0, 1, "甲", 0, False),
        (3, 6, "乙", 1, False),
        (12, 13, "丙", 2, False),
        (14, 15, "丁", 0, True),
    ]
    assert (lines[1].first, lines[1].last, lines[1].trailing) == (4, 5, True)


def test_a_line_of_spaces_stays() -> None:
    (line,) = split_lines("\n   \n")
    assert (line.blank, line.text, line.start, line.end) == (True, "", 1, 4)


def test_width_is_in_em() -> None:
    assert width_of("甲乙ab，") == 4


PRINTED = ["甲" * 35, "乙" * 34 + "a", "丙" * 35, "丁" * 20 + "。 ", "戊" * 35, "己" * 35, "庚" * 12 + "。 "]


def test_printed_lines_are_known_by_their_width() -> None:
    layout = measure(split_lines("\n\n".join(PRINTED)))
    assert (layout.width, layout.spaced, layout.marked) == (35, True, True)
    assert measure(split_lines("\n".join(PRINTED))).spaced is False


def test_lines_that_end_with_a_stop_are_paragraphs() -> None:
    assert not measure(split_lines("\n".join(["甲" * 34 + "。"] * 20))).printed
    assert not measure(split_lines("\n".join("甲" * n for n in (9, 70, 31, 22, 54, 12)))).printed


# --- headings -------------------------------------------------------------------------------------------------------

HEADINGS = [
    ("第壹章  緒論", Heading(1, 1, "緒論")),
    ("第陸章 結論", Heading(1, 6, "結論")),
    ("第\uf9d1章 結論", Heading(1, 6, "結論")),  # a compatibility character, as some PDFs have it
    ("第12章", Heading(1, 12, "")),
    ("第１章湖山", Heading(1, 1, "湖山")),
    ("Chapter 3: The lake", Heading(1, 3, "The lake")),
    ("## 第二节 舟楫", Heading(2, 2, "舟楫")),
    ("第十一節　會議經過", Heading(2, 11, "會議經過")),
    ("一、背景，及經過", Heading(3, 1, "背景，及經過")),
    ("（三）終", Heading(4, 3, "終")),
    ("(二) 始", Heading(4, 2, "始")),
    ("第一節 如何渡湖？", Heading(2, 1, "如何渡湖？")),
]
NO_HEADINGS = [
    "一、兩造同意撤兵。", "第二章為全書之要", "第一章 緒論 ........ 1", "第一章 緒論      12", "（1）水上", "1. 水上",
    "一百零二人到會", "（一）" + "甲" * 50, "", "第章 無", "一、", "湖山之間",
]  # fmt: skip
assert HEADINGS
assert NO_HEADINGS


@pytest.mark.parametrize("text, heading", HEADINGS, ids=[text for text, _ in HEADINGS])
def test_headings(text: str, heading: Heading) -> None:
    assert read_heading(text) == heading


@pytest.mark.parametrize("text", NO_HEADINGS)
def test_near_misses_of_headings(text: str) -> None:
    assert read_heading(text) is None


@pytest.mark.parametrize(
    "text, number",
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("貳拾參", 23),
        ("一百", 100),
        ("一二", 12),
        ("7", 7),
        ("零", 0),
    ],
)
def test_numerals(text: str, number: int) -> None:
    assert numeral(text) == number


# --- joining --------------------------------------------------------------------------------------------------------

JOINED = [
    ("湖\n上", "湖上"),
    ("by the\nlake", "by the lake"),
    ("於 2003\n年", "於 2003年"),
    ("湖\nlake", "湖lake"),
    ("non-\nstate", "non-state"),
    ("1990 -\n1995", "1990 - 1995"),
    ("http://a.example/b\nc.htm", "http://a.example/bc.htm"),
    ("http://a.example/b \nNext", "http://a.example/b Next"),
    ("http://a.example/b，於\n2011", "http://a.example/b，於2011"),
]
assert JOINED


@pytest.mark.parametrize("text, joined", JOINED)
def test_lines_are_joined(text: str, joined: str) -> None:
    first, second = split_lines(text)
    passage = join(text, [Piece(first.first, first.last), Piece(second.first, second.last, second.start - 1)])
    assert passage.text == joined
    assert all(
        text[o] == c or (c == " " and text[o] == "\n") for c, o in zip(passage.text, passage.offsets, strict=True)
    )


def test_a_span_of_a_joined_passage_reaches_over_the_break() -> None:
    passage = join("湖\n上會", [Piece(0, 1), Piece(2, 4, 1)])
    assert passage.span(0, 2) == (0, 3)


SENTENCES = [
    ("甲。乙！丙？丁", ["甲。", "乙！", "丙？", "丁"]),
    ("他說：「甲。乙。」丙。", ["他說：「甲。乙。」", "丙。"]),
    ("以「甲。」，乙。", ["以「甲。」，乙。"]),
    ("甲。」乙。", ["甲。」", "乙。"]),
    ("甲（見乙。丙）丁。", ["甲（見乙。丙）丁。"]),
    ("何時！？甲。", ["何時！？", "甲。"]),
    ("「未完。甲。", ["「未完。", "甲。"]),
    ("（未完「甲。乙」丙。", ["（未完「甲。乙」丙。"]),
    ("甲； 乙。 丙", ["甲； 乙。", "丙"]),
    ("", []),
]
assert SENTENCES


@pytest.mark.parametrize("text, sentences", SENTENCES)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in find_sentences(text)] == sentences


def test_a_long_quotation_is_cut() -> None:
    half = "甲" * LONGEST_QUOTE
    assert len(find_sentences(f"「{half}。{half}。」")) == 2


# --- marks and notes ------------------------------------------------------------------------------------------------


def best(text: str) -> dict[int, int]:
    (line,) = split_lines(text)
    return {place.value: place.score for place in places_in(line)}


def test_a_glued_number_is_likelier_a_mark_than_a_number_with_a_unit_or_spaces() -> None:
    scores = best("於 2003 年定約。28另有 30 國、第4屆、同盟14的核心，凡5年。6無事")
    assert scores[28] == scores[6] > scores[14] > max(scores[2003], scores[30], scores[4], scores[5])


@pytest.mark.parametrize("text, value", [("29", 29), ("甲[7]乙", 7), ("甲①乙", 1), ("甲¹²乙", 12)])
def test_forms_of_marks(text: str, value: int) -> None:
    assert best(text)[value] >= 5


@pytest.mark.parametrize("text", ["3.14", "1,234", "a12"])
def test_figures_that_are_no_marks(text: str) -> None:
    assert all(score < 1 for score in best(text).values())


def test_notes_begin_with_the_number_that_comes_next() -> None:
    text = "某志，第\n\n2 卷第 1 期，頁\n\n5-7。\n5\n 某甲。\n\n6「某文」，2011 年\n\n7 月 3 日，頁\n\n7。\n7 某乙。"
    lines = split_lines(text)
    assert {lines[i].text[:3]: number for i, number in find_starts(lines, 4).items()} == {"5": 5, "6「某": 6, "7 某": 7}


def test_a_missing_note_is_passed_over() -> None:
    lines = split_lines("1 甲\n3 乙\n4 丙")
    assert list(find_starts(lines, 0).values()) == [1, 3, 4]


# --- pages ----------------------------------------------------------------------------------------------------------


def test_a_watermark_that_comes_back_is_known_and_cells_of_a_table_are_not() -> None:
    table = "甲國\n\n乙國\n\n丙國\n\n1999 年\n\n丁國\n\n戊國\n\n己國\n\n庚國"
    lines = split_lines(f"{table}\n\n{'甲' * 20}\n\n{WATERMARK}\n{'乙' * 20}\n\n{WATERMARK}")
    texts = [["".join(line.text for line in lines[start:end])] for start, end in find_watermarks(lines)]
    assert texts == [["‧國立某 地大學‧Uab c"]] * 2


def test_a_form_feed_opens_a_page() -> None:
    lines = split_lines("甲\n1\n\f乙\n2\n\f丙")
    layers = find_layers(lines, measure(lines))
    assert layers.pages == (0, 0, 1, 1, 2)
    assert layers.roles == ("body", "page-number", "body", "page-number", "body")
