"""A user's own lexicon file: issues, words of attitude and rules for events, for a subject of the user's."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from kg.document import read_document
from kg.errors import KgError
from kg.facts.examples import check_examples
from kg.facts.find import find_facts
from kg.facts.model import Event, Stance
from kg.graph.build import build_graph
from kg.graph.names import concept, graph, term
from kg.lexicon import Lexicon, load_lexicon
from kg.rulebook import load_rulebook
from kg.source import source_of_text
from tests.test_cli import kg  # noqa: F401  (a fixture)

ISSUE = """[[issue]]
code = "water-sharing"
en = "sharing of the river"
zh = "河水分配"

[[issue.phrase]]
name = "quota"
pattern = "河水分配"
example = [{ text = "蒙古支持河水分配。", stances = [["MNG", "water-sharing", "support"]] }]
"""
ATTITUDE = """[[attitude]]
name = "backs"
polarity = "support"
strength = "stated"
words = ["力挺"]
"""
RULE = """[[rule]]
name = "dam-closed"
kind = "facility-shutdown"
pattern = "關閉了?水壩"
confidence = 0.9
[[rule.example]]
text = "2009 年 5 月 3 日，蒙古關閉了水壩。"
events = [["2009-05-03", "facility-shutdown", "MNG"]]
"""
TEXT = "蒙古力挺河水分配。2009 年 5 月 3 日，蒙古關閉了水壩。\n"


def load(folder: Path, *files: str) -> Lexicon:
    paths = [folder / f"mine{number}.toml" for number, _ in enumerate(files)]
    for path, text in zip(paths, files, strict=True):
        path.write_text(text, encoding="utf-8")
    return load_lexicon(extra=paths)


def stances(lexicon: Lexicon, text: str) -> set[tuple[str, str, str]]:
    facts = find_facts(read_document(source_of_text(text)), lexicon)
    return {(fact.holder, fact.issue, fact.polarity) for fact in facts if isinstance(fact, Stance)}


def test_issue_word_and_event_are_found_with_the_file_only(tmp_path: Path) -> None:
    lexicon = load(tmp_path, ISSUE + ATTITUDE + RULE)
    facts = find_facts(read_document(source_of_text(TEXT)), lexicon)
    assert [(f.holder, f.issue, f.polarity) for f in facts if isinstance(f, Stance)] == [
        ("MNG", "water-sharing", "support")
    ]
    assert [(f.date, f.kind) for f in facts if isinstance(f, Event)] == [("2009-05-03", "facility-shutdown")]
    assert find_facts(read_document(source_of_text(TEXT)), load_lexicon()) == []


def test_simplified_text_is_read_by_a_file_in_traditional_characters(tmp_path: Path) -> None:
    lexicon = load(tmp_path, ISSUE.replace("河水分配", "資源養護"))
    assert stances(lexicon, "蒙古支持资源养护。") == {("MNG", "water-sharing", "support")}


def test_files_go_together(tmp_path: Path) -> None:
    """One file brings the issue, another one more phrase for it, and a word."""
    more = '[[issue]]\ncode = "water-sharing"\n[[issue.phrase]]\nname = "weir"\npattern = "分水閘"\n'
    lexicon = load(tmp_path, ISSUE, more + ATTITUDE)
    assert stances(lexicon, "蒙古力挺分水閘。") == {("MNG", "water-sharing", "support")}
    assert [issue.code for issue in lexicon.issues] == ["water-sharing"]


def test_an_issue_of_the_program_gets_more_phrases_and_topics(tmp_path: Path) -> None:
    """Sanctions are coded where a passage is about North Korea; the file says that Mongolia counts too."""
    more = '[[issue]]\ncode = "sanctions"\nabout = ["MNG"]\n[[issue.phrase]]\nname = "fence"\npattern = "關市圍堵"\n'
    lexicon = load(tmp_path, more)
    assert lexicon.issues == ()
    assert stances(lexicon, "日本主張對蒙古關市圍堵。") == {("JPN", "sanctions", "support")}
    assert stances(load_lexicon(), "日本主張對蒙古經濟制裁。") == set()
    assert stances(lexicon, "日本主張對蒙古經濟制裁。") == {("JPN", "sanctions", "support")}


def test_a_word_that_is_there_takes_the_polarity_of_the_file(tmp_path: Path) -> None:
    turned = ATTITUDE.replace("support", "oppose").replace("力挺", "敦促")
    assert stances(load(tmp_path, ISSUE), "蒙古敦促河水分配。") == {("MNG", "water-sharing", "support")}
    assert stances(load(tmp_path, ISSUE + turned), "蒙古敦促河水分配。") == {("MNG", "water-sharing", "oppose")}


def test_words_may_come_after_what_they_are_about(tmp_path: Path) -> None:
    after = ATTITUDE.replace("support", "oppose").replace("力挺", "不敢恭維") + "follows = true\n"
    assert stances(load(tmp_path, ISSUE + after), "蒙古對恢復河水分配不敢恭維。") == {
        ("MNG", "water-sharing", "oppose")
    }


# --- the graph --------------------------------------------------------------------------------------------------


def quads(lexicon: Lexicon, text: str) -> list[Quad]:
    source = source_of_text(text)
    document = read_document(source)
    return build_graph(find_facts(document, lexicon), source, document, lexicon, whole=False)


def test_a_new_issue_is_a_concept_with_its_names(tmp_path: Path) -> None:
    meaning = 'definition = "Who gets how much."\nscope_note = "Support: wants it shared."\n'
    made = quads(load(tmp_path, ISSUE.replace("\n\n", f"\n{meaning}\n", 1)), "蒙古支持河水分配。")
    me = concept("issue", "water-sharing")
    told = {(q.predicate, q.object) for q in made if q.subject == me and q.graph_name == graph("schemes")}
    for predicate, text, language in (
        ("skos:prefLabel", "sharing of the river", "en"),
        ("skos:prefLabel", "河水分配", "zh-Hant"),
        ("skos:definition", "Who gets how much.", "en"),
        ("skos:scopeNote", "Support: wants it shared.", "en"),
    ):
        assert (term(predicate), Literal(text, language=language)) in told
    assert any(q.predicate == term("kg:issue") and q.object == me for q in made)


def test_an_extract_names_the_issues_that_it_speaks_of_and_no_other() -> None:
    made = quads(load_lexicon(), "日本主張對北韓實施經濟制裁。")
    issues = {q.subject for q in made if q.object == term("kg:Issue")}
    assert issues == {concept("issue", "sanctions")}


def test_the_rulebook_tells_the_rules_of_the_file(tmp_path: Path) -> None:
    lexicon = load(tmp_path, ISSUE + RULE)
    book = load_rulebook(extra=[file.path for file in lexicon.own])
    assert {"stance-water-sharing-quota", "commitment-water-sharing", "dam-closed"} <= book.keys()


# --- mistakes ---------------------------------------------------------------------------------------------------

HEAD = ISSUE.partition("[[issue.phrase]]")[0].replace("water-sharing", "rivers")
PHRASE = HEAD + '[[issue.phrase]]\nname = "a"\npattern = "河水"\n'
MISTAKES = [
    ("issue = 3\n", "mine0.toml: issue is no list of tables; write [[issue]] with two brackets"),
    ('[[issue]]\nen = "A"\n', "mine0.toml: issue with code None; give it a code of small letters, digits and hyphens"),
    (ISSUE.replace("water-sharing", "Water/Sharing"), "mine0.toml: issue with code 'Water/Sharing'; give it a code"),
    (ISSUE.replace('en = "sharing of the river"\n', ""), "mine0.toml: issue water-sharing: en is missing; a new issue"),
    (ISSUE.replace('"河水分配"\n', "7\n", 1), "mine0.toml: issue water-sharing: zh is 7; write a text"),
    (ISSUE + ISSUE, "mine0.toml: issue water-sharing: this code is used twice; merge the two entries"),
    (ISSUE.replace("zh =", "cn ="), "mine0.toml: issue water-sharing: unknown key 'cn'; known: code, en, zh"),
    ('[[issue]]\ncode = "sanctions"\nen = "S"\n', "mine0.toml: issue sanctions: it is there already, with its en"),
    (PHRASE.replace("name =", "nme ="), "mine0.toml: issue 'rivers', phrase '?': unknown key 'nme'."),
    (PHRASE.replace('pattern = "河水"\n', ""), "mine0.toml: issue 'rivers', phrase 'a': 'pattern' is missing"),
    (PHRASE.replace("河水\"\n", "(河水\"\n"), "mine0.toml: issue 'rivers', phrase 'a': the pattern is no regular"),
    (PHRASE.replace("河水\"\n", "(?:河水)?\"\n"), "mine0.toml: issue 'rivers', phrase 'a': the pattern matches where"),
    (PHRASE.replace("河水\"\n", "{XAA}河水\"\n"), "mine0.toml: issue 'rivers', phrase 'a': unknown slot {XAA}"),
    (PHRASE.replace('"a"', '"A b"'), "mine0.toml: issue 'rivers', phrase 'A b': name is 'A b'; write a name of"),
    (PHRASE + "pattern2 = 1\n", "mine0.toml: issue 'rivers', phrase 'a': unknown key 'pattern2'."),
    (PHRASE + 'holder = "MNG"\n', "mine0.toml: issue 'rivers', phrase 'a': holder is 'MNG'; write a list"),
    (PHRASE + 'holder = ["!XAA"]\n', "mine0.toml: issue 'rivers', phrase 'a': 'XAA' is no actor; add it"),
    (PHRASE + 'target = "XAA"\n', "mine0.toml: issue 'rivers', phrase 'a': 'XAA' is no actor; add it"),
    (PHRASE + 'toward = "up"\n', "mine0.toml: issue 'rivers', phrase 'a': toward = 'up' is unknown."),
    (PHRASE + 'polarity = "conditional"\n', "mine0.toml: issue 'rivers', phrase 'a': 'condition' is missing"),
    (PHRASE + "confidence = 7\n", "mine0.toml: issue 'rivers', phrase 'a': confidence is 7; write a number"),
    (PHRASE + 'example = [{text = "河"}]\n', "mine0.toml: issue 'rivers', phrase 'a': example is [{'text'"),
    (PHRASE + '[[issue.phrase]]\nname = "a"\npattern = "河"\n', "mine0.toml: issue 'rivers', phrase"),
    ('[[issue]]\ncode = "sanctions"\nphrase = 3\n', "mine0.toml: issue 'sanctions': phrase is 3; write [[issue"),
    ('[[issue]]\ncode = "sanctions"\nabout = ["XAA"]\n', "mine0.toml: issue 'sanctions': about 'XAA' is no code or id"),
    ('[[issue]]\ncode = "sanctions"\nyields_to = ["x"]\n', "lexicon: issue 'sanctions': yields_to 'x' is no issue"),
    (ATTITUDE.replace("words", "word"), "mine0.toml: attitude 'backs': unknown key 'word'."),
    (ATTITUDE.replace('["力挺"]', "[]"), "mine0.toml: attitude 'backs': words is []; write a list of texts"),
    (ATTITUDE.replace("support", "for"), "mine0.toml: attitude 'backs': polarity = 'for' is unknown."),
    (ATTITUDE.replace("stated", "said"), "mine0.toml: attitude 'backs': strength = 'said' is unknown."),
    (ATTITUDE.replace('strength = "stated"\n', ""), "mine0.toml: attitude 'backs': 'strength' is missing; add it."),
    (ATTITUDE + ATTITUDE.replace("support", "oppose"), "mine0.toml: attitude 'backs': the word '力挺' has another"),
    (RULE.replace("facility-shutdown", "flood"), "mine0.toml: rule 'dam-closed': kind 'flood' is none of accession"),
    (RULE.replace("0.9", '"high"'), "mine0.toml: rule 'dam-closed': is not as it should be (could not convert"),
    (RULE.replace("0.9", "9"), "mine0.toml: rule 'dam-closed': confidence is 9.0; write a number above 0, at most 1"),
    (RULE.replace("關閉", "(關閉"), "mine0.toml: rule 'dam-closed': pattern '(關閉"),
    (RULE.replace('"關閉了?水壩"', '"了?"'), "mine0.toml: rule 'dam-closed': the pattern matches where nothing stands"),
    (RULE.replace("dam-closed", "Dam closed"), "mine0.toml: rule 'Dam closed': give it a name of small letters"),
    (RULE.replace("dam-closed", "accession"), "events.toml: two rules are called 'accession'; rename one"),
    (RULE.replace('text = "2009', 'txt = "2009'), "mine0.toml: rule 'dam-closed': is not as it should be ('text')"),
]  # fmt: skip
assert MISTAKES


@pytest.mark.parametrize("file, message", MISTAKES, ids=[message[:70] for _, message in MISTAKES])
def test_mistake_is_told_in_one_line_with_file_and_entry(tmp_path: Path, file: str, message: str) -> None:
    with pytest.raises(KgError) as error:
        find_facts(read_document(source_of_text("蒙古支持河水分配。")), load(tmp_path, file))
    assert str(error.value).startswith(message), str(error.value)
    assert "\n" not in str(error.value)


# --- kg lexicon check -------------------------------------------------------------------------------------------


def test_examples_of_every_kind_are_tried(tmp_path: Path) -> None:
    actor = '[[actor]]\ncode = "CHN"\nnames = ["神州"]\nexample = [{ text = "神州", mentions = ["CHN"] }]\n'
    checked = check_examples(load(tmp_path, actor + ISSUE + RULE))
    assert (checked.held, checked.failures) == (3, ())
    wrong = (actor + ISSUE + RULE).replace('["CHN"]', "[]").replace('"support"', '"oppose"').replace("05-03", "05-04")
    assert check_examples(load(tmp_path, wrong)).failures == (
        "mine0.toml: actor CHN: '神州': found CHN, wanted nothing",
        "mine0.toml: issue water-sharing, phrase quota: '蒙古支持河水分配。': "
        "found MNG water-sharing support, wanted MNG water-sharing oppose",
        "mine0.toml: rule dam-closed: '2009 年 5 月 3 日，蒙古關閉了水壩。': "
        "found 2009-05-03 facility-shutdown MNG, wanted 2009-05-04 facility-shutdown MNG",
    )


def test_the_command_ends_with_what_it_found(kg, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "mine.toml"
    file.write_text(ISSUE, encoding="utf-8")
    result = kg("lexicon", "check", file)
    assert (result.status, result.out) == (0, f"{file}: 1 example holds\n")
    file.write_text(ISSUE.replace('"support"', '"oppose"'), encoding="utf-8")
    result = kg("lexicon", "check", file)
    assert result.status == 1
    assert result.out.count("\n") == 1
    assert "1 of 1 examples do not hold" in result.err
    file.write_text(ATTITUDE, encoding="utf-8")
    result = kg("lexicon", "check", file)
    assert result.status == 2
    assert "has no example" in result.err
    assert kg("lexicon", "check", tmp_path / "none.toml").status == 2


def test_extract_and_report_on_a_new_issue(kg, tmp_path: Path) -> None:  # noqa: F811
    text, file, out = tmp_path / "text.txt", tmp_path / "mine.toml", tmp_path / "text.trig"
    text.write_text("蒙古力挺河水分配。日本主張對北韓實施經濟制裁。\n", encoding="utf-8")
    file.write_text(ISSUE + ATTITUDE, encoding="utf-8")
    assert kg("extract", text, "--lexicon", file, "-o", out).status == 0
    for issue, holder in (("water-sharing", "MNG"), ("sanctions", "JPN")):
        assert holder in kg("report", "issue-positions", "-p", f"issue={issue}", "--data", out).out
    assert kg("validate", "--data", out).status == 0
