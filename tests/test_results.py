"""Rows are written faithfully for programs, and aligned and harmless for people."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from kg.errors import KgError
from kg.results import FORMS, display_width, shorten, write_rows
from kg.store import Rows

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


ROWS = Rows(
    ("who", "n", "name"),
    (
        (NamedNode("https://w3id.org/six-party-kg/id/actor/PRK"), number(7), Literal("朝鮮", language="zh-hant")),
        (NamedNode("http://example.org/a"), number(12), None),
    ),
)


def test_a_table_is_aligned_and_numbers_stand_to_the_right() -> None:
    assert write_rows(ROWS, "table") == (
        "who                    n  name\n"
        "────────────────────  ──  ────\n"
        "actor:PRK              7  朝鮮\n"
        "http://example.org/a  12\n"
    )


WIDTHS = [("PRK", 3), ("朝鮮", 4), ("ＡＢ", 4), ("é", 1), ("e\u0301", 1), ("한국", 4), ("ｱ", 1), ("", 0)]


@pytest.mark.parametrize("text, width", WIDTHS)
def test_wide_characters_take_two_columns(text: str, width: int) -> None:
    assert display_width(text) == width


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1))
def test_every_line_of_a_table_has_its_columns_at_the_same_place(cells: list[tuple[str, str]]) -> None:
    rows = Rows(("a", "b"), tuple((Literal(a), Literal(f"|{b}")) for a, b in cells))
    lines = write_rows(rows, "table").splitlines()
    assert len(lines) == len(cells) + 2
    starts = {display_width(line[: line.index("|", len(a))]) for line, (a, _) in zip(lines[2:], cells) if "|" not in a}
    assert len(starts) <= 1


@pytest.mark.parametrize("hostile", ["\x1b[2J", "a\nb", "a\rb", "\u202eabc", "\x07", "\u2028", "\t"])
def test_no_cell_can_move_the_cursor(hostile: str) -> None:
    written = write_rows(Rows(("a",), ((Literal(hostile),),)), "table")
    assert written.count("\n") == 3
    assert not set(written) & set("\x1b\r\u202e\x07\u2028\t")
    assert "\\" in written


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1))
def test_csv_gives_back_what_went_in(cells: list[tuple[str, str]]) -> None:
    written = write_rows(Rows(("a", "b"), tuple((Literal(a), Literal(b)) for a, b in cells)), "csv")
    assert [tuple(row) for row in csv.reader(io.StringIO(written, newline=""))] == [("a", "b"), *cells]


CSV = [
    ('say "no", he said', '"say ""no"", he said"'),
    ("=1+1", "=1+1"),
    ("two\nlines", '"two\nlines"'),
    ("", '""'),
]


@pytest.mark.parametrize("value, cell", CSV)
def test_csv_is_plain_and_faithful(value: str, cell: str) -> None:
    assert write_rows(Rows(("a",), ((Literal(value),),)), "csv") == f"a\n{cell}\n"


def test_json_is_sparql_results_json() -> None:
    assert json.loads(write_rows(ROWS, "json")) == {
        "head": {"vars": ["who", "n", "name"]},
        "results": {
            "bindings": [
                {
                    "who": {"type": "uri", "value": "https://w3id.org/six-party-kg/id/actor/PRK"},
                    "n": {"type": "literal", "value": "7", "datatype": XSD + "integer"},
                    "name": {"type": "literal", "value": "朝鮮", "xml:lang": "zh-Hant"},
                },
                {
                    "who": {"type": "uri", "value": "http://example.org/a"},
                    "n": {"type": "literal", "value": "12", "datatype": XSD + "integer"},
                },
            ]
        },
    }


TERMS = st.one_of(
    st.none(),
    TEXTS.map(Literal),
    st.builds(lambda value: Literal(value, language="zh-hant"), TEXTS),
    st.integers().map(number),
    st.sampled_from([NamedNode("urn:a"), NamedNode("http://e/北"), BlankNode("b1")]),
)


@given(st.lists(st.tuples(TERMS, TERMS)), st.sampled_from(["json", "tsv"]))
def test_another_reader_of_sparql_results_reads_the_same_terms(
    cells: list[tuple[Literal | None, Literal | None]], form: str
) -> None:
    written = write_rows(Rows(("a", "b"), tuple(cells)), form)
    read = parse_query_results(written, QueryResultsFormat.JSON if form == "json" else QueryResultsFormat.TSV)
    assert isinstance(read, QuerySolutions)
    assert [tuple(row) for row in read] == cells


def test_a_triple_term_is_written_as_rdf_1_2_says() -> None:
    triple = Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"))
    (binding,) = json.loads(write_rows(Rows(("t",), ((triple,),)), "json"))["results"]["bindings"]
    assert binding["t"]["type"] == "triple"
    assert binding["t"]["value"]["object"] == {"type": "literal", "value": "o"}


def test_objects_have_numbers_and_nulls() -> None:
    assert json.loads(write_rows(ROWS, "objects")) == [
        {"who": "https://w3id.org/six-party-kg/id/actor/PRK", "n": 7, "name": "朝鮮"},
        {"who": "http://example.org/a", "n": 12, "name": None},
    ]


def test_markdown_is_a_table_that_its_cells_cannot_break() -> None:
    rows = Rows(("a", "n"), ((Literal("x|y\n*z* <b>"), number(1)),))
    assert write_rows(rows, "markdown") == "| a | n |\n| --- | ---: |\n| x\\|y<br>\\*z\\* \\<b\\> | 1 |\n"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_rows_are_still_a_heading(form: str) -> None:
    assert "a" in write_rows(Rows(("a",), ()), form) or form == "objects"


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(KgError, match=r"unknown format 'xls'\. Known: table, csv"):
        write_rows(ROWS, "xls")


SHORT = [
    (NamedNode("https://w3id.org/six-party-kg/ontology#Stance"), "kg:Stance"),
    (NamedNode("https://w3id.org/six-party-kg/id/account/event/x/0a"), "id/account/event/x/0a"),
    (NamedNode("http://example.org/a"), "http://example.org/a"),
    (Literal("x", language="en"), "x"),
    (None, ""),
]


@pytest.mark.parametrize("term, text", SHORT)
def test_terms_are_shortened_for_people(term: NamedNode | Literal | None, text: str) -> None:
    assert shorten(term) == text
