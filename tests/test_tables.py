"""The graph gives back every column of the coded tables, one row for each place, always in the same order."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from sample_graph import AGREEMENT, DOCUMENT, FACTS, INSTITUTION, LEXICON, ROUND, SCHOLARSHIP, SOURCE, STANCE, at

from kg.errors import KgError, NothingToCheck
from kg.facts.model import Fact, Institution, Stance
from kg.graph import build_graph
from kg.queries import load_query
from kg.tables import COLUMNS, FOLDER, read_table, write_tables

FIXTURE = (
    Path(__file__).parent / "graphs" / "tables.trig"
)  # commitments, views, citations by the terms of the contract alone


def tables(*facts: Fact) -> Store:
    store = Store()
    store.extend(build_graph(facts, SOURCE, DOCUMENT, LEXICON, whole=False))
    return store


def by_hand() -> Store:
    store = Store()
    store.load(path=FIXTURE, format=RdfFormat.TRIG)
    return store


def rows(store: Store, name: str) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS[name], row)) for row in read_table(store, name)]


def test_there_is_a_query_for_each_table_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.rq")} == set(COLUMNS)


@pytest.mark.parametrize("name", COLUMNS)
def test_each_query_tells_the_columns_of_its_table(name: str) -> None:
    query = load_query(FOLDER / f"{name}.rq")
    assert query.columns == COLUMNS[name]
    assert "table" in query.tags


def test_a_stance() -> None:
    assert rows(tables(STANCE), "stances") == [
        {
            "id": "PRK-sanctions-oppose-2003-04", "holder": "PRK", "issue": "sanctions", "polarity": "oppose",
            "target": "CHN;金正日", "condition": "unless they are lifted", "context": "document",
            "document": "Non-Proliferation Treaty", "date": "2003-04", "section": "1.2", "start": "0", "end": "20",
        }
    ]  # fmt: skip


def test_an_event() -> None:
    assert rows(tables(ROUND), "events") == [
        {
            "id": "six-party-talks-round-1", "date": "2003-08-27/2003-08-29", "kind": "talks",
            "participants": "CHN;PRK;金正日", "place": "Beijing", "label": "First round of the Six-Party Talks",
            "section": "1.2", "start": "30", "end": "60",
        }
    ]  # fmt: skip


def test_an_institution() -> None:
    assert rows(tables(INSTITUTION), "institutions") == [
        {
            "id": "harbour-forum", "name_zh": "漁港論壇", "name_en": "Harbour Forum", "acronym": "HF", "kind": "forum",
            "founded": "1994", "members": "CHN;USA", "member_count": "27", "initiator": "ASEAN", "track": "1.5",
            "scope": "regional", "section": "1.2", "start": "60", "end": "90",
        }
    ]  # fmt: skip


def test_an_agreement() -> None:
    assert rows(tables(AGREEMENT), "agreements") == [
        {
            "id": "harbour-charter", "name_zh": "漁港憲章", "name_en": "Harbour Charter", "kind": "charter",
            "date": "1992-02", "parties": "CHN;PRK", "place": "Beijing", "section": "1.2", "start": "90", "end": "120",
        }
    ]  # fmt: skip


def test_what_is_not_told_is_empty() -> None:
    bare = Stance("CHN", "aid", "support", at(0, 20, chapter="", section=""), context="")
    [stance] = rows(tables(bare), "stances")
    assert {column for column, cell in stance.items() if cell} == {"id", "holder", "issue", "polarity", "start", "end"}
    [institution] = rows(tables(Institution("x", "某會", at(0, 20, section="", chapter=""))), "institutions")
    assert {column for column, cell in institution.items() if cell} == {"id", "name_zh", "start", "end"}


def test_the_chapter_stands_where_no_finer_part_is_known() -> None:
    [stance] = rows(tables(replace(STANCE, evidence=at(0, 20, section=""))), "stances")
    assert stance["section"] == "1"


def test_one_row_for_each_place_with_the_same_id_in_the_order_of_the_text() -> None:
    places = [replace(STANCE, evidence=at(start, start + 20)) for start in (0, 100, 30, 9)]
    found = rows(tables(*places), "stances")
    assert {row["id"] for row in found} == {"PRK-sanctions-oppose-2003-04"}
    assert [row["start"] for row in found] == ["0", "9", "30", "100"]


def test_two_dates_of_one_thing_stay_two_rows() -> None:
    other = replace(INSTITUTION, founded="1995", evidence=at(100, 130))
    assert [row["founded"] for row in rows(tables(INSTITUTION, other), "institutions")] == ["1994", "1995"]


def test_a_document_without_an_english_name_stands_by_its_key() -> None:
    charter = replace(AGREEMENT, name_en="")
    [stance] = rows(tables(replace(STANCE, document=charter.id), charter), "stances")
    assert stance["document"] == "harbour-charter"


def test_a_commitment() -> None:
    assert rows(by_hand(), "commitments") == [
        {
            "id": "joint-statement-1", "debtor": "USA", "beneficiary": "CHN;PRK", "issue": "aid",
            "document": "Harbour Statement", "order": "3", "label": "Energy for the lighthouse", "section": "4.1",
            "start": "10", "end": "40",
        },
        {
            "id": "joint-statement-2", "debtor": "PRK", "beneficiary": "", "issue": "denuclearization", "document": "",
            "order": "", "label": "", "section": "", "start": "50", "end": "80",
        },
    ]  # fmt: skip


def test_a_view() -> None:
    assert rows(by_hand(), "views") == [
        {
            "id": "view-1", "authors": "Ann Author;Bob Writer", "kind": "assessment",
            "subject": "the role of lighthouses", "valence": "positive", "footnote": "4:12", "section": "4.1",
            "start": "100", "end": "130",
        }
    ]  # fmt: skip


def test_a_citation() -> None:
    assert rows(by_hand(), "citations") == [
        {
            "id": "4-12-1", "footnote": "4:12", "authors": "Ann Author;Bob Writer", "title": "Lighthouses; a history",
            "container": "Harbour Review", "year": "1999", "pages": "1-2; 13", "kind": "article", "repeat": "false",
            "cites": "author-1999", "start": "200", "end": "260",
        },
        {
            "id": "4-13-1", "footnote": "4:13", "authors": "Ann Author;Bob Writer", "title": "Lighthouses; a history",
            "container": "Harbour Review", "year": "", "pages": "", "kind": "article", "repeat": "true",
            "cites": "author-1999", "start": "270", "end": "300",
        },
    ]  # fmt: skip


def test_commitments_views_and_citations_from_facts() -> None:
    store = tables(*SCHOLARSHIP)
    [commitment] = rows(store, "commitments")
    assert commitment == {
        "id": "npt-3-USA-to-PRK-aid", "debtor": "USA", "beneficiary": "PRK", "issue": "aid",
        "document": "Non-Proliferation Treaty", "order": "3", "label": commitment["label"], "section": "1.2",
        "start": "0", "end": "20",
    }  # fmt: skip
    assert commitment["label"].startswith("United States commits itself: ")
    [view] = rows(store, "views")
    assert view == {
        "id": view["id"], "authors": "Ann Author;Bob Writer", "kind": "assessment", "subject": "lighthouses",
        "valence": "positive", "footnote": "1:4", "section": "1.2", "start": "20", "end": "40",
    }  # fmt: skip
    first, second, third = rows(store, "citations")
    assert first == {
        "id": f"{SOURCE.sha256[:12]}-1-4-1", "footnote": "1:4", "authors": "Ann Author;Bob Writer",
        "title": "Lighthouses", "container": "Harbour Press", "year": "1999", "pages": "1-2", "kind": "book",
        "repeat": "false", "cites": "author-1999", "start": "40", "end": "60",
    }  # fmt: skip
    assert (second["repeat"], second["cites"], second["year"]) == ("true", "author-1999", "")
    assert (third["cites"], third["authors"]) == ("lost", "Ann Author"), "what is nowhere in full stands as printed"


def test_seven_files_are_written_the_same_bytes_each_time(tmp_path: Path) -> None:
    counts = write_tables(tables(*FACTS), tmp_path / "a")
    write_tables(tables(*reversed(FACTS)), tmp_path / "b")
    assert counts == {**dict.fromkeys(COLUMNS, 0), "stances": 1, "events": 1, "institutions": 1, "agreements": 1}
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(f"{name}.csv" for name in COLUMNS)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
        assert b"\r" not in path.read_bytes()


def test_a_file_is_utf_8_with_a_header_and_reads_back(tmp_path: Path) -> None:
    quoted = replace(STANCE, condition='if "fed", and\nkept warm')
    write_tables(tables(quoted), tmp_path)
    with (tmp_path / "stances.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert tuple(row) == COLUMNS["stances"]
    assert (row["condition"], row["target"]) == ('if "fed", and\nkept warm', "CHN;金正日")
    assert (tmp_path / "views.csv").read_text(encoding="utf-8") == ",".join(COLUMNS["views"]) + "\n"


def test_all_graphs_count_and_the_default_graph_too() -> None:
    store = Store()
    for quad in tables(STANCE):
        store.add(type(quad)(quad.subject, quad.predicate, quad.object))
    assert len(rows(store, "stances")) == 1


def test_data_without_statements_is_no_green_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheck, match="every table would be empty"):
        write_tables(Store(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_missing_or_changed_query_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.tables.FOLDER", tmp_path)
    with pytest.raises(KgError, match="cannot be read"):
        read_table(Store(), "stances")
    (tmp_path / "stances.rq").write_text(
        "#+ summary: Which?\n#+ x-expect: {columns: [a]}\nSELECT ?a { ?a ?b ?c }", encoding="utf-8"
    )
    with pytest.raises(KgError, match="must select exactly the columns id, holder"):
        read_table(Store(), "stances")
