"""A person accepts, rejects or adds facts, at places that a digest ties to the words that were looked at."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.cli import main
from kg.corrections import Corrected, Correction, apply_corrections, load_corrections
from kg.corrections.entries import IDENTITY
from kg.corrections.making import CLASSES, make_fact
from kg.document import read_document
from kg.errors import Finding, KgError
from kg.facts.find import find_facts
from kg.facts.model import Agreement, Citation, Commitment, Event, Evidence, Fact, Institution, Stance, View
from kg.graph.build import Reading, build_graphs
from kg.graph.reviews import check_hand_coded, count_hand_coded, status_of
from kg.lexicon import load_lexicon
from kg.resources import LEXICON
from kg.rulebook import load_rulebook
from kg.source import digest_of_text, read_source, source_of_text
from kg.validation import validate_quads

TEXT = """第一章 湖區會談

第一節 各國立場

　　日本代表在湖區會談的晚宴上主張對北韓實施經濟制裁。中國反對對北韓動武，並呼籲各方以對話和平解決核問題。
船長望著遠方沉默的海岸線，心裡想著南韓會不會再送來一船米。2003 年 8 月 27 日至 29 日，第一輪六方會談在北京舉行。
"""
SOURCE = source_of_text(TEXT)
DOCUMENT = read_document(SOURCE)
LEXICON_ = load_lexicon()
FACTS = find_facts(DOCUMENT, LEXICON_)
JAPAN = next(f for f in FACTS if isinstance(f, Stance) and f.holder == "JPN")
ROUND = next(f for f in FACTS if isinstance(f, Event) and f.kind == "talks")
RICE = TEXT.index("心裡想著南韓")
RICE_END = TEXT.index("。2003")


def entry(action: str, kind: str, fields: str, start: int, end: int, /, **more: str) -> str:
    """One entry as TOML; `more` replaces or adds lines."""
    lines = {
        "edition": f'"{SOURCE.sha256[:12]}"',
        "start": str(start),
        "end": str(end),
        "digest": f'"{digest_of_text(TEXT[start:end])}"',
        kind: f"{{ {fields} }}",
        "reason": '"The passage says so in plain words."',
        "who": '"A. Coder"',
        **more,
    }
    return f"[[{action}]]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items() if value)


def at(fact: Fact) -> tuple[int, int]:
    return fact.evidence.start, fact.evidence.end


SANCTIONS = 'holder = "JPN", issue = "sanctions", polarity = "support"'
MERCY = 'holder = "KOR", issue = "humanitarian-aid", polarity = "support", targets = ["PRK"]'


def entries(tmp_path: Path, *texts: str) -> tuple[Correction, ...]:
    path = tmp_path / "corrections.toml"
    path.write_text("\n".join(texts), encoding="utf-8")
    return load_corrections(path)


def corrected(tmp_path: Path, *texts: str) -> Corrected:
    return apply_corrections(FACTS, entries(tmp_path, *texts), SOURCE, DOCUMENT, LEXICON_)


# --- what an entry does ----------------------------------------------------------------------------------------


def test_without_entries_the_facts_are_what_they_were(tmp_path: Path) -> None:
    told = corrected(tmp_path)
    assert list(told.facts) == FACTS
    assert str(told) == "0 accepted, 0 rejected, 0 added by hand"


def test_what_is_accepted_is_marked_and_keeps_its_rule_and_confidence(tmp_path: Path) -> None:
    told = corrected(tmp_path, entry("accept", "stance", SANCTIONS, *at(JAPAN)))
    (own,) = [f for f in told.facts if isinstance(f, Stance) and f.holder == "JPN"]
    assert (own.evidence.review, own.evidence.note) == ("accepted", "The passage says so in plain words.")
    assert (own.evidence.rule, own.evidence.confidence) == (JAPAN.evidence.rule, JAPAN.evidence.confidence)
    assert (told.accepted, len(told.facts)) == (1, len(FACTS))


def test_what_is_rejected_is_left_out_and_nothing_else(tmp_path: Path) -> None:
    told = corrected(tmp_path, entry("reject", "stance", SANCTIONS, *at(JAPAN)))
    assert list(told.facts) == [fact for fact in FACTS if fact != JAPAN]
    assert told.rejected == 1


def test_what_is_added_is_sure_and_says_that_it_is_coded_by_hand(tmp_path: Path) -> None:
    told = corrected(tmp_path, entry("add", "stance", MERCY, RICE, RICE_END, voice='"author-inference"'))
    (own,) = set(told.facts) - set(FACTS)
    assert isinstance(own, Stance)
    assert own.key() == ("KOR", "humanitarian-aid", "support", "")
    assert own.targets == ("PRK",)
    where = own.evidence
    assert (where.start, where.end, where.section) == (RICE, RICE_END, "1.1")
    assert (where.rule, where.confidence, where.voice, where.review) == (
        "hand-coded", 1.0, "author-inference", "hand-coded",
    )  # fmt: skip
    assert (told.added, list(told.facts)) == (1, sorted(told.facts, key=lambda f: (type(f).__name__, f.evidence)))


def test_a_place_may_be_told_as_wide_as_the_graph_tells_it(tmp_path: Path) -> None:
    start, end = at(JAPAN)
    assert corrected(tmp_path, entry("reject", "stance", SANCTIONS, start - 3, end + 3)).rejected == 1


def test_an_entry_whose_statement_is_not_found_there_does_nothing_and_says_so(tmp_path: Path) -> None:
    told = corrected(
        tmp_path,
        entry("reject", "stance", SANCTIONS, RICE, RICE_END),
        entry("accept", "stance", 'holder = "JPN", issue = "sanctions", polarity = "oppose"', *at(JAPAN)),
    )
    assert list(told.facts) == FACTS
    assert [re.sub(r"\(.*?\)", "", idle) for idle in sorted(told.idle)] == [
        "corrections.toml: accept 1 : no rule finds that stance there now; nothing to accept",
        "corrections.toml: reject 1 : no rule finds that stance there now; nothing to reject",
    ]


def test_what_a_rule_finds_after_all_counts_as_accepted_not_as_coded_by_hand(tmp_path: Path) -> None:
    told = corrected(tmp_path, entry("add", "stance", SANCTIONS, *at(JAPAN)))
    assert (told.accepted, told.added, len(told.facts)) == (1, 0, len(FACTS))
    assert "a rule finds that stance now" in told.idle[0]


def test_to_correct_is_to_reject_and_to_add(tmp_path: Path) -> None:
    other = 'holder = "JPN", issue = "sanctions", polarity = "conditional", condition = "if the talks fail"'
    told = corrected(
        tmp_path, entry("reject", "stance", SANCTIONS, *at(JAPAN)), entry("add", "stance", other, *at(JAPAN))
    )
    (own,) = [f for f in told.facts if isinstance(f, Stance) and f.holder == "JPN"]
    assert (own.polarity, own.condition) == ("conditional", "if the talks fail")


def test_entries_of_other_sources_are_left_alone(tmp_path: Path) -> None:
    other = entry("reject", "stance", SANCTIONS, *at(JAPAN), edition='"0123456789ab"', digest=f'"{"0" * 64}"')
    told = corrected(tmp_path, other)
    assert (list(told.facts), told.looked_at, told.idle) == (FACTS, 0, ())


# --- facts of every kind ---------------------------------------------------------------------------------------

HERE = Evidence(RICE, RICE_END, "1", "1.1", rule="hand-coded", confidence=1.0)
MADE: list[tuple[str, str, Fact]] = [
    ("stance", MERCY, Stance("KOR", "humanitarian-aid", "support", HERE, ("PRK",))),
    ("event", 'kind = "visit", date = "2003-08", participants = ["KOR"], place = "beijing"',
     Event("2003-08-visit-KOR", "visit", "2003-08", HERE, ("KOR",), "beijing", "Visit: South Korea (2003-08)",
           "訪問：南韓（2003-08）")),
    ("event", 'kind = "talks", date = "2003-08", institution = "six-party-talks", round = 1',
     Event("six-party-talks-round-1", "talks", "2003-08", HERE, (), "", "Six-Party Talks, round 1", "六方會談：第一輪",
           "six-party-talks", round=1)),
    ("institution", 'id = "six-party-talks", founded = "2003-08", members = ["CHN", "PRK"], member_count = 6',
     Institution("six-party-talks", "六方會談", HERE, "Six-Party Talks", founded="2003-08", members=("CHN", "PRK"),
                 member_count=6)),
    ("institution", 'id = "lake-forum", name_zh = "湖區論壇", kind = "forum", issues = ["aid"]',
     Institution("lake-forum", "湖區論壇", HERE, kind="forum", issues=("aid",))),
    ("agreement", 'id = "lake-charter", name_zh = "湖區憲章", kind = "charter", date = "1999", parties = ["JPN"]',
     Agreement("lake-charter", "湖區憲章", HERE, kind="charter", date="1999", parties=("JPN",))),
    ("commitment", 'debtor = "KOR", issue = "aid", beneficiary = "PRK", order = 2, reciprocal = true',
     Commitment("KOR", "aid", HERE, "PRK", order=2, reciprocal=True)),
    ("view", 'authors = ["李四"], kind = "assessment", valence = "mixed", subject = "rice", footnote = "1:2"',
     View(("李四",), "assessment", HERE, "rice", "mixed", "1:2")),
]  # fmt: skip


@pytest.mark.parametrize("kind, fields, expected", MADE, ids=lambda value: value if isinstance(value, str) else "")
def test_a_fact_of_every_kind_can_be_added(tmp_path: Path, kind: str, fields: str, expected: Fact) -> None:
    (correction,) = entries(tmp_path, entry("add", kind, fields, RICE, RICE_END))
    assert make_fact(kind, correction.fields, HERE, LEXICON_) == expected


def test_a_citation_is_added_with_its_work(tmp_path: Path) -> None:
    work = 'work = { title = "潮汐", kind = "book", authors = ["白石"], year = "2003" }'
    (correction,) = entries(tmp_path, entry("add", "citation", f'footnote = "1:2", number = 1, {work}', RICE, RICE_END))
    made = make_fact("citation", correction.fields, HERE, LEXICON_)
    assert isinstance(made, Citation)
    assert re.fullmatch(r"work-2003-[0-9a-f]{8}", made.work.id)
    assert (made.work.title, made.work.authors) == ("潮汐", ("白石",))


def test_every_kind_of_fact_is_tried() -> None:
    assert {kind for kind, _, _ in MADE} | {"citation"} == set(IDENTITY) == set(CLASSES)


@pytest.mark.parametrize("kind, fields, expected", MADE[:-1], ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_added_becomes_a_valid_graph(tmp_path: Path, kind: str, fields: str, expected: Fact) -> None:
    told = corrected(tmp_path, entry("add", kind, fields, RICE, RICE_END))
    assert told.added == 1
    report = validate_quads(graph(told, whole=True))
    report.check()


# --- in the graph ----------------------------------------------------------------------------------------------


def graph(told: Corrected, whole: bool = False):
    rules = {name: rule.description for name, rule in load_rulebook().items()}
    return build_graphs([Reading(SOURCE, DOCUMENT, told.facts, rules)], LEXICON_, whole=whole)


PREFIXES = """
PREFIX kg: <https://w3id.org/six-party-kg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX stance: <https://w3id.org/six-party-kg/id/stance/> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""


def ask(quads, query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.extend(quads)
    answer = store.query(PREFIXES + query, use_default_graph_as_union=True)
    return sorted(tuple(str(term.value).rpartition("/")[2] if term else "" for term in row) for row in answer)


STATUS = """SELECT DISTINCT ?s ?status ?run WHERE { ?s a kg:Stance ; kg:reviewStatus ?status
            OPTIONAL { ?s prov:wasGeneratedBy ?made BIND("run" AS ?run) } }"""


def test_the_graph_tells_who_looked_at_what(tmp_path: Path) -> None:
    told = corrected(
        tmp_path, entry("accept", "stance", SANCTIONS, *at(JAPAN)), entry("add", "stance", MERCY, RICE, RICE_END)
    )
    statuses = ask(graph(told), STATUS)
    assert ("JPN-sanctions-support", "accepted", "run") in statuses
    assert ("KOR-humanitarian-aid-support", "hand-coded", "") in statuses
    assert ("CHN-use-of-force-oppose", "unreviewed", "run") in statuses


def test_hand_coded_evidence_has_its_rule_reason_and_confidence(tmp_path: Path) -> None:
    told = corrected(tmp_path, entry("add", "stance", MERCY, RICE, RICE_END))
    query = """SELECT ?confidence ?note ?rule ?told WHERE { stance:KOR-humanitarian-aid-support kg:evidence ?e .
               ?e kg:confidence ?confidence ; skos:note ?note ; kg:rule ?r .
               ?r dcterms:identifier ?rule ; dcterms:description ?told }"""
    assert ask(graph(told), query) == [
        ("1", "The passage says so in plain words.", "hand-coded", "Coded by a person, as no rule found it.")
    ]


def test_who_says_so_is_not_published(tmp_path: Path) -> None:
    told = corrected(tmp_path, entry("add", "stance", MERCY, RICE, RICE_END))
    assert not [quad for quad in graph(told) if "A. Coder" in str(quad)]


STATUSES = [
    ({""}, "unreviewed"),
    ({"", "accepted"}, "accepted"),
    ({"", "hand-coded"}, "accepted"),
    ({"hand-coded"}, "hand-coded"),
    ({"hand-coded", "accepted"}, "accepted"),
]


@pytest.mark.parametrize("reviews, expected", STATUSES)
def test_a_statement_has_one_status(reviews: set[str], expected: str) -> None:
    assert status_of(reviews) == expected


def test_a_statement_of_two_texts_has_one_status(tmp_path: Path) -> None:
    told = corrected(tmp_path, entry("accept", "stance", SANCTIONS, *at(JAPAN)))
    other = source_of_text(TEXT + "尾聲\n")
    document = read_document(other)
    readings = [Reading(SOURCE, DOCUMENT, told.facts), Reading(other, document, find_facts(document, LEXICON_))]
    statuses = ask(build_graphs(readings, LEXICON_), STATUS)
    assert [status for s, status, _ in statuses if s == "JPN-sanctions-support"] == ["accepted"]


def test_hand_coded_statements_are_counted(tmp_path: Path) -> None:
    told = corrected(tmp_path, entry("add", "stance", MERCY, RICE, RICE_END))
    by_hand, statements = count_hand_coded(graph(told))
    assert by_hand == 1
    assert statements == count_hand_coded(graph(corrected(tmp_path)))[1] + 1


@pytest.mark.parametrize("by_hand, statements, fine", [(0, 5, True), (9, 91, True), (9, 90, False), (1, 1, False)])
def test_less_than_a_tenth_may_be_coded_by_hand(by_hand: int, statements: int, fine: bool) -> None:
    if fine:
        check_hand_coded(by_hand, statements)
    else:
        with pytest.raises(Finding, match=f"{by_hand} of {statements} statements are coded by hand"):
            check_hand_coded(by_hand, statements)


# --- what a user can get wrong ---------------------------------------------------------------------------------

WRONG_DIGEST = entry("reject", "stance", SANCTIONS, *at(JAPAN), digest=f'"{"0" * 64}"')
BAD = [
    (WRONG_DIGEST, rf"reject 1 \(characters {JAPAN.evidence.start}-\d+\): the digest is not that of these characters"),
    (entry("accept", "stance", SANCTIONS, 0, len(TEXT) + 5), "the source ends at"),
    (entry("accept", "stance", SANCTIONS, RICE, RICE + 5), "fewer than 12 characters"),
    (entry("accept", "stance", SANCTIONS, 20, 10), "start before end"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), start="true"), "must be offsets"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), edition='"012"'), "edition must be 12 or more hex digits"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), digest='"XYZ"'), "digest must be 64 hex digits"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), reason='" "'), "'reason' is empty"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), reason='"日本這樣說"'), "write it in English"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), who=""), "'who' is missing"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), colour='"red"'), "unknown key 'colour'"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), voice='"direct"'), "unknown key 'voice'"),
    (entry("add", "stance", MERCY, RICE, RICE_END, voice='"loud"'), "voice 'loud' is none of"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), event='{ kind = "visit", date = "1999" }'), "must tell one fact"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), stance=""), "must tell one fact"),
    (entry("accept", "stance", 'holder = "JPN"', *at(JAPAN)), "the stance lacks 'issue'"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN), stance='"JPN"'), "the stance lacks 'holder'"),
    (entry("accept", "stance", SANCTIONS + ', mood = "glad"', *at(JAPAN)), "a stance has no field 'mood'"),
    (entry("add", "stance", MERCY + ', targets2 = "x"', RICE, RICE_END), "a stance has no field 'targets2'"),
    (entry("add", "stance", MERCY.replace('["PRK"]', '"PRK"'), RICE, RICE_END), "'targets' must be a list"),
    (entry("add", "stance", MERCY.replace("KOR", "XAA"), RICE, RICE_END), "no actor 'XAA' in the lexicon"),
    (entry("add", "stance", MERCY.replace("humanitarian-aid", "rice"), RICE, RICE_END), "issue 'rice' is none of"),
    (entry("add", "stance", MERCY.replace('"support"', '"likes"'), RICE, RICE_END), "polarity 'likes' is none of"),
    (entry("add", "stance", MERCY + ', date = "last year"', RICE, RICE_END), "date 'last year' is no EDTF date"),
    (entry("add", "stance", MERCY + ', context = "bar"', RICE, RICE_END), "context 'bar' is none of"),
    (entry("add", "stance", MERCY + ', condition = "如果下雨"', RICE, RICE_END), "in English"),
    (entry("add", "event", 'kind = "party", date = "1999"', RICE, RICE_END), "kind 'party' is none of"),
    (entry("add", "event", 'kind = "visit", date = "1999", place = "atlantis"', RICE, RICE_END), "no place 'atlantis'"),
    (entry("add", "institution", 'id = "lake-forum"', RICE, RICE_END), "the institution lacks 'name_zh'"),
    (entry("add", "institution", 'id = "湖", name_zh = "湖"', RICE, RICE_END), "id '湖' is no slug"),
    (entry("add", "institution", 'id = "six-party-talks", member_count = true', RICE, RICE_END), "'member_count' must"),
    (entry("add", "view", 'authors = ["李四"], kind = "guess"', RICE, RICE_END), "kind 'guess' is none of"),
    (entry("add", "view", 'authors = [], kind = "definition"', RICE, RICE_END), "'authors' is empty"),
    (entry("add", "citation", 'footnote = "1:2", number = 1', RICE, RICE_END), "the citation lacks 'work'"),
    (entry("add", "citation", 'footnote = "1:2", number = 1, work = 3', RICE, RICE_END), "'work' must be a table"),
    (entry("add", "citation", 'footnote = "1:2", number = 1, work = { title = "t" }', RICE, RICE_END), "lacks 'kind'"),
    (entry("add", "stance", MERCY, RICE, RICE_END) * 2, r"add 2 .*: corrections.toml: add 1 .* adds the same"),
    (entry("accept", "stance", SANCTIONS, *at(JAPAN)) + entry("reject", "stance", SANCTIONS, *at(JAPAN)),
     r"reject 1 .*: corrections.toml: accept 1 .* decides on that stance too"),
    (entry("add", "stance", MERCY.replace("KOR", ""), RICE, RICE_END), "'holder' is empty"),
    (entry("add", "commitment", 'debtor = "KOR", issue = "aid", order = 0', RICE, RICE_END), "order is 0"),
    (entry("add", "view", 'authors = ["Li"], kind = "definition", footnote = "4"', RICE, RICE_END), "footnote '4' is"),
    (entry("add", "event", 'kind = "visit", date = 2003-08-27', RICE, RICE_END), "'date' must be of the type str"),
    ("[[acept]]\n", "unknown table 'acept'"),
    ("[accept]\n", "accept is no list of tables"),
    ("[[accept]\n", "not valid TOML"),
]  # fmt: skip


@pytest.mark.parametrize("text, message", BAD, ids=[message for _, message in BAD])
def test_a_mistake_is_told_with_its_entry(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(KgError, match=message) as error:
        corrected(tmp_path, text)
    assert "corrections.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_rejected_must_not_be_needed_by_what_stays(tmp_path: Path) -> None:
    made = corrected(
        tmp_path,
        entry("add", "agreement", 'id = "lake-charter", name_zh = "湖區憲章", kind = "charter"', RICE, RICE_END),
        entry("add", "event", 'kind = "signing", date = "1999", agreement = "lake-charter"', RICE, RICE_END),
    )
    only = entries(tmp_path, entry("reject", "agreement", 'id = "lake-charter"', RICE, RICE_END))
    with pytest.raises(KgError, match=r"reject 1 .*: the event at characters \d+-\d+ refers to it. Reject that too"):
        apply_corrections(made.facts, only, SOURCE, DOCUMENT, LEXICON_)
    both = entries(
        tmp_path,
        entry("reject", "agreement", 'id = "lake-charter"', RICE, RICE_END),
        entry("reject", "event", 'kind = "signing", date = "1999"', RICE, RICE_END),
    )
    assert list(apply_corrections(made.facts, both, SOURCE, DOCUMENT, LEXICON_).facts) == FACTS


VALUES = st.sampled_from(
    ["JPN", "sanctions", "support", "visit", "2003", "lake", "definition", "1:2", ["李四"], ["JPN"], 3, -1, True, 1.5]
)


@given(st.data())
def test_whatever_an_entry_says_it_is_applied_at_its_place_or_refused(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(IDENTITY)))
    names = [
        *IDENTITY[kind],
        *data.draw(st.lists(st.sampled_from(["date", "round", "place", "work", "x"]), max_size=1)),
    ]
    start = data.draw(st.integers(0, len(TEXT) + 3))
    one = Correction(
        action=data.draw(st.sampled_from(["accept", "reject", "add"])), number=1, file="c.toml",
        edition=SOURCE.sha256, start=start, end=(end := start + data.draw(st.integers(1, 60))),
        digest=digest_of_text(TEXT[start:end]), kind=kind, fields={name: data.draw(VALUES) for name in names},
        reason="Why not.", who="Somebody",
    )  # fmt: skip
    try:
        told, refused = apply_corrections(FACTS, [one], SOURCE, DOCUMENT, LEXICON_), ""
    except KgError as error:
        told, refused = apply_corrections(FACTS, [], SOURCE, DOCUMENT, LEXICON_), str(error)
    assert not refused or refused.startswith(f"{one.where}: ")
    touched = {*FACTS} ^ {*told.facts}
    assert all(isinstance(f, CLASSES[kind]) and f.evidence.start < end and start < f.evidence.end for f in touched)


# --- the commands ----------------------------------------------------------------------------------------------


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read_source(path).sha256 == SOURCE.sha256
    return path


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return int(end.value.code or 0), out, err


def write(tmp_path: Path, *texts: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_extract_applies_a_file_of_corrections_and_says_what_it_did(capsys, tmp_path: Path, text: Path) -> None:
    mine = write(
        tmp_path, entry("reject", "stance", SANCTIONS, *at(JAPAN)), entry("add", "stance", MERCY, RICE, RICE_END)
    )
    status, _, err = run(capsys, "extract", text, "-o", tmp_path / "g.trig", "--corrections", mine)
    assert status == 0
    assert "text.txt: 0 accepted, 1 rejected, 1 added by hand" in err
    made = (tmp_path / "g.trig").read_text(encoding="utf-8")
    assert "KOR-humanitarian-aid-support" in made
    assert "JPN-sanctions-support" not in made


def test_without_corrections_the_rules_speak_alone(capsys, tmp_path: Path, text: Path, monkeypatch) -> None:
    mine = write(tmp_path, entry("reject", "stance", SANCTIONS, *at(JAPAN)))
    monkeypatch.setattr("kg.resources.LEXICON", tmp_path)
    mine.rename(tmp_path / "corrections.toml")
    run(capsys, "extract", text, "-o", tmp_path / "with.nt")
    run(capsys, "extract", text, "-o", tmp_path / "without.nt", "--no-corrections")
    assert "JPN-sanctions-support" not in (tmp_path / "with.nt").read_text(encoding="utf-8")
    assert "JPN-sanctions-support" in (tmp_path / "without.nt").read_text(encoding="utf-8")


def test_a_file_for_another_source_is_an_error(capsys, tmp_path: Path, text: Path) -> None:
    mine = write(tmp_path, entry("reject", "stance", SANCTIONS, *at(JAPAN), edition='"0123456789ab"'))
    status, _, err = run(capsys, "extract", text, "-o", tmp_path / "g.trig", "--corrections", mine)
    assert status == 2
    assert "mine.toml: has no entry for" in err
    assert not (tmp_path / "g.trig").exists()


def test_both_options_cannot_be_meant(capsys, tmp_path: Path, text: Path) -> None:
    arguments = ["extract", text, "-o", tmp_path / "g.trig", "--corrections", "mine.toml", "--no-corrections"]
    status, _, err = run(capsys, *arguments)
    assert status == 2
    assert "cannot both be meant" in err


def test_a_wrong_digest_stops_the_command_in_one_line(capsys, tmp_path: Path, text: Path) -> None:
    mine = write(tmp_path, WRONG_DIGEST)
    status, out, err = run(capsys, "extract", text, "-o", tmp_path / "g.trig", "--corrections", mine)
    assert (status, out) == (2, "")
    assert re.search(r"^Error: mine\.toml: reject 1 \(characters \d+-\d+\): the digest is not", err, re.MULTILINE)
    assert not (tmp_path / "g.trig").exists()


def test_too_much_coded_by_hand_is_not_built(capsys, tmp_path: Path, text: Path) -> None:
    mine = write(tmp_path, entry("add", "stance", MERCY, RICE, RICE_END))
    arguments = ["build", "--source", text, "-o", tmp_path / "g.trig", "--corrections", mine]
    status, _, err = run(capsys, *arguments)
    assert status == 1
    assert re.search(r"1 of \d statements are coded by hand", err)
    assert not (tmp_path / "g.trig").exists()


def test_build_tells_the_share_that_is_coded_by_hand(capsys, tmp_path: Path, text: Path) -> None:
    status, _, err = run(capsys, "build", "--source", text, "-o", tmp_path / "g.trig", "--no-corrections")
    assert status == 0
    assert re.search(r"0 of [1-9]\d* statements are coded by hand \(0\.0%\)", err)


# --- the file of the release -----------------------------------------------------------------------------------


def test_the_file_of_the_release_is_sound() -> None:
    load_corrections(LEXICON / "corrections.toml")


def test_the_examples_at_its_head_are_entries(tmp_path: Path) -> None:
    head = (LEXICON / "corrections.toml").read_text(encoding="utf-8")
    lines = [line.removeprefix("#   ") for line in head.splitlines()]
    first = lines.index("[[reject]]")
    shown = "\n".join(line for line in lines[first:] if not line.startswith("#")).replace('"…"', f'"{"0" * 64}"')
    path = tmp_path / "shown.toml"
    path.write_text(shown, encoding="utf-8")
    assert [(one.action, one.kind) for one in load_corrections(path)] == [("reject", "stance"), ("add", "commitment")]
    for one in load_corrections(path):
        make_fact(one.kind, one.fields, HERE, LEXICON_)
