"""`kg explain` shows the chain behind a statement: passage, names, words, rule, values, statement."""

import re
from pathlib import Path

import pytest

from kg.cli import main
from kg.document import read_document
from kg.explain import Chain, Rereader, lines_of, read_chain
from kg.lexicon import load_lexicon
from kg.parameters import find_node
from kg.rulebook import load_rulebook
from kg.source import read_source
from kg.store import Store, open_store

TEXT = """第一章 湖區會談

第一節 各國立場

　　日本代表在湖區會談的晚宴上舉杯，主張對北韓實施經濟制裁直到明年春天。中國反對對北韓動武，並呼籲各方以對話和平解決問題。
2003 年 8 月 27 日至 29 日，第一輪六方會談在北京舉行。1985 年 12 月北韓加入《不擴散核武器條約》，當時無人料到後來的事。
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A text and its graph."""
    folder = tmp_path_factory.mktemp("explain")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["extract", str(folder / "text.txt"), "-o", str(folder / "text.trig")])
    assert end.value.code == 0
    return folder / "text.txt", folder / "text.trig"


@pytest.fixture(scope="module")
def store(made: tuple[Path, Path]) -> Store:
    return open_store([made[1]])


@pytest.fixture(scope="module")
def reader(made: tuple[Path, Path]) -> Rereader:
    source = read_source(made[0])
    return Rereader(source, read_document(source), load_lexicon())


def chain(store: Store, name: str) -> Chain:
    return read_chain(store, find_node("IRI", name, "kg:SourcedStatement", store), load_rulebook())


def test_a_statement_tells_what_it_says(store: Store) -> None:
    told = chain(store, "JPN-sanctions-support")
    assert {name: value for name, value in told.values if name != "confidence"} == {
        "holder": "actor:JPN", "issue": "issue:sanctions", "polarity": "polarity:support",
        "reviewStatus": "review-status:unreviewed",
    }  # fmt: skip
    assert told.actors == ("JPN",)


def test_each_place_tells_its_rule_and_what_it_adds(store: Store) -> None:
    (step,) = chain(store, "JPN-sanctions-support").steps
    assert [rule.name for rule in step.rules] == ["stance-sanctions-impose-sanctions"]
    assert step.rules[0].file == "lexicon/issues.toml"
    assert ("context", "context:foreign-policy") in step.values


def test_read_again_a_place_shows_names_and_words_at_their_offsets(store: Store, reader: Rereader) -> None:
    told = chain(store, "CHN-use-of-force-oppose")
    (step,) = told.steps
    rules = [rule.name for rule in step.rules]
    again = reader.read(step.place, rules, told.actors)
    assert again.text == TEXT[step.place.start : step.place.end]
    named = {(span.what, TEXT[span.start : span.end]) for span in again.names}
    assert {("CHN", "中國"), ("PRK", "北韓")} <= named
    words = {span.what: TEXT[span.start : span.end] for span in again.words}
    assert "動武" in words["force"]
    assert words["oppose, stated"] == "反對"
    assert again.absent == ()


def test_whom_the_place_does_not_name_is_looked_for_before_it(store: Store, reader: Rereader) -> None:
    told = chain(store, "JPN-sanctions-support")
    (step,) = told.steps
    again = reader.read(step.place, [], told.actors)
    ((actor, before),) = again.absent
    assert actor == "JPN"
    assert before is not None
    assert TEXT[before.start : before.end] == "日本"
    assert before.end <= step.place.start


def test_an_account_of_an_event_shows_where_its_rule_hits(store: Store, reader: Rereader) -> None:
    kg = "https://w3id.org/six-party-kg/ontology#"
    row = next(iter(store.query(
        f"SELECT ?s {{ GRAPH ?g {{ ?s a <{kg}EventAccount> ; <{kg}evidence> ?e }} GRAPH ?h {{ ?e <{kg}rule> "
        "<https://w3id.org/six-party-kg/id/rule/accession> } }"
    )))  # fmt: skip
    told = chain(store, row["s"].value)
    (step,) = told.steps
    again = reader.read(step.place, ["accession"], told.actors)
    assert [TEXT[span.start : span.end][:2] for span in again.words] == ["加入"]
    assert ("1985-12", "1985 年 12 月") in {(span.what, TEXT[span.start : span.end]) for span in again.names}


def test_a_rule_is_shown_once_with_its_examples(store: Store) -> None:
    lines = list(lines_of(chain(store, "CHN-use-of-force-oppose"), {}))
    (at,) = [i for i, line in enumerate(lines) if line.startswith("rule ")]
    assert "(lexicon/issues.toml)" in lines[at]
    assert lines[at + 1].startswith("  Finds stances on use of force")
    assert any(line.startswith("  Pattern: ") for line in lines)
    examples = [line for line in lines if line.startswith("  Example: ")]
    assert any("use-of-force oppose" in line for line in examples)
    assert any(line.startswith("  Near miss: ") for line in lines)


def test_a_rule_that_the_lexicon_does_not_have_is_named(store: Store) -> None:
    node = find_node("IRI", "JPN-sanctions-support", "kg:SourcedStatement", store)
    told = read_chain(store, node, {})
    assert "Not in the lexicon at hand" in "\n".join(lines_of(told, {}))


# --- the command -----------------------------------------------------------------------------------------------


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["explain", *map(str, arguments)])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def test_without_the_source_no_words_of_it_are_shown(capsys, monkeypatch, made: tuple[Path, Path]) -> None:
    monkeypatch.delenv("KG_SOURCE", raising=False)
    status, out, err = run(capsys, "JPN-sanctions-support", "--data", made[1])
    assert (status, err) == (0, "")
    assert re.search(r"^ +1\. chapter 1, section 1\.1, .*characters \d+-\d+; rule stance-sanctions", out, re.MULTILINE)
    assert re.search(r"^ +digest +[0-9a-f]{64}$", out, re.MULTILINE)
    assert "passage" not in out
    assert "直到明年" not in out


def test_with_the_source_the_passage_is_shown(capsys, made: tuple[Path, Path]) -> None:
    status, out, err = run(capsys, "JPN-sanctions-support", "--data", made[1], "--source", made[0])
    assert (status, err) == (0, "")
    assert re.search(r"^ +passage +.*直到明年", out, re.MULTILINE)
    assert re.search(r"^ +names +PRK \(\d+-\d+\)", out, re.MULTILINE)
    assert re.search(r"^ +not named +JPN, last named at \d+-\d+", out, re.MULTILINE)


def test_another_source_is_not_read(capsys, tmp_path: Path, made: tuple[Path, Path]) -> None:
    (tmp_path / "other.txt").write_text(TEXT + "尾聲。", encoding="utf-8")
    status, out, err = run(capsys, "JPN-sanctions-support", "--data", made[1], "--source", tmp_path / "other.txt")
    assert status == 1
    assert "the source does not agree" in err
    assert "直到明年" not in out
    assert "rule stance-sanctions-impose-sanctions" in out, "what the graph tells is told all the same"


WRONG = [
    (["JPN-sanctions-suport"], "Nearest known"),
    (["JPN-sanctions-support", "--source", "no-such.txt"], "no-such.txt"),
    (["JPN-sanctions-support", "--lexicon", "no-such.toml"], "no-such.toml"),
]


@pytest.mark.parametrize("arguments, message", WRONG)
def test_what_is_not_there_is_one_line(capsys, made: tuple[Path, Path], arguments: list[str], message: str) -> None:
    status, out, err = run(capsys, *arguments, "--data", made[1])
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.thesis
def test_every_statement_of_the_released_graph_has_a_chain(thesis: Path) -> None:
    from kg.resources import RELEASED_GRAPH

    store = open_store([RELEASED_GRAPH])
    book = load_rulebook()
    kg = "https://w3id.org/six-party-kg/ontology#"
    rows = store.query(f"SELECT DISTINCT ?s {{ GRAPH ?g {{ ?s a <{kg}SourcedStatement> }} }}")
    statements = sorted((row["s"] for row in rows), key=str)  # type: ignore[index]
    assert len(statements) > 500
    source = read_source(thesis)
    reader = Rereader(source, read_document(source), load_lexicon())
    for statement in statements[::10]:
        told = read_chain(store, statement, book)
        assert all(rule.file for rule in told.rules()), told.iri
        for step in told.steps:
            again = reader.read(step.place, [rule.name for rule in step.rules], told.actors)
            assert again.text
            assert all(step.place.start <= s.start < s.end <= step.place.end for s in (*again.names, *again.words))
