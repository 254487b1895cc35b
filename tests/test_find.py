"""All rules together: any text is read without a fault, the same way twice; and the real one, where it is at hand."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document.reading import read_document
from kg.edtf import is_edtf
from kg.facts.event_rules import EVENT_KINDS
from kg.facts.evidence import SHORTEST
from kg.facts.find import find_facts, find_told
from kg.facts.model import Event, Fact, Institution
from kg.lexicon import load_lexicon
from kg.source import read_source, source_of_text
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


TEXTS = [
    "中共支持朝鮮半島無核化，並主張透過談判解決北韓核問題。",
    "2004 年 2 月 25-28 日，第二輪六方會談在北京舉行，會後發表《主席聲明》。",
    "1994 年 10 月 21 日，美國與北韓簽署《框架協議》。北韓承諾凍結核設施。",
    "各方同意繼續會談。同年 5 月，雙方再度會晤。",
    "羅伯特認為安全機制有其限制。",
]


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS))
def test_what_is_found_in_a_paragraph_does_not_depend_on_the_one_before(before: str, text: str) -> None:
    alone = facts_of(text)
    after = [f for f in facts_of(f"{before}\n{text}") if f.evidence.start > len(before)]
    assert [_without_place(f) for f in after] == [_without_place(f) for f in alone]


def facts_of(text: str) -> list[Fact]:
    return find_facts(read_document(source_of_text(text)), LEXICON)


def _without_place(fact: Fact) -> Fact:
    return replace(fact, evidence=replace(fact.evidence, start=0, end=0, paragraph=None))
