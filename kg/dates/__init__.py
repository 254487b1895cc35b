"""Stage 4: passage text -> dates (EDTF) with their offsets.

    find_dates("2003 年 8 月 27-29 日")       # [DateMention("2003-08-27/2003-08-29", 0, 17, "range")]
    find_dates("同年 10 月", known="1994-06")  # [DateMention("1994-10", 0, 7, "date")]

    numerals.py  二〇〇三, 八十四 -> 2003, 84
    readings.py  how a date that was matched is read
    patterns.py  one pattern for each way to write a date
    finding.py   the scan, with what 同年 and a month without a year refer to

Beside: `kg.mentions`. `kg.edtf` tells what EDTF is.
"""

from kg.dates.finding import DateMention, find_dates
from kg.edtf import begin_end, is_edtf

__all__ = ["DateMention", "begin_end", "find_dates", "is_edtf"]
