"""What is set in type is read back: paragraphs, footnotes and their marks, parts and pages; and nothing is lost.

The laws of a Document, on any text: `read_document` does not fail; each
passage says what the source says at its offsets; every character that is not
white space is in exactly one passage, label or noise.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import read_document
from kg.document.model import Document
from kg.source import source_of_text
from tests.typesetter import RULE, Book

FILLER = "天候漸暖而湖水初平舟行其上可見遠山如黛近樹含煙漁人撒網於前童子吹笛於後一時俱寂唯聞櫓聲"


def read(text: str) -> Document:
    return read_document(source_of_text(text))


def assert_lawful(text: str, document: Document) -> None:
    for passage in document.passages():
        assert len(passage.text) == len(passage.offsets)
        assert list(passage.offsets) == sorted(passage.offsets)
        for character, offset in zip(passage.text, passage.offsets, strict=True):
            assert text[offset] == character or (character == " " and text[offset].isspace())
    taken = Counter(taken_offsets(text, document))
    assert taken == Counter(i for i, character in enumerate(text) if not character.isspace())
    for paragraph in document.paragraphs:
        assert_sentences_cover(paragraph.passage.text, paragraph.sentences)
        assert all(0 <= mark.position <= len(paragraph.passage) for mark in paragraph.marks)
    ids = [section.id for section in document.sections]
    assert len(ids) == len(set(ids))
    assert all(p.section in {*ids, ""} and p.chapter in {*ids, ""} for p in document.paragraphs)
    assert len({note.id for note in document.footnotes}) == len(document.footnotes)


def taken_offsets(text: str, document: Document) -> Iterator[int]:
    for passage in document.passages():
        yield from (o for c, o in zip(passage.text, passage.offsets, strict=True) if not c.isspace())
    for piece in (*document.labels, *document.noise):
        yield from (o for o in range(piece.start, piece.end) if not text[o].isspace())


def assert_sentences_cover(text: str, sentences: tuple[tuple[int, int], ...]) -> None:
    covered = [i for start, end in sentences for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert all(text[i].isspace() for i in set(range(len(text))) - set(covered))


# --- any text ------------------------------------------------------------------------------------------------------

SCRAPS = [
    "第壹章 甲", "第二章乙", "第一節 丙", "一、丁", "（一）戊", "表 1-1 己", "時間 重要事件", "1990 年 庚 ",
    "資料來源：辛", "注释", "[1] 壬", "1", "2 癸", RULE, "‧", "國", " ", "\n", "\n\n", "\r\n", "\f", "。1", "「", "」", "http://a.b/c",
    "12 ", "-" * 9, "甲" * 35, "乙" * 34 + "。",
]  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_is_read_lawfully(text: str) -> None:
    assert_lawful(text, read(text))


@given(st.lists(st.one_of(st.sampled_from(SCRAPS), st.text(max_size=8)), max_size=40).map("\n".join))
def test_any_pile_of_scraps_is_read_lawfully(text: str) -> None:
    assert_lawful(text, read(text))


def a_book() -> Book:
    book = Book(watermark_on=3)
    for chapter in ("第壹章 湖山", "第貳章 舟楫"):
        book.chapter(chapter).heading("第一節 緣起").heading("一、背景")
        for i in range(6):
            notes = [
                (FILLER[: 20 + i] + "。", f"某甲，湖山志，頁 {i + 1}。"),
                (FILLER[i:] * 2 + "。", "同上註。" if i % 2 else ""),
            ]
            book.paragraph(notes)
        book.heading("二、經過").heading("（一）始").paragraph([(FILLER * 2 + "於 2003 年定約。", "")])
        book.heading("（二）終").paragraph([(FILLER * 3 + "。", "某乙，舟楫考，頁 30。")])
        book.heading("第二節 小結").paragraph([(FILLER + "，凡 20 事。", "")])
    return book


BOOK = a_book()
TEXT = BOOK.text


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_any_cut_of_a_book_is_read_lawfully(a: int, b: int) -> None:
    text = TEXT[min(a, b) : max(a, b)]
    assert_lawful(text, read(text))


# --- a printed book --------------------------------------------------------------------------------------------------


def test_paragraphs_are_read_back_over_lines_pages_and_footnotes() -> None:
    document = read(TEXT)
    assert document.warnings == ()
    assert [p.passage.text for p in document.paragraphs] == BOOK.paragraphs


def test_footnotes_are_read_back_and_their_marks_are_found() -> None:
    document = read(TEXT)
    assert {note.id: note.passage.text for note in document.footnotes} == BOOK.notes
    assert all(note.mark is not None and TEXT[note.mark :].startswith(str(note.number)) for note in document.footnotes)


def test_a_mark_stands_where_the_note_was_set() -> None:
    first = read(TEXT).paragraphs[0]
    assert [(mark.number, mark.position) for mark in first.marks] == [(1, 21)]
    assert first.passage.text[:21] == FILLER[:20] + "。"


def test_parts_are_numbered() -> None:
    document = read(TEXT)
    assert [s.id for s in document.sections] == [
        *["1", "1.1", "1.1.1", "1.1.2", "1.1.2.1", "1.1.2.2", "1.2"],
        *["2", "2.1", "2.1.1", "2.1.2", "2.1.2.1", "2.1.2.2", "2.2"],
    ]
    assert [s.title for s in document.sections][:4] == ["湖山", "緣起", "背景", "經過"]
    for section in document.sections:
        inner = [s for s in document.sections if s.id.startswith(section.id + ".")]
        assert all(section.start < s.start and s.end <= section.end for s in inner)
    assert document.sections[-1].end == len(TEXT)


def test_a_paragraph_knows_its_part() -> None:
    document = read(TEXT)
    assert [p.section for p in document.paragraphs if p.chapter == "1"] == ["1.1.1"] * 6 + ["1.1.2.1", "1.1.2.2", "1.2"]


def test_pages_are_counted_and_the_printed_number_agrees() -> None:
    pages = read(TEXT).pages
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert [page.number for page in pages if page.printed] == [3]
    assert pages[0].start == 0
    assert pages[-1].end == len(TEXT)
    assert all(one.end == other.start for one, other in pairwise(pages))


def numbered(numbers: list[int]) -> str:
    """Pages that end with their printed number."""
    return "\f".join(f"{FILLER}。\n{number}\n" for number in numbers)


def test_a_page_number_that_disagrees_is_told() -> None:
    document = read(numbered([5, 6, 77, 8, 9]))
    assert [page.number for page in document.pages] == [5, 6, 7, 8, 9]
    assert document.warnings == ("page number 77 is printed where counting gives 7; the count is kept",)


def test_wrong_page_numbers_are_worse_than_none() -> None:
    document = read(numbered([5, 16, 27, 38]))
    assert document.pages == ()
    assert document.warnings == (
        "the printed page numbers (5, 16, 27, 38) do not agree with the pages that were counted; none is given",
    )


def test_watermark_page_number_and_rule_are_noise() -> None:
    noise = read(TEXT).noise
    assert {n.kind for n in noise} == {"watermark", "page-number", "rule"}
    assert [TEXT[n.start : n.end] for n in noise if n.kind == "page-number"] == ["3"]


def test_numbers_of_the_text_are_left_alone() -> None:
    """2003 年 and 20 事 stay in the text, though notes have such numbers."""
    texts = [p.passage.text for p in read(TEXT).paragraphs]
    assert sum("2003 年" in text for text in texts) == 2
    assert sum("20 事" in text for text in texts) == 2


def test_the_text_before_the_first_chapter_is_part_0() -> None:
    text = Book().heading("摘要").paragraph([(FILLER * 4 + "。", "")]).text
    document = read(text + TEXT.replace("第壹章", " 第壹章", 1))
    assert (document.sections[0].id, document.sections[0].title) == ("0", "摘要")
    assert document.sections[0].end == document.sections[1].start
    assert document.paragraphs[1].chapter == document.paragraphs[1].section == "0"


def test_an_enumeration_of_sentences_is_no_heading() -> None:
    book = Book().chapter("第一章 約").heading("一、緣起")
    for numeral in "一二三":
        book.paragraph([(f"{numeral}、兩造同意" + FILLER + "。", "")])
    document = read(book.text)
    assert [s.id for s in document.sections] == ["1", "1.1"]
    assert len(document.paragraphs) == 3


def test_a_note_that_runs_on_over_a_page_is_joined() -> None:
    lines = [FILLER[:35], FILLER[5:40]] * 4
    page = "\n\n".join(lines)
    text = f"{FILLER[:33]}1\n\n{page}\n\n{RULE}\n1\n 某甲，「湖上之志」，於\n {page}\n\n{RULE}\n"
    text += "http://a.example/x，檢\n\n索。 \n 終了。 \n"
    document = read(text)
    assert [n.passage.text for n in document.footnotes] == ["某甲，「湖上之志」，於http://a.example/x，檢索。"]
    assert len(document.pages) == 3
    assert_lawful(text, document)


def test_notes_numbered_anew_on_each_page_have_ids_that_count_on() -> None:
    page = "\n\n".join([FILLER[:35]] * 5)
    text = "".join(f"{' ' if i else ''}{FILLER[:33]}。1\n\n{page}\n\n{RULE}\n1 某書{i}。 \n" for i in range(3))
    document = read(text)
    assert [(n.id, n.number) for n in document.footnotes] == [("0:1", 1), ("0:2", 1), ("0:3", 1)]
    assert all(n.mark is not None for n in document.footnotes)


def test_a_footnote_without_its_mark_is_told() -> None:
    text = "\n\n".join([FILLER[:35]] * 6) + f"\n\n{RULE}\n1 某書。 \n"
    document = read(text)
    assert [n.mark for n in document.footnotes] == [None]
    assert any("footnote 0:1" in warning and "mark was not found" in warning for warning in document.warnings)


# --- other texts ----------------------------------------------------------------------------------------------------

ARTICLE = [
    "【某地電】甲國外交部今日宣布，將於 9 月派代表出席湖上會議。",
    "發言人表示：「吾國立場不變。和談為唯一途徑。」他並稱 3 日內答覆。",
    "乙國尚無回應。",
]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\r\n\r\n", "\n\n\n"], ids=repr)
def test_where_a_line_is_a_paragraph(between: str) -> None:
    text = between.join(ARTICLE)
    document = read(text)
    assert [p.passage.text for p in document.paragraphs] == ARTICLE
    assert {(p.chapter, p.section) for p in document.paragraphs} == {("", "")}
    assert document.warnings == ()
    assert document.pages == ()


def test_lines_between_empty_lines_are_joined() -> None:
    words = [
        "The",
        "delegates",
        "met",
        "by",
        "the",
        "lake",
        "and",
        "agreed",
        "to",
        "meet",
        "again",
        "before",
        "the",
        "end",
        "of",
        "the",
        "year",
        "if",
        "all",
        "consent",
    ]
    lines = [" ".join(words[i : i + 8]) for i in (0, 3, 6, 9, 1, 4)]
    text = "\n".join(lines[:3]) + ".\n\n" + "\n".join(lines[3:]) + ".\n"
    assert [p.passage.text for p in read(text).paragraphs] == [" ".join(lines[:3]) + ".", " ".join(lines[3:]) + "."]


def test_simplified_chapters_and_notes_at_the_end() -> None:
    text = (
        "第1章 湖山\n湖山之美[1]，在于晴雨。\n一、晴\n晴时可见远山。[2]\n注释：\n"
        "[1] 某甲：《湖山志》，第 3 页。\n[2] 同上。\n"
        "第2章 舟楫\n舟楫之利[1]。\n注释\n[1] 某乙。\n"
    )
    document = read(text)
    assert [s.id for s in document.sections] == ["1", "1.1", "2"]
    assert [(n.id, n.passage.text) for n in document.footnotes] == [
        ("1:1", "某甲：《湖山志》，第 3 页。"),
        ("1:2", "同上。"),
        ("2:1", "某乙。"),
    ]
    assert [p.passage.text for p in document.paragraphs] == ["湖山之美，在于晴雨。", "晴时可见远山。", "舟楫之利。"]
    assert document.warnings == ()
    assert_lawful(text, document)


def test_a_table_of_contents_opens_no_chapters() -> None:
    text = "第一章 湖山\n第二章 舟楫\n" + "第一章 湖山\n" + FILLER + "。\n第二章 舟楫\n" + FILLER + "。\n"
    document = read(text)
    assert [(s.id, s.start) for s in document.sections] == [("0", 0), ("1", 14), ("2", text.rindex("第二章"))]
    assert len(document.warnings) == 2


def test_a_chapter_that_is_missing_is_told() -> None:
    document = read(f"第一章 湖\n{FILLER}。\n第三章 山\n{FILLER}。\n")
    assert [s.id for s in document.sections] == ["1", "3"]
    assert any("part 3" in warning for warning in document.warnings)


OTHER_DUMPS = {"dense": ("\n\n", "\n"), "crlf": ("\n", "\r\n"), "pages not indented": (r"(?m)^ (?=\S)", "")}


@pytest.mark.parametrize("change", OTHER_DUMPS.values(), ids=OTHER_DUMPS)
def test_other_dumps_of_the_book_give_the_same_paragraphs(change: tuple[str, str]) -> None:
    text = re.sub(*change, TEXT)
    document = read(text)
    assert [p.passage.text for p in document.paragraphs] == BOOK.paragraphs
    assert {note.id: note.passage.text for note in document.footnotes} == BOOK.notes
    assert_lawful(text, document)


def test_a_part_of_a_book_begins_with_any_note() -> None:
    text = TEXT[TEXT.index("7\n") - 300 :]
    document = read(text)
    numbers = [note.number for note in document.footnotes if note.chapter == document.footnotes[0].chapter]
    assert numbers[0] > 1
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert not [noise for noise in document.noise if noise.kind == "unknown"]
    assert f"chapter 0: footnote {numbers[0]} follows nothing: one before it was not found" in document.warnings


def test_an_empty_text_is_an_empty_document() -> None:
    assert read("") == Document((), (), (), (), (), ())


def test_offsets_count_over_crlf() -> None:
    text = "\r\n".join(["甲" * 33 + "，" * (i % 2) + "乙" for i in range(8)])
    document = read(text)
    assert len(document.paragraphs) == 1
    assert_lawful(text, document)


def seconds(text: str) -> float:
    """Of processor time: other work on the machine does not count."""
    start = time.process_time()
    read(text)
    return time.process_time() - start


HOSTILE = {
    "unclosed quotations": "「" * 20_000,
    "numbers": "1 " * 20_000,
    "lone numbers": "\n".join(map(str, range(10_000))),
    "headings": "一、甲\n" * 10_000,
    "one line": "甲" * 200_000,
    "captions and heads": "表 1 a\n時間 重要事件\n" * 3_000,
    "note headings": "注释\n[1] a\n" * 3_000,
    "an address over lines": "http://" + "a\n" * 10_000,
    "rules": ("甲" * 30 + "\n\n" + "乙" * 30 + "\n\n" + RULE + "\n1 甲\n") * 1_000,
    "scraps": "甲\n乙\na\n" * 4_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_no_long_time(text: str) -> None:
    assert seconds(text) < 5


def test_time_grows_with_length_not_faster() -> None:
    once = min(seconds(TEXT * 2) for _ in range(3))
    assert seconds(TEXT * 20) < 30 * once
