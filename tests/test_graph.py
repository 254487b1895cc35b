"""Facts become a graph: equal ones are one statement with several pieces of evidence, in any order the same bytes."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse
from sample_graph import (
    AGREEMENT,
    DOCUMENT,
    FACTS,
    INSTITUTION,
    LEXICON,
    ROUND,
    SCHOLARSHIP,
    SOURCE,
    STANCE,
    TEXT,
    at,
)

from kg.errors import KgError
from kg.facts.model import Event, Fact, Stance
from kg.graph import Reading, build_graph, build_graphs, write_quads
from kg.graph.evidence import SHORTEST, Edition
from kg.graph.links import Link, link_triples, read_links
from kg.graph.names import BASE, PREFIXES, date_slug, graph, share, term, thing
from kg.graph.serialize import FORMS, to_bytes
from kg.graph.vocabulary import load_vocabulary
from kg.source import digest_of_text, source_of_text
from kg.validation import report_to_human, validate_quads

FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS, ".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES}
VOCABULARY = load_vocabulary()


def build(*facts: Fact, whole: bool = False) -> Store:
    return stored(build_graph(facts, SOURCE, DOCUMENT, LEXICON, whole=whole))


def stored(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def ask(store: Store, variables: str, pattern: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT over all graphs as plain values, sorted; `id:` is short for our things."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in {**PREFIXES, "id": BASE + "id/"}.items())
    query = f"{prefixes} SELECT DISTINCT {variables} WHERE {{ {pattern} }}"
    rows = store.query(query, use_default_graph_as_union=True)
    return sorted(tuple("" if value is None else value.value.removeprefix(BASE) for value in row) for row in rows)


# ---------------------------------------------------------------- statements


def test_the_same_stance_at_two_places_is_one_statement_with_two_pieces_of_evidence() -> None:
    again = replace(STANCE, evidence=at(100, 140, confidence=0.95), targets=())
    store = build(STANCE, again)
    assert ask(store, "?s", "?s a kg:Stance") == [("id/stance/PRK-sanctions-oppose-2003-04",)]
    assert ask(store, "?start ?c", "?s kg:evidence ?e . ?e oa:hasSelector/oa:start ?start ; kg:confidence ?c") == [
        ("0", "0.8"),
        ("100", "0.95"),
    ]
    assert ask(store, "?c", "?s a kg:Stance ; kg:confidence ?c") == [("0.95",)], "as sure as its best place"


def test_another_polarity_or_period_is_another_statement() -> None:
    facts = [STANCE, replace(STANCE, polarity="support"), replace(STANCE, date="")]
    assert [row[0] for row in ask(build(*facts), "?s", "?s a kg:Stance")] == [
        "id/stance/PRK-sanctions-oppose",
        "id/stance/PRK-sanctions-oppose-2003-04",
        "id/stance/PRK-sanctions-support-2003-04",
    ]


def test_two_founding_dates_are_two_accounts_of_one_institution() -> None:
    store = build(INSTITUTION, replace(INSTITUTION, founded="1995", evidence=at(150, 180)))
    assert ask(store, "?i", "?i a kg:Institution") == [("id/institution/harbour-forum",)]
    assert ask(store, "?date", "[] kg:about ?i ; kg:founded ?date") == [("1994",), ("1995",)]


def test_the_same_account_at_two_places_is_one_account() -> None:
    store = build(ROUND, replace(ROUND, evidence=at(200, 230)))
    assert len(ask(store, "?a", "?a a kg:EventAccount")) == 1
    assert len(ask(store, "?e", "?a a kg:EventAccount ; kg:evidence ?e")) == 2


def test_what_a_place_adds_stays_with_the_place() -> None:
    store = build(STANCE, replace(STANCE, targets=("USA",), condition="", document="", evidence=at(100, 140)))
    assert ask(store, "?start ?t", "?e kg:target ?t ; oa:hasSelector/oa:start ?start") == [
        ("0", "id/actor/CHN"),
        ("0", "id/actor/KIM-JONG-IL"),
        ("100", "id/actor/USA"),
    ]
    assert ask(store, "?start ?d", "?e kg:document ?d ; oa:hasSelector/oa:start ?start") == [("0", "id/agreement/npt")]


def test_two_rules_at_one_place_are_one_piece_of_evidence_told_as_the_surer_one_tells_it() -> None:
    unsure = replace(
        STANCE, evidence=replace(STANCE.evidence, rule="other", confidence=0.4, voice="direct"), targets=("USA",)
    )
    store = build(STANCE, replace(unsure, condition="something else"))
    assert ask(store, "?rule", "?e kg:rule ?rule") == [("id/rule/other",), ("id/rule/r",)]
    assert ask(store, "?v ?c", "?e kg:voice ?v ; kg:condition ?c") == [
        ("scheme/voice/author-paraphrase", "unless they are lifted")
    ]
    assert len(ask(store, "?t", "?e kg:target ?t")) == 3, "targets are added up"


def test_labels_are_made_of_the_names_of_codes() -> None:
    store = build(STANCE, ROUND, INSTITUTION)
    assert ask(store, "?l", "?s a kg:Stance ; rdfs:label ?l FILTER LANGMATCHES(LANG(?l), 'en')") == [
        (f"North Korea opposes {VOCABULARY.label('issue', 'sanctions', 'en')} (2003-04)",)
    ]
    assert ask(store, "?l", "?s a kg:Stance ; rdfs:label ?l FILTER LANGMATCHES(LANG(?l), 'zh')") == [
        (f"北韓反對{VOCABULARY.label('issue', 'sanctions', 'zh-Hant')}（2003-04）",)
    ]
    assert ask(store, "?l", "?s a kg:Account ; rdfs:label ?l FILTER LANGMATCHES(LANG(?l), 'en')") == [
        ("First round of the Six-Party Talks (2003-08-27/2003-08-29)",),
        ("Harbour Forum (founded 1994)",),
    ]


def test_every_polarity_has_a_label() -> None:
    polarities = [code for scheme, code in VOCABULARY._labels if scheme == "polarity"]
    assert polarities
    for polarity in polarities:
        assert ask(build(replace(STANCE, polarity=polarity)), "?l", "?s a kg:Stance ; rdfs:label ?l")


def test_dates_are_edtf_and_have_a_begin_and_an_end() -> None:
    store = build(ROUND)
    assert ask(store, "?d (DATATYPE(?d) AS ?t)", "?a a kg:EventAccount ; kg:date ?d") == [
        ("2003-08-27/2003-08-29", "http://id.loc.gov/datatypes/edtf")
    ]
    assert ask(store, "?b ?e", "?a sem:hasBeginTimeStamp ?b ; sem:hasEndTimeStamp ?e") == [("2003-08-27", "2003-08-29")]


def test_a_statement_knows_its_source_its_run_and_that_nobody_reviewed_it() -> None:
    store = build(*FACTS)
    rows = ask(store, "?s", "?s a kg:SourcedStatement")
    assert len(rows) == len(FACTS)
    assert rows == ask(
        store,
        "?s",
        "?s prov:hadPrimarySource ?edition ; prov:wasGeneratedBy ?run ; kg:reviewStatus review-status:unreviewed . "
        "?run a kg:ExtractionRun, prov:Activity ; prov:used ?edition . ?edition a kg:Edition",
    )
    assert ask(store, "?rule ?what", "?rule a kg:Rule ; dcterms:description ?what") == [
        ("id/rule/r", "Finds agreements, events of the kind talks, institutions, stances.")
    ]


# ---------------------------------------------------------------- evidence


def test_a_span_has_offsets_a_digest_and_its_place_in_the_document_but_no_text() -> None:
    store = build(STANCE)
    assert ask(
        store,
        "?start ?end ?digest ?n ?part ?paragraph ?page",
        "?s oa:start ?start ; oa:end ?end ; kg:digest ?digest ; kg:digestLength ?n ; "
        "kg:inPart/dcterms:identifier ?part ; "
        "kg:paragraphNumber ?paragraph ; kg:pageNumber ?page",
    ) == [("0", "20", digest_of_text(TEXT[:20]), "20", "1.2", "3", "7")]
    assert not [quad for quad in store if isinstance(quad.object, Literal) and "燈塔" in quad.object.value]


def test_a_footnote_and_a_table_are_told() -> None:
    store = build(INSTITUTION, AGREEMENT)
    assert ask(store, "?n", "?s kg:footnoteNumber ?n") == [("1:4",)]
    assert ask(store, "?n", "?s kg:tableNumber ?n") == [("1-1",)]


def test_parts_are_numbers_and_levels_without_headings() -> None:
    store = build(STANCE, replace(STANCE, date="", evidence=at(0, 30, chapter="0", section="")))
    assert ask(store, "?n ?level ?above", "?p kg:level ?level ; dcterms:identifier ?n ; dcterms:isPartOf ?above") == [
        ("0", "1", f"id/edition/{SOURCE.sha256[:12]}"),
        ("1", "1", f"id/edition/{SOURCE.sha256[:12]}"),
        ("1.2", "2", f"id/edition/{SOURCE.sha256[:12]}/part/1"),
    ]
    assert not [quad for quad in store if isinstance(quad.object, Literal) and "往事" in quad.object.value]


@given(st.data())
def test_a_short_span_is_widened_until_its_digest_cannot_be_guessed(data: st.DataObject) -> None:
    edition = Edition.of(SOURCE)
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, min(len(TEXT), start + 30)))
    first, last = edition.widened(start, end)
    assert 0 <= first <= start < end <= last <= len(TEXT)
    assert len("".join(TEXT[first:last].split())) >= SHORTEST
    if len("".join(TEXT[start:end].split())) >= SHORTEST:
        assert (first, last) == (start, end)


def test_a_source_that_is_shorter_itself_gives_all_it_has() -> None:
    assert Edition.of(source_of_text("中國反對。")).widened(1, 3) == (0, 5)


@pytest.mark.parametrize("start, end", [(5, 5), (9, 3), (-1, 4), (0, len(TEXT) + 1)])
def test_evidence_outside_the_source_is_a_bug_and_no_graph(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="lies outside"):
        build(replace(STANCE, evidence=at(start, end)))


# ---------------------------------------------------------------- things


def test_only_things_that_the_facts_speak_of_are_there_with_what_they_refer_to() -> None:
    store = build(Stance("USA-OBAMA", "aid", "support", at(0, 20), targets=("SIX",)))
    assert [row[0] for row in ask(store, "?code", "?a a kg:Actor ; dcterms:identifier ?code")] == [
        "CHN", "PRK", "SIX", "USA", "USA-OBAMA",
    ]  # fmt: skip
    assert ask(store, "?s", "?g a kg:Government ; kg:governmentOf ?s") == [("id/actor/USA",)]
    assert len(ask(store, "?m", "?g a kg:ActorGroup ; kg:groupMember ?m")) == 3
    assert not ask(store, "?x", "?x a kg:Place")


def test_a_thing_has_names_and_codes() -> None:
    store = build(STANCE)
    assert ask(store, "?p ?o", "id:actor/CHN ?p ?o FILTER(?p != rdf:type)".replace("id:actor/CHN", "actor:CHN")) == [
        (PREFIXES["dcterms"] + "identifier", "CHN"),
        (PREFIXES["rdfs"] + "label", "China"),
        (PREFIXES["rdfs"] + "label", "中國"),
        (PREFIXES["skos"] + "altLabel", "PRC"),
        (PREFIXES["skos"] + "altLabel", "中共"),
        (PREFIXES["skos"] + "notation", "CHN"),
        ("ontology#cameoCode", "CHN"),
        ("ontology#cowCode", "710"),
        ("ontology#isoCode", "CHN"),
    ]
    assert ask(store, "?n", "actor:KIM-JONG-IL skos:notation ?n") == [("金正日",)]


def test_what_the_lexicon_does_not_know_is_named_as_it_is_told_most_often() -> None:
    other = replace(INSTITUTION, name_zh="漁港大論壇")
    store = build(INSTITUTION, replace(INSTITUTION, evidence=at(120, 150)), other)
    assert ask(store, "?l", "?i a kg:Institution ; rdfs:label ?l FILTER LANGMATCHES(LANG(?l), 'zh')") == [("漁港論壇",)]
    assert ask(store, "?l", "?i a kg:Institution ; skos:altLabel ?l") == [("漁港大論壇",)]


def test_a_phase_belongs_to_a_round_also_where_only_phases_are_told() -> None:
    phase = Event("round-1-phase-1", "talks", "2003-08-27", at(30, 60), institution="six-party-talks", round=1, phase=1)
    other = Event("round-2-phase-1", "talks", "2004-02-25", at(70, 90), institution="six-party-talks", round=2, phase=1)
    store = build(ROUND, phase, other)
    assert ask(
        store, "?e ?n", "?e a kg:TalksRound ; kg:roundNumber ?n ; kg:convenedUnder institution:six-party-talks"
    ) == [("id/event/six-party-talks-round-1", "1"), ("id/event/six-party-talks-round-2", "2")]
    assert ask(store, "?e ?n ?whole", "?e a kg:TalksPhase ; kg:phaseNumber ?n OPTIONAL { ?e kg:phaseOf ?whole }") == [
        ("id/event/round-1-phase-1", "1", "id/event/six-party-talks-round-1"),
        ("id/event/round-2-phase-1", "1", "id/event/six-party-talks-round-2"),
    ]


RELATIONS = [
    ("establishment", {"institution": "six-party-talks"}, "establishes", "id/institution/six-party-talks"),
    ("talks", {"institution": "six-party-talks"}, "convenedUnder", "id/institution/six-party-talks"),
    ("signing", {"agreement": "npt"}, "outcome", "id/agreement/npt"),
    ("resolution", {"agreement": "resolution-1718"}, "outcome", "id/agreement/resolution-1718"),
    ("withdrawal", {"agreement": "npt"}, "concerns", "id/agreement/npt"),
    ("accession", {"agreement": "npt"}, "concerns", "id/agreement/npt"),
]
assert RELATIONS


@pytest.mark.parametrize("kind, told, relation, other", RELATIONS, ids=[row[0] for row in RELATIONS])
def test_how_an_event_relates_to_an_institution_or_document(
    kind: str, told: dict[str, str], relation: str, other: str
) -> None:
    assert ask(build(Event("e", kind, "1999", at(0, 20), **told)), "?o", f"event:e kg:{relation} ?o") == [(other,)]


def test_a_document_knows_the_event_that_produced_it() -> None:
    assert ask(build(ROUND, AGREEMENT), "?a", "?e kg:outcome ?a") == [("id/agreement/harbour-charter",)]
    assert ask(build(AGREEMENT), "?a", "?e kg:outcome ?a") == [], "an event that no place tells of is not invented"


UNKNOWN = {
    "actor": (replace(STANCE, holder="XYZ"), "no actor 'XYZ' in the lexicon"),
    "document": (replace(STANCE, document="xyz"), "no agreement 'xyz' in the lexicon"),
    "place": (replace(ROUND, place="xyz"), "no place 'xyz' in the lexicon"),
    "institution": (replace(ROUND, institution="xyz"), "no institution 'xyz' in the lexicon"),
    "issue": (replace(STANCE, issue="xyz"), "no concept 'xyz' in scheme 'issue'"),
    "polarity": (replace(STANCE, polarity="xyz"), "no concept 'xyz' in scheme 'polarity'"),
    "event kind": (replace(ROUND, kind="xyz"), "no concept 'xyz' in scheme 'event-kind'"),
}
assert UNKNOWN


@pytest.mark.parametrize("fact, message", UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_code_is_told(fact: Fact, message: str) -> None:
    with pytest.raises(KgError, match=message):
        build(fact)


def test_no_facts_are_no_graph() -> None:
    with pytest.raises(KgError, match="no statement was found"):
        build()


# ---------------------------------------------------------------- graphs


def test_an_extract_has_things_statements_their_issues_evidence_and_provenance() -> None:
    names = {str(quad.graph_name.value).removeprefix(BASE) for quad in build(*FACTS)}
    statements = f"graph/text/{SOURCE.sha256[:12]}"
    assert names == {"graph/core", "graph/schemes", statements, "graph/evidence", "graph/prov"}


def test_the_whole_has_all_graphs_and_tells_their_size() -> None:
    store = build(*FACTS, whole=True)
    names = {str(quad.graph_name.value).removeprefix(BASE + "graph/") for quad in store}
    assert names == {"ontology", "schemes", "core", "links", "thesis", "evidence", "prov", "meta"}
    for name in sorted(names - {"meta"}):
        size = sum(1 for _ in store.quads_for_pattern(None, None, None, graph(name)))
        assert ask(store, "?n", f"graph:{name} void:triples ?n") == [(str(size),)], name
    assert ask(store, "?v", "?d a dcat:Dataset ; dcat:version ?v ; dcterms:license ?l ; dcterms:title ?t")
    assert ask(store, "?n", "?p void:class kg:Stance ; void:entities ?n") == [("1",)]


@pytest.mark.parametrize("whole", [False, True], ids=["extract", "whole"])
def test_every_graph_keeps_the_shapes(whole: bool) -> None:
    report = validate_quads(build_graph((*FACTS, *SCHOLARSHIP), SOURCE, DOCUMENT, LEXICON, whole=whole))
    assert report.violations == 0, report_to_human(report)


def test_two_sources_are_one_graph_and_a_stance_of_both_is_one_node() -> None:
    other = source_of_text("另一篇" + TEXT)
    surer = replace(STANCE, evidence=at(40, 80, confidence=0.9))
    readings = [Reading(SOURCE, DOCUMENT, FACTS), Reading(other, DOCUMENT, [surer])]
    quads = build_graphs(readings, LEXICON)
    assert to_bytes(quads, ".trig") == to_bytes(build_graphs(readings[::-1], LEXICON), ".trig")
    store = stored(quads)
    assert len(ask(store, "?e", "?s a kg:Stance ; prov:hadPrimarySource ?e")) == 2
    assert ask(store, "?c", "?s a kg:Stance ; kg:confidence ?c") == [("0.9",)], "one confidence, in both graphs"
    assert len(ask(store, "?g", "GRAPH ?g { ?s a kg:Stance }")) == 2


def test_the_same_source_twice_is_the_same_graph() -> None:
    once = Reading(SOURCE, DOCUMENT, FACTS)
    assert build_graphs([once, once], LEXICON) == build_graphs([once], LEXICON)


SEVERAL = (
    *FACTS,
    *SCHOLARSHIP,
    replace(STANCE, evidence=at(100, 140)),
    replace(STANCE, evidence=at(0, 20, rule="b")),
    replace(ROUND, date="2003"),
)


@settings(max_examples=40)
@given(st.permutations(SEVERAL))
def test_facts_in_any_order_give_the_same_bytes(facts: list[Fact]) -> None:
    assert to_bytes(build_graph(facts, SOURCE, DOCUMENT, LEXICON, whole=False), ".trig") == EXPECTED


EXPECTED = to_bytes(build_graph(SEVERAL, SOURCE, DOCUMENT, LEXICON, whole=False), ".trig")


def test_the_whole_graph_has_the_same_bytes_in_every_order() -> None:
    orders = itertools.islice(itertools.permutations(FACTS), 0, 24, 7)
    assert len({to_bytes(build_graph(facts, SOURCE, DOCUMENT, LEXICON, whole=True), ".nq") for facts in orders}) == 1


# ---------------------------------------------------------------- links

IDENTIFIERS = """of,wikidata,evidence,status
actor:PRK,Q423,a table,verified
actor:CHN,Q148,"another, with a comma",verified-single-source
actor:USA,Q1,seen once,candidate-unverified
actor:SIX,,nothing found,not-found
actor:ASEAN,Q7768,a list,verified
"""


def test_only_verified_identifiers_of_things_that_are_there_are_linked(tmp_path: Path) -> None:
    (tmp_path / "identifiers.csv").write_text(IDENTIFIERS, encoding="utf-8")
    links = read_links(tmp_path / "identifiers.csv")
    assert [link.wikidata for link in links] == ["Q7768", "Q148", "Q423"]
    known = [thing("actor", "PRK"), thing("actor", "USA"), thing("institution", "asean")]
    store = stored([Quad(*t) for t in link_triples(links, known, {thing("actor", "ASEAN"): known[2]})])
    assert ask(store, "?s ?wd", "?s schema:sameAs ?wd") == [
        ("id/actor/PRK", "http://www.wikidata.org/entity/Q423"),
        ("id/institution/asean", "http://www.wikidata.org/entity/Q7768"),
    ]
    assert ask(store, "?e", "?a oa:hasTarget actor:PRK ; oa:hasBody wd:Q423 ; dcterms:source ?e") == [("a table",)]
    assert ask(store, "?n", "?l a void:Linkset ; void:triples ?n") == [("2",)]


@pytest.mark.parametrize(
    "table, message",
    [
        ("", "needs rows with the columns"),
        ("of,wikidata,evidence,status\n", "needs rows with the columns"),
        ("a,b\n1,2\n", "needs rows with the columns"),
        ("of,wikidata,evidence,status\nactor:PRK,423,x,verified\n", "'actor:PRK' with '423'"),
        ("of,wikidata,evidence,status\nPRK,Q423,x,verified\n", "'PRK' with 'Q423'"),
        ("of,wikidata,evidence,status\nactor:PRK\n", "row 2 has not as many cells"),
        ("of,wikidata,evidence,status\nactor:PRK,Q423,x, y,verified\n", "row 2 has not as many cells"),
    ],
)
def test_a_table_of_identifiers_that_is_not_as_it_should_be(tmp_path: Path, table: str, message: str) -> None:
    (tmp_path / "identifiers.csv").write_text(table, encoding="utf-8")
    with pytest.raises(KgError, match=message):
        read_links(tmp_path / "identifiers.csv")


def test_the_projects_own_identifiers_are_verified_rows() -> None:
    links = read_links()
    assert (
        Link(thing("actor", "PRK"), "Q423", next(link.evidence for link in links if link.wikidata == "Q423")) in links
    )
    assert all(link.evidence for link in links)


# ---------------------------------------------------------------- names and bytes

HOSTILE = ["\ud800", "a/b", "a b", "六方", "<script>", 'x"y', "..", "%41", "a\nb"]


@pytest.mark.parametrize("key", HOSTILE, ids=ascii)
def test_no_key_breaks_an_iri(key: str) -> None:
    iri = thing("event", key)
    assert iri.value.startswith(BASE + "id/event/")
    assert "/" not in iri.value.removeprefix(BASE + "id/event/")
    line = to_bytes([Quad(iri, term("rdfs:label"), Literal("x"))], ".ttl")
    assert next(iter(parse(line, RdfFormat.TURTLE))).subject == iri


def test_two_keys_have_two_names() -> None:
    assert len({thing("event", key) for key in HOSTILE}) == len(HOSTILE)


def test_a_date_in_a_name() -> None:
    dates = {
        "2003-08-27/2003-08-29": "2003-08-27_2003-08-29",
        "2005-12~": "2005-12approx",
        "2003?": "2003q",
        "../1995": "open_1995",
    }
    assert {date: date_slug(date) for date in dates} == dates


@pytest.mark.parametrize("value, written", [(0.9, "0.9"), (1.0, "1"), (0.0, "0"), (0.25, "0.25"), (1 / 3, "0.3333")])
def test_a_confidence_is_written_in_its_shortest_form(value: float, written: str) -> None:
    assert share(value).value == written


@pytest.mark.parametrize("value", [-0.1, 1.01, float("nan")])
def test_what_is_no_confidence_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no confidence"):
        share(value)


LITERALS = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(Literal),
    st.text(alphabet='ab"\\\n\r\t^@<>六', max_size=12).map(lambda value: Literal(value, language="zh-hant")),
    st.text(alphabet='ab"\\^<>', max_size=8).map(lambda value: Literal(value, datatype=term("edtf:edtf"))),
)
NODES = st.sampled_from(
    [thing("actor", "PRK"), thing("event", "a/b"), NamedNode("http://example.org/x,y;z."), BlankNode("b1")]
)
QUADS = st.builds(
    Quad,
    NODES,
    st.sampled_from([term("rdf:type"), term("rdfs:label"), term("kg:date")]),
    st.one_of(LITERALS, NODES),
    st.sampled_from([DefaultGraph(), graph("core"), graph("text", "abc")]),
)


@given(st.lists(QUADS, max_size=8))
@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_back(form: str, quads: list[Quad]) -> None:
    written = to_bytes(quads, form)
    assert written == to_bytes(reversed(quads), form)
    if form in (".ttl", ".nt"):
        quads = [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    # Blank nodes get new labels in Turtle and TriG, so compare with their labels taken out.
    assert _unlabelled(parse(written, FORMATS[form])) == _unlabelled(quads)


def _unlabelled(quads: object) -> set[str]:
    return {
        " ".join(
            "_:" if isinstance(node, BlankNode) else str(node)
            for node in (q.subject, q.predicate, q.object, q.graph_name)
        )
        for q in quads  # type: ignore[attr-defined]
    }


def test_language_tags_are_written_in_their_usual_case() -> None:
    assert b'"x"@zh-Hant-TW' in to_bytes(
        [Quad(BlankNode("b"), term("rdfs:label"), Literal("x", language="zh-hant-tw"))], ".nt"
    )


def test_a_file_is_written_whole_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "graph.trig"
    write_quads(build_graph(FACTS, SOURCE, DOCUMENT, LEXICON, whole=False), path)
    assert len(list(parse(path.read_bytes(), RdfFormat.TRIG))) > 50
    assert [file.name for file in path.parent.iterdir()] == ["graph.trig"], "no temporary file is left"


@pytest.mark.parametrize("name", ["graph", "graph.rdf", "graph.json"])
def test_an_unknown_suffix_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(KgError, match=r"graph is written as \.trig, \.nq, \.ttl, \.nt"):
        write_quads([], tmp_path / name)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.trig").mkdir()
    with pytest.raises(KgError, match="cannot be written"):
        write_quads([], tmp_path / "folder.trig")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(KgError, match="cannot be written"):
        write_quads([], tmp_path / "file" / "graph.trig")


# ---------------------------------------------------------------- vocabulary


def test_blank_nodes_of_the_ontology_have_the_same_names_in_every_run() -> None:
    assert load_vocabulary.__wrapped__().ontology == VOCABULARY.ontology


def test_a_folder_without_schemes_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"needs the ontology \(\*.ttl\) and schemes.ttl"):
        load_vocabulary(tmp_path)


def test_a_class_has_those_above_it() -> None:
    assert [cls.value.rpartition("#")[2] for cls in VOCABULARY.classes("EventAccount")] == [
        "EventAccount", "Account", "SourcedStatement",
    ]  # fmt: skip
