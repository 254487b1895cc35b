"""Stage 0: dates as EDTF (ISO 8601-2), the part of it that this project writes.

    2003  2003-08  2003-08-27  2009-21 (spring)  199X  19XX      a date, also with ~ (about), ? (doubtful) or % (both)
    2003-08-27/2003-08-29  1997/..  ../1997                      an interval, open at one end

    is_edtf("2003-02-30")            # False
    begin_end("2003-08/2004-02")     # ("2003-08", "2004-02")
    begin_end("199X")                # ("1990", "1999")

`kg.dates` finds dates in a text; the graph and the shapes read them here.
"""

import re
from calendar import monthrange

_DATE = re.compile(r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?[~?%]?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}  # northern; winter ends in the next year


def is_edtf(text: str) -> bool:
    """Whether `text` is such a date, possible in the calendar, and no interval that ends before it begins."""
    try:
        begin_end(text)
    except ValueError:
        return False
    return True


def begin_end(edtf: str) -> tuple[str, str]:
    """The earliest and the latest date, as precise as they are written ("2003", "2003-08", "2003-08-27").

    "" stands for an open end. Raises ValueError where `edtf` is no date.
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _bounds(first)
    begin = "" if first in ("..", "") else _bounds(first)[0]
    end = "" if last in ("..", "") else _bounds(last)[1]
    if not (begin or end) or (begin and end and begin > _latest(end)):
        raise ValueError(f"{edtf!r} is no EDTF interval: write begin/end, in this order, at most one of them ..")
    return begin, end


def _bounds(date: str) -> tuple[str, str]:
    match = _DATE.fullmatch(date)
    if not match:
        raise ValueError(f"{date!r} is no EDTF date: write 2003, 2003-08, 2003-08-27, 199X, or an interval of two")
    year, month, day = match["year"], match["month"], match["day"]
    if "X" in year or year == "0000":
        if month or year == "0000":
            raise ValueError(f"{date!r} is no EDTF date: a month needs a year of four digits, from 0001 on")
        return year.replace("X", "0"), year.replace("X", "9")
    if not month:
        return year, year
    if int(month) in _SEASONS and not day:
        first, last = _SEASONS[int(month)]
        return f"{year}-{first:02}", f"{int(year) + (last < first):04}-{last:02}"
    if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= monthrange(int(year), int(month))[1]):
        raise ValueError(f"{date!r} is no EDTF date: no such day in the calendar")
    written = f"{year}-{month}" + (f"-{day}" if day else "")
    return written, written


def _latest(date: str) -> str:
    """`date` filled up so that it sorts after every date in it."""
    return date + "-99-99"[: 10 - len(date)]
