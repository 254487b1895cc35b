"""When two cells count as the same, though they are written differently.

    similar("Treaty on Open Harbours", "Open Harbours")     # 0.9: one holds the other
    start_date("2003-08-27~/2003-08-29")                    # "2003-08-27"

Punctuation, spaces, case and full width never count. Next: `kg.score.tables`.
"""

import difflib
import re
import unicodedata
from functools import lru_cache

from kg.score.rows import Row

SAME_NAME = 0.85  # how similar two names of one thing are at least
CLOSE = 60  # code points between two places that are one place
CLOSE_VIEW = 200  # a view is told over a whole sentence or two

_NO_LETTER = re.compile(r"[\W_]+")
_UNSURE = re.compile("[~?%]")
_HELD = 4  # letters of a name that may be found within a longer one


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The letters and digits of `text`, in NFKC and lower case."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).lower()


@lru_cache(maxsize=65536)
def similar(one: str, other: str) -> float:
    """How alike two names are, 0..1; an empty one is like nothing."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if min(len(a), len(b)) >= _HELD and (a in b or b in a):
        return 0.9
    return difflib.SequenceMatcher(None, a, b).ratio()


def start_date(edtf: str) -> str:
    """The first date of an EDTF interval, without its marks of doubt."""
    return _UNSURE.sub("", edtf).split("/")[0]


def names(cell: str) -> frozenset[str]:
    """The plain names of a cell that holds several, joined with ";"."""
    return frozenset(plain(name) for name in cell.split(";") if name.strip())


def near(one: Row, other: Row, slack: int = CLOSE) -> bool:
    """Whether two rows stand within `slack` code points of each other."""
    return one.start - slack <= other.end and other.start <= one.end + slack
