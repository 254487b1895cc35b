"""The command line: data on stdout, remarks on stderr, one line for an error, a status that tells what happened."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import __version__
from kg.cli import COMMANDS, main

ROOT = Path(__file__).parent.parent
GRAPH = Path(__file__).parent / "data" / "reports.trig"
DATA = ["--data", str(GRAPH)]
TEXT = """第一章 湖區會談

第一節 各國立場

　　日本主張對北韓實施經濟制裁。中國反對對北韓動武，並呼籲各方以對話和平解決問題。
2003 年 8 月 27 日至 29 日，第一輪六方會談在北京舉行。
"""


class Result:
    """What a command gave: its status, and what it wrote."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def kg(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch):
    """Runs a command in this process."""
    monkeypatch.delenv("KG_SOURCE", raising=False)

    def run(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as exit_:
            main([str(argument) for argument in arguments])
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Result(int(exit_.value.code or 0), out.decode(), err.decode())

    return run


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def process(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    code = "from kg.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,  # type: ignore[call-overload]
    )


# --- what all commands share -----------------------------------------------------------------------------------


def test_version(kg) -> None:
    assert kg("--version").out == f"kg {__version__}\n"


def test_help_lists_every_command(kg) -> None:
    result = kg("--help")
    assert result.status == 0
    assert all(re.search(rf"^  {name}  +[A-Z]", result.out, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_a_sentence_and_an_example(kg, command: str) -> None:
    result = kg(command, "--help")
    assert result.status == 0
    assert re.search(r"Examples?:\n +kg " + command, result.out)


@pytest.mark.parametrize("typed, meant", [("quary", "query"), ("verfy", "verify"), ("extarct", "extract")])
def test_an_unknown_command_is_answered_with_the_nearest(kg, typed: str, meant: str) -> None:
    result = kg(typed)
    assert result.status == 2
    assert f"No such command {typed!r}. Did you mean {meant!r}?" in result.err


BAD_USAGE = [
    ["xyzzy"],
    ["query"],
    ["query", "-e", "ASK {}", "file.rq"],
    ["query", "-e", "ASK {}", "--format", "xls"],
    ["query", "-e", "ASK { ?s ?p '\udcff' }"],
    ["report", "timeline", "-p", "from"],
    ["report", "list", "-p", "a=b"],
    ["extract"],
    ["extract", "a.txt"],
    ["verify"],
    ["serve", "--port", "99999"],
    ["serve", "--named-graph", "nothing"],
    ["tables"],
    ["--nonsense"],
]


@pytest.mark.parametrize("arguments", BAD_USAGE, ids=lambda arguments: ascii(" ".join(arguments)))
def test_bad_usage_ends_with_2(kg, arguments: list[str]) -> None:
    result = kg(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "Error: " in result.err
    assert "Traceback" not in result.err


MISSING = [
    ["query", "-e", "ASK {}", "--data", "no-such.ttl"],
    ["report", "timeline", "--data", "no-such.ttl"],
    ["tables", "-o", "x", "--data", "no-such.ttl"],
    ["evidence", "x", "--data", "no-such.ttl"],
    ["extract", "no-such.txt", "-o", "x.ttl"],
    ["verify", "--source", "no-such.txt", *DATA],
    ["leaks", "--source", "no-such.txt", *DATA],
    ["build", "--source", "no-such.txt", "-o", "x.trig"],
    ["serve", "--data", "no-such.ttl", "--port", "0"],
    ["serve", "--named-graph", "http://example.org/g=no-such.ttl"],
    ["query", "no-such.rq", *DATA],
    ["validate", "no-such.ttl"],
]


@pytest.mark.parametrize("arguments", MISSING, ids=lambda arguments: " ".join(arguments[:2]))
def test_a_missing_file_is_one_line_and_ends_with_2(kg, tmp_path: Path, monkeypatch, arguments: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    result = kg(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "no-such" in result.err
    assert sum(line.startswith("Error: ") for line in result.err.splitlines()) == 1
    assert not list(tmp_path.iterdir()), "nothing is half written"


def test_without_a_released_graph_the_error_says_how_to_make_it(kg, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("kg.resources.RELEASED_GRAPH", tmp_path / "none.trig")
    result = kg("report", "timeline")
    assert result.status == 2
    assert "none.trig: is not there. Make it with 'kg build --source FILE'" in result.err


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom kg.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'rdflib', 'pyoxigraph', 'opencc', 'yaml', 'starlette', 'uvicorn', 'pyshacl', 'pypdf'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stderr == "[]\n"


LONG = "SELECT * { VALUES ?a { 1 2 3 4 5 6 7 8 9 } VALUES ?b { 1 2 3 4 5 6 7 8 9 } ?s ?p ?o }"  # fills a pipe


@pytest.mark.parametrize("query", [LONG, "SELECT * { ?s ?p ?o } LIMIT 3"], ids=["long", "short"])
def test_a_reader_that_leaves_early_is_no_error(query: str) -> None:
    with process("query", "-e", query, *DATA, "--format", "csv") as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
    assert child.returncode == 0


def test_ctrl_c_ends_with_130_and_leaves_nothing_half_written(tmp_path: Path, text: Path) -> None:
    slow = tmp_path / "slow.txt"
    slow.write_text(TEXT * 3000, encoding="utf-8")
    child = process("extract", slow, "-o", tmp_path / "out.ttl", start_new_session=True)
    time.sleep(1.0)
    assert child.poll() is None, "the text must be long enough to interrupt"
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert err.decode().splitlines()[-1] == "Interrupted."
    assert b"Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["slow.txt", "text.txt"]


# --- query -----------------------------------------------------------------------------------------------------

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/six-party-kg/ontology#Stance> }"
NAMES = "SELECT ?name WHERE { <https://w3id.org/six-party-kg/id/actor/CHN> rdfs:label ?name } ORDER BY DESC(?name)"
NAMES = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n" + NAMES
CONSTRUCT = "CONSTRUCT { ?s a <urn:Found> } WHERE { ?s a <https://w3id.org/six-party-kg/ontology#Place> }"

ANSWERS = [
    (COUNT, "csv", "n\n7\n"),
    (COUNT, "tsv", "?n\n7\n"),
    (COUNT, None, "n\n─\n7\n"),
    (COUNT, "markdown", "| n |\n| ---: |\n| 7 |\n"),
    (NAMES, "tsv", '?name\n"中國"@zh-Hant\n"China"@en\n'),
    ("ASK { ?s a <urn:None> }", None, "false\n"),
    ("ASK { ?s ?p ?o }", "json", '{"head":{},"boolean":true}\n'),
    (CONSTRUCT, "ntriples", "<https://w3id.org/six-party-kg/id/place/geneva> "
     "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:Found> .\n"),
]  # fmt: skip


@pytest.mark.parametrize("query, form, expected", ANSWERS)
def test_a_query_is_answered_in_the_form_asked_for(kg, query: str, form: str | None, expected: str) -> None:
    result = kg("query", "-e", query, *DATA, *(["--format", form] if form else []))
    assert (result.status, result.out, result.err) == (0, expected, "")


def test_a_graph_is_turtle_unless_another_form_is_asked_for(kg) -> None:
    assert "place:geneva a <urn:Found> ." in kg("query", "-e", CONSTRUCT, *DATA).out
    assert "<rdf:RDF" in kg("query", "-e", CONSTRUCT, *DATA, "--format", "rdfxml").out
    assert json.loads(kg("query", "-e", CONSTRUCT, *DATA, "--format", "jsonld").out)


def test_a_query_may_come_from_a_file_or_standard_input(kg, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(COUNT, encoding="utf-8")
    assert kg("query", tmp_path / "q.rq", *DATA, "--format", "csv").out == "n\n7\n"
    child = process("query", "-", *DATA, "--format", "csv", stdin=subprocess.PIPE)
    assert child.communicate(COUNT.encode())[0] == b"n\n7\n"


def test_the_default_graph_is_the_union_only_where_it_would_be_empty(kg, tmp_path: Path) -> None:
    mixed = tmp_path / "mixed.trig"
    mixed.write_text("<urn:a> <urn:p> 1 . <urn:g> { <urn:b> <urn:p> 2 }", encoding="utf-8")
    ask = ["query", "-e", "SELECT ?o { ?s ?p ?o } ORDER BY ?o", "--format", "csv", "--data", str(mixed)]
    assert kg(*ask).out == "o\n1\n"
    assert kg(*ask, "--union").out == "o\n1\n2\n"
    named = [*ask[:-1], str(GRAPH)]
    assert kg(*named, "--no-union").out == "o\n"
    assert kg(*named).out != "o\n"


BAD_QUERIES = [
    ("SELECT", "does not parse"),
    ("", "The query is empty"),
    ("DELETE WHERE { ?s ?p ?o }", "read-only"),
    ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is refused"),
    ("SELECT * {" + "{" * 5000 + "}" * 5000 + "}", "brackets, one in the other"),
]


@pytest.mark.parametrize("query, message", BAD_QUERIES)
def test_a_bad_query_is_one_line(kg, query: str, message: str) -> None:
    result = kg("query", "-e", query, *DATA)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_a_form_that_the_answer_does_not_have_is_an_error(kg) -> None:
    assert "is no graph and cannot be written as turtle" in kg("query", "-e", COUNT, *DATA, "--format", "turtle").err
    assert "is a graph and cannot be written as csv" in kg("query", "-e", CONSTRUCT, *DATA, "--format", "csv").err


def test_data_that_do_not_parse_are_named_with_the_line(kg, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b>\n", encoding="utf-8")
    result = kg("query", "-e", "ASK {}", "--data", tmp_path / "bad.ttl")
    assert result.status == 2
    assert "bad.ttl:" in result.err


def test_a_query_that_is_no_utf8_is_one_line(kg, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"ASK { ?s ?p '\xff' }")
    result = kg("query", tmp_path / "q.rq", *DATA)
    assert result.status == 2
    assert "is no UTF-8 text" in result.err


# --- report ----------------------------------------------------------------------------------------------------


def test_reports_are_listed_with_their_questions(kg) -> None:
    listed = kg("report", "list", "--format", "csv").out.splitlines()
    assert listed[0] == "report,parameters,question"
    assert len(listed) > 10
    assert kg("report").out == kg("report", "list").out


def test_a_report_takes_codes(kg) -> None:
    result = kg("report", "what-changed", "-p", "before=KOR-ROH", "-p", "after=KOR-LEE-MB", *DATA, "--format", "csv")
    assert result.out == (
        "issue,earlier,later,change\naid,support,conditional,changed\nsanctions,oppose,support,changed\n"
        "verification,,support,new\n"
    )
    assert (result.status, result.err) == (0, "")


def test_a_report_as_json_is_a_list_of_objects(kg) -> None:
    rows = json.loads(
        kg("report", "institution-members", "-p", "institution=lake-council", *DATA, "--format", "json").out
    )
    assert rows[0]["member_count"] == 9
    assert rows[1]["members"] is None


REPORT_ERRORS = [
    (["actor-positions"], "parameter 'actor' is required. Give it with -p actor=…, for example CHN"),
    (["actor-positions", "-p", "actor=PRX"], "the data have no kg:Actor 'PRX'. Nearest known: PRK"),
    (["actor-positions", "-p", "akteur=PRK"], "there is no parameter 'akteur'. Known parameters: actor (required)."),
    (["actor-positions", "-p", "actor=PRK", "-p", "actor=CHN"], "parameter 'actor' is given twice"),
    (["timeline", "-p", "from=notadate"], "'notadate' is no date. Write 2003, 2003-08 or 2003-08-27."),
    (["timlin"], "there is no saved query 'timlin'. Did you mean timeline"),
    (["../tables/stances"], "there is no saved query '../tables/stances'"),
]


@pytest.mark.parametrize(
    "arguments, message", REPORT_ERRORS, ids=lambda value: value if isinstance(value, str) else None
)
def test_a_report_that_cannot_be_made_says_why(kg, arguments: list[str], message: str) -> None:
    result = kg("report", *arguments, *DATA)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("Error: ")
    assert message in result.err


def test_no_rows_are_remarked(kg) -> None:
    result = kg("report", "opposed-pairs", "-p", "issue=aid", *DATA, "--format", "csv")
    assert result.status == 0
    assert result.out.count("\n") == 1
    assert "No rows" in result.err


def test_lint_counts_what_it_checked(kg) -> None:
    assert re.search(r"Sound saved queries: .*\d+ reports", kg("report", "lint").err)


def test_lint_of_nothing_is_an_error(kg, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("kg.resources.QUERIES", tmp_path)
    assert kg("report", "lint").status == 2


# --- from a text to a graph and back ---------------------------------------------------------------------------


def test_a_text_becomes_a_graph_that_agrees_with_it(kg, tmp_path: Path, text: Path) -> None:
    graph = tmp_path / "text.trig"
    made = kg("extract", text, "-o", graph)
    assert (made.status, made.out) == (0, "")
    assert re.search(r"text\.txt: [1-9]\d* facts", made.err)

    verified = kg("verify", "--source", text, "--data", graph)
    assert verified.status == 0, verified.err
    assert re.search(r"([1-9]\d*) of \1 spans agree with the source", verified.out)

    assert kg("leaks", "--source", text, "--data", graph).status == 0
    assert kg("tables", "--data", graph, "-o", tmp_path / "tables").status == 0
    assert "JPN" in (tmp_path / "tables" / "stances.csv").read_text(encoding="utf-8")
    rows = json.loads(kg("report", "actor-positions", "-p", "actor=JPN", "--data", graph, "--format", "json").out)
    assert ("sanctions", "support") in {(row["issue"], row["polarity"]) for row in rows}


def test_evidence_shows_the_place_and_with_the_source_the_passage(kg, tmp_path: Path, text: Path) -> None:
    graph = tmp_path / "text.trig"
    kg("extract", text, "-o", graph)
    without = kg("evidence", "JPN-sanctions-support", "--data", graph)
    assert (without.status, without.err) == (0, "")
    assert "id/stance/JPN-sanctions-support" in without.out
    assert re.search(r"1\. chapter 1, section 1\.1, .*characters \d+-\d+; rule ", without.out)
    assert "經濟制裁" not in without.out

    shown = kg("evidence", "id/stance/JPN-sanctions-support", "--data", graph, "--source", text)
    assert (shown.status, shown.err) == (0, "")
    assert "經濟制裁" in shown.out


def test_evidence_says_when_the_source_does_not_agree(kg, tmp_path: Path, text: Path) -> None:
    graph = tmp_path / "text.trig"
    kg("extract", text, "-o", graph)
    text.write_text(TEXT + "另一句話。", encoding="utf-8")
    result = kg("evidence", "JPN-sanctions-support", "--data", graph, "--source", text)
    assert result.status == 1
    assert "the source does not agree" in result.err
    assert "經濟制裁" not in result.out


def test_evidence_of_an_unknown_statement_names_near_ones(kg) -> None:
    result = kg("evidence", "CHN-sanction-oppose", *DATA)
    assert result.status == 2
    assert "Nearest known: CHN-sanctions-oppose" in result.err


def test_a_leak_is_found_and_ends_with_1(kg, tmp_path: Path, text: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(f"說：{TEXT.splitlines()[4].strip()}", encoding="utf-8")
    result = kg("leaks", "--source", text, tmp_path / "docs")
    assert result.status == 1
    assert "page.md" in result.out
    assert "Error: " in result.err
    assert "和平解決問題" not in result.out + result.err, "the finding must not publish what it found"


def test_an_empty_folder_is_no_clean_bill(kg, tmp_path: Path, text: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert kg("leaks", "--source", text, tmp_path / "docs").status == 2


def test_a_source_without_facts_writes_nothing(kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今天天氣很好。\n", encoding="utf-8")
    result = kg("extract", tmp_path / "a.txt", "-o", tmp_path / "a.ttl")
    assert result.status == 2
    assert not (tmp_path / "a.ttl").exists()


def test_extract_refuses_an_unknown_suffix_before_it_works(kg, tmp_path: Path, text: Path) -> None:
    result = kg("extract", text, "-o", tmp_path / "out.docx")
    assert result.status == 2
    assert "out.docx: a graph is written as .trig, .nq, .ttl, .nt" in result.err


def test_the_same_text_gives_the_same_bytes_on_stdout_and_in_a_file(kg, tmp_path: Path, text: Path) -> None:
    kg("extract", text, "-o", tmp_path / "a.trig")
    assert kg("extract", text, "-o", "-").out == (tmp_path / "a.trig").read_text(encoding="utf-8")


def test_a_file_in_the_way_is_kept(kg, tmp_path: Path, text: Path) -> None:
    blocked = tmp_path / "no" / "out.ttl"
    (tmp_path / "no").write_text("a file, not a folder", encoding="utf-8")
    result = kg("extract", text, "-o", blocked)
    assert result.status == 2
    assert (tmp_path / "no").read_text(encoding="utf-8") == "a file, not a folder"


# --- serve -----------------------------------------------------------------------------------------------------


def test_serve_answers_and_ends_with_ctrl_c() -> None:
    import httpx

    child = process("serve", *DATA, "--port", "0", start_new_session=True)
    assert child.stderr is not None
    try:
        line = child.stderr.readline().decode()
        found = re.search(r"http://\S+", line)
        assert found, line
        url = found[0].rstrip("/").removesuffix("/sparql") + "/sparql"
        answer = httpx.get(url, params={"query": "ASK {}"}, headers={"Accept": "application/sparql-results+json"})
        assert answer.json()["boolean"] is True
    finally:
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=20)
    assert child.returncode in (0, 130)
