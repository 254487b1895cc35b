"""A span of evidence is a clause, long enough to hide its text behind a digest, and never crosses a page's foot."""

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document.model import Document, Page, Paragraph, Passage
from kg.facts.evidence import LONGEST_GAP, SHORTEST, clauses, make_evidence
from tests.passages import document, paragraph, table

CUTS = [
    ("甲國抗議，乙國沉默；丙國呢？", ["甲國抗議", "乙國沉默", "丙國呢"]),
    ("甲國抗議,乙國沉默;丙國呢?", ["甲國抗議", "乙國沉默", "丙國呢"]),
    ("甲、乙、丙三國", ["甲、乙、丙三國"]),
    ("他說「好，可以」就走了。", ["他說「好，可以」就走了"]),
    ("簽了《海洋，天空與陸地公約》，然後", ["簽了《海洋，天空與陸地公約》", "然後"]),
    ("某組織（Some Body, SB）成立，", ["某組織（Some Body, SB）成立"]),
    ("共 1,000 人，10:30 開會", ["共 1,000 人", "10:30 開會"]),
    ("見 http://example.org/a，如下", ["見 http://example.org/a", "如下"]),
    ("他說：「甲。」乙說不", ["他說", "「甲", "乙說不"]),
    ("，，。", []),
    ("", []),
]
assert CUTS


@pytest.mark.parametrize("text, expected", CUTS)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in clauses(text)] == expected


@given(st.text(alphabet="甲乙，。：「」《》（）(),: 1a\n", max_size=60))
def test_clauses_are_in_order_and_hold_no_empty_one(text: str) -> None:
    found = clauses(text)
    assert all(a < b and text[a:b].strip() == text[a:b] for a, b in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))


def evidence(text: str, start: int, end: int):
    return make_evidence(document(text), paragraph(text), start, end, rule="r", confidence=0.876)


def test_a_long_clause_is_its_own_span() -> None:
    text = "某國的代表在昨天的大會上提出抗議，沒有人回答。"
    found = evidence(text, 0, 16)
    assert (found.start, found.end) == (0, 16)
    assert (found.rule, found.confidence, found.voice, found.paragraph) == ("r", 0.88, "author-paraphrase", 1)


def test_a_short_clause_is_widened_by_whole_clauses() -> None:
    text = "甲國不理會乙國，丙國抗議，丁國卻一言不發地走了。"
    found = evidence(text, 8, 12)
    assert text[found.start : found.end] == "丙國抗議，丁國卻一言不發地走了"


def test_at_the_end_of_a_passage_it_is_widened_backwards() -> None:
    text = "甲國的代表始終不理會乙國，丙國抗議"
    found = evidence(text, 13, 17)
    assert (found.start, found.end) == (0, 17)


def test_a_foot_of_a_page_is_not_crossed() -> None:
    text = "某國的代表在昨天的大會上提出了非常強烈的抗議"
    offsets = array("l", [*range(8), *range(8 + LONGEST_GAP + 1, len(text) + LONGEST_GAP + 1)])
    place = Paragraph(1, "1", "1", Passage(text, offsets), ((0, len(text)),))
    doc = Document((), (place,), (), (), (Page(7, 0, 500),), ())
    found = make_evidence(doc, place, 0, len(text), rule="r", confidence=1)
    assert (found.start, found.end) == (offsets[8], offsets[-1] + 1), "the longer side is kept"
    assert found.page == 7


def test_a_short_cell_stands_for_its_row() -> None:
    made = table("表", ("時間", "重要事件"), ("1999 年", "某國的代表在大會上提出抗議"))
    doc = document(tables=(made,))
    found = make_evidence(doc, made.rows[0][0], 0, 4, rule="r", confidence=1)
    assert (found.start, found.end) == (made.start, made.end - 1)
    assert (found.table, found.section, found.chapter) == ("9-1", "1.1", "1")


def test_an_empty_stretch_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match=r"no stretch of a passage of 4 characters: 2\.\.2"):
        evidence("甲乙丙丁", 2, 2)


@given(st.text(alphabet="甲乙丙，。 ", min_size=30, max_size=80), st.data())
def test_a_span_is_long_enough_where_the_passage_is(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = evidence(text, start, end)
    assert 0 <= found.start < found.end <= len(text) or not text[start:end].strip()
    if sum(not c.isspace() for c in text) >= 3 * SHORTEST:
        assert sum(not c.isspace() for c in text[found.start : found.end]) >= SHORTEST
