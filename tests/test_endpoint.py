"""The SPARQL 1.1 Protocol over real HTTP: right answers, and refusals with their own status."""

import csv
import io
import os
import signal
import socket
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, VOID, Namespace
from running import GRAPH, running

from kg.endpoint.media import RDF as RDF_TYPES
from kg.endpoint.media import RESULTS
from kg.store import open_store

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
BASE = "https://w3id.org/six-party-kg/"
LABELS = f"SELECT ?label {{ ?s ?p ?label FILTER(?s = <{BASE}id/actor/PRK> && LANG(?label) != '') }} ORDER BY ?label"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?p ?q ?r }"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with running(timeout=1.0, max_answer=20_000, max_request=300_000) as client:
        yield client


def ask(client: httpx.Client, query: str, accept: str = "*/*", **parameters: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **parameters}, headers={"Accept": accept})


def test_three_ways_to_send_a_query(client: httpx.Client) -> None:
    query = 'SELECT ("六方會談" AS ?名) {}'
    responses = [
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query.encode(), headers=DIRECT),
        client.post(
            "/sparql", content=query.encode(), headers={"Content-Type": "Application/SPARQL-Query; charset=UTF-8"}
        ),
    ]
    for response in responses:
        assert response.status_code == 200
        assert response.json()["results"]["bindings"] == [{"名": {"type": "literal", "value": "六方會談"}}]
        assert response.headers["vary"] == "Accept"


def test_chinese_iris_are_decoded_once(client: httpx.Client) -> None:
    query = "SELECT (STR(<http://x/%25/會談>) AS ?x) {}"
    assert (
        client.post("/sparql", data={"query": query}).json()["results"]["bindings"][0]["x"]["value"]
        == "http://x/%25/會談"
    )


@pytest.mark.parametrize("accept", RESULTS)
def test_every_results_format(client: httpx.Client, accept: str) -> None:
    response = ask(client, LABELS, accept)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == accept
    if "json" in accept:
        found = [row["label"]["value"] for row in response.json()["results"]["bindings"]]
    elif "xml" in accept:
        found = [
            e.text
            for e in ElementTree.fromstring(response.text).iter("{http://www.w3.org/2005/sparql-results#}literal")
        ]
    elif accept == "text/csv":
        assert "\r\n" in response.text
        found = [row[0] for row in csv.reader(io.StringIO(response.text))][1:]
    else:
        found = [line.split('"')[1] for line in response.text.splitlines()[1:]]
    assert found == ["North Korea", "北韓"]


@pytest.mark.parametrize("accept", RDF_TYPES)
@pytest.mark.parametrize("query", ["DESCRIBE <#>", "CONSTRUCT { ?s ?p ?o } { BIND(<#> AS ?s) ?s ?p ?o }"])
def test_every_rdf_format(client: httpx.Client, accept: str, query: str) -> None:
    response = ask(client, query.replace("#", BASE + "id/actor/PRK"), accept)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == accept
    rdf_format = RdfFormat.from_media_type(RDF_TYPES[accept])
    assert len(list(parse(response.content, rdf_format))) == 5


STATUSES = [
    # method, path and query, body, headers, status, what the message says
    ("GET", "?query=SELEC", None, {}, 400, "SELECT, ASK, CONSTRUCT or DESCRIBE"),
    ("GET", "?query=ASK+{", None, {}, 400, "does not parse"),
    ("GET", "?query=", None, {}, 400, "empty"),
    ("GET", "?query=ASK{}&query=ASK{}", None, {}, 400, "2 queries"),
    ("GET", "?query=ASK{}%FF", None, {}, 400, "UTF-8"),
    ("GET", "?default-graph-uri=http://x", None, {}, 400, "no query"),
    ("GET", "?query=ASK{}&default-graph-uri=x", None, {}, 400, "no graph name"),
    ("GET", "?query=ASK{}", None, {"Accept": "image/png"}, 406, "application/sparql-results+json"),
    ("GET", "?query=ASK{}", None, {"Accept": "text/turtle"}, 406, "ASK"),
    ("GET", "?query=DESCRIBE<x:y>", None, {"Accept": "text/csv"}, 406, "text/turtle"),
    ("GET", "?query=ASK{}&format=turtle", None, {}, 406, "ASK"),
    ("GET", "?query=ASK{}&format=nothing", None, {}, 406, "Known: json"),
    ("GET", "", None, {"Accept": "image/png"}, 406, "description"),
    ("GET", "?query=ASK{SERVICE<http://127.0.0.1/>{}}", None, {}, 403, "SERVICE"),
    ("GET", "?query=INSERT+DATA{}", None, {}, 403, "read-only"),
    ("GET", "?update=CLEAR+ALL", None, {}, 403, "read-only"),
    ("POST", "", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403, "read-only"),
    ("POST", "", b"update=CLEAR+ALL", FORM, 403, "read-only"),
    ("POST", "", b"ASK {}", {}, 415, "application/sparql-query"),
    ("POST", "", b"ASK {}", {"Content-Type": "text/plain"}, 415, "text/plain"),
    ("POST", "", b"ASK {}", {"Content-Type": "application/sparql-query; charset=latin-1"}, 415, "UTF-8"),
    ("POST", "", b'ASK { FILTER("\xff" = "") }', DIRECT, 400, "UTF-8"),
    ("POST", "", b"query=%E5%85", FORM, 400, "UTF-8"),
    ("POST", "", b"other=1", FORM, 400, "no query"),
    ("POST", "?query=ASK{}", b"ASK {}", DIRECT, 400, "2 queries"),
    ("POST", "", b"ASK {} #" + b"x" * 300_000, DIRECT, 413, "300000 bytes"),
    ("POST", "", b"ASK {} #" + b"x" * 200_001, DIRECT, 413, "characters"),
    ("POST", "", b"ASK { FILTER(" + b"(" * 5000 + b"1" + b")" * 5000 + b") }", DIRECT, 400, "brackets"),
    ("POST", "", b"SELECT (" + b"+".join([b"1"] * 9000) + b" AS ?x) {}", DIRECT, 400, "operators"),
    ("GET", "?query=CONSTRUCT+WHERE{?s?p?o}&format=nt&max=1", None, {}, 200, ""),
    ("GET", "?query=SELECT*{?a?b?c.?d?e?f}", None, {}, 503, "20000 bytes"),
    ("PUT", "", b"", {}, 405, "GET or POST"),
    ("PATCH", "", b"", {}, 405, "GET or POST"),
    ("DELETE", "", None, {}, 405, "GET or POST"),
]
assert STATUSES


@pytest.mark.parametrize(
    "method, url, body, headers, status, message", STATUSES, ids=[f"{s[0]} {s[1][:50]} {s[4]} {s[5]}" for s in STATUSES]
)
def test_status(
    client: httpx.Client, method: str, url: str, body: bytes, headers: dict[str, str], status: int, message: str
) -> None:
    url = "/sparql" + url.replace("{", "%7B").replace("}", "%7D")
    response = client.request(method, url, content=body, headers=headers)
    assert response.status_code == status
    assert message in response.text
    assert response.headers["access-control-allow-origin"] == "*"
    if status >= 400:
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.text.count("\n") == 1
    if status == 405:
        assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


@pytest.mark.parametrize(
    "path", ["/sparql", "/nothing", "/id/nothing", "/static/nothing", "/static/../app.py", "//", "/%FF", "/id/%3Cx%3E"]
)
def test_headers_for_browsers_are_on_every_response(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code in (200, 404)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_preflight(client: httpx.Client) -> None:
    response = client.options("/sparql", headers={"Origin": "http://x", "Access-Control-Request-Method": "POST"})
    assert response.status_code == 204
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "Content-Type" in response.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/sparql", "/", "/id/actor/PRK", "/.well-known/void", "/sparql?query=x"]
)
def test_head_is_get_without_a_body(client: httpx.Client, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    for name in ("content-type", "content-length", "vary"):
        assert head.headers.get(name) == get.headers.get(name)


GRAPHS = [
    ({}, 2),  # all graphs at once
    ({"default-graph-uri": BASE + "graph/core"}, 2),
    ({"default-graph-uri": BASE + "graph/thesis"}, 0),
    ({"default-graph-uri": "http://unknown/"}, 0),
    ({"named-graph-uri": BASE + "graph/core"}, 0),
    ({"default-graph-uri": [BASE + "graph/thesis", BASE + "graph/core"]}, 2),
]


@pytest.mark.parametrize("parameters, expected", GRAPHS)
@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_the_protocol_names_the_graphs(
    client: httpx.Client, parameters: dict[str, str], expected: int, method: str
) -> None:
    if method == "get":
        response = client.get("/sparql", params={"query": LABELS, **parameters})
    elif method == "form":
        response = client.post("/sparql", data={"query": LABELS, **parameters})
    else:
        response = client.post("/sparql", params=parameters, content=LABELS.encode(), headers=DIRECT)
    assert len(response.json()["results"]["bindings"]) == expected


def test_from_is_heard_where_the_default_is_the_union(client: httpx.Client) -> None:
    query = LABELS.replace("{ ?s", f"FROM <{BASE}graph/thesis> {{ ?s", 1)
    assert ask(client, query).json()["results"]["bindings"] == []


def test_files_of_a_user_are_served_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text("<http://x/d> <http://x/p> 1 .")
    (tmp_path / "n.ttl").write_text("<http://x/n> <http://x/p> 1 .")
    store = open_store([tmp_path / "d.ttl"], [("http://x/g", tmp_path / "n.ttl")])
    with running(store, union_default=False) as client:
        found = ask(client, "SELECT ?s ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "text/csv").text
        assert sorted(found.splitlines()[1:]) == ["http://x/d,", "http://x/n,http://x/g"]
        service = Graph().parse(data=client.get("/sparql").text, format="turtle")
        assert (None, SD.feature, SD.UnionDefaultGraph) not in service


def test_a_query_beyond_its_time_is_stopped_and_others_are_not_held_up(client: httpx.Client) -> None:
    with ThreadPoolExecutor() as threads:
        begin = time.monotonic()
        slow = threads.submit(ask, client, CROSS)
        time.sleep(0.2)
        for _ in range(5):
            assert ask(client, "ASK {}").json()["boolean"] is True
        assert client.get("/").status_code == 200
        assert time.monotonic() - begin < 0.9
        response = slow.result()
        assert time.monotonic() - begin < 2.5
    assert response.status_code == 504
    assert response.text == "The query took more than 1 seconds and was stopped. Ask for less.\n"
    assert response.headers["access-control-allow-origin"] == "*"


def test_many_slow_queries_are_turned_away_and_the_endpoint_stays() -> None:
    with running(timeout=1.0, waiting=1) as client, ThreadPoolExecutor(8) as threads:
        responses = list(threads.map(lambda _: ask(client, CROSS), range(8)))
        assert {response.status_code for response in responses} == {503, 504}
        assert all(r.headers["retry-after"] == "5" for r in responses if r.status_code == 503)
        assert ask(client, "ASK {}").json()["boolean"] is True


def test_a_client_that_leaves_frees_its_worker() -> None:
    with running(timeout=20.0, workers=1, waiting=1) as client:
        host, port = client.base_url.host, client.base_url.port
        request = (
            f"GET /sparql?query={httpx.QueryParams({'q': CROSS})['q'].replace(' ', '+')} HTTP/1.1\r\nHost: x\r\n\r\n"
        )
        assert port is not None
        with socket.create_connection((host, port)) as leaver:
            leaver.sendall(request.encode())
            time.sleep(0.3)
        begin = time.monotonic()
        assert ask(client, "ASK {}").json()["boolean"] is True
        assert time.monotonic() - begin < 5


def test_a_worker_that_ends_costs_its_own_query(client: httpx.Client) -> None:
    """The same query again is the only harm that a client can do."""
    values = " ".join(f'"{"x" * 40}{n}"' for n in range(2000))
    greedy = f"SELECT (CONCAT(?a, ?b) AS ?c) {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} }} ORDER BY ?c"
    with running(memory=2**26) as small:
        response = small.post("/sparql", data={"query": greedy})
        assert response.status_code == 503
        assert "Other queries are not affected" in response.text
        assert ask(small, "ASK {}").json()["boolean"] is True


SD = Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.mark.parametrize("accept", ["*/*", "", "text/turtle", "application/ld+json"])
def test_service_description(client: httpx.Client, accept: str) -> None:
    response = client.get("/sparql", headers={"Accept": accept})
    rdf_format = RdfFormat.from_media_type(response.headers["content-type"])
    described = Graph().parse(data=serialize(parse(response.content, rdf_format), format=RdfFormat.TURTLE))
    (service,) = described.subjects(RDF.type, SD.Service)
    assert described.value(service, SD.endpoint) == URIRef(str(client.base_url) + "/sparql")
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in described
    assert list(described.objects(service, SD.feature)) == [SD.UnionDefaultGraph]
    assert len(list(described.objects(service, SD.resultFormat))) == 10
    named = {str(name) for name in described.objects(None, SD.name)}
    assert named == {BASE + "graph/" + name for name in ("core", "evidence", "meta", "ontology", "schemes", "thesis")}
    whole = described.value(service, SD.defaultDataset)
    count = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text.split()[1]
    assert str(described.value(described.value(whole, SD.defaultGraph), VOID.triples)) == count


def test_void(client: httpx.Client, tmp_path: Path) -> None:
    described = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    dataset = URIRef(BASE + "id/dataset")
    assert described.value(dataset, VOID.sparqlEndpoint) == URIRef(str(client.base_url) + "/sparql")
    assert (dataset, RDF.type, VOID.Dataset) in described
    (tmp_path / "d.ttl").write_text("<http://x/d> a <http://x/C> .")
    with running(open_store([tmp_path / "d.ttl"]), union_default=False) as other:  # figures where none are told
        described = Graph().parse(data=other.get("/.well-known/void").text, format="turtle")
        (dataset,) = described.subjects(RDF.type, VOID.Dataset)  # type: ignore[assignment]
        assert str(described.value(dataset, VOID.triples)) == "1"
        (part,) = described.objects(dataset, VOID.classPartition)
        assert described.value(part, VOID["class"]) == URIRef("http://x/C")


@pytest.fixture
def command() -> list[str]:
    program = (
        "from pathlib import Path; from kg.endpoint import serve; serve([Path(sys.argv[1])], port=int(sys.argv[2]))"
    )
    return [sys.executable, "-u", "-c", "import sys; " + program, str(GRAPH)]


def test_serve_runs_until_it_is_told_to_stop(command: list[str]) -> None:
    process = subprocess.Popen([*command, "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx.get(url, params={"query": "ASK {}"}).json()["boolean"] is True
        port = url.rsplit(":", 1)[1].split("/")[0]
        second = subprocess.run([*command, port], capture_output=True, text=True, timeout=30)
        assert second.returncode != 0
        assert second.stdout == ""  # no URL is told that another server answers
        assert f"127.0.0.1:{port}: cannot be listened on (Address already in use)" in second.stderr
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)
        assert errors == ""
        assert process.returncode == 0
    finally:
        process.kill()


def test_killed_it_leaves_no_process(command: list[str]) -> None:
    process = subprocess.Popen([*command, "0"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    httpx.get(url, params={"query": "ASK {}"})
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=10)  # ends when nobody holds the pipe any more: no child is left
