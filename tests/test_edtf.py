"""EDTF: which dates are written well, and where they begin and end."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.edtf import begin_end, is_edtf

BOUNDS = [
    ("2003", "2003", "2003"),
    ("2003-08", "2003-08", "2003-08"),
    ("2003-08-27", "2003-08-27", "2003-08-27"),
    ("2004-02-29", "2004-02-29", "2004-02-29"),
    ("2009-12~", "2009-12", "2009-12"),
    ("1985?", "1985", "1985"),
    ("1985%", "1985", "1985"),
    ("199X", "1990", "1999"),
    ("198X~", "1980", "1989"),
    ("19XX", "1900", "1999"),
    ("2009-21", "2009-03", "2009-05"),
    ("2004-24", "2004-12", "2005-02"),
    ("2003-08-27/2003-08-29", "2003-08-27", "2003-08-29"),
    ("2005-07/2005-08", "2005-07", "2005-08"),
    ("196X/197X", "1960", "1979"),
    ("1997/..", "1997", ""),
    ("../1997", "", "1997"),
    ("199X/..", "1990", ""),
    ("/1997", "", "1997"),
    ("2003-08/2003", "2003-08", "2003"),
    ("2003/2003-08", "2003", "2003-08"),
]
WRONG = [
    "", "..", "/", "../..", "2003-13", "2003-00", "2003-02-30", "2003-02-29", "2003-8-27", "20030827",
    "2003-25", "2003-21-01", "0000", "03", "199X-05", "2X03", "2003/2002", "2003-08/2003-07", "1990/2000/2010",
    " 2003", "2003 ", "2003~?", "二〇〇三", "２００３", "2003-08-27T10:00", "../",
]  # fmt: skip
assert all([BOUNDS, WRONG])


@pytest.mark.parametrize("edtf, begin, end", BOUNDS)
def test_begin_and_end(edtf: str, begin: str, end: str) -> None:
    assert is_edtf(edtf)
    assert begin_end(edtf) == (begin, end)


@pytest.mark.parametrize("text", WRONG)
def test_what_is_no_date(text: str) -> None:
    assert not is_edtf(text)
    with pytest.raises(ValueError, match=r"is no EDTF"):
        begin_end(text)


@given(st.dates(), st.dates())
def test_every_calendar_day_is_a_date(one: date, other: date) -> None:
    first, last = sorted([one.isoformat(), other.isoformat()])
    assert begin_end(f"{first}/{last}") == (first, last)
    assert is_edtf(f"{last}/{first}") == (first == last)


@given(st.text(alphabet="0123456789X-/.~?", max_size=22))
def test_any_text_is_judged(text: str) -> None:
    if is_edtf(text):
        assert all(re.fullmatch(r"(\d{4}(-\d\d){0,2})?", bound) for bound in begin_end(text))
