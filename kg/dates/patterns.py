"""One pattern for each way to write a date.

Patterns are matched on squeezed text (`kg.lexicon.squeeze`): folded, lower
case, no white space between Chinese characters and digits. They are written in
traditional characters and folded here. How a match is read: `readings.py`.
"""

import re
from collections.abc import Iterator

from kg.dates import readings as r
from kg.dates.readings import Before, Reader, Reading
from kg.script import fold

_DASH = r"(?:-{1,2}|~|至|到|迄|―)"
_LIST = r"[、,和及與]"
_CHINESE = "〇零○一二三四五六七八九"
_YEAR = rf"(?:公元|西元)?(?:(?<![\d.])[12]\d{{3}}|(?<![{_CHINESE}十百])[一二][{_CHINESE}]{{3}})"
_ROC = r"民國(?:\d{1,3}|[一二三四五六七八九十百零〇]{1,6})"
_RELATIVE = "(?:同一年|同年|翌年|次年|隔年|隔一年|當年|去年|今年|本年|前年|明年|前一年)(?![度代級輕])"
_MONTH = r"(?:(?<!\d)(?:1[0-2]|0?[1-9])|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:(?<!\d)(?:[12]\d|3[01]|0?[1-9])|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_PART = (
    "上半年|下半年|年?底|年?末|年終|年?初|年?中(?:期|(?=[,。;)]|以前|之前))|"
    "年?[春夏秋冬](?:季|天)?|年?第[一二三四1-4]季度?|年?前後|年?左右"
)
_YEAR_OR_RELATIVE = rf"(?:(?P<y>{_YEAR}|{_ROC})年|(?P<r>{_RELATIVE}))"
_MONTH_ALONE = rf"(?<![年第個/\-.\d{_CHINESE}十])(?P<ma>{_MONTH})月(?!球|台|亮|刊|報)"
_ENGLISH_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ENGLISH_YEAR = r"(?P<y>[12]\d{3})(?!\d)"
_ENGLISH_DAYS = r"(?P<d>\d{1,2})(?:-(?P<d2>\d{1,2}))?"
_TENS = r"(?:(?<!\d)[1-9]0|00|[一二三四五六七八九][十〇零○])"
_CENTURY = r"(?:(?P<c>\d{2}|二十一?|十[六七八九])世紀|(?P<c0>[上本])(?:個)?世紀)?"
_DECADE_PART = "(?P<part>初期?|中期|中葉|末期?|後期|前期|早期|晚期)?"
_TABLE: tuple[tuple[str, Reader], ...] = (
    # 60至70年代, 20世紀60年代到70年代
    (rf"{_CENTURY}(?P<t>[12]\d{{2}}0|{_TENS})(?:年代)?{_DASH}(?P<t2>[12]\d{{2}}0|{_TENS})年代", r.read_decade),
    # 90年代, 20世紀90年代中期, 1990年代, 90年中期
    (rf"{_CENTURY}(?P<t>(?<!\d)[12]\d{{2}}0|{_TENS})年代{_DECADE_PART}", r.read_decade),
    (r"(?P<t>(?<![\d百])[2-9]0)年(?P<part>初期|中期|末期|後期)", r.read_decade),
    (r"(?P<c>(?<!\d)\d{2}|(?<![十百])二十一?|(?<![二三四十])十[六七八九])世紀", r.read_century),
    # 2005年7月26日到8月7日, 2006年12月至2007年2月, 7月26日至29日
    (
        rf"(?:{_YEAR_OR_RELATIVE}(?P<m>{_MONTH})月份?|{_MONTH_ALONE})(?:(?P<d>{_DAY})[日號])?{_DASH}"
        rf"(?:(?P<y2>{_YEAR}|{_ROC})年|(?P<r2>{_RELATIVE}))?(?:(?P<m2>{_MONTH})月份?(?:(?P<d2>{_DAY})[日號])?)",
        r.read_points,
    ),
    (
        rf"(?:{_YEAR_OR_RELATIVE}(?P<m>{_MONTH})月|{_MONTH_ALONE})(?P<d>{_DAY})[日號]?(?:{_DASH}|、)(?P<d2>{_DAY})[日號]",
        r.read_days,
    ),
    (
        rf"(?:{_YEAR_OR_RELATIVE}|(?<![第年個\d.頁\-]))(?P<m>{_MONTH})(?:{_DASH}|、)(?P<m2>{_MONTH})月份?(?!\d)",
        r.read_months,
    ),
    (rf"(?P<y>{_YEAR}|{_ROC})年?{_DASH}(?P<y2>{_YEAR}|{_ROC}|\d\d(?=年))年(?!代)(?!\d{{1,2}}月)", r.read_years),
    (r"(?<=\()(?P<y>(?:1[5-9]|20)\d{2})-(?P<y2>(?:1[5-9]|20)\d{2})(?=\))", r.read_years),
    (rf"(?P<y>{_YEAR})(?={_LIST}(?:{_YEAR}){_LIST}?(?:{_YEAR})?年)", r.read_listed_year),
    # 2003年8月27日, 2009年底, 同年7月, 4月30日
    (rf"{_YEAR_OR_RELATIVE}(?P<m>{_MONTH})月份?(?P<d>{_DAY})[日號]", r.read_point),
    (
        rf"{_YEAR_OR_RELATIVE}(?P<m>{_MONTH})月份?(?!\d{{1,2}}[日號])(?:[初底末]|中(?=[,。;)]|以)|[上中下]旬)?",
        r.read_point,
    ),
    (rf"{_YEAR_OR_RELATIVE}(?!\d{{1,2}}月)(?P<part>{_PART})?", r.read_point),
    (rf"{_MONTH_ALONE}份?(?:(?P<d>{_DAY})[日號])?(?!\d{{1,2}}[日號])(?:[初底末]|[上中下]旬)?", r.read_point),
    (rf"[同當]月(?:(?P<d>{_DAY})(?:{_DASH}(?P<d2>{_DAY}))?[日號])?", r.read_same_month),
    (r"(?<![\d./\-])(?P<y>[12]\d{3})([./\-])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?![\d/\-]|\.\d)", r.read_numeric),
    (rf"(?<![\da-z]){_ENGLISH_DAYS} ?(?P<em>{_ENGLISH_MONTH}),? ?{_ENGLISH_YEAR}", r.read_english),
    (rf"(?<![a-z])(?P<em>{_ENGLISH_MONTH}) {_ENGLISH_DAYS}, ?{_ENGLISH_YEAR}", r.read_english),
    (rf"(?<![a-z])(?P<em>{_ENGLISH_MONTH}),? ?{_ENGLISH_YEAR}", r.read_english),
    (rf"(?<![a-z])(?P<season>spring|summer|autumn|fall|winter),? ?{_ENGLISH_YEAR}", r.read_english),
    (r"(?P<t>(?<!\w)(?:1[5-9]|20)\d0)s\b", r.read_decade),
    (r"(?:(?<=\bin )|(?<=\bsince )|(?<=\bof ))(?P<y>(?:1[5-9]|20)\d{2})(?!\w)", r.read_listed_year),
)  # fmt: skip
PATTERNS: tuple[tuple["re.Pattern[str]", Reader], ...] = tuple((re.compile(fold(p)), reader) for p, reader in _TABLE)
# Where a date can begin at all.
FIRST = re.compile(fold(r"[0-9一二三四五六七八九十民公西同當翌次隔去今本前明上jfmasondw]"))


def read_at(text: str, at: int, before: Before) -> Iterator[tuple[int, Reading]]:
    """(end, reading) of the first pattern that reads a date at `at`."""
    for pattern, reader in PATTERNS:
        match = pattern.match(text, at)
        if match and match.end() > at:
            reading = reader(match, before)
            if reading:
                yield match.end(), reading
                return
