"""A saved query says what it is, is checked when it is loaded, and takes values as terms, never as text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import KgError, NothingToCheck
from kg.queries import SavedQuery, get_query, load_queries, load_query, replace_variables
from kg.resources import QUERIES
from kg.results import shorten
from kg.store import Rows, evaluate, open_store

GRAPH = Path(__file__).parent / "data" / "reports.trig"
FILES = sorted(QUERIES.glob("*/*.rq"))
REPORTS = load_queries(QUERIES / "reports")
assert len(REPORTS) >= 10
assert len(FILES) > len(REPORTS)

HEADER = "#+ summary: Which things are there?\n#+ x-expect: {columns: [s]}\n"
SELECT = "SELECT ?s WHERE { ?s ?p ?o }\n"


def saved(folder: Path, text: str) -> SavedQuery:
    path = folder / "example.rq"
    path.write_text(text, encoding="utf-8")
    return load_query(path)


# --- loading ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_saved_query_is_sound(path: Path) -> None:
    assert load_query(path).summary.endswith("?"), "the summary is a question"


def test_a_header_is_read(tmp_path: Path) -> None:
    query = saved(
        tmp_path,
        "#+ summary: Who?\n#+ tags: [a, b]\n#+ x-params:\n"
        "#+   - {name: p, type: iri, class: kg:Actor, required: true, label: {en: P}}\n"
        "#+ x-expect: {columns: [s], min-rows: 2}\n" + SELECT,
    )
    assert (query.name, query.summary, query.tags) == ("example", "Who?", ("a", "b"))
    assert (query.columns, query.min_rows) == (("s",), 2)
    (parameter,) = query.params
    assert (parameter.name, parameter.type, parameter.of_class, parameter.required) == ("p", "iri", "kg:Actor", True)


UNSOUND = {
    "no header": (SELECT, "has no header"),
    "no YAML": ("#+ summary: Who: what?\n" + SELECT, "example.rq:1: the header is no YAML"),
    "no YAML, later": (HEADER + "\n#+ tags: [a\n" + SELECT, "the header is no YAML"),
    "a list": ("#+ - summary\n" + SELECT, "no list of 'key: value' lines"),
    "unknown key": (HEADER + "#+ sumary: x\n" + SELECT, "unknown key 'sumary' in header. Known: description, summary"),
    "unknown key of a parameter": (
        HEADER + "#+ x-params: [{name: p, typ: iri}]\n" + SELECT,
        "unknown key 'typ' in a parameter",
    ),
    "unknown key of x-expect": (HEADER.replace("columns", "colums") + SELECT, "unknown key 'colums'"),
    "no summary": ("#+ x-expect: {columns: [s]}\n" + SELECT, "summary is missing"),
    "no columns": ("#+ summary: Who?\n" + SELECT, "x-expect is missing"),
    "unknown type": (HEADER + "#+ x-params: [{name: p, type: uri}]\n" + SELECT, "unknown type 'uri'"),
    "unknown view": (HEADER + "#+ x-view: chart\n" + SELECT, "unknown x-view 'chart'"),
    "a bad name": (HEADER + "#+ x-params: [{name: a-b}]\n" + SELECT, "'a-b' is no name"),
    "required with default": (
        HEADER + "#+ x-params: [{name: p, required: true, default: x}]\n" + SELECT,
        "is required and has a default",
    ),
    "a class for a string": (HEADER + "#+ x-params: [{name: p, class: kg:Actor}]\n" + SELECT, "must be iri or code"),
    "twice": (HEADER + "#+ x-params: [{name: p}, {name: p}]\n" + SELECT, "stands twice"),
    "other columns": (HEADER + "SELECT ?o WHERE { ?s ?p ?o }", "columns says ['s'], and SELECT gives ['o']"),
    "not used": (HEADER + "#+ x-params: [{name: q}]\n" + SELECT, "parameter 'q' is never used"),
    "used in a comment": (HEADER + "#+ x-params: [{name: q}]\n" + SELECT + "# ?q\n", "parameter 'q' is never used"),
    "no SPARQL": (HEADER + "SELECT ?s WHERE { ?s ?p", "does not parse"),
    "an update": (HEADER + "DELETE WHERE { ?s ?p ?o }", "read-only"),
    "a service": (HEADER + "SELECT ?s WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE is refused"),
    "no SELECT": (HEADER + "ASK { ?s ?p ?o }", "a saved query is a SELECT"),
}
WRONG_PLACES = {
    "projection": "SELECT ?s ?x WHERE { ?s ?p ?x }",
    "AS": "SELECT ?s WHERE { ?s ?p ?o BIND(1 AS ?x) }",
    "GROUP BY": "SELECT (MIN(?a) AS ?s) WHERE { ?a ?p ?x } GROUP BY ?x",
    "ORDER BY": "SELECT ?s WHERE { ?s ?p ?x } ORDER BY ?x",
    "VALUES": "SELECT ?s WHERE { VALUES ?x { 1 } ?s ?p ?x }",
    "BOUND": "SELECT ?s WHERE { ?s ?p ?o FILTER(BOUND(?x)) }",
    "inner projection": "SELECT ?s WHERE { { SELECT ?x WHERE { ?s ?p ?x } } ?s ?p ?o }",
}


@pytest.mark.parametrize("text, message", UNSOUND.values(), ids=UNSOUND)
def test_an_unsound_query_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KgError) as error:
        saved(tmp_path, text)
    assert message in str(error.value)
    assert "example.rq" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("select", WRONG_PLACES.values(), ids=WRONG_PLACES)
def test_a_parameter_stands_only_where_a_value_can(tmp_path: Path, select: str) -> None:
    columns = "[s, x]" if "?s ?x" in select else "[s]"
    header = f"#+ summary: Who?\n#+ x-expect: {{columns: {columns}}}\n#+ x-params: [{{name: x, type: iri}}]\n"
    with pytest.raises(KgError, match="stands where no value can"):
        saved(tmp_path, header + select)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NothingToCheck):
        load_queries(tmp_path)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(KgError, match="Did you mean timeline"):
        get_query(REPORTS, "timline")


# --- binding ---------------------------------------------------------------------------------------------------

UNTOUCHED = [
    '"?x"',
    "'?x'",
    '"""a "?x" b"""',
    r'"\"?x"',
    "<http://e/?x>",
    "# ?x\n",
    "?xy",
    "?x1",
    r"ex:a\?x",
    "'''?x'''",
]
assert UNTOUCHED


@pytest.mark.parametrize("text", UNTOUCHED)
def test_only_the_variable_itself_is_replaced(text: str) -> None:
    assert replace_variables(text, {"x": "<urn:v>"}) == text


@pytest.mark.parametrize("text", ["?x", "$x", "(?x)", "1+?x", "?s ?p ?x.", "p:a ?x;"])
def test_a_variable_is_replaced_in_both_spellings(text: str) -> None:
    replaced = replace_variables(text, {"x": "<urn:v>"})
    assert "<urn:v>" in replaced
    assert "x" not in replaced.replace("<urn:v>", "").replace("p:", "")


@given(st.text())
def test_no_value_can_change_the_query(value: str) -> None:
    """What comes back is the value itself, whatever characters it has: quotes, braces, line breaks."""
    try:
        literal = Literal(value)
    except UnicodeEncodeError:  # a lone surrogate is no text
        return
    text = replace_variables("SELECT ?found WHERE { BIND(?x AS ?found) }", {"x": str(literal)})
    answer = evaluate(Store(), text, union=True)
    assert isinstance(answer, Rows)
    assert [term.value for row in answer.rows for term in row if isinstance(term, Literal)] == [value]


def test_subqueries_are_bound_too() -> None:
    store = Store()
    for name in ("a", "b"):
        store.add(Quad(NamedNode(f"urn:{name}"), NamedNode("urn:p"), Literal(name)))
    text = "SELECT ?n WHERE { { SELECT (COUNT(*) AS ?n) WHERE { ?s <urn:p> ?value } } }"
    answer = evaluate(store, replace_variables(text, {"value": '"a"'}), union=True)
    assert isinstance(answer, Rows)
    assert [[shorten(term) for term in row] for row in answer.rows] == [["1"]]


def test_an_unknown_name_is_no_parameter() -> None:
    with pytest.raises(KgError, match=r"no parameter 'acto'\. Known parameters: actor \(required\)"):
        REPORTS["actor-positions"].bind({"acto": Literal("x")})


# --- the reports on a graph made by hand -----------------------------------------------------------------------

KOR, ROH, LEE = "id/actor/KOR", "id/actor/KOR-ROH", "id/actor/KOR-LEE-MB"
COUNCIL, DECLARATION = "id/institution/lake-council", "id/agreement/lake-declaration"
SANCTIONS, AID = "scheme/issue/sanctions", "scheme/issue/aid"
GYEAR, GYEARMONTH = "http://www.w3.org/2001/XMLSchema#gYear", "http://www.w3.org/2001/XMLSchema#gYearMonth"


def iri(name: str) -> NamedNode:
    return NamedNode("https://w3id.org/six-party-kg/" + name)


ANSWERS = {
    "actor-positions: a state and its governments": (
        "actor-positions",
        {"actor": iri(KOR)},
        [
            "KOR-LEE-MB|aid|conditional|||1|4|0.6|stance:KOR-LEE-MB-aid-conditional",
            "KOR-LEE-MB|sanctions|support|||1|4|0.6|stance:KOR-LEE-MB-sanctions-support",
            "KOR-LEE-MB|verification|support|||1|4|0.6|stance:KOR-LEE-MB-verification-support",
            "KOR-ROH|aid|support|||1|4|0.7|stance:KOR-ROH-aid-support",
            "KOR-ROH|sanctions|oppose|||1|4|0.7|stance:KOR-ROH-sanctions-oppose",
        ],
    ),
    "actor-positions: places, targets and sections are folded": (
        "actor-positions",
        {"actor": iri("id/actor/CHN")},
        ["CHN|sanctions|oppose||JPN; PRK|2|2.1; 4|0.9|stance:CHN-sanctions-oppose"],
    ),
    "issue-positions": (
        "issue-positions",
        {"issue": iri(SANCTIONS)},
        [
            "support|JPN|2006||1|4|0.8|stance:JPN-sanctions-support",
            "support|KOR-LEE-MB|||1|4|0.6|stance:KOR-LEE-MB-sanctions-support",
            "oppose|CHN||JPN; PRK|2|2.1; 4|0.9|stance:CHN-sanctions-oppose",
            "oppose|KOR-ROH|||1|4|0.7|stance:KOR-ROH-sanctions-oppose",
        ],
    ),
    "stance-matrix": (
        "stance-matrix",
        {},
        ["aid|||support/conditional|||", "sanctions|oppose||support/oppose||support|", "verification|||support|||"],
    ),
    "timeline: all": (
        "timeline",
        {},
        [
            "2001-05-10/2001-05-12|Lake talks, round 1|talks|CHN; JPN|geneva|2.1"
            "|id/account/event/lake-round-1/aaaaaaaa",
            "2001-06|Lake talks, round 1|talks|||4|id/account/event/lake-round-1/bbbbbbbb",
            "2002|Lake talks, round 1, phase 2|talks|PRK|||id/account/event/lake-round-1-phase-2/cccccccc",
        ],
    ),
    "timeline: to the end of a year": (
        "timeline",
        {"from": Literal("2001-06", datatype=NamedNode(GYEARMONTH)), "to": Literal("2001", datatype=NamedNode(GYEAR))},
        ["2001-06|Lake talks, round 1|talks|||4|id/account/event/lake-round-1/bbbbbbbb"],
    ),
    "timeline: a year may hold a month": (
        "timeline",
        {"from": Literal("2002-11", datatype=NamedNode(GYEARMONTH))},
        ["2002|Lake talks, round 1, phase 2|talks|PRK|||id/account/event/lake-round-1-phase-2/cccccccc"],
    ),
    "rounds": (
        "rounds",
        {},
        [
            "lake-council|1||2001-05-10/2001-05-12; 2001-06|geneva|CHN; JPN|lake-declaration|event:lake-round-1",
            "lake-council|1|2|2002||PRK||event:lake-round-1-phase-2",
        ],
    ),
    "agreement": (
        "agreement",
        {"agreement": iri(DECLARATION)},
        [
            "Lake Declaration|declaration|2001-05-12|CHN; JPN|geneva|lake-round-1|1|2.1"
            "|id/account/agreement/lake-declaration/dddddddd"
        ],
    ),
    "institution-members": (
        "institution-members",
        {"institution": iri(COUNCIL)},
        [
            "Lake Council|1999|CHN; JPN|9|JPN|1.5|1|4|id/account/institution/lake-council/eeeeeeee",
            "Lake Council|1999-03||10|||1||id/account/institution/lake-council/ffffffff",
        ],
    ),
    "evidence": (
        "evidence",
        {"statement": iri("id/stance/CHN-sanctions-oppose")},
        [
            "2.1|12|7|||100|130|stance|0.9|direct|aa|urn:edition|urn:e:1",
            "4|40||4:12||300|330|stance|0.6||bb|urn:edition|urn:e:2",
        ],
    ),
    "opposed-pairs: no government against its own state": (
        "opposed-pairs",
        {},
        [
            "sanctions|JPN|CHN|2006||stance:JPN-sanctions-support|stance:CHN-sanctions-oppose",
            "sanctions|JPN|KOR-ROH|2006||stance:JPN-sanctions-support|stance:KOR-ROH-sanctions-oppose",
            "sanctions|KOR-LEE-MB|CHN|||stance:KOR-LEE-MB-sanctions-support|stance:CHN-sanctions-oppose",
        ],
    ),
    "opposed-pairs: of one issue": ("opposed-pairs", {"issue": iri(AID)}, []),
    "conditions": (
        "conditions",
        {"issue": iri(AID)},
        ["KOR-LEE-MB|aid|conditional||once every site is open|4||stance:KOR-LEE-MB-aid-conditional|urn:e:5"],
    ),
    "disagreements: a year and its month agree": (
        "disagreements",
        {},
        [
            "Lake Council|member count|10||9|4|institution:lake-council",
            "Lake talks, round 1|date|2001-05-10/2001-05-12|2.1|2001-06|4|event:lake-round-1",
        ],
    ),
    "evidence-by-chapter: a part counts for its chapter": (
        "evidence-by-chapter",
        {},
        [
            "|EventAccount|1|1",
            "|InstitutionAccount|1|1",
            "2|AgreementAccount|1|1",
            "2|EventAccount|1|1",
            "2|Stance|1|1",
            "4|EventAccount|1|1",
            "4|InstitutionAccount|1|1",
            "4|Stance|7|4",
        ],
    ),
    "what-changed": (
        "what-changed",
        {"before": iri(ROH), "after": iri(LEE)},
        ["aid|support|conditional|changed", "sanctions|oppose|support|changed", "verification||support|new"],
    ),
    "what-changed: the other way round": (
        "what-changed",
        {"before": iri(LEE), "after": iri(LEE)},
        ["aid|conditional|conditional|same", "sanctions|support|support|same", "verification|support|support|same"],
    ),
    "coverage": (
        "coverage",
        {},
        [
            "AgreementAccount|2|event|0.9|1|1",
            "EventAccount|||0.5|1|1",
            "EventAccount|2|event|0.9|1|1",
            "EventAccount|4|table|0.9|1|1",
            "InstitutionAccount|||0.5|1|1",
            "InstitutionAccount|4|table|0.9|1|1",
            "Stance|2|stance|0.9|1|1",
            "Stance|4|stance|0.6|4|2",
            "Stance|4|stance|0.7|2|1",
            "Stance|4|stance|0.8|1|1",
        ],
    ),
}


def rows_of(store: Store, query: SavedQuery, values: dict[str, Literal | NamedNode]) -> list[str]:
    answer = evaluate(store, query.bind(values), union=True)
    assert isinstance(answer, Rows)
    return ["|".join(map(shorten, row)) for row in answer.rows]


@pytest.fixture(scope="module")
def store() -> Store:
    return open_store([GRAPH])


@pytest.mark.parametrize("name, values, expected", ANSWERS.values(), ids=ANSWERS)
def test_report(store: Store, name: str, values: dict[str, Literal | NamedNode], expected: list[str]) -> None:
    assert rows_of(store, REPORTS[name], values) == expected


def test_every_report_has_an_expected_answer_with_rows() -> None:
    answered = {name for name, _, expected in ANSWERS.values() if len(expected) >= REPORTS[name].min_rows}
    assert answered == set(REPORTS)
    assert all(any(n == name and rows for n, _, rows in ANSWERS.values()) for name in REPORTS)


@pytest.mark.parametrize("name, values, expected", ANSWERS.values(), ids=ANSWERS)
def test_the_order_of_the_data_does_not_matter(
    store: Store, name: str, values: dict[str, Literal | NamedNode], expected: list[str]
) -> None:
    """Output for machines is stable: also the order of rows and of the lists in cells."""
    backwards = Store()
    backwards.extend(sorted(store, key=str, reverse=True))
    assert rows_of(backwards, REPORTS[name], values) == expected


DATES = [
    ("1994", "1994-10-21", False),
    ("2003-08", "2003-08-27/2003-08-29", False),
    ("2005-07/2005-08", "2005-07-26/2005-08-07", False),
    ("1992", "1992/..", False),
    ("1985~", "1985", False),
    ("1994", "1995", True),
    ("1996-04", "2001-06-15", True),
    ("2005-07/2005-08", "2005-07-26/2005-09-07", True),
    ("1992/..", "1993/..", True),
]


@pytest.mark.parametrize("one, other, disagree", DATES)
def test_dates_disagree_only_where_both_cannot_be_true(one: str, other: str, disagree: bool) -> None:
    store = Store()
    for number, date in enumerate((one, other)):
        account = NamedNode(f"urn:account:{number}")
        edtf = Literal(date, datatype=NamedNode("http://id.loc.gov/datatypes/edtf"))
        store.add(Quad(account, iri("ontology#about"), NamedNode("urn:thing")))
        store.add(Quad(account, iri("ontology#date"), edtf))
    assert bool(rows_of(store, REPORTS["disagreements"], {})) is disagree
