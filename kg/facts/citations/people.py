"""Stage 5: who made a work: "羅某著，李某等譯", "Jane Roe and Kim Poe eds." -> names with their roles.

    read_people("李明主編，王平等著", rules, {})
    -> People(authors=("李明", "王平"), editors=("李明",), translators=())

`authors` are those whom a reference puts before the title, as printed: authors
and editors, no translators. A foreign name in Chinese characters gives way to
the Latin one printed beside it (約瑟夫·奈（Joseph S. Nye）), here or elsewhere
in the document.

Before: `kg.facts.citations.rules`. Next: `kg.facts.citations.parsing`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.document.model import Document
from kg.facts.citations.forms import TAKEN, clean, level, split, trim
from kg.facts.citations.rules import CitationRules

_HAN = "\u4e00-\u9fff"
_HAN_NAME = re.compile(rf"^(?:[{_HAN}]{{2,4}}|[{_HAN}]+(?:·[A-Z{_HAN}.]+)+)$")
_LATIN_WORD = r"(?:[A-ZÀ-Þ][\w'’.\-]*|(?:de|von|van|der|den|di|da|del|la|le|bin|al|el|of)\b\.?)"
_LATIN_NAME = re.compile(rf"^[A-ZÀ-Þ][\w'’.\-]*(?:\s+{_LATIN_WORD}){{1,5}}(?:,?\s+(?:Jr|Sr|I{{1,3}})\.?)?$")
_NATION = re.compile(rf"^\s*[\[(【〔]\s*[{_HAN}]{{1,4}}\s*[\])】〕]\s*")
_BESIDE = re.compile(r"\(\s*([A-ZÀ-Þ][^()]*?)\s*\)")
_BRACKETS = re.compile(r"\([^()]*\)")
_TRANSLITERATED = re.compile(rf"([{_HAN}]+(?:·[A-Z{_HAN}.]+)+)\s*\(\s*([A-ZÀ-Þ][A-Za-zÀ-ÿ.'’ \-]{{3,50}}?)\s*[,)]")
_BETWEEN = re.compile(rf"[、&]|(?<=[A-Za-z.\s])\band\b|(?<=[{_HAN}])\s*/\s*(?=[{_HAN}])")
_INVERTED = re.compile(
    r"^\s*(?P<last>[A-ZÀ-Þ][\w'’\-]+),\s*(?P<first>[A-ZÀ-Þ][\w'’\-]*\.?(?:\s[A-Z]\.)?)\s*(?=[,.;]|and\b|&|$)\.?"
)


@dataclass(frozen=True)
class People:
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()


NOBODY = People()


def learn_latin_names(document: Document) -> dict[str, str]:
    """Names in Chinese characters (in the form of `level`) -> the Latin name that the document prints beside them."""
    found: dict[str, str] = {}
    for passage in document.passages():
        if "·" in (form := level(passage.text)):
            for match in _TRANSLITERATED.finditer(form):
                found.setdefault(match[1], clean(passage.text[slice(*match.span(2))]))
    return found


def read_people(text: str, rules: CitationRules, latin: Mapping[str, str]) -> People:
    """The people of `text`, which holds nothing else; a role goes with all names since the last role."""
    form = level(text)
    said: list[tuple[str, str]] = []
    inverted = _in_natural_order(form)
    waiting = [f"{_whole(clean(inverted['first']))} {inverted['last']}"] if inverted else []
    for start, end in split(form, inverted.end() if inverted else 0, len(form), ",。:;" + TAKEN):
        role, a, b = _role(form, start, end, rules)
        names = _names(text, form, a, b, rules, latin)
        if role and form[b:end].strip() == "":  # the role stands before its names: "edited by X", "ed. X"
            said += [(name, "author") for name in waiting]
            waiting, names = [], [*names]
            said += [(name, role) for name in names]
        elif role:
            said += [(name, role) for name in (*waiting, *names)]
            waiting = []
        else:
            waiting += names
    said += [(name, "author") for name in waiting]
    return People(
        authors=_unique(name for name, role in said if role != "translator"),
        editors=_unique(name for name, role in said if role == "editor"),
        translators=_unique(name for name, role in said if role == "translator"),
    )


def has_role(form: str, rules: CitationRules) -> bool:
    """Whether a stretch (in the form of `level`) ends in or begins with the word for a role."""
    return bool(_role(form, 0, len(form), rules)[0])


def role_comes_first(form: str, rules: CitationRules) -> bool:
    """Whether a stretch begins with a role, as behind a title: edited by X, trans. X."""
    return any((m := p.search(form)) is not None and bool(m["before"]) for p in (rules.editor, rules.translator))


def is_name(text: str, rules: CitationRules) -> bool:
    """Whether a stretch without a role may be names: of persons, or of a body that signs works."""
    form = level(text)
    parts = [_NATION.sub("", _BRACKETS.sub("", form[a:b])).strip() for a, b in _parts(form, 0, len(form))]
    return bool(parts) and all(_is_one_name(rules.others.sub("", part).strip(), rules) for part in parts)


def _is_one_name(form: str, rules: CitationRules) -> bool:
    if rules.newspapers.search(form) or rules.documents.search(form):
        return False
    if _HAN_NAME.match(form):
        return True
    if len(form) <= 80 and (rules.bodies.search(form) or rules.institutes.search(form)):
        return True
    words = form.split()
    if form.isascii() and len(words) <= 10 and any(rules.bodies.search(w) or rules.institutes.search(w) for w in words):
        return True
    return _LATIN_NAME.match(form) is not None and not re.match(r"(?:the|a|an)\s", form, re.IGNORECASE)


def _role(form: str, start: int, end: int, rules: CitationRules) -> tuple[str, int, int]:
    """The role told in `start:end`, and the stretch of the names beside it."""
    piece = form[start:end]
    found = []
    for role, pattern in (("translator", rules.translator), ("editor", rules.editor), ("author", rules.author)):
        if match := pattern.search(piece):
            found.append((len(match["role"] or match["before"]), role, match))
    if not found:
        return "", start, end
    _, role, match = max(found, key=lambda f: f[0])  # the longer word: 編譯 and not 譯, 編著 and not 著
    if match["before"]:
        return role, start + match.end(), end
    return role, start, start + match.start()


def _parts(form: str, start: int, end: int) -> list[tuple[int, int]]:
    found, begin = [], start
    for match in _BETWEEN.finditer(form, start, end):
        found.append((begin, match.start()))
        begin = match.end()
    found.append((begin, end))
    return [(a, b) for a, b in (trim(form, *pair, also=",:;" + TAKEN) for pair in found) if a < b]


def _names(text: str, form: str, start: int, end: int, rules: CitationRules, latin: Mapping[str, str]) -> list[str]:
    names = []
    others = rules.others.search(form[start:end])
    for a, b in _parts(form, start, start + others.start() if others else end):
        nation = _NATION.match(form[a:b])
        a += nation.end() if nation else 0
        name = _one_name(text[a:b], latin)
        if name:
            names.append(name)
    return names


def _one_name(text: str, latin: Mapping[str, str]) -> str:
    form = level(text)
    beside = _BESIDE.search(form)
    outside = clean(_BRACKETS.sub(" ", form))
    if beside and re.search(f"[{_HAN}]", outside):
        return clean(text[slice(*beside.span(1))])
    if known := latin.get(outside.replace(" ", "")):
        return known
    keep = "".join(c for c, f in zip(text, _without_brackets(form), strict=True) if f != TAKEN)
    name = clean(keep).strip(" ,:;，：；")
    return _whole(name) if name.isascii() else name


def _whole(name: str) -> str:
    """Without the stop that ends a sentence; that of an initial stays."""
    return re.sub(r"(?<=\w\w)\.$", "", name)


def _without_brackets(form: str) -> str:
    return _BRACKETS.sub(lambda m: TAKEN * len(m[0]), form)


def _in_natural_order(form: str) -> re.Match[str] | None:
    """ "Roe, Jane" before everything else, as a bibliography prints the first name; no row of surnames."""
    match = _INVERTED.match(form)
    if match is None:
        return None
    others = [form[a:b] for a, b in _parts(form, match.end(), len(form))]
    # "Roe, Poe, and Lee": where the names that follow are single words, so is the second.
    return match if all(" " in name.strip(" .") for name in others) else None


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
