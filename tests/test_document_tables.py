"""Cells of a table whose columns were run together; layouts are data, and their mistakes are told."""

from pathlib import Path

import pytest

from kg.document import read_document
from kg.document.layouts import read_layouts
from kg.errors import KgError
from kg.source import source_of_text

# The heads as one line: they are data of the lexicon, and too long a run of words to be repeated here.
HEADS = {layout.name: " ".join(layout.heads) for layout in read_layouts()}

MEMBERS = f"""表 7-1 湖上機制一覽表
{HEADS["joined-mechanisms"]}
湖濱對話
（LAKE）\x20
1993年 10
月\x20
甲、乙、丙、
丁\x20
討論水利，
疏濬河道\x20
山間論壇 1994 年 20 個正式成員 議舟楫之利，訂立
條約\x20
資料來源：作者自行整理\x20
其後湖平。
"""
CHRONICLE = """表 7-2 大事
時間 重要事件
1985 年 甲國加入 ABC\x20
1993 年 3 月 乙國退出，
而後 2 國復入。\x20
資料來源：某志，
頁 3。\x20
"""


def rows(text: str) -> list[list[str]]:
    return [
        [cell.passage.text for cell in row]
        for table in read_document(source_of_text(text)).tables
        for row in table.rows
    ]


def test_cells_broken_over_lines_and_columns_run_together() -> None:
    document = read_document(source_of_text(MEMBERS))
    (table,) = document.tables
    assert (table.id, table.caption, table.heads[0]) == ("7-1", "湖上機制一覽表", "機制名稱")
    assert rows(MEMBERS) == [
        ["湖濱對話（LAKE）", "1993年 10月", "甲、乙、丙、丁", "討論水利，疏濬河道"],
        ["山間論壇", "1994 年", "20 個正式成員", "議舟楫之利，訂立條約"],
    ]
    assert [cell.head for cell in table.rows[0]] == list(table.heads)
    assert [p.passage.text for p in document.paragraphs] == ["其後湖平。"]
    assert document.warnings == ()


def test_a_source_line_is_no_cell_and_may_run_on() -> None:
    document = read_document(source_of_text(CHRONICLE))
    assert rows(CHRONICLE) == [["1985 年", "甲國加入 ABC"], ["1993 年 3 月", "乙國退出，而後 2 國復入。"]]
    kinds = [CHRONICLE[label.start : label.end] for label in document.labels if label.kind == "table-source"]
    assert kinds == ["資料來源：某志，", "頁 3。"]
    assert document.paragraphs == ()


ROUNDS = """表 7-3 各輪
召開時間 重要內容
第一輪(2003 年 8 月) 定議程
。\x20
第二輪\x20
第一階段(2005 年 7-8 月)\x20
第二階段(2005 年 9 月)\x20
會後發表聲明。\x20
資料來源: 某。
"""


def test_phases_on_lines_of_their_own_are_one_cell() -> None:
    assert rows(ROUNDS) == [
        ["第一輪(2003 年 8 月)", "定議程。"],
        ["第二輪 第一階段(2005 年 7-8 月) 第二階段(2005 年 9 月)", "會後發表聲明。"],
    ]


def test_letters_spread_over_a_column_are_put_together() -> None:
    text = f"表 7-4 甲\n{HEADS['founded-mechanisms']}\n湖會 2001 年 2 月 已辦 9 次會議 凡 願 守 約 之 國\n"
    text += "皆可 \n資料來源：某\n"
    assert rows(text) == [["湖會", "2001 年 2 月", "已辦 9 次會議", "凡願守約之國皆可"]]


def test_an_unknown_layout_is_noise_and_is_told() -> None:
    text = "表 9 甲\n舟 楫\n一 二 \n資料來源：某。\n湖平。\n"
    document = read_document(source_of_text(text))
    assert [(t.id, t.rows) for t in document.tables] == [("9", ())]
    assert [text[n.start : n.end] for n in document.noise if n.kind == "unknown"] == ["舟 楫", "一 二"]
    assert document.warnings == (
        "table 9 (offset 0): its layout is not in lexicon/tables.toml; its cells are not read",
    )
    assert [p.passage.text for p in document.paragraphs] == ["湖平。"]


def test_a_row_that_does_not_match_is_told() -> None:
    text = CHRONICLE.replace("1993 年 3 月", "某年某月")
    document = read_document(source_of_text(text))
    assert len(document.tables[0].rows) == 1
    assert {n.kind for n in document.noise} == {"unknown"}
    assert document.warnings == (
        f"table 7-2: row 2 (offset {text.index('某年')}) does not match its layout 'chronicle'; "
        "it and what follows is not read",
    )


def test_simplified_heads_and_cells_match_the_same_layout() -> None:
    text = "表 1 各轮\n召开时间 重要内容\n第一轮（2003 年 8 月） 定议程。 \n资料来源：某。\n"
    assert rows(text) == [["第一轮（2003 年 8 月）", "定议程。"]]


def test_without_spaces_at_line_ends_only_rows_of_one_line_are_read() -> None:
    whole = "表 1 甲\n時間 重要事件\n1985 年 甲國加入\n1993 年 3 月 乙國退出\n資料來源：某。\n"
    assert rows(whole) == [["1985 年", "甲國加入"], ["1993 年 3 月", "乙國退出"]]
    broken = whole.replace("退出", "\n退出")
    assert rows(broken) == []
    assert read_document(source_of_text(broken)).warnings


def test_without_a_source_line_a_table_ends_with_its_last_row() -> None:
    text = "表 1 甲\n時間 重要事件\n1985 年 甲國加入 \n1993 年 乙國退出 \n湖平。\n"
    document = read_document(source_of_text(text))
    assert rows(text) == [["1985 年", "甲國加入"], ["1993 年", "乙國退出"]]
    assert [p.passage.text for p in document.paragraphs] == ["湖平。"]


def test_a_sentence_that_begins_with_a_table_is_text() -> None:
    text = "表 2 所示為湖之深淺，舟人皆知。\n表 3 亦然\n而湖平。"
    assert [p.passage.text for p in read_document(source_of_text(text)).paragraphs] == text.split("\n")


LAYOUT = '[[table]]\nname = "t"\n[[table.column]]\nhead = "甲"\npattern = "x"\n'
MISTAKES = [
    ("not TOML", "[[table", "not TOML"),
    ("no tables", "a = 1", "there is no [[table]] in it"),
    ("no columns", '[[table]]\nname = "t"\n', "table 't': no [[table.column]]"),
    ("no pattern", LAYOUT.replace('pattern = "x"', ""), "table 't': 'pattern' is missing"),
    ("unknown slot", LAYOUT.replace('"x"', '"{yaer}"'), "table 't': 'yaer' is missing"),
    ("no regex", LAYOUT.replace('"x"', '"("'), "table 't': the pattern of '甲' is no regex"),
    ("a group", LAYOUT.replace('"x"', '"(x)"'), "table 't': the pattern of '甲' has a group"),
    ("no string", LAYOUT.replace('"x"', "3"), "table 't': the pattern of '甲' is no text"),
    ("table is no list", "table = 3", "there is no [[table]] in it"),
]
assert MISTAKES


@pytest.mark.parametrize("text, message", [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_in_a_layout_is_told(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "tables.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KgError) as error:
        read_layouts(path)
    assert str(error.value).startswith(f"{path}: {message}")
    assert "\n" not in str(error.value)


def test_a_missing_file_of_layouts(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"there is no such file"):
        read_layouts(tmp_path / "none.toml")


def test_the_layouts_that_come_with_the_program() -> None:
    layouts = read_layouts()
    assert [layout.name for layout in layouts] == [
        "founded-mechanisms",
        "joined-mechanisms",
        "chronicle",
        "rounds",
        "positions",
    ]
    assert len({layout.heads for layout in layouts}) == len(layouts)
