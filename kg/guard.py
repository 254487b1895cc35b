"""What a query asks for, read from its tokens, before the engine sees it.

The engine (Oxigraph) follows SERVICE to any address and cannot be told not to,
and a query nested or chained deep enough ends the whole process. So a query is
looked at first: what form it has, whether it names its own dataset, whether it
would call another service, how long and how deep it is.

    check('SELECT * { SERVICE <http://x/> {} }')   -> RefusedQuery: SERVICE is refused ...
    check('SELECT ("SERVICE" AS ?word) {}').form   -> 'SELECT'

Knows nothing of RDF or the engine. Next: `kg.store`, which calls `check` for
every query that it evaluates.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import KgError

MAX_CHARACTERS = 200_000
# Measured on a stack of 8 MiB (pyoxigraph 0.5.13): the process ended at 850 nested EXISTS or function
# calls, 2,500 BINDs, 6,500 terms of a sum. The three limits together stay below half of the stack.
MAX_DEPTH = 100  # brackets, one in the other
MAX_OPERATORS = 1_000
MAX_CLAUSES = 500


class BadQuery(KgError):
    """Not a query: it does not parse, or is none of SELECT, ASK, CONSTRUCT, DESCRIBE."""


class RefusedQuery(KgError):
    """A query that is not run. `reason` is "service", "update", "length" or "depth"."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Outline:
    """`form`: SELECT, ASK, CONSTRUCT or DESCRIBE. `names_dataset`: it has FROM or FROM NAMED."""

    form: str
    names_dataset: bool


_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")

_CLAUSES = {"AS", "BIND", "EXISTS", "FILTER", "GRAPH", "LATERAL", "MINUS", "OPTIONAL", "SELECT", "UNION"}

_ESCAPE = r"\\(?:[tbnrf\\\"']|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
_NAME = r"[^\W\d_](?:[\w.·\-]*[\w·\-])?"
_LOCAL = r"(?:[\w:·\-.]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*"
_IRI = r"<[^<>\"{}|^`\x00-\x20]*>"
_GRAMMAR = rf"""
    (?P<space>[\s\ufeff]+)
  | (?P<string>'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''|\"\"\"(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*\"\"\"
      |'(?:[^'\\\r\n]|{_ESCAPE})*'|"(?:[^"\\\r\n]|{_ESCAPE})*")
  | (?P<iri>{_IRI})
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<blank>_:[\w.·\-]*)
  | (?P<pname>(?:{_NAME})?:{_LOCAL})
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
  | (?P<mark>.)
    """
_TOKEN = re.compile(_GRAMMAR, re.VERBOSE | re.DOTALL)
_TOKEN_BUT_NAME = re.compile(_GRAMMAR.replace("(?P<pname>", "(?P<pname>(?!)"), re.VERBOSE | re.DOTALL)
_OPERANDS = {"string", "iri", "variable", "language", "blank", "pname", "word", "number"}
_GAP = r"(?:\s|\#[^\r\n]*(?:[\r\n]|$))*+"
_CALLING = re.compile(r"SERVICE(?:SILENT)?$", re.IGNORECASE)
_TARGET = re.compile(rf"{_GAP}(?:SILENT{_GAP})?(?:{_IRI}|[?$]\w+|(?:{_NAME})?:{_LOCAL}){_GAP}\{{", re.IGNORECASE)
_BRACE = re.compile(rf"{_GAP}\{{")
_LINE = re.compile(r"[^\r\n]*")
_RUN = re.compile(r"[\w.·\-]*")
_BEFORE_A_NAME = {"GRAPH", "FROM", "NAMED", "DESCRIBE"}  # `GRAPH service:one {` is no call


@dataclass(frozen=True)
class Token:
    """`kind` is a group's name in _TOKEN; white space and comments are no tokens."""

    kind: str
    text: str
    start: int
    end: int


def check(query: str) -> Outline:
    """Outline of a query that may be evaluated.

    Raises RefusedQuery for an update, SERVICE, or a query too long or too deep, BadQuery for
    a text that is no query at all. A query that passes may still be wrong: the engine says so.
    """
    if len(query) > MAX_CHARACTERS:
        raise RefusedQuery(
            "length", f"The query has {len(query)} characters; at most {MAX_CHARACTERS} are read. Shorten it."
        )
    read = tuple(tokens(query))
    form = _form(read)
    _check_depth(read)
    if calls_service(query):
        raise RefusedQuery(
            "service",
            "SERVICE is refused: no other endpoint is called from here. Ask it yourself and join the answers.",
        )
    return Outline(form, any(t.kind == "word" and t.text.upper() == "FROM" for t in read))


def undeclared_prefixes(query: str) -> tuple[str, ...]:
    """Prefixes used without a PREFIX line; the engine's message does not tell of them."""
    names = [token.text.split(":")[0] for token in tokens(query) if token.kind == "pname"]
    declared = re.findall(rf"PREFIX{_GAP}((?:{_NAME})?):", query, re.IGNORECASE)
    return tuple(sorted(set(names) - set(declared)))


class _Reader:
    """Reads tokens at any position of a query.

    A query is hostile until it is read, so no part of it is looked through again and again: where
    a comment ends is remembered, and that the run of names `a.a.a.a` has no colon after it.
    """

    def __init__(self, query: str) -> None:
        self._query = query
        self._run = self._line = (0, 0)

    def _start_of_line(self, position: int) -> int:
        return max(self._query.rfind("\n", 0, position), self._query.rfind("\r", 0, position)) + 1

    def at(self, position: int) -> Token:
        character = self._query[position]
        if character == "#":
            if not self._line[0] <= position < self._line[1]:
                line = _LINE.match(self._query, self._start_of_line(position))
                assert line is not None  # it matches nothing, too
                self._line = line.span()
            return Token("space", "", position, self._line[1])
        if character.isalpha() and not self._run[0] <= position < self._run[1]:
            run = _RUN.match(self._query, position)
            if run is not None and self._query[run.end() : run.end() + 1] != ":":
                self._run = run.span()
        in_run = self._run[0] <= position < self._run[1]
        match = (_TOKEN_BUT_NAME if in_run else _TOKEN).match(self._query, position)
        assert match is not None  # `mark` matches any character
        return Token(str(match.lastgroup), match.group(), match.start(), match.end())


def tokens(query: str) -> Iterator[Token]:
    """The query's tokens, in its plain reading: `<...>` without white space is an IRI."""
    reader, position = _Reader(query), 0
    while position < len(query):
        token = reader.at(position)
        if token.kind != "space":
            yield token
        position = token.end


def _form(read: tuple[Token, ...]) -> str:
    """The query's form: its first word after the prologue (BASE, PREFIX, VERSION and their names)."""
    for token in read:
        word = token.text.upper()
        if token.kind in ("iri", "string") or (token.kind == "pname" and token.text.endswith(":")):
            continue
        if token.kind == "word":
            if word in ("BASE", "PREFIX", "VERSION"):
                continue
            for form in _FORMS:
                if word.startswith(form):  # the engine reads SELECTDISTINCT as two words
                    return form
            if word.startswith(_UPDATES):
                raise RefusedQuery("update", f"{word} is an update, and the graph is read-only. Only queries are run.")
        raise BadQuery(
            f"This is no query: it begins with {token.text[:40]!r}, not with SELECT, ASK, CONSTRUCT or DESCRIBE."
        )
    raise BadQuery("The query is empty. Write a SELECT, ASK, CONSTRUCT or DESCRIBE query.")


def _check_depth(read: tuple[Token, ...]) -> None:
    """Refuse what would overflow the engine's stack: deep brackets, long chains of operators or clauses."""
    depth = deepest = operators = clauses = 0
    for token in read:
        if token.kind == "mark":
            depth += (token.text in "([{") - (token.text in ")]}")
            deepest = max(deepest, depth)
            operators += token.text in "/|!^+-*&=<>"
        elif token.kind == "word":
            clauses += token.text.upper() in _CLAUSES
    for found, limit, what in (
        (deepest, MAX_DEPTH, "brackets, one in the other"),
        (operators, MAX_OPERATORS, "operators"),
        (clauses, MAX_CLAUSES, "clauses"),
    ):
        if found > limit:
            raise RefusedQuery(
                "depth", f"The query has {found} {what}; at most {limit} are run. Use VALUES or IN, or ask in parts."
            )


def calls_service(query: str) -> bool:
    """Does any reading of the query have a SERVICE clause?

    `?a<b:c)SERVICE#>` is an IRI where one may stand and a comparison elsewhere, and which it is
    only a parser knows. So after an operand both readings are followed; a query is refused if
    one of them calls a service. Every (place, after an operand?) is visited once.
    """
    reader = _Reader(query)
    seen: set[tuple[int, bool]] = set()
    open_readings = [(0, False, "")]
    while open_readings:
        position, after_operand, previous = open_readings.pop()
        while position < len(query) and (position, after_operand) not in seen:
            seen.add((position, after_operand))
            token = reader.at(position)
            if token.kind in ("word", "pname") and _is_call(query, token, previous):
                return True
            if token.kind == "iri" and after_operand:
                open_readings.append((position + 1, False, "<"))
            if token.kind != "space":
                after_operand = token.kind in _OPERANDS or token.text == ")"
                previous = token.text.upper()
            position = token.end
    return False


def _is_call(query: str, token: Token, previous: str) -> bool:
    """Keywords need no space around them: SERVICEp:x{} calls p:x, and trueSERVICE:x{} calls :x."""
    if token.kind == "word":
        return _CALLING.search(token.text) is not None and _TARGET.match(query, token.end) is not None
    if previous in _BEFORE_A_NAME:
        return False
    prefix = token.text.split(":")[0]  # what follows the colon of a name is a name
    return "SERVICE" in prefix.upper() and _BRACE.match(query, token.end) is not None
