"""Stage 5: titles of documents that the lexicon does not know: 《…條約》, 《…宣言》.

    unknown_titles("通過《河內海洋合作宣言》", known=[])
    -> [Title(id="agreement-…", text="河內海洋合作宣言", kind="declaration", start=2, end=12)]

A title is taken for an agreement's where it ends in a word for one; its slug is
made of a digest of the title, so the same title has the same slug everywhere.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import squeeze
from kg.mentions import Mention
from kg.script import fold

_KINDS = tuple(
    (re.compile(fold(words) + "(?:文件|全文|草案)?$"), kind)
    for words, kind in (
        ("主席聲明", "chairmans-statement"),
        ("(?:共同|聯合)(?:聲明|新聞公報|公報|文件)", "joint-statement"),
        ("(?:聲明|宣言)", "declaration"),
        ("公報", "joint-statement"),
        ("(?:條約|公約|協定|議定書)", "treaty"),
        ("(?:框架協議|協議|框架)", "framework"),
        ("(?:行動計畫|行動計劃|行動方案|起步行動|階段行動|路線圖)", "action-plan"),
        ("決議案?", "resolution"),
        ("憲章", "charter"),
        ("白皮書", "white-paper"),
        ("報告書?", "report"),
    )
)
_IN_MARKS = re.compile("《([^《》]{2,60})》")


@dataclass(frozen=True)
class Title:
    id: str
    text: str  # as printed, without idle space
    kind: str
    start: int  # of the title between its marks
    end: int


def kind_of_title(title: str) -> str:
    """The kind of agreement that a title's last word tells; "" where it tells none."""
    form = fold(re.sub(r"\s", "", title))
    return next((kind for pattern, kind in _KINDS if pattern.search(form)), "")


def title_id(title: str) -> str:
    """The slug of an agreement that is known by its title alone."""
    return "agreement-" + hashlib.sha256(squeeze(title).text.encode()).hexdigest()[:8]


def unknown_titles(text: str, known: Sequence[Mention]) -> list[Title]:
    """Titles in 《》 that end in a word for an agreement and in which the lexicon knows no agreement."""
    found = []
    for match in _IN_MARKS.finditer(text):
        kind = kind_of_title(match.group(1))
        start, end = match.span(1)
        if kind and not any(m.kind == "agreement" and m.start < end and start < m.end for m in known):
            title = re.sub(r"(?<![A-Za-z0-9,.;:])\s+|\s+(?![A-Za-z0-9])", "", match.group(1))
            found.append(Title(title_id(title), title, kind, start, end))
    return found
