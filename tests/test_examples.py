"""The texts of examples/, read with their lexicon files, against the tables that were coded by hand beforehand.

The figures are those that examples/README.md tells: a rule that loses one of these stances, or finds a wrong one,
is told here.
"""

import csv
import re
from pathlib import Path

import pytest

from kg.cli.reading import read_text
from kg.facts.examples import check_examples
from kg.graph.build import build_graphs
from kg.graph.serialize import write_quads
from kg.lexicon import load_lexicon
from kg.score import Score, compare, read_reference, tables_of
from kg.store import Store, open_store
from kg.validation import validate

EXAMPLES = Path(__file__).parent.parent / "examples"
TEXTS = sorted(path.relative_to(EXAMPLES).with_suffix("").as_posix() for path in EXAMPLES.glob("*/*.txt"))
LEXICONS = sorted(EXAMPLES.glob("*/lexicon.toml"))
assert len(TEXTS) == 4
assert len(LEXICONS) == 2

# measure: right, found, hit, reference
FIGURES = {
    "fisheries/spokesperson": {
        "stances, distinct": (10, 10, 10, 11),
        "events, start date and kind": (1, 1, 1, 3),
        "institutions, by name": (0, 0, 0, 1),
        "agreements, by name": (1, 1, 1, 1),
    },
    "iran-nuclear/press": {"stances, distinct": (6, 8, 6, 9)},
    "iran-nuclear/statement": {"stances, distinct": (7, 7, 7, 7)},
    "iran-nuclear/talks": {"stances, distinct": (19, 20, 19, 19), "events, start date and kind": (2, 3, 2, 2)},
}


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each text's graph, as `kg extract TEXT --lexicon …` writes it."""
    folder = tmp_path_factory.mktemp("examples")
    made = {}
    for name in TEXTS:
        text = EXAMPLES / f"{name}.txt"
        lexicon = load_lexicon(extra=[text.with_name("lexicon.toml")])
        made[name] = folder / f"{text.stem}.trig"
        write_quads(build_graphs([read_text(text, lexicon)], lexicon), made[name])
    return made


def scored(store: Store, name: str) -> Score:
    reference = read_reference(EXAMPLES / name)
    return compare(tables_of(store, reference), reference)


@pytest.mark.parametrize("name", TEXTS)
def test_found_as_often_as_the_readme_says(name: str, graphs: dict[str, Path]) -> None:
    figures = {figure.name: figure for figure in scored(open_store([graphs[name]]), name).figures}
    told = {m: (f.right, len(f.found), f.hit, len(f.wanted)) for m, f in figures.items() if m in FIGURES[name]}
    assert told == FIGURES[name]
    right, found, hit, wanted = FIGURES[name]["stances, distinct"]
    row = re.search(rf"^\| `{name}\.txt` \| .*\({right}/{found}\).*\({hit}/{wanted}\)", README, re.MULTILINE)
    assert row, "examples/README.md tells other figures"


README = (EXAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_a_graph_with_issues_of_its_own_is_valid(name: str, graphs: dict[str, Path]) -> None:
    report = validate([graphs[name]])
    assert report.conforms
    assert report.passes


@pytest.mark.parametrize("name", TEXTS)
def test_offsets_of_the_tables_point_at_a_clause(name: str) -> None:
    text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")
    tables = [path.read_text(encoding="utf-8").splitlines() for path in (EXAMPLES / name).glob("*.csv")]
    rows = [row for table in tables for row in csv.DictReader(table)]
    assert rows
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        assert text[start - 1] in "。，： \n" or text[start] == "《", row
        assert text[end] in "。，？", row
        assert not set(text[start:end]) & set("。？\n"), row


@pytest.mark.parametrize("path", LEXICONS, ids=lambda path: path.parent.name)
def test_every_example_of_the_lexicon_files_holds(path: Path) -> None:
    checked = check_examples(load_lexicon(extra=[path]))
    assert checked.failures == ()
    assert checked.held > 20


def test_without_their_lexicon_files_the_texts_say_little(graphs: dict[str, Path]) -> None:
    """The stances come from the files, not from rules of the program that happen to fit."""
    lexicon = load_lexicon()
    for name in TEXTS:
        facts = read_text(EXAMPLES / f"{name}.txt", lexicon).facts
        stances = [fact for fact in facts if type(fact).__name__ == "Stance"]
        assert len(stances) <= 4, name
