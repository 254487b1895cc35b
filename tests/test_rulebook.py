"""Every rule that a fact can name is told in words, with the file it stands in; the graph carries those words."""

import ast
import re
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.document import read_document
from kg.errors import KgError
from kg.facts.find import find_facts
from kg.facts.views.rules import HOLDER_RULES
from kg.graph.build import Reading, build_graphs
from kg.lexicon import load_lexicon
from kg.resources import LEXICON
from kg.rulebook import Rule, issue_codes, load_rulebook
from kg.source import read_source

ROOT = Path(__file__).parent.parent
BOOK = load_rulebook()
EXAMPLE = ROOT / "docs" / "example.txt"
_CHINESE = re.compile("[\u3400-\u9fff]")


def literal_rules() -> set[str]:
    """Names that the code of `kg.facts` gives to its own rules: `rule="…"`, `rule = "…" if … else "…"`."""
    found: set[str] = set()
    for path in (ROOT / "kg" / "facts").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "rule":
                found |= {
                    c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant) and isinstance(c.value, str)
                }
            if isinstance(node, ast.Assign) and [getattr(t, "id", "") for t in node.targets] == ["rule"]:
                found |= {
                    c.value for c in ast.walk(node.value) if isinstance(c, ast.Constant) and isinstance(c.value, str)
                }
    return found


# Parts of names (f"view-{…}") and how a text shows whose view it is (view-named).
LITERAL = sorted(literal_rules() - {"view-", "commitment-", "rule", *HOLDER_RULES})
assert {"table-row", "document-named", "document-cited", "citation-full"} <= set(LITERAL)
assert len(BOOK) > 100


def test_how_a_text_shows_whose_view_it_is_is_told() -> None:
    assert {f"view-{name}" for name in HOLDER_RULES} <= set(BOOK)


@pytest.mark.parametrize("name", LITERAL)
def test_a_rule_of_the_code_is_told(name: str) -> None:
    assert name in BOOK


@pytest.mark.parametrize("rule", BOOK.values(), ids=BOOK)
def test_a_rule_says_in_english_what_it_looks_for_and_where_it_stands(rule: Rule) -> None:
    assert rule.description.endswith(".")
    assert len(rule.description) > 20
    assert not _CHINESE.search(rule.description + rule.reason), "it is published: in English"
    assert (ROOT / rule.file).is_file()


def test_no_two_rules_are_told_alike() -> None:
    assert len({rule.description for rule in BOOK.values()}) == len(BOOK)


def test_rules_that_are_data_have_a_pattern_and_both_kinds_of_examples() -> None:
    data = [rule for rule in BOOK.values() if rule.pattern]
    assert len(data) > 100
    for rule in data:
        assert any(example.hit for example in rule.examples), rule.name
        assert not all(example.hit for example in rule.examples), f"{rule.name}: a near miss is missing"


def test_what_the_keys_of_an_entry_mean_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        '[[issue]]\ncode = "harbour-dues"\n[[issue.phrase]]\nname = "waive"\npattern = "免港務費"\ntoward = "oppose"\n'
        'needs = "stated"\nholder = ["!PRK"]\ntarget = "CHN"\nreason = "Dues are never wanted."\n'
        '[[issue.phrase.example]]\ntext = "日本免港務費。"\nstances = [["JPN", "harbour-dues", "oppose"]]\n',
        encoding="utf-8",
    )
    rule = load_rulebook(extra=[tmp_path / "mine.toml"])["stance-harbour-dues-waive"]
    assert rule.description == (
        'Finds stances on harbour dues: a clause speaks of "waive", said, wished or refused; '
        "who is for that opposes the issue; never held by PRK; directed at CHN."
    )
    assert (rule.reason, rule.file) == ("Dues are never wanted.", str(tmp_path / "mine.toml"))
    assert [(example.found, example.hit) for example in rule.examples] == [(("JPN harbour-dues oppose",), True)]


BAD = [("[[issue]]\n", "lacks 'code'"), ("[[rule]\n", "not valid TOML"), ("rule = 3\n", "[[rule]]")]


@pytest.mark.parametrize("text, message", BAD)
def test_a_bad_file_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(KgError, match=re.escape(message)):
        load_rulebook(extra=[tmp_path / "mine.toml"])


def test_a_folder_without_rules_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="has no rule with a pattern"):
        load_rulebook(tmp_path)


def test_issues_are_those_of_the_schemes() -> None:
    schemes = (ROOT / "ontology" / "schemes.ttl").read_text(encoding="utf-8")
    assert set(issue_codes()) == set(re.findall(r"^issue:(\S+) a ", schemes, re.MULTILINE))


def told_in_graph(path: Path) -> dict[str, str]:
    """Of every rule in the graph of a text: its description."""
    source, lexicon = read_source(path), load_lexicon()
    document = read_document(source)
    facts = find_facts(document, lexicon)
    rules = {name: rule.description for name, rule in load_rulebook(LEXICON).items()}
    store = Store()
    store.extend(build_graphs([Reading(source, document, facts, rules)], lexicon))
    kg, dcterms = "https://w3id.org/six-party-kg/ontology#", "http://purl.org/dc/terms/"
    query = (
        f"SELECT ?n ?d {{ GRAPH ?g {{ ?r a <{kg}Rule> ; <{dcterms}identifier> ?n "
        f"OPTIONAL {{ ?r <{dcterms}description> ?d }} }} }}"
    )
    answer = store.query(query)
    found = {row["n"].value: row["d"].value if row["d"] else "" for row in answer}  # type: ignore[union-attr, index]
    assert set(found) == {fact.evidence.rule for fact in facts}
    return found


def test_every_rule_in_a_graph_is_described_as_in_the_lexicon() -> None:
    told = told_in_graph(EXAMPLE)
    assert len(told) >= 3
    assert told == {name: BOOK[name].description for name in told}


@pytest.mark.thesis
def test_no_rule_that_finds_something_in_the_thesis_lacks_a_description(thesis: Path) -> None:
    told = told_in_graph(thesis)
    assert len(told) > 100
    assert not set(told) - set(BOOK)
