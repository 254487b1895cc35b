"""All rules together: any text is read without a fault, the same way twice; and the real one, where it is at hand."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document.reading import read_document
from kg.edtf import is_edtf
from kg.facts.event_rules import EVENT_KINDS
from kg.facts.evidence import SHORTEST
from kg.facts.find import find_told
from kg.facts.model import Agreement, Event, Institution
from kg.lexicon import load_lexicon
from kg.source import read_source
from tests.passages import document

LEXICON = load_lexicon()
WORDS = [
    "北韓", "美國", "六方會談", "《核不擴散條約》", "2003 年 8 月", "同年 9 月", "退出", "簽署",
    "舉行", "會談", "第二輪", "第一階段",
    "宣布", "而後", "會後", "發表", "《主席聲明》",
    "，", "。", "：", "「", "」", "《", "（", "將", "不", "在北京", "、", " ", "\n", "\ue000",
]  # fmt: skip


def test_a_text_without_facts() -> None:
    assert find_told(document(""), LEXICON) == []
    assert find_told(document(), LEXICON) == []
    assert find_told(document("春天來了，花開了。"), LEXICON) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_mixture_of_words_is_read_the_same_way_twice(text: str) -> None:
    facts = find_told(document(text), LEXICON)
    assert facts == find_told(document(text), LEXICON)
    for fact in facts:
        assert 0 <= fact.evidence.start < fact.evidence.end <= len(text)
        assert 0 < fact.evidence.confidence <= 1
    for event in (f for f in facts if isinstance(f, Event)):
        assert is_edtf(event.date), "no event without a date"
        assert re.fullmatch(r"[A-Za-z0-9_-]+", event.id)


@pytest.mark.thesis
def test_the_thesis(thesis: Path) -> None:
    source = read_source(thesis)
    facts = find_told(read_document(source), LEXICON)
    kinds = Counter(type(fact).__name__ for fact in facts)
    assert kinds["Event"] > 100
    assert kinds["Institution"] > 40
    assert kinds["Agreement"] > 60
    assert kinds["Commitment"] > 50
    for fact in facts:
        span = source.text[fact.evidence.start : fact.evidence.end]
        assert sum(not c.isspace() for c in span) >= SHORTEST, "a shorter text could be guessed from its digest"
        assert fact.evidence.chapter
    events = [fact for fact in facts if isinstance(fact, Event)]
    assert {e.kind for e in events} <= set(EVENT_KINDS)
    assert all(is_edtf(e.date) for e in events)
    assert {e.evidence.table for e in events} == {"", "2-1", "2-2", "3-1", "4-1"}
    rounds = {(e.round, e.phase) for e in events if e.round}
    assert {(1, None), (2, None), (3, None), (4, 1), (4, 2), (5, 1), (5, 2), (5, 3), (6, 1), (6, 2)} == rounds
    founded = {f.founded for f in facts if isinstance(f, Institution) and f.id == "sco"}
    assert {"1996-04", "2001"} <= founded, "where two tables disagree, both stay"
