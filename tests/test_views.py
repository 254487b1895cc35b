"""Views: every example in lexicon/views.toml holds, and whose view a text tells is read as it is printed."""

import re
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.document import read_document
from kg.document.model import Document, Mark, Paragraph, Passage, Section
from kg.errors import KgError
from kg.facts.citations import find_citations
from kg.facts.model import Citation, Evidence, View, Work
from kg.facts.views import ViewFinder, find_views
from kg.facts.views.rules import KINDS, VALENCES, Example, HolderRule, KindRule, Topic, load_view_rules
from kg.facts.views.scholars import same_person
from kg.facts.views.sources import Sources
from kg.facts.views.stretches import stretches
from kg.facts.views.subjects import SubjectReader
from kg.lexicon import load_lexicon
from kg.resources import LEXICON as LEXICON_FOLDER
from kg.source import read_source

RULES = load_view_rules()
LEXICON = load_lexicon()
SUBJECTS = SubjectReader(RULES, LEXICON)
Rule = KindRule | HolderRule
CODED: list[Rule] = [*RULES.kinds, *RULES.holders.values()]
EXAMPLES = [(rule, example) for rule in CODED for example in rule.examples]
TOPICS = [(topic, *example) for topic in (*RULES.aspects, *RULES.topics) for example in topic.examples]
assert EXAMPLES, "lexicon/views.toml has no example of a view"
assert TOPICS, "lexicon/views.toml has no example of a subject"


def paragraph(text: str, at: int = 0) -> Paragraph:
    """A paragraph of chapter 1; "[3]" in `text` is the mark of footnote 3."""
    marks, plain, number = [], "", 0
    for piece in re.split(r"(\[\d+\])", text):
        if number := int(piece[1:-1]) if re.fullmatch(r"\[\d+\]", piece) else 0:
            marks.append(Mark(len(plain), number, at + len(plain)))
        else:
            plain += piece
    sentences = tuple(m.span() for m in re.finditer("[^。！？]+[。！？]?[」』”]?", plain))
    passage = Passage(plain, array("l", range(at, at + len(plain))))
    return Paragraph(1, "1", "1.1", passage, sentences, tuple(marks))


def finder(example: Example) -> tuple[ViewFinder, Paragraph]:
    read = paragraph(example.text)
    sections = (Section("1.1", 2, example.heading, 0, len(example.text)),) if example.heading else ()
    document = Document(sections, (read,), (), (), (), ())
    cited = {f"1:{n}": (authors,) for n, authors in enumerate(example.notes, start=1) if authors}
    return ViewFinder(document, LEXICON, Sources(cited, cited)), read


def views(text: str, *notes: tuple[str, ...], heading: str = "") -> list[View]:
    reader, _ = finder(Example(text, (), notes, heading))
    return reader.find()


def told(found: list[View]) -> list[tuple[str, str, str]]:
    return [(";".join(v.authors), v.kind, v.valence) for v in found]


@pytest.mark.parametrize("rule, example", EXAMPLES, ids=[f"{r.name}: {e.text[:24]}" for r, e in EXAMPLES])
def test_example(rule: Rule, example: Example) -> None:
    assert told(finder(example)[0].find()) == list(example.views)


@pytest.mark.parametrize("topic, text, subject", TOPICS, ids=[t.name for t, _, _ in TOPICS])
def test_subject(topic: Topic, text: str, subject: str) -> None:
    assert SUBJECTS.subject([text], "") == subject


@pytest.mark.parametrize("rule", RULES.kinds, ids=lambda rule: rule.name)
def test_kind_shows_a_hit_and_a_near_miss(rule: KindRule) -> None:
    assert any((rule.kind, rule.valence) in {(k, v) for _, k, v in e.views} for e in rule.examples), "add a hit"
    assert any((rule.kind, rule.valence) not in {(k, v) for _, k, v in e.views} for e in rule.examples), "add a miss"


@pytest.mark.parametrize("rule", RULES.kinds, ids=lambda rule: rule.name)
def test_without_a_kind_rule_an_example_of_it_fails(rule: KindRule) -> None:
    def read(example: Example) -> list[tuple[str, str, str]]:
        reader, _ = finder(example)
        reader.rules = replace(RULES, kinds=tuple(r for r in RULES.kinds if r.name != rule.name))
        return told(reader.find())

    assert any(read(example) != list(example.views) for example in rule.examples)


@pytest.mark.parametrize("rule", RULES.holders.values(), ids=lambda rule: rule.name)
def test_way_of_holding_shows_a_hit_of_its_own_and_a_near_miss(rule: HolderRule) -> None:
    found = [{v.evidence.rule for v in finder(e)[0].find()} for e in rule.examples]
    assert any(f"view-{rule.name}" in rules for rules in found), "add an example that it finds"
    assert any(f"view-{rule.name}" not in rules for rules in found), "add a near miss"


# --- whose it is, where it stands ----------------------------------------------------------------------------------


def test_each_footnote_supports_the_words_before_its_mark() -> None:
    first, second = views(
        "論壇起於港口之爭，各國無一倖免。[1]論壇其後遷往北方，會期隨之延長。[2]", ("李四",), ("王五",)
    )
    assert (first.authors, first.footnote) == (("李四",), "1:1")
    assert (second.authors, second.footnote) == (("王五",), "1:2")
    assert first.evidence.end <= 16 <= second.evidence.start


def test_two_marks_side_by_side_cite_the_same_words() -> None:
    first, second = views("論壇起於港口之爭，各國無一倖免。[1][2]", ("李四",), ("王五",))
    assert (first.evidence.start, first.evidence.end) == (second.evidence.start, second.evidence.end)
    assert first.footnote != second.footnote


def test_a_list_is_carried_by_the_clause_that_leads_into_it() -> None:
    text = "論壇成立的背景有以下幾點：第一，港口之爭拖延多年；第二，漁獲逐年減少。[1]"
    (view,) = views(text, ("李四",))
    assert text[view.evidence.start : view.evidence.end] == "論壇成立的背景有以下幾點"


def test_a_family_name_is_enough_once_the_full_name_was_told() -> None:
    found = views("Mary B. Stone 認為論壇起於港口之爭。Stone 還指出論壇日後擴大。")
    assert [v.authors for v in found] == [("Mary B. Stone",), ("Mary B. Stone",)]


def test_who_is_named_after_another_scholar_is_cited_holds_it_and_the_footnote_supports_it() -> None:
    (view,) = views("Mary B. Stone 認為論壇起於港口之爭。[1]", ("李四",))
    assert (view.authors, view.footnote) == (("Mary B. Stone",), "1:1")


def test_a_news_article_supports_the_view_of_a_scholar_named_in_the_text_only() -> None:
    news = Work("w1", "論壇五年", "news", ("李四",))
    sources = Sources.of([Citation("1:1", 1, news, Evidence(0, 1), cites="w1")])
    assert sources.authors("1:1") == ()
    assert sources.works("1:1") == (("李四",),)


def test_scholars_cited_in_one_footnote_but_named_apart_hold_a_view_each() -> None:
    reader, _ = finder(Example("李四認為論壇起於港口之爭。王五則主張論壇起於漁獲減少。[1]", ()))
    works = {"1:1": (("李四", "陳六"), ("王五",))}
    reader = ViewFinder(reader.document, LEXICON, Sources(works, works))
    assert [(v.authors, v.footnote) for v in reader.find()] == [(("李四", "陳六"), "1:1"), (("王五",), "1:1")]


def test_a_repeated_citation_has_the_authors_and_kind_of_the_work_it_repeats() -> None:
    book = Work("w1", "論壇史", "book", ("李四",), editors=("王五",))
    short = Work("w2", "前揭書", "document")
    place = Evidence(0, 1)
    sources = Sources.of([Citation("1:2", 1, short, place, repeats=True, cites="w1"), Citation("1:1", 1, book, place)])
    assert sources.authors("1:2") == sources.authors("1:1") == ("李四", "王五")


def test_a_name_too_long_to_be_published_is_held_back_until_it_is_reviewed() -> None:
    long = Work("w1", "論壇史", "book", ("遠方漁業與海洋規則研究院第七室",))
    sources = Sources.of([Citation("1:1", 1, long, Evidence(0, 1))])
    assert sources.authors("1:1") == ()
    assert sources.works("1:1") == ()


def test_the_editor_of_a_volume_does_not_hold_what_a_chapter_says() -> None:
    part = Work("w1", "漁業", "chapter", ("李四",), editors=("王五",))
    edited = Work("w2", "論壇史", "chapter", (), editors=("王五",))
    place = Evidence(0, 1)
    sources = Sources.of([Citation("1:1", 1, part, place), Citation("1:2", 1, edited, place)])
    assert (sources.authors("1:1"), sources.authors("1:2")) == (("李四",), ("王五",))


def test_quoted_words_are_direct_and_the_authors_own_too() -> None:
    quoted, own = views("李四認為「論壇是各國的客廳」。[1]筆者認為論壇起於港口之爭。", ("李四",))
    assert (quoted.evidence.voice, own.evidence.voice) == ("direct", "direct")
    assert views("論壇起於港口之爭，各國無一倖免。[1]", ("李四",))[0].evidence.voice == "author-paraphrase"


def test_traditional_and_simplified_text_tell_the_same() -> None:
    expected = [("筆者", "assessment", "skeptical")]
    assert told(views("筆者認為漁業論壇無法真正解決爭端。")) == expected
    assert told(views("笔者认为渔业论坛无法真正解决争端。")) == expected
    assert told(views("多数学者认为渔业论坛起于港口。")) == [("多数学者", "explanation", "")]  # named as printed


@pytest.mark.parametrize(
    "one, other, same",
    [
        ("李四", "李四", True),
        ("李四", "李四光", False),
        ("Mary B. Stone", "Mary Stone", True),
        ("Stone", "Mary B. Stone", True),
        ("Mary Stone", "John Stone", False),
        ("", "Mary Stone", False),
    ],
)
def test_same_person(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


def test_every_view_has_a_subject_even_where_nothing_known_is_named() -> None:
    (view,) = views("園丁起得很早，而且從不遲到。[1]", ("李四",))
    assert view.subject == "subject of section 1.1"


# --- any text ------------------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    ["李四認為", "筆者認為", "多數學者", "第一，", "（1）", "，", "。", "：", "「", "」", "[1]", "[2]", "[9]", " ",
     "必須", "成功化解", "Mary B. Stone", "定義", "論壇", "但", "無法解決", "\u3000", "A.", "學者王", "a",
     "有以下幾點：", "按照現實主義的觀點"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=30), st.sampled_from(["", "小結", "論壇之定義", "評價"]))
def test_any_text_gives_views_that_are_well_formed_and_stable(pieces: list[str], heading: str) -> None:
    text = "".join(pieces)
    found = views(text, ("李四",), ("王五", "Mary B. Stone"), heading=heading)
    length = len(paragraph(text).passage)
    for view in found:
        assert view.authors
        assert all(view.authors)
        assert view.subject
        assert view.kind in KINDS
        assert (view.kind == "assessment") == (view.valence in VALENCES)
        assert 0 <= view.evidence.start < view.evidence.end <= length
    assert found == views(text, ("李四",), ("王五", "Mary B. Stone"), heading=heading)


def test_an_empty_document_has_no_views() -> None:
    assert find_views(Document((), (), (), (), (), ()), LEXICON, []) == []


def test_a_huge_paragraph_is_read_in_reasonable_time() -> None:
    found = views("論壇起於港口之爭，各國無一倖免。[1]" * 2000, ("李四",))
    assert len(found) == 2000


def test_a_sentence_without_end_is_read_in_reasonable_time() -> None:
    assert views("Mary B. Stone認為，" * 2000) == []


def test_stretches_keep_every_word_once() -> None:
    read = paragraph("甲說了許多話。[1]乙說了別的話。[2][3]丙也說話。")
    assert [(s.text, s.note) for s in stretches(read)] == [
        ("甲说了许多话。", "1:1"), ("乙说了别的话。", "1:2"), ("乙说了别的话。", "1:3"), ("丙也说话。", ""),
    ]  # fmt: skip


# --- faulty rule files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "old, new, message",
    [
        ('name = "cited"', 'name = "sited"', "holder rules must be"),
        ('kind = "definition"', 'kind = "opinion"', "is none of definition"),
        ('valence = "mixed"', 'valence = "so-so"', "is none of positive"),
        ('valence = "mixed"', "", "an assessment has a valence"),
        ('under = "defining_heading"', 'under = "defining"', "there is no list of words 'defining'"),
        ('pattern = "東北亞"', 'pattern = "(東北亞"', "is no regular expression"),
        ('title = ["學者"', 'title = ["(學者"', "is no regular expression"),
        ("\n[words]", "\n[word]", "is missing or of the wrong form"),
        ("\n[words]", "\n[words", "cannot be read"),
    ],
)
def test_a_faulty_rule_file_is_told_with_what_to_do(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (LEXICON_FOLDER / "views.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "views.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KgError, match=re.escape(message)) as caught:
        load_view_rules(tmp_path / "views.toml")
    assert "views.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


# --- the real text -------------------------------------------------------------------------------------------------


@pytest.mark.thesis
def test_the_thesis(thesis: Path) -> None:
    document = read_document(read_source(thesis))
    found = find_views(document, LEXICON, find_citations(document, LEXICON))
    assert 220 <= len(found) <= 340
    assert {v.kind for v in found} == set(KINDS)
    assert {v.valence for v in found} == {"", *VALENCES}
    cited = {v.footnote for v in found if v.footnote}
    assert {f"2:{n}" for n in range(1, 32)} <= cited  # every note of a scholarly work in the first half of chapter 2
    assert not {f"2:{n}" for n in range(32, 38)} & cited  # reports, speeches and tables on web sites
    fallback = [v for v in found if v.subject.startswith("subject of")]
    assert len(fallback) <= len(found) // 50, "subjects that no topic names"
