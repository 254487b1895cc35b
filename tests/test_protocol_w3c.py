"""The W3C's tests of the SPARQL 1.1 Protocol, sent over HTTP as the manifest has them.

Updates are refused here, so the tests of updates must get 403 or another 4xx, whatever they expect.
"""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import httpx
import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS
from running import running

from kg.store import open_store

FOLDER = Path(__file__).parents[2] / "shared" / "w3c" / "rdf-tests" / "sparql" / "sparql11" / "protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the W3C test suite is not at ../shared/w3c")

manifest = Graph().parse(FOLDER / "manifest.ttl") if FOLDER.is_dir() else Graph()
TESTS = [
    test
    for entries in manifest.objects(None, MF.entries)
    for test in Collection(manifest, entries)
    if isinstance(test, URIRef)
]


def is_update(test: URIRef) -> bool:
    return "update" in test.fragment


QUERIES, UPDATES = [t for t in TESTS if not is_update(t)], [t for t in TESTS if is_update(t)]
assert (QUERIES and UPDATES) or not FOLDER.is_dir()


def requests(test: URIRef) -> list[URIRef]:
    connection = manifest.value(test, MF.action)
    return list(Collection(manifest, manifest.value(connection, HT.requests)))  # type: ignore[arg-type]


def send(client: httpx.Client, request: URIRef) -> httpx.Response:
    body = manifest.value(request, HT.body)
    content = b""
    if body is not None:
        content = str(manifest.value(body, CNT.chars)).encode(str(manifest.value(body, CNT.characterEncoding)))
    head = manifest.value(request, HT.headers)
    headers = {
        str(manifest.value(field, HT.fieldName)): str(manifest.value(field, HT.fieldValue))
        for field in (Collection(manifest, head) if head else [])
    }
    method, path = str(manifest.value(request, HT.methodName)), str(manifest.value(request, HT.absolutePath))
    return client.request(method, path, content=content or None, headers=headers)


def graphs(tests: list[URIRef]) -> list[tuple[str, Path]]:
    """The named graphs that the tests ask for; the same for all of them."""
    found = {
        (str(manifest.value(data, RDFS.label)), FOLDER / Path(str(manifest.value(data, UT.graph))).name)
        for test in tests
        for data in manifest.objects(test, UT.graphData)
    }
    return sorted(found)


@pytest.fixture(scope="module")
def client():  # type: ignore[no-untyped-def]
    with running(open_store([], graphs(QUERIES)), union_default=False) as client:
        yield client


@pytest.mark.parametrize("test", QUERIES, ids=lambda test: test.fragment)
def test_query(client: httpx.Client, test: URIRef) -> None:
    assert (test, RDF.type, MF.ProtocolTest) in manifest
    for request in requests(test):
        response = send(client, request)
        expected = manifest.value(request, HT.resp)
        statuses = [str(status)[-3] for status in manifest.objects(expected, MF.expectedStatus)]
        assert str(response.status_code)[0] in statuses, response.text
        form = str(manifest.value(expected, MF.expectedFormat) or "")
        if form in ("boolean", "tabular"):
            assert response.headers["content-type"].startswith("application/sparql-results+")
        if form == "RDF":
            Graph().parse(data=response.text, format=response.headers["content-type"].split(";")[0])
        truth = manifest.value(expected, MF.expectedBoolean)
        if truth is not None:
            assert read_boolean(response) is truth.toPython()  # type: ignore[attr-defined]


def read_boolean(response: httpx.Response) -> bool:
    if "json" in response.headers["content-type"]:
        return bool(response.json()["boolean"])
    found = ElementTree.fromstring(response.text).find("{http://www.w3.org/2005/sparql-results#}boolean")
    assert found is not None
    return found.text == "true"


@pytest.mark.parametrize("test", UPDATES, ids=lambda test: test.fragment)
def test_update_is_refused(client: httpx.Client, test: URIRef) -> None:
    first = requests(test)[0]
    response = send(client, first)
    assert 400 <= response.status_code < 500
    if test.fragment.startswith("update"):  # a right update: it is the service that does not take it
        assert response.status_code == 403
