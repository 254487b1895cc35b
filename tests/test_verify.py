"""Each span's digest agrees with the source it was taken of, or the check says which does not."""

import hashlib
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from sample_graph import DOCUMENT, FACTS, LEXICON, SOURCE, TEXT

from kg.document import read_document
from kg.errors import Finding, NothingToCheck
from kg.facts.find import find_facts
from kg.graph import Reading, build_graph, build_graphs
from kg.graph.names import term
from kg.lexicon import load_lexicon
from kg.source import digest_of_text, normalized_text, read_source, source_of_text
from kg.verify import verify

GRAPH = build_graph(FACTS, SOURCE, DOCUMENT, LEXICON, whole=False)


def changed(predicate: str, value: str | None, only: str = "") -> list[Quad]:
    """The sample graph with another value (None: without one) of this property, of the subjects that end in `only`."""
    quads = []
    for quad in GRAPH:
        if quad.predicate != term(predicate) or not quad.subject.value.endswith(only):
            quads.append(quad)
        elif value is not None:
            assert isinstance(quad.object, Literal)
            literal = Literal(value, datatype=quad.object.datatype)
            quads.append(Quad(quad.subject, quad.predicate, literal, quad.graph_name))
    assert quads != GRAPH
    return quads


def test_a_graph_agrees_with_its_source() -> None:
    report = verify(GRAPH, SOURCE)
    assert str(report) == "4 of 4 spans agree with the source"
    report.check()


def test_a_file_with_a_byte_order_mark_has_the_same_offsets(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_text(TEXT, encoding="utf-8-sig")
    source = read_source(tmp_path / "source.txt")
    verify(build_graph(FACTS, source, DOCUMENT, LEXICON, whole=False), source).check()


WRONG = {
    "a digest": ("kg:digest", digest_of_text("別的文字"), "other characters"),
    "no digest": ("kg:digest", None, "has not one start, one end and one digest"),
    "a start": ("oa:start", "1", "other characters"),
    "an end beyond the text": ("oa:end", "99999", "0..99999 lies outside the source"),
    "a start that is no number": ("oa:start", "-3", "has not one start"),
    "no end": ("oa:end", None, "has not one start"),
}
assert WRONG


@pytest.mark.parametrize("predicate, value, message", WRONG.values(), ids=WRONG)
def test_a_wrong_span_is_a_finding_that_names_it(predicate: str, value: str | None, message: str) -> None:
    report = verify(changed(predicate, value, only="-0-20"), SOURCE)
    assert (report.spans, report.agree) == (4, 3)
    with pytest.raises(Finding, match=rf"^3 of 4 spans agree with the source\. 1 wrong: \S+-0-20: {message}"):
        report.check()


def test_two_digests_of_one_span_are_wrong() -> None:
    span = next(quad for quad in GRAPH if quad.predicate == term("kg:digest"))
    report = verify([*GRAPH, Quad(span.subject, span.predicate, Literal("0" * 64), span.graph_name)], SOURCE)
    assert len(report.wrong) == 1


def test_many_wrong_spans_are_counted_and_three_shown() -> None:
    with pytest.raises(Finding) as finding:
        verify(changed("kg:digest", "0" * 64), SOURCE).check()
    assert "0 of 4 spans agree with the source. 4 wrong:" in str(finding.value)
    assert str(finding.value).count("other characters") == 3
    assert str(finding.value).endswith("; …")


def test_an_edition_that_tells_another_length_is_a_finding() -> None:
    with pytest.raises(Finding, match="has the source's digest, but not its length: 5, not"):
        verify(changed("kg:sourceLength", "5"), SOURCE)


def test_spans_are_found_again_in_another_dump() -> None:
    # Other line breaks, full width digits, a watermark at the front: no offset is right any more.
    dump = "水印\n" + TEXT.replace("\n\n", "").replace("，", "，\n").replace("1", "１")
    report = verify(GRAPH, source_of_text(dump))
    assert str(report) == "another dump of the source: 4 of 4 spans found again by their digests"
    report.check()


def test_what_is_not_found_again_is_counted() -> None:
    dump = TEXT.replace(TEXT[:20], "", 1)
    report = verify(GRAPH, source_of_text(dump))
    assert (report.same_file, report.spans, report.agree) == (False, 4, 3)
    assert report.wrong[0].endswith("-0-20: not found again")
    report.check()  # no finding: another dump may lack a footnote


@pytest.mark.parametrize(
    "quads", [changed("kg:digestLength", None), changed("kg:digest", "no hex")], ids=["no length", "no digest"]
)
def test_spans_that_cannot_be_searched_are_not_found(quads: list[Quad]) -> None:
    assert verify(quads, source_of_text("x" + TEXT)).agree == 0


def test_another_text_altogether_is_a_finding() -> None:
    with pytest.raises(Finding, match=r"0 of 4 spans found again by their digests\. Is it a text of the same work"):
        verify(GRAPH, source_of_text("Something else, and quite long enough to be searched for spans.")).check()


def test_of_two_sources_only_the_one_at_hand_is_looked_at() -> None:
    other = source_of_text("另一篇" + TEXT)
    quads = build_graphs([Reading(SOURCE, DOCUMENT, FACTS), Reading(other, DOCUMENT, FACTS[:1])], LEXICON)
    assert str(verify(quads, SOURCE)) == "4 of 4 spans agree with the source (1 of other sources were not looked at)"
    assert str(verify(quads, other)) == "1 of 1 spans agree with the source (4 of other sources were not looked at)"


NOTHING = {
    "no quads": [],
    "no evidence": [quad for quad in GRAPH if quad.predicate != term("oa:hasSelector")],
    "no edition": [quad for quad in GRAPH if quad.predicate != term("kg:sourceDigest")],
    "evidence of another edition only": [
        Quad(quad.subject, quad.predicate, NamedNode("http://example.org/edition"), quad.graph_name)
        if quad.predicate == term("oa:hasSource")
        else quad
        for quad in GRAPH
    ],
}


@pytest.mark.parametrize("quads", NOTHING.values(), ids=NOTHING)
def test_nothing_to_check_is_no_green(quads: list[Quad]) -> None:
    with pytest.raises(NothingToCheck):
        verify(quads, SOURCE)


def test_a_digest_is_taken_of_the_text_that_the_search_slides_over() -> None:
    assert digest_of_text(TEXT) == hashlib.sha256(normalized_text(TEXT).encode()).hexdigest()


@pytest.mark.thesis
def test_every_span_of_the_thesis_agrees_and_is_found_again_in_another_dump(thesis: Path) -> None:
    source, lexicon = read_source(thesis), load_lexicon()
    document = read_document(source)
    facts = find_facts(document, lexicon)
    report = verify(build_graph(facts, source, document, lexicon, whole=False), source)
    assert report.agree == report.spans > 500
    dump = source_of_text("x" + source.text.replace("\n\n", "\n"))
    again = verify(
        build_graph(facts[::40], source, document, lexicon, whole=False), dump
    )  # a search of all takes seconds
    assert (again.same_file, again.agree) == (False, again.spans)
    assert again.spans > 10
