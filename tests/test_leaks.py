"""A sentence of the source is found wherever it hides; a name, and our own words, are left alone."""

import json
import subprocess
from array import array
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from sample_graph import LEXICON

from kg.document import read_document
from kg.document.model import Document, Paragraph, Passage
from kg.errors import NothingToCheck
from kg.facts.find import find_facts
from kg.graph import build_graph
from kg.leaks import LONGEST, allowed_names, find_leaks, text_to_compare, texts_of_files, texts_of_quads
from kg.lexicon import load_lexicon
from kg.resources import ROOT
from kg.source import read_source, source_of_text

# Our own invention; its lines are broken as a text dump breaks them, with a footnote mark in the midst.
SOURCE = """
  漁港小鎮的燈塔看守人每逢初一都會帶著

三隻橘貓走下石階，7 到碼頭邊買

一條最新鮮的鯖魚回家煮湯。他參加過北方燈塔看守人與航海者互助聯合協會的年會。
"""
SENTENCE = "燈塔看守人每逢初一都會帶著三隻橘貓走下石階"  # stands over a broken line
NAME = "北方燈塔看守人與航海者互助聯合協會"

HIDDEN = {
    "as it is": SENTENCE,
    "in simplified characters": "灯塔看守人每逢初一都会带着三只橘猫走下石阶",
    "with other commas": "燈塔看守人，每逢初一，都會帶著「三隻橘貓」走下石階",
    "over several lines of a comment": "# 燈塔看守人每逢\n# 初一都會帶著三隻\n# 橘貓走下石階",
    "across a footnote mark": "橘貓走下石階到碼頭邊買一條最新鮮",
    "spaced out": " ".join(SENTENCE),
    "percent-encoded": "https://example.org/" + quote(SENTENCE),
    "as JSON escapes": json.dumps(SENTENCE),
    "as HTML references": "".join(f"&#{ord(c)};" for c in SENTENCE),
    "among our own words": f"We say: {SENTENCE} and more.",
    "beside a name": NAME + "的年會他參加過北方燈塔" + SENTENCE,
    "after 13 characters exactly": SENTENCE[: LONGEST + 1],
}
INNOCENT = {
    "our own words": "一位老人養了很多貓，住在海邊的塔裡，喜歡喝魚湯",
    "12 characters exactly": SENTENCE[:LONGEST],
    "a reviewed name": f"the {NAME} again",
    "two halves apart": f"{SENTENCE[:10]} then {SENTENCE[10:20]}",
    "a list of words in code": '["燈塔看守人", "每逢初一", "都會帶著", "三隻橘貓"]',
    "English": "The keeper walks down the stone steps with three ginger cats.",
    "nothing": "",
}
assert HIDDEN
assert INNOCENT


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_a_sentence_is_found(text: str) -> None:
    assert find_leaks([("here", text)], SOURCE, [NAME])


@pytest.mark.parametrize("text", INNOCENT.values(), ids=INNOCENT)
def test_what_is_no_sentence_of_the_source_is_left_alone(text: str) -> None:
    assert find_leaks([("here", text)], SOURCE, [NAME]) == []


def test_a_name_that_nobody_reviewed_is_found() -> None:
    [leak] = find_leaks([("here", NAME)], SOURCE)
    assert leak.length == len(NAME)


def test_a_finding_says_where_and_how_long_but_never_repeats_the_sentence() -> None:
    [leak] = find_leaks([("notes.md", f"# Notes\n\n{SENTENCE}\n")], SOURCE)
    assert str(leak) == "notes.md:3: 21 characters in common with the source, from 灯塔看守人每…"


def test_one_stretch_is_one_finding_and_two_are_two() -> None:
    assert len(find_leaks([("here", f"{SENTENCE} x {SENTENCE[:14]}")], SOURCE)) == 2


@given(st.integers(0, len(SENTENCE) - LONGEST - 1), st.text(alphabet="abc 、。，123甲乙丙", max_size=20))
def test_any_thirteen_characters_are_found_among_any_others(start: int, around: str) -> None:
    assert find_leaks([("here", f"{around} x{SENTENCE[start : start + LONGEST + 1]}x {around}")], SOURCE)


@pytest.mark.parametrize("source", ["", "No Chinese at all.", "太短了"])
def test_a_source_without_text_is_no_green(source: str) -> None:
    with pytest.raises(NothingToCheck, match="is it the right file"):
        find_leaks([("here", SENTENCE)], source)


def test_no_text_to_compare_is_no_green() -> None:
    with pytest.raises(NothingToCheck, match="empty"):
        find_leaks([], SOURCE)


def test_a_graph_is_searched_in_literals_and_iris() -> None:
    subject, predicate = NamedNode("https://w3id.org/six-party-kg/id/stance/x"), NamedNode("http://example.org/v#label")
    graph = [
        Quad(subject, predicate, Literal(SENTENCE, language="zh-Hant")),
        Quad(subject, predicate, Literal(SENTENCE, language="zh-Hant"), NamedNode("http://example.org/again")),
        Quad(NamedNode("http://example.org/" + quote(SENTENCE)), predicate, Literal("1")),
    ]
    places = [leak.place for leak in find_leaks(texts_of_quads(graph), SOURCE)]
    assert places == ["http://example.org/%E7%87%88%E5%A1%94%E7%9C%8B%E5%AE%8… label", "stance/x label"]


def test_a_folder_is_searched_in_its_text_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "notes.md").write_text(f"first\n{SENTENCE}\n", encoding="utf-8")
    (tmp_path / "with-mark.txt").write_text(SENTENCE, encoding="utf-8-sig")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0" + SENTENCE.encode())
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "log").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    places = [leak.place for leak in find_leaks(texts_of_files(tmp_path), SOURCE)]
    assert places == ["sub/notes.md:2", "with-mark.txt"]


def test_of_a_checkout_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("source/\n", encoding="utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "thesis.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "燈塔.md").write_text(SENTENCE, encoding="utf-8")
    assert [leak.place for leak in find_leaks(texts_of_files(tmp_path), SOURCE)] == ["燈塔.md"]


def test_a_sentence_that_a_footnote_interrupts_is_found() -> None:
    halves = SENTENCE[:10], SENTENCE[10:]
    source = source_of_text(f"{halves[0]}\n\n7 Some Author, A Book\n\n{halves[1]}")
    offsets = array("l", [source.text.index(half) + i for half in halves for i in range(len(half))])
    paragraph = Paragraph(1, "1", "1", Passage(SENTENCE, offsets), ())
    document = Document((), (paragraph,), (), (), (), ())
    middle = SENTENCE[3:17]
    assert find_leaks([("here", middle)], source.text + SENTENCE[::-1]) == [], "as it stands it is not in the source"
    assert find_leaks([("here", middle)], text_to_compare(source, document))


def test_the_reviewed_list_is_the_lexicon_and_a_file(tmp_path: Path) -> None:
    (tmp_path / "allowed.txt").write_text(f"# a comment\n{NAME}\n\n", encoding="utf-8")
    assert allowed_names(LEXICON, []) >= {"中共", "六方會談", "核不擴散條約", "北京"}
    assert allowed_names(LEXICON, [tmp_path / "allowed.txt"]) - allowed_names(LEXICON, []) == {NAME}
    assert "" not in allowed_names(LEXICON)


@pytest.mark.thesis
def test_no_sentence_of_the_thesis_is_in_the_repository(thesis: Path) -> None:
    source = read_source(thesis)
    text = text_to_compare(source, read_document(source))
    assert find_leaks(texts_of_files(ROOT), text, allowed_names(load_lexicon())) == []


@pytest.mark.thesis
def test_no_sentence_of_the_thesis_is_in_its_graph(thesis: Path) -> None:
    source, lexicon = read_source(thesis), load_lexicon()
    document = read_document(source)
    quads = build_graph(find_facts(document, lexicon), source, document, lexicon, whole=True)
    assert find_leaks(texts_of_quads(quads), text_to_compare(source, document), allowed_names(lexicon)) == []
    # The same check is red where a sentence is there: ten lines of the source, put into a literal.
    planted = Quad(
        quads[0].subject, quads[0].predicate, Literal(document.paragraphs[40].passage.text), quads[0].graph_name
    )
    assert find_leaks(texts_of_quads([*quads, planted]), source.text, allowed_names(lexicon))
