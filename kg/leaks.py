"""No sentence of the source in what we publish.

    text = text_to_compare(source, document)
    leaks = find_leaks(texts_of_quads(quads), text, allowed_names(lexicon))
    leaks[0].place, leaks[0].length      # where, and how many characters in common

The source is not ours to publish, so no text of ours may share a run of more
than 12 Chinese characters with it, except proper names and titles (`allowed`).
Both sides are compared in one written form (`kg.script.fold`) without white
space, punctuation and digits: broken lines, footnote marks, another script or
other commas hide nothing. Escapes (`%E5…`, `\\u5317`, `&#21271;`) are read too.

A finding shows six characters of what it found, or the log would publish it.
Before: `kg.graph`. Beside: `kg.verify`.
"""

import contextlib
import html
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad

from kg.document.model import Document
from kg.errors import KgError, NothingToCheck
from kg.lexicon import Lexicon
from kg.resources import LEXICON
from kg.script import fold
from kg.source import Source

REVIEWED = (LEXICON / "allowed.txt", LEXICON / "titles.txt")
LONGEST = 12  # characters in common that are still no sentence
_GRAM = LONGEST + 1
_STRUCTURE = "\"'[]{}|=<>"  # of code, data and tables: the words on its two sides are no one sentence
_SHOWN = 6
_NAME_SHOWN = 54  # six characters, percent-encoded
_NO_TEXT_OF_OURS = {
    ".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "node_modules",
}  # fmt: skip
# Years, months and days differ from text to text, so words around one are no one run; a footnote mark is looked over.
_OF_A_DATE = re.compile(r"\d(?=\s{0,4}[年月日])")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})")


@dataclass(frozen=True, order=True)
class Leak:
    place: str  # a file and line, or a subject and predicate of a graph
    length: int  # characters in common with the source, without white space and punctuation
    beginning: str  # its first characters only

    def __str__(self) -> str:
        return f"{self.place}: {self.length} characters in common with the source, from {self.beginning}…"


def find_leaks(texts: Iterable[tuple[str, str]], source_text: str, allowed: Iterable[str] = ()) -> list[Leak]:
    """Where a text shares more than `LONGEST` Chinese characters in a row with the source, sorted.

    `texts` are pairs of a place (for the message) and a text; a text of several
    lines gets the line's number. Characters that belong to an `allowed` name or
    title do not count. `NothingToCheck` where the source has no Chinese text or
    there is no text at all: green would mean nothing.
    """
    grams = {run[i : i + _GRAM] for run in _runs(source_text) for i in range(len(run) - _GRAM + 1)}
    if not grams:
        raise NothingToCheck(f"the source has no {_GRAM} Chinese characters in a row: is it the right file?")
    names = sorted({name for text in allowed for name in _runs(text) if len(name) > 1}, key=lambda n: (-len(n), n))
    looked_at = 0
    leaks: set[Leak] = set()
    for place, text in texts:
        looked_at += 1
        leaks.update(_leaks_in(place, text, grams, names))
    if not looked_at:
        raise NothingToCheck("there is no text to compare with the source: is the graph or the folder empty?")
    return sorted(leaks)


def texts_of_quads(quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
    """Every literal and IRI of a graph, with the triple that holds it."""
    seen: set[str] = set()
    for quad in quads:
        for node in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(node, NamedNode | Literal) and node.value not in seen:
                seen.add(node.value)
                yield f"{_last(quad.subject)} {_last(quad.predicate)}", node.value


def texts_of_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text file under `folder` with its name; of a Git checkout, what Git knows or would add.

    What holds zero bytes is no text. `KgError` for a file that cannot be read.
    """
    for path in _files(folder):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise KgError(f"{path}: cannot be read ({error.strerror}), so not compared. Make it readable.") from None
        if b"\0" not in data:
            yield path.relative_to(folder).as_posix(), data.decode("utf-8-sig", errors="replace")


def allowed_names(lexicon: Lexicon, reviewed: Iterable[Path] = REVIEWED) -> set[str]:
    """The reviewed names and titles: those of the lexicon, and the lines of `reviewed` that are no comment (#)."""
    groups = (lexicon.actors, lexicon.institutions, lexicon.agreements, lexicon.places)
    names = {name for group in groups for entry in group.values() for name in (entry.zh, *entry.names)}
    names |= {actor.leader_zh for actor in lexicon.actors.values()}
    lines = [line for path in reviewed for line in path.read_text(encoding="utf-8").splitlines()]
    return (names | {line.strip() for line in lines if not line.startswith("#")}) - {""}


def text_to_compare(source: Source, document: Document) -> str:
    """The source as it stands, and as it reads: a footnote in the midst of a sentence hides nothing."""
    return "\n".join([source.text, *(passage.text for passage in document.passages())])


def _files(folder: Path) -> list[Path]:
    listed = ["git", "-C", str(folder), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (folder / ".git").exists():
        with contextlib.suppress(OSError, subprocess.CalledProcessError):  # no Git here: look at all there is
            names = subprocess.run(listed, capture_output=True, check=True).stdout.decode().split("\0")
            return sorted(folder / name for name in names if name and (folder / name).is_file())
    paths = (path for path in folder.rglob("*") if not _NO_TEXT_OF_OURS & set(path.relative_to(folder).parts))
    return sorted(path for path in paths if path.is_file())


def _leaks_in(place: str, text: str, grams: set[str], names: list[str]) -> Iterator[Leak]:
    for form in {text, _unescaped(text)}:
        for run, lines in _runs_with_lines(form, _STRUCTURE):
            for start, end in _shared(run, grams, names):
                where = f"{place}:{lines[start]}" if "\n" in form else place
                yield Leak(where, end - start, run[start : start + _SHOWN])


def _shared(run: str, grams: set[str], names: list[str]) -> Iterator[tuple[int, int]]:
    """The longest stretches of `run` that the source has too and that are not all names."""
    hits = [i for i in range(len(run) - _GRAM + 1) if run[i : i + _GRAM] in grams]
    if not hits:
        return
    named = _covered(run, names)
    hits = [i for i in hits if not all(named[i : i + _GRAM])]
    for n, first in enumerate(hits):
        if n and hits[n - 1] == first - 1:
            continue
        last = first
        while n + 1 < len(hits) and hits[n + 1] == last + 1:
            n, last = n + 1, last + 1
        yield first, last + _GRAM


def _covered(run: str, names: list[str]) -> list[bool]:
    """For each character, whether it stands in one of the names."""
    named = [False] * len(run)
    for name in names:
        at = run.find(name)
        while at >= 0:
            named[at : at + len(name)] = [True] * len(name)
            at = run.find(name, at + 1)
    return named


def _runs(text: str) -> list[str]:
    return [run for run, _ in _runs_with_lines(text)]


def _runs_with_lines(text: str, breaks: str = "") -> Iterator[tuple[str, list[int]]]:
    """The Chinese characters between foreign letters (or `breaks`), and the line that each stands on."""
    text = _OF_A_DATE.sub("x", text)
    line, characters, lines = 1, [], []  # type: int, list[str], list[int]
    for character in text:
        kind = _kind(character)
        if kind == "chinese":
            characters.append(character)
            lines.append(line)
        elif characters and (kind == "letter" or character in breaks):
            yield fold("".join(characters)), lines
            characters, lines = [], []
        elif character == "\n":
            line += 1
    if characters:
        yield fold("".join(characters)), lines


@cache
def _kind(character: str) -> str:
    """ "chinese", "letter" (of another script: it ends a run) or "" (looked over: marks, digits, white space)."""
    name = unicodedata.name(character, "")
    if name.startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "CJK RADICAL", "KANGXI RADICAL")):
        return "chinese"
    return "letter" if character.isalpha() and character != "〇" else ""


def _unescaped(text: str) -> str:
    text = _ESCAPED.sub(lambda match: _character(int(match[1] or match[2], 16)), text)
    return html.unescape(unquote(text)) if "%" in text or "&#" in text else text


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else ""


def _last(node: object) -> str:
    """The end of an IRI, for a message; cut, as a sentence may hide in the IRI itself."""
    name = re.split(r"/id/|#", node.value)[-1] if isinstance(node, NamedNode) else str(node)
    return name if len(name) <= _NAME_SHOWN else name[:_NAME_SHOWN] + "…"
