"""What the real text must give: counts, offsets and cells checked by hand against the printed page."""

import time
from collections import Counter
from pathlib import Path

import pytest

from kg.document import read_document
from kg.document.model import Document, Table
from kg.source import Source, read_source
from tests.test_document import assert_lawful

pytestmark = pytest.mark.thesis


@pytest.fixture(scope="module")
def source(thesis: Path) -> Source:
    return read_source(thesis)


@pytest.fixture(scope="module")
def document(source: Source) -> Document:
    return read_document(source)


def table(document: Document, number: str) -> Table:
    return next(table for table in document.tables if table.id == number)


def cells(document: Document, number: str, row: int) -> list[str]:
    return [cell.passage.text for cell in table(document, number).rows[row]]


def column(document: Document, number: str, head: str) -> list[str]:
    position = table(document, number).heads.index(head)
    return [row[position].passage.text for row in table(document, number).rows]


def test_every_character_is_accounted_for_once(source: Source, document: Document) -> None:
    assert_lawful(source.text, document)


def test_nothing_is_unknown(document: Document) -> None:
    assert document.warnings == ()
    assert Counter(noise.kind for noise in document.noise) == {"rule": 96, "watermark": 75, "page-number": 5}


def test_chapters(document: Document) -> None:
    chapters = {s.id: (s.start, s.end) for s in document.sections if s.level == 1}
    assert chapters == {
        "0": (0, 660), "1": (660, 22005), "2": (22005, 46108), "3": (46108, 65406), "4": (65406, 87361),
        "5": (87361, 110881), "6": (110881, 116650),
    }  # fmt: skip


def test_parts(document: Document) -> None:
    assert Counter(section.level for section in document.sections) == {1: 7, 2: 24, 3: 46, 4: 20}
    titles = {section.id: section.title for section in document.sections}
    assert titles["4.1.2.6"] == "第六輪"
    assert titles["5.3.4"] == "俄羅斯"
    assert titles["2.4"] == titles["3.4"] == titles["4.4"] == titles["5.5"] == "小結"


def test_paragraphs(document: Document) -> None:
    """A paragraph that ended too late would hold a line that falls short; one too early, a clause that breaks off."""
    assert len(document.paragraphs) == 236
    assert all(p.passage.text[-1] in "。：」？）" for p in document.paragraphs[1:])
    # The six points of the joint statement are paragraphs, not headings.
    points = [p.passage.text[:2] for p in document.paragraphs if p.section == "4.1.2.4"][1:7]
    assert points == ["一、", "二、", "三、", "四、", "五、", "六、"]


def test_footnotes_and_their_marks(source: Source, document: Document) -> None:
    assert Counter(note.chapter for note in document.footnotes) == {"1": 73, "2": 57, "3": 41, "4": 35, "5": 55, "6": 2}
    marks = [note.mark for note in document.footnotes]
    assert None not in marks
    assert marks == sorted(m for m in marks if m is not None)
    assert all(source.text[n.mark or 0 :].startswith(str(n.number)) for n in document.footnotes)
    in_text = [(p.chapter, mark.number) for p in document.paragraphs for mark in p.marks]
    assert in_text == [(note.chapter, note.number) for note in document.footnotes]


def test_each_footnote_begins_on_the_page_of_its_mark(document: Document) -> None:
    for note in document.footnotes:
        assert document.page_at(note.mark or 0) == document.page_at(note.passage.offsets[0]), note.id


def test_footnotes_that_run_on_over_a_page(document: Document) -> None:
    notes = {note.id: note for note in document.footnotes}
    over = [
        i for i, n in notes.items() if document.page_at(n.passage.offsets[0]) != document.page_at(n.passage.offsets[-1])
    ]
    assert over == ["1:45", "2:17", "2:42", "4:20", "5:49"]
    assert "agreedframework.htm" in notes["3:2"].passage.text


def test_pages(document: Document) -> None:
    assert [page.number for page in document.pages] == list(range(1, 115))
    assert [page.number for page in document.pages if page.printed] == [12, 50, 55, 83, 101]
    assert document.page_at(659) is None
    assert document.page_at(660) == 1


def test_tables(document: Document) -> None:
    assert [(t.id, t.chapter, len(t.heads), len(t.rows)) for t in document.tables] == [
        ("2-1", "2", 4, 4), ("2-2", "2", 4, 9), ("3-1", "3", 2, 8), ("4-1", "4", 2, 6), ("4-2", "4", 3, 5),
    ]  # fmt: skip


def test_table_2_1(document: Document) -> None:
    assert column(document, "2-1", "組織") == [
        "上海合作組織",
        "中非合作論壇",
        "中國-阿拉伯國家合作論壇",
        "博鰲亞洲論壇",
    ]
    assert column(document, "2-1", "成立時間") == ["1996 年 4 月", "2000 年 10 月", "2004 年 9 月", "2001 年 2 月"]
    assert cells(document, "2-1", 0)[3] == "哈薩克、吉爾吉斯、中共、俄羅斯、烏茲別克"
    assert cells(document, "2-1", 1)[3] == "45 個非洲國家"
    assert cells(document, "2-1", 2)[3] == "22 個阿拉伯聯盟國家"
    assert cells(document, "2-1", 3)[2] == "已舉辦 9 次年度會議"
    assert cells(document, "2-1", 3)[3].startswith("屬於非政府論壇，")


def test_table_2_2_goes_on_after_a_footnote_and_a_page(document: Document) -> None:
    assert column(document, "2-2", "機制名稱") == [
        "東北亞合作對話（NEACD）", "亞太安全合作理事會（CACAP）", "東協區域論壇（ARF）",
        "亞洲相互協作與建立信任措施會議（CICA）",
        "中日韓合作", "東協加一", "上海合作組織", "東協加三", "六方會談",
    ]  # fmt: skip
    assert column(document, "2-2", "成立時間") == [
        "1993年 10月", "1993年 12月", "1994 年 7月", "1996 年 2月", "1999 年", "1999 年",
        "2001 年", "2002 年", "2003 年",
    ]  # fmt: skip
    members = column(document, "2-2", "主要成員")
    assert members[0] == "中、日、美、俄、韓"
    assert members[1] == "20 個正式會員"
    assert members[3].endswith("等 22 國。")
    assert members[6] == "中共、俄羅斯等6 國"
    assert members[8] == "中、美、韓、朝、日、俄"
    pages = {document.page_at(row[0].passage.offsets[0]) for row in table(document, "2-2").rows}
    assert len(pages) == 2


def test_table_3_1(document: Document) -> None:
    assert column(document, "3-1", "時間") == [
        "1985 年", "1993 年 3 月", "1994年 10月", "2003 年 1 月", "2005 年 2 月",
        "2006年 10月", "2007 年 7 月", "2009 年 4 月",
    ]  # fmt: skip
    assert cells(document, "3-1", 0)[1] == "北韓加入 NPT"
    assert "第 1718 號" in cells(document, "3-1", 5)[1]
    assert "第 1874 號" in cells(document, "3-1", 7)[1]


def test_table_4_1(document: Document) -> None:
    assert column(document, "4-1", "召開時間") == [
        "第一輪(2003 年 8 月)",
        "第二輪(2004 年 2 月)",
        "第三輪(2004 年 6 月)",
        "第四輪 第一階段(2005 年 7-8 月) 第二階段(2005 年 9 月)",
        "第五輪 第一階段(2005 年 11 月) 第二階段(2006 年 12 月) 第三階段(2007 年 2 月)",
        "第六輪 第一階段(2007 年 3 月) 第二階段(2007 年 9 月)",
    ]
    assert [text[-1] for text in column(document, "4-1", "重要內容")] == ["構", "。", "。", "。", "。", "。"]


def test_table_4_2(document: Document) -> None:
    assert column(document, "4-2", "參與國家") == ["中共", "美國", "南韓", "日本", "俄羅斯"]
    policies, stances = column(document, "4-2", "對北韓的外交政策"), column(document, "4-2", "在六方會談之立場")
    # Each policy speaks of its own country first; each cell is a whole sentence.
    assert [text[:2] for text in policies] == ["中共", "美國", "南韓", "日本", "俄國"]
    assert [text[-1] for text in policies + stances] == ["。"] * 10
    assert [text[:2] for text in stances] == ["應堅", "堅持", "堅持", "對北", "主張"]


def test_the_whole_text_takes_less_than_a_second(source: Source) -> None:
    start = time.process_time()
    read_document(source)
    assert time.process_time() - start < 1
