"""The best of what is offered, by the client's weights; the server's order decides between equals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.endpoint.media import HTML, RDF, RESULTS, choose, content_type
from kg.store import RDF_FORMATS, RESULT_FORMATS

JSON, XML, CSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv"
OFFERED = (JSON, XML, CSV, HTML)
CASES = [
    (None, JSON),
    ("", JSON),
    ("*/*", JSON),
    ("text/csv", CSV),
    ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", XML),
    ("text/csv, application/sparql-results+xml", XML),  # equals: the server's order
    ("text/*", CSV),
    ("TEXT/CSV ; Q=0.3", CSV),
    ("application/*;q=0.1, text/csv;q=0.2", CSV),
    ("*/*, application/sparql-results+json;q=0", XML),  # the most specific range counts
    ("text/html,application/xhtml+xml,*/*;q=0.8", HTML),  # a browser
    ("image/png", None),
    ("text/csv;q=0", None),
    ("text/csv;q=x", None),
    ("text/csv;q=nan", None),
    ("text/csv;q=7, text/html", CSV),
    (",,;q=1,text/csv;charset=utf-8", CSV),
]
assert CASES


@pytest.mark.parametrize("accept, expected", CASES)
def test_choose(accept: str | None, expected: str | None) -> None:
    assert choose(accept, OFFERED) == expected


@given(st.text())
def test_any_header_chooses_an_offer_or_none(accept: str) -> None:
    assert choose(accept, OFFERED) in (*OFFERED, None)


def test_every_format_of_the_store_can_be_asked_for() -> None:
    assert set(RESULTS.values()) == set(RESULT_FORMATS)
    assert set(RDF.values()) == set(RDF_FORMATS)


def test_text_says_its_encoding() -> None:
    assert content_type("text/turtle") == "text/turtle; charset=utf-8"
    assert content_type(JSON) == JSON
