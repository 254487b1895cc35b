"""A query is outlined, or refused, by its tokens: keywords in strings, IRIs and comments are none."""

import subprocess
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.guard import (
    MAX_CHARACTERS,
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_OPERATORS,
    BadQuery,
    RefusedQuery,
    calls_service,
    check,
    tokens,
    undeclared_prefixes,
)

FORMS = [
    ("SELECT * {}", "SELECT"),
    ("select*{}", "SELECT"),
    ("SELECT?s{?s ?p ?o}", "SELECT"),
    ("SELECTDISTINCT?s{?s ?p ?o}", "SELECT"),
    ("# ASK {}\nBASE <http://x/SELECT> PREFIX select: <http://ASK> DESCRIBE select:x", "DESCRIBE"),
    ("PREFIX : <http://x/> CONSTRUCT WHERE { ?s :p ?o }", "CONSTRUCT"),
    ("\ufeffASK {}", "ASK"),
]
assert FORMS


@pytest.mark.parametrize("query, form", FORMS)
def test_form(query: str, form: str) -> None:
    assert check(query).form == form


@pytest.mark.parametrize("query", ["", "   # nothing\n", "HELLO", "{ ?s ?p ?o }", "SELEC ?s {}", "?s"])
def test_no_query(query: str) -> None:
    with pytest.raises(BadQuery):
        check(query)


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA {}",
        "delete where { ?s ?p ?o }",
        "PREFIX a: <http://b> LOAD <http://x>",
        "CLEAR ALL",
        "WITH <g:g> DELETE {}",
    ],
)
def test_update_is_refused(query: str) -> None:
    with pytest.raises(RefusedQuery) as caught:
        check(query)
    assert caught.value.reason == "update"


SERVICES = [
    "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
    "SELECT * { service silent ?where { ?s ?p ?o } }",
    "PREFIX p: <http://x/> SELECT * { SERVICEp:x{} }",  # the engine needs no space
    "PREFIX p: <http://x/> SELECT * { SERVICESILENTp:x{} }",
    "PREFIX : <http://x/> SELECT * { ?s ?p 1SERVICE:x{} }",
    "PREFIX : <http://x/> SELECT * { ?s ?p trueSERVICE:x{} }",
    "SELECT * { FILTER EXISTS { SERVICE#\n<http://x/>#\n{} } }",
    # `<a:b)SERVICE#>` and `<'>` look like IRIs, and are comparisons here.
    "PREFIX : <http://x/> PREFIX a: <http://a> SELECT * { FILTER(1<a:b)SERVICE#>\n:x{} }",
    "PREFIX : <http://x/> SELECT * { FILTER('a'<'>') SERVICE :x {} FILTER('b'='b') }",
    "PREFIX : <http://x/> SELECT * { FILTER(?a<?b&&'>'='>')SERVICE :x {} FILTER('b'='b') }",
    "SELECT * { { ?s ?p '''x''' } SERVICE $s{} }",
]
assert SERVICES


@pytest.mark.parametrize("query", SERVICES)
def test_service_is_refused(query: str) -> None:
    with pytest.raises(RefusedQuery) as caught:
        check(query)
    assert caught.value.reason == "service"


NO_SERVICES = [
    'SELECT ("SERVICE <http://x/> {}" AS ?x) {}',
    "SELECT * { ?s ?p '''a ' SERVICE <http://x/> {} ''' }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
    "SELECT * { ?s <http://x/SERVICE> ?service }",
    "SELECT * { GRAPH <http://x/service> { ?s ?p ?o } }",
    "PREFIX service: <http://x/> SELECT * { GRAPH service:one { ?s service:SERVICE ?o } }",
    "PREFIX s: <http://x/> SELECT * FROM s:SERVICE { ?SERVICE s:service 'x'@service }",
    "SELECT * { FILTER(?a < ?b && ?c > ?d) VALUES (?x ?y) { (<http://x#service> <http://y#SERVICE>) } }",
]
assert NO_SERVICES


@pytest.mark.parametrize("query", NO_SERVICES)
def test_the_word_service_is_not_refused(query: str) -> None:
    assert check(query).form == "SELECT"


@pytest.mark.parametrize(
    "query, expected",
    [
        ("SELECT * FROM <http://x> {}", True),
        ("SELECT * from named <http://x> {}", True),
        ("SELECT ?FROM { ?FROM ?p 'FROM' } # FROM", False),
        ("PREFIX FROM: <http://x> SELECT * { FROM:FROM ?p ?o }", False),
    ],
)
def test_names_dataset(query: str, expected: bool) -> None:
    assert check(query).names_dataset is expected


def nested(n: int) -> str:
    return "SELECT * { " + "FILTER EXISTS {" * n + "?s ?p ?o" + "}" * n + " }"


def called(n: int) -> str:
    return "SELECT (" + "IF(true," * n + "1" + ",2)" * n + " AS ?x) {}"


def summed(n: int) -> str:
    return "SELECT (" + "+".join(["1"] * (n + 1)) + " AS ?x) {}"


def bound(n: int) -> str:
    return "SELECT * { " + "".join(f"BIND({i} AS ?x{i})" for i in range(n // 2)) + " }"


def braced(n: int) -> str:
    return "SELECT * " + "{" * n + "}" * n


# Each with the largest size that is let through.
SHAPES = [
    (nested, MAX_DEPTH - 1),
    (called, MAX_DEPTH - 1),
    (braced, MAX_DEPTH),
    (summed, MAX_OPERATORS),
    (bound, MAX_CLAUSES - 2),
]
assert SHAPES


@pytest.mark.parametrize("shape, limit", SHAPES)
def test_too_much_is_refused(shape, limit: int) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RefusedQuery) as caught:
        check(shape(limit + 100))
    assert caught.value.reason == "depth"


@pytest.mark.parametrize("shape, limit", SHAPES)
def test_what_is_let_through_does_not_end_the_process(shape, limit: int) -> None:  # type: ignore[no-untyped-def]
    """Three times the limit runs, so the limit itself is safe (in a process of its own: it would end this one)."""
    check(shape(limit))
    program = "import sys; from pyoxigraph import Store; list(Store().query(sys.stdin.read()))"
    done = subprocess.run(
        [sys.executable, "-c", program], input=shape(3 * limit).encode(), capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr[-500:]


def test_too_long_is_refused() -> None:
    with pytest.raises(RefusedQuery) as caught:
        check("ASK {} #" + "x" * MAX_CHARACTERS)
    assert caught.value.reason == "length"


HOSTILE = ["<", "'", "'''", "a.", "1<a#>", "1<a#>\n", "a<'b>c", "SERVICE ", "SERVICE#\n", "SERVICE:a ", "\\", "a:", ":"]
assert HOSTILE


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_is_read_in_one_pass(piece: str) -> None:
    """Twice the length takes about twice the time, not four times: that would be minutes here."""
    query = "SELECT * {" + piece * (150_000 // len(piece))
    begin = time.process_time()
    calls_service(query)
    assert time.process_time() - begin < 8


def test_undeclared_prefixes() -> None:
    query = "PREFIX a: <http://a> PREFIX : <http://b> SELECT * { :x a:y b:z . c:z ?p 'd:x', <e:f>, _:g } # h:i"
    assert undeclared_prefixes(query) == ("b", "c")


@given(st.text())
def test_any_text_is_a_query_or_refused(text: str) -> None:
    with suppress(BadQuery, RefusedQuery):
        check(text)


@given(st.text(alphabet="SERVICE<>{}()'\"#?:a1 \n\\|", max_size=60))
def test_tokens_are_the_text(text: str) -> None:
    """No character is lost: between the tokens there are only white space and comments."""
    end = 0
    for token in tokens(text):
        gap = text[end : token.start]
        assert not gap.strip() or "#" in gap
        assert text[token.start : token.end] == token.text
        end = token.end


@given(
    st.text(alphabet="{}()<>'\"#?:a1 \n\\|=&!", max_size=40),
    st.sampled_from(["SERVICE<x:y>{}", "service ?x{}", "SERVICE:x{}"]),
)
def test_a_call_after_a_complete_group_is_found(noise: str, call: str) -> None:
    """Whatever stands in a closed comment before it."""
    comment = "#" + noise.replace("\n", " ") + "\n"
    with pytest.raises(RefusedQuery):
        check("SELECT * {" + comment + call + "}")
