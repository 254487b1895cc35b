"""`kg score` says how well coded tables agree with reference tables, and where they do not; as score.py does."""

import csv
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store
from sample_graph import DOCUMENT, LEXICON, SOURCE, STANCE, at

from kg.cli import main
from kg.errors import KgError, NothingToCheck
from kg.facts.model import Event, Stance
from kg.graph import build_graph
from kg.resources import RELEASED_GRAPH
from kg.score import Coded, Score, compare, read_coded, read_reference, read_tables, tables_of
from kg.score.calibration import calibrate, confidences
from kg.score.likeness import near, similar, start_date
from kg.score.listing import listing
from kg.score.output import to_data
from kg.score.rows import COMPARED, Row
from kg.store import open_store

OUTSIDE = Path(__file__).parent.parent.parent / "shared" / "score"

Lines = Sequence[Mapping[str, object]]


def write(folder: Path, **tables: Lines) -> Path:
    """Tables as CSV files; every compared column is there, empty where a line has none."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in tables.items():
        head = dict.fromkeys([*COMPARED[name], "start", "end", *(key for line in lines for key in line)])
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(head), restval="")
            writer.writeheader()
            writer.writerows(lines)
    return folder


def stance(code: str, start: int, length: int = 20, **more: object) -> dict[str, object]:
    holder, issue, polarity = code.split()
    return {"holder": holder, "issue": issue, "polarity": polarity, "start": start, "end": start + length, **more}


def scored(
    tmp_path: Path, wanted: Mapping[str, Lines], found: Mapping[str, Lines], coded: Coded | None = None
) -> Score:
    reference = read_reference(write(tmp_path / "reference", **wanted))
    ours, _ = read_tables(write(tmp_path / "found", **found), reference)
    return compare(ours, reference, coded)


def counts(score: Score) -> dict[str, tuple[int, int, int, int]]:
    """Of each measure: right of found, hit of wanted."""
    return {f.name: (f.right, len(f.found), f.hit, len(f.wanted)) for f in score.figures}


# --- what counts as the same -----------------------------------------------------------------------------------

ALIKE = [
    ("漁港論壇", "漁港論壇", 1.0),
    ("漁港 論壇！", "漁港論壇", 1.0),
    ("ＨＦ", "hf", 1.0),
    ("東方漁港論壇", "漁港論壇", 0.9),
    ("論壇", "漁港論壇", 2 / 3),  # two letters may stand in anything
    ("", "漁港論壇", 0.0),
    ("", "", 0.0),
]


@pytest.mark.parametrize("one, other, expected", ALIKE)
def test_how_alike_two_names_are(one: str, other: str, expected: float) -> None:
    assert similar(one, other) == pytest.approx(expected)


@pytest.mark.parametrize(
    "edtf, expected", [("2003-08-27/2003-08-29", "2003-08-27"), ("2003~", "2003"), ("2003-08?", "2003-08"), ("", "")]
)
def test_a_date_starts(edtf: str, expected: str) -> None:
    assert start_date(edtf) == expected


@pytest.mark.parametrize("start, expected", [(160, True), (161, False), (15, True), (14, False)])
def test_a_place_is_near_within_60_characters(start: int, expected: bool) -> None:
    assert near(Row({}, 80, 100), Row({}, start, start + 5)) is expected


# --- what is counted -------------------------------------------------------------------------------------------


def test_stances_count_once_as_codes_and_each_as_places(tmp_path: Path) -> None:
    score = scored(
        tmp_path,
        {"stances": [
            stance("JPN aid support", 0, difficulty="plain"),
            stance("JPN aid support", 1000, difficulty="hard"),
            stance("KOR aid oppose", 2000, difficulty="hard"),
            stance("USA aid oppose", 3000, difficulty="plain"),
        ]},
        {"stances": [
            stance("JPN aid support", 70),  # near the first of them
            stance("KOR aid oppose", 5000),  # right, but elsewhere
            stance("USA aid support", 3000),  # the wrong polarity
        ]},
    )  # fmt: skip
    assert counts(score) == {
        "stances, distinct": (2, 3, 2, 3),
        "stances, plain ones": (2, 3, 1, 2),
        "stances, holder and issue": (3, 3, 3, 3),
        "stances, places": (1, 3, 1, 4),
    }
    distinct = score.figures[0]
    assert (distinct.precision, distinct.recall, distinct.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_without_a_difficulty_nothing_is_said_of_the_plain_ones(tmp_path: Path) -> None:
    score = scored(tmp_path, {"stances": [stance("JPN aid support", 0)]}, {"stances": [stance("JPN aid support", 0)]})
    assert "stances, plain ones" not in counts(score)


def test_events_count_by_the_day_they_begin(tmp_path: Path) -> None:
    score = scored(
        tmp_path,
        {"events": [
            {"date": "2003-08-27/2003-08-29", "kind": "talks", "start": 5, "end": 9},
            {"date": "2004", "kind": "visit", "start": 5, "end": 9},
        ]},
        {"events": [
            {"date": "2003-08-27~", "kind": "talks", "start": 5, "end": 9},
            {"date": "2004", "kind": "speech", "start": 5, "end": 9},
        ]},
    )  # fmt: skip
    assert counts(score) == {"events, start date and kind": (1, 2, 1, 2), "events, start date": (2, 2, 2, 2)}


def undertaking(id: str, debtor: str, start: int) -> dict[str, object]:
    return {"id": id, "debtor": debtor, "issue": "aid", "start": start, "end": start + 9}


def test_a_commitment_told_at_two_places_counts_once_and_alike_ones_each(tmp_path: Path) -> None:
    score = scored(
        tmp_path,
        {"commitments": [undertaking("", "USA", 0), undertaking("", "USA", 900), undertaking("", "CHN", 0)]},
        {"commitments": [undertaking("a", "USA", 900), undertaking("a", "USA", 300), undertaking("b", "USA", 5000),
                         undertaking("c", "USA", 6000)]},
    )  # fmt: skip
    assert counts(score) == {"commitments, debtor and issue": (2, 3, 2, 3)}
    assert [unit.rows[0]["id"] for unit in score.figures[0].found if not unit.right] == ["c"]


def thing(id: str, zh: str, en: str = "", start: int = 0, **more: str) -> dict[str, object]:
    return {"id": id, "name_zh": zh, "name_en": en, "start": start, "end": start + 9, **more}


def test_things_are_matched_by_a_like_name_and_then_dates_are_compared(tmp_path: Path) -> None:
    score = scored(
        tmp_path,
        {"institutions": [
            thing("", "漁港論壇", founded="1994"),
            thing("", "漁港論壇", founded="", start=50),
            thing("", "燈塔聯盟", "Lighthouse League", founded="1950-03"),
            thing("", "無人記得的會", founded="1960"),
        ]},
        {"institutions": [
            thing("hf", "東方漁港論壇", founded="1995"),
            thing("hf", "東方漁港論壇", founded="1994", start=70),
            thing("ll", "", "LIGHTHOUSE  LEAGUE", founded="1951"),
            thing("x", "別的會", founded="1960"),
        ]},
    )  # fmt: skip
    assert counts(score) == {"institutions, by name": (2, 3, 2, 3)}
    assert [(d.name, d.agree, d.of) for d in score.details] == [("institutions, founded", 1, 2)]


def test_views_share_an_author_nearby(tmp_path: Path) -> None:
    def view(authors: str, kind: str, valence: str, start: int) -> dict[str, object]:
        return {"authors": authors, "kind": kind, "valence": valence, "start": start, "end": start + 20}

    score = scored(
        tmp_path,
        {"views": [view("李四;王五", "assessment", "positive", 0), view("李四", "definition", "", 900)]},
        {"views": [view("王五", "assessment", "mixed", 200), view("李四", "definition", "", 2000)]},
    )
    assert counts(score) == {"views, author and place": (1, 2, 1, 2)}
    assert [(d.name, d.agree, d.of) for d in score.details] == [("views, kind", 1, 1), ("views, valence", 0, 1)]


def test_citations_share_footnote_and_title(tmp_path: Path) -> None:
    def cited(footnote: str, title: str, authors: str, year: str, repeat: str = "false") -> dict[str, object]:
        return {"footnote": footnote, "title": title, "authors": authors, "year": year, "kind": "book",
                "repeat": repeat, "start": 0, "end": 9}  # fmt: skip

    score = scored(
        tmp_path,
        {"citations": [cited("1:1", "港口與城市", "羅平;白石", "2003"), cited("1:2", "潮汐", "白石", "2001")]},
        {
            "citations": [
                cited("1:1", "《港口與城市》", "白石;羅平", "2003-05", "true"),
                cited("1:3", "潮汐", "白石", "2001"),
            ]
        },
    )
    assert counts(score) == {"citations, footnote and title": (1, 2, 1, 2)}
    assert {d.name: (d.agree, d.of) for d in score.details} == {
        "citations, authors": (1, 1), "citations, year": (1, 1), "citations, kind": (1, 1), "citations, repeat": (0, 1),
    }  # fmt: skip


def test_a_table_that_the_reference_has_not_is_not_scored_and_one_not_found_counts_as_nothing(tmp_path: Path) -> None:
    reference = read_reference(
        write(tmp_path / "r", stances=[stance("JPN aid support", 0)], views=[{"start": 1, "end": 2}])
    )
    found, missing = read_tables(write(tmp_path / "f", stances=[stance("JPN aid support", 0)], events=[]), reference)
    assert missing == ("views",)
    score = compare(found, reference)
    assert counts(score)["views, author and place"] == (0, 0, 0, 1)
    assert not [name for name in counts(score) if name.startswith("events")]


CODED = st.lists(
    st.tuples(st.sampled_from(["JPN", "KOR"]), st.sampled_from(["aid", "sanctions"]), st.integers(0, 400)),
    min_size=1, max_size=12,
)  # fmt: skip


def rows_of(coded: list[tuple[str, str, int]]) -> dict[str, list[Row]]:
    return {"stances": [
        Row({"holder": holder, "issue": issue, "polarity": "support", "difficulty": "plain"}, start, start + 10)
        for holder, issue, start in coded
    ]}  # fmt: skip


@given(CODED)
def test_what_is_compared_with_itself_agrees_wholly(coded: list[tuple[str, str, int]]) -> None:
    assert {figure.f1 for figure in compare(rows_of(coded), rows_of(coded)).figures} == {1.0}


@given(CODED, CODED, st.randoms())
def test_the_order_of_rows_does_not_matter(one: list, other: list, dice: random.Random) -> None:
    score = counts(compare(rows_of(one), rows_of(other)))
    assert score == counts(compare(rows_of(dice.sample(one, len(one))), rows_of(dice.sample(other, len(other)))))


@given(CODED, CODED)
def test_precision_of_one_is_recall_of_the_other(one: list, other: list) -> None:
    there, back = compare(rows_of(one), rows_of(other)).figures, compare(rows_of(other), rows_of(one)).figures
    assert [(figure.precision, figure.recall) for figure in there if figure.name != "stances, plain ones"] == [
        (figure.recall, figure.precision) for figure in back if figure.name != "stances, plain ones"
    ]


# --- what was coded --------------------------------------------------------------------------------------------


def chapters(tmp_path: Path, text: str = "chapter,start,end\n1,0,100\n2,100,200\n3,200,300\n") -> Path:
    path = tmp_path / "chapters.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_only_coded_chapters_count(tmp_path: Path) -> None:
    wanted = {"stances": [stance("JPN aid support", 110, chapter="2"), stance("KOR aid support", 10, chapter="1")]}
    found = {"stances": [stance("JPN aid support", 110), stance("KOR aid support", 10), stance("USA aid support", 250)]}
    reference = read_reference(write(tmp_path / "reference", **wanted))
    both = read_coded(chapters(tmp_path), reference)
    assert [chapter for chapter, _, _ in both.parts] == ["1", "2"], "chapter 3 has no row in the reference"
    assert counts(scored(tmp_path, wanted, found, both))["stances, distinct"] == (2, 2, 2, 2)
    one = read_coded(chapters(tmp_path), reference, ["2"])
    assert counts(scored(tmp_path, wanted, found, one))["stances, distinct"] == (1, 1, 1, 1)
    assert counts(scored(tmp_path, wanted, found))["stances, distinct"] == (2, 3, 2, 2)


def test_without_chapters_of_its_own_a_reference_row_lies_where_it_starts(tmp_path: Path) -> None:
    wanted = {"stances": [stance("JPN aid support", 110), stance("KOR aid support", 400)]}
    coded = read_coded(chapters(tmp_path), read_reference(write(tmp_path / "reference", **wanted)))
    assert len(coded.parts) == 3
    found = {"stances": [stance("JPN aid support", 110), stance("KOR aid support", 400), stance("USA aid support", -1)]}
    found["stances"][2] |= {"start": "", "end": ""}  # nowhere
    assert counts(scored(tmp_path, wanted, found, coded))["stances, distinct"] == (1, 1, 1, 1)


# --- misses and extras -----------------------------------------------------------------------------------------


def test_misses_and_extras_are_listed_by_place(tmp_path: Path) -> None:
    wanted = {"stances": [stance("JPN aid support", 500, chapter="4"), stance("KOR aid oppose", 20, chapter="4")]}
    found = {"stances": [
        stance("CHN aid oppose", 10, section="4.1"), stance("KOR aid oppose", 30, section="4.1"),
        stance("JPN aid support", 900, section="4.2"),
    ]}  # fmt: skip
    reference = read_reference(write(tmp_path / "reference", **wanted))
    ours, _ = read_tables(write(tmp_path / "found", **found), reference)
    score = compare(ours, reference)
    listed = listing(score, ours, 5)
    assert [(one.what, one.codes, one.section, one.start, one.end, one.remark) for one in listed] == [
        ("missed", "JPN aid support", "4", 500, 520, "found elsewhere"),
        ("extra", "CHN aid oppose", "4.1", 10, 30, ""),
        ("extra", "JPN aid support", "4.2", 900, 920, "coded elsewhere"),
    ]
    assert [one.what for one in listing(score, ours, 1)] == ["missed", "extra"]
    assert listing(score, ours, 0) == []


def test_a_miss_between_two_places_of_one_section_stands_in_it(tmp_path: Path) -> None:
    wanted = {"stances": [stance("USA aid support", start, chapter="4") for start in (5, 300, 600, 2000)]}
    found = {"stances": [stance("CHN aid oppose", n, section=s) for n, s in ((100, "4.1"), (500, "4.1"), (900, "4.2"))]}
    reference = read_reference(write(tmp_path / "reference", **wanted))
    ours, _ = read_tables(write(tmp_path / "found", **found), reference)
    missed = [one for one in listing(compare(ours, reference), ours, 9) if one.what == "missed"]
    assert [one.section for one in missed] == ["4", "4.1", "4", "4"]


# --- what confidence means -------------------------------------------------------------------------------------


def graph(*facts: Stance | Event) -> Store:
    store = Store()
    store.extend(build_graph(facts, SOURCE, DOCUMENT, LEXICON, whole=False))
    return store


def test_of_the_sure_ones_so_many_are_right(tmp_path: Path) -> None:
    store = graph(
        Stance("PRK", "aid", "support", at(0, 20, confidence=0.95)),
        Stance("PRK", "aid", "support", at(200, 220, confidence=0.5)),
        Stance("CHN", "aid", "support", at(40, 60, confidence=0.7)),
        Stance("USA", "aid", "support", at(80, 99, confidence=0.6)),
        Event("first-visit", "visit", "2003", at(100, 120, confidence=0.9), ("CHN",)),
    )
    wanted = {
        "stances": [stance("PRK aid support", 0), stance("CHN aid support", 40)],
        "events": [{"date": "2003", "kind": "visit", "start": 100, "end": 120}],
    }
    reference = read_reference(write(tmp_path / "reference", **wanted))
    steps = calibrate(compare(tables_of(store, reference), reference), confidences(store), (0.5, 0.65, 0.95))
    told = {name: [(s.confidence, s.statements, s.right) for s in steps if s.measure == name] for name in
            {step.measure for step in steps}}  # fmt: skip
    assert told == {
        "stances, distinct": [(0.5, 3, 2), (0.65, 2, 2), (0.95, 1, 1)],
        "stances, places": [(0.5, 4, 2), (0.65, 2, 2), (0.95, 1, 1)],
        "events, start date and kind": [(0.5, 1, 1), (0.65, 1, 1), (0.95, 0, 0)],
    }


def test_every_row_of_the_released_graph_has_its_confidence() -> None:
    store = open_store([RELEASED_GRAPH])
    known = confidences(store)
    rows = [(name, row) for name, own in tables_of(store, dict.fromkeys(COMPARED, ())).items() for row in own]
    assert len(rows) > 500
    assert not [row for name, row in rows if (name, row["id"], row.start, row.end) not in known]


def test_offsets_of_two_sources_are_not_mixed_up(tmp_path: Path) -> None:
    from kg.source import source_of_text

    store = graph(STANCE)
    store.extend(build_graph([STANCE], source_of_text(SOURCE.text + "尾"), DOCUMENT, LEXICON, whole=False))
    reference = read_reference(write(tmp_path / "reference", stances=[stance("PRK aid support", 0)]))
    with pytest.raises(KgError, match="several sources"):
        tables_of(store, reference)


# --- agreement with the outside measure ------------------------------------------------------------------------

_LINE = re.compile(r"^(\S.*?) +P [\d.]+ \((\d+)/(\d+)\)  R [\d.]+ \((\d+)/(\d+)\)", re.MULTILINE)
_DETAIL = re.compile(r"(?:coded (founded|date)|(authors|year|kind|repeat) agrees|(valence)):? (\d+)/(\d+)")


def outside(script: Path, tables: Path, tmp_path: Path, *arguments: object) -> tuple[dict, dict, list]:
    """What score.py says: shares, counts, and the details in their order."""
    done = subprocess.run(
        [sys.executable, script, tables, "--json", tmp_path / "figures.json", *map(str, arguments)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    shares = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    told = {name: tuple(map(int, numbers)) for name, *numbers in _LINE.findall(done.stdout)}
    return shares, told, [tuple(map(int, found[3:])) for found in _DETAIL.findall(done.stdout)]


def assert_agrees(score: Score, script: Path, tables: Path, tmp_path: Path, *arguments: object) -> None:
    shares, told, details = outside(script, tables, tmp_path, *arguments)
    assert counts(score) == told
    figures = to_data(score, [], [])["figures"]
    assert isinstance(figures, dict)
    assert {n: {k: f[k] for k in ("precision", "recall", "f1")} for n, f in figures.items()} == shares
    assert [(d.agree, d.of) for d in score.details] == details


@pytest.fixture
def script() -> Path:
    if not (OUTSIDE / "score.py").is_file():
        pytest.skip("the outside measure is not at hand: ../shared/score/score.py")
    return OUTSIDE / "score.py"


@pytest.mark.parametrize("only", [[], ["2"], ["4"], ["6"], ["2", "6"]], ids=lambda only: "+".join(only) or "all")
def test_the_outside_measure_says_the_same_of_the_released_graph(script: Path, tmp_path: Path, only: list[str]) -> None:
    from kg.tables import write_tables

    store = open_store([RELEASED_GRAPH])
    write_tables(store, tmp_path / "tables")
    reference = read_reference(OUTSIDE / "gold")
    coded = read_coded(OUTSIDE / "chapters.csv", reference, only)
    assert [chapter for chapter, _, _ in coded.parts] == (only or ["2", "4", "6"])
    arguments = ["--chapters", ",".join(only)] if only else []
    for found in (tables_of(store, reference), read_tables(tmp_path / "tables", reference)[0]):
        assert_agrees(compare(found, reference, coded), script, tmp_path / "tables", tmp_path, *arguments)


COLUMNS = {
    "holder": ["CHN", "PRK", "USA"], "issue": ["aid", "sanctions"], "polarity": ["support", "oppose"],
    "difficulty": ["plain", "hard"], "date": ["2003", "2003-08-27/2003-08-29", "2003-08-27~", "1994", ""],
    "founded": ["1994", "1994~", "1967-08-08", ""], "kind": ["talks", "visit", "book", "definition"],
    "debtor": ["SIX", "USA"], "name_zh": ["漁港論壇", "東方漁港論壇", "燈塔聯盟", "燈塔", "海員會議", ""],
    "name_en": ["Harbour Forum", "Harbor Forum", "Lighthouse League", ""], "acronym": ["HF", "LL", ""],
    "authors": ["李四", "李四;王五", "Ann B. Author", ""], "valence": ["positive", "mixed", ""],
    "footnote": ["1:1", "1:2", "2:1"], "title": ["港口與城市", "《港口與城市》", "潮汐", "Tides of the Sea", "Tides"],
    "year": ["2003", "2003-05", "1999", ""], "repeat": ["true", "false"], "chapter": ["1", "2", "3"],
}  # fmt: skip


def invented(name: str, dice: random.Random, size: int, ids: bool) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for _ in range(size):
        chapter = dice.choice(COLUMNS["chapter"])
        start = (int(chapter) - 1) * 1000 + dice.randrange(1000)
        row: dict[str, object] = {c: dice.choice(COLUMNS[c]) for c in COMPARED[name]}
        if name == "stances":
            row["difficulty"] = dice.choice(COLUMNS["difficulty"])
        row |= {"chapter": chapter, "start": start, "end": start + dice.randrange(1, 80)}
        rows.append(row | ({"id": f"x{dice.randrange(size)}"} if ids else {}))
    return rows


@pytest.mark.parametrize("seed", range(12))
def test_the_outside_measure_says_the_same_of_invented_tables(script: Path, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    here = Path(shutil.copy(script, tmp_path / "score.py"))
    (tmp_path / "chapters.csv").write_text("chapter,start,end\n1,0,1000\n2,1000,2000\n3,2000,3000\n", encoding="utf-8")
    sizes = {name: dice.choice([1, 6, 25]) for name in COMPARED}
    gold = write(tmp_path / "gold", **{name: invented(name, dice, size, False) for name, size in sizes.items()})
    tables = write(tmp_path / "tables", **{name: invented(name, dice, size * 2, True) for name, size in sizes.items()})
    reference = read_reference(gold)
    found, _ = read_tables(tables, reference)
    coded = read_coded(tmp_path / "chapters.csv", reference, ["1", "3"])
    assert_agrees(compare(found, reference, coded), here, tables, tmp_path, "--chapters", "1,3")


# --- what a user can get wrong ---------------------------------------------------------------------------------

_HEAD = "holder,issue,polarity,start,end\n"
BAD = [
    (None, "is no folder"),
    ({}, "has no reference table"),
    ({"notes.csv": "a\n"}, "has no reference table"),
    ({"stances.csv": ""}, "stances.csv: has no column 'holder'"),
    ({"stances.csv": "holder,issue,start,end\nJPN,aid,1,2\n"}, "stances.csv: has no column 'polarity'"),
    ({"stances.csv": _HEAD + "JPN,aid,support,one,2\n"}, "stances.csv, line 2: start is 'one'"),
    ({"stances.csv": _HEAD + "JPN,aid,support,-1,2\n"}, "stances.csv, line 2: start is '-1'"),
    ({"stances.csv": _HEAD + "JPN,aid,support,1\n"}, "line 2: has not as many cells"),
    ({"stances.csv": _HEAD + "JPN,aid,support,1,2,3\n"}, "line 2: has not as many cells"),
    ({"stances.csv": _HEAD + 'JPN,"aid,support,1,2\n'}, "is no CSV"),
    ({"stances.csv": b"\xff\xfeh"}, "not UTF-8 at byte 0"),
    ({"stances.csv": b"holder,issue,polarity,start,end\nJPN,a\x00d,support,1,2\n"}, "JPN"),
    ({"stances.csv": _HEAD}, "nothing to score: the reference has no row"),
]


@pytest.mark.parametrize("files, message", BAD, ids=[message for _, message in BAD])
def test_a_bad_reference_is_one_line(
    tmp_path: Path, capsys, files: dict[str, str | bytes] | None, message: str
) -> None:
    folder = tmp_path / "reference"
    if files is not None:
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    tables = write(tmp_path / "found", stances=[stance("JPN aid support", 0)])
    if message == "JPN":  # a NUL is a character of a cell: no error, and no stance either
        assert counts(compare(read_tables(tables, read_reference(folder))[0], read_reference(folder)))
        return
    status, out, err = run(capsys, tables, "--reference", folder)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1


def test_nothing_found_in_the_coded_chapters_is_no_score(tmp_path: Path) -> None:
    wanted = {"stances": [stance("JPN aid support", 10, chapter="1")]}
    coded = Coded((("1", 0, 100),))
    with pytest.raises(NothingToCheck, match="no table has a row"):
        scored(tmp_path, wanted, {"stances": [stance("JPN aid support", 500)]}, coded)


CHAPTERS = [
    ("", "has no column 'chapter'"),
    ("chapter,start,end\n", "has no chapter"),
    ("chapter,start,end\n1,9,3\n", "chapter '1' goes from 9 to 3"),
    ("chapter,start,end\n1,,3\n", "chapter '1' goes from -1 to 3"),
    ("chapter,start,end\n8,0,3\n", "has none of the reference's chapters (1)"),
]


@pytest.mark.parametrize("text, message", CHAPTERS)
def test_bad_chapters_are_one_line(tmp_path: Path, text: str, message: str) -> None:
    reference = read_reference(write(tmp_path / "reference", stances=[stance("JPN aid support", 10, chapter="1")]))
    with pytest.raises(KgError, match=re.escape(message)):
        read_coded(chapters(tmp_path, text), reference)


def test_a_chapter_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    reference = read_reference(write(tmp_path / "reference", stances=[stance("JPN aid support", 10, chapter="1")]))
    with pytest.raises(KgError, match="has no chapter '7'; it has 1, 2, 3"):
        read_coded(chapters(tmp_path), reference, ["7"])
    with pytest.raises(KgError, match="--chapters FILE"):
        read_coded(None, reference, ["1"])


# --- the command -----------------------------------------------------------------------------------------------


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["score", *map(str, arguments)])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


@pytest.fixture
def folders(tmp_path: Path) -> list[object]:
    wanted = [stance("JPN aid support", 0, chapter="1"), stance("KOR aid oppose", 50, chapter="1")]
    write(tmp_path / "reference", stances=wanted)
    write(tmp_path / "found", stances=[stance("JPN aid support", 0, section="1.1"), stance("USA aid oppose", 60)])
    return [tmp_path / "found", "--reference", tmp_path / "reference"]


def test_the_figures_are_a_table(capsys, folders: list[object]) -> None:
    status, out, err = run(capsys, *folders)
    assert (status, err) == (0, "")
    assert re.search(r"^stances, distinct +0\.500 +1 +2 +0\.500 +1 +2 +0\.500$", out, re.MULTILINE)
    assert "missed" not in out


def test_with_show_misses_and_extras_follow(capsys, folders: list[object]) -> None:
    out = run(capsys, *folders, "--show", 3)[1]
    assert re.search(r"stances +missed +KOR aid oppose +1 +50 +70", out)
    assert re.search(r"stances +extra +USA aid oppose +60 +80", out)


def test_json_has_figures_and_listing(capsys, folders: list[object]) -> None:
    data = json.loads(run(capsys, *folders, "--show", 3, "--format", "json")[1])
    assert data["figures"]["stances, distinct"] == {
        "precision": 0.5, "recall": 0.5, "f1": 0.5, "right": 1, "found": 2, "hit": 1, "reference": 2,
    }  # fmt: skip
    assert [(one["what"], one["start"]) for one in data["listing"]] == [("missed", 50), ("extra", 60)]


def test_csv_is_one_table(capsys, folders: list[object]) -> None:
    assert run(capsys, *folders, "--format", "csv")[1].splitlines()[:2] == [
        "measure,precision,right,found,recall,hit,reference,f1",
        '"stances, distinct",0.5000,1,2,0.5000,1,2,0.5000',
    ]
    listed = run(capsys, *folders, "--format", "csv", "--show", 3)[1].splitlines()
    assert listed[0] == "table,what,codes,section,start,end,remark"
    assert listed[1] == "stances,missed,KOR aid oppose,1,50,70,"


def test_coded_chapters_are_told(capsys, folders: list[object], tmp_path: Path) -> None:
    assert run(capsys, *folders, "--chapters", chapters(tmp_path))[2] == "Coded chapters: 1.\n"


def test_a_table_that_is_not_there_is_told(capsys, folders: list[object], tmp_path: Path) -> None:
    write(tmp_path / "reference", views=[{"authors": "李四", "start": 1, "end": 5}])
    assert "has no views.csv; that counts as nothing found" in run(capsys, *folders)[2]


@pytest.mark.parametrize("option", [["--calibration"], ["--data", "x.trig"]])
def test_tables_have_no_confidence_and_are_no_graph(capsys, folders: list[object], option: list[str]) -> None:
    status, out, err = run(capsys, *folders, *option)
    assert (status, out) == (2, "")
    assert f"{option[0]} needs a graph" in err


def test_a_graph_is_scored_and_calibrated(capsys, tmp_path: Path) -> None:
    from kg.graph import write_quads

    write_quads(build_graph([STANCE], SOURCE, DOCUMENT, LEXICON, whole=False), tmp_path / "g.trig")
    write(tmp_path / "reference", stances=[stance("PRK sanctions oppose", 0)])
    status, out, _ = run(
        capsys, "--data", tmp_path / "g.trig", "--reference", tmp_path / "reference", "--calibration", "--format", "csv"
    )
    assert status == 0
    assert out.splitlines()[0] == "measure,confidence,statements,right,share"
    assert '"stances, places",0.80,1,1,1.000' in out
    assert '"stances, places",0.90,0,0,' in out
