"""Pages for people: what the graph says, escaped, in its language, with places and without the source's words."""

import html.parser
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from rdflib import RDFS, Graph, Literal, URIRef
from running import running

from kg.queries import SavedQuery, load_queries
from kg.resources import QUERIES
from kg.store import open_store

BASE = "https://w3id.org/six-party-kg/"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def saved() -> dict[str, SavedQuery]:
    return load_queries(QUERIES / "reports")


@pytest.fixture(scope="module")
def client(saved: dict[str, SavedQuery]) -> Iterator[httpx.Client]:
    with running(saved=saved) as client:
        client.headers.update(BROWSER)
        yield client


class _Reader(html.parser.HTMLParser):
    """What a page links to and loads, and whether its tags are closed in order."""

    VOID = ("meta", "link", "br", "input")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag == "a":
            self.links.append(found["href"] or "")
        if "id" in found:
            self.ids.append(found["id"] or "")
        self.loaded += [found[name] or "" for name in ("src",) if name in found]
        self.loaded += [found["href"] or ""] if tag == "link" else []
        assert not any(name.startswith("on") or name == "style" for name in found), "the policy forbids it"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


PAGES = [
    "/", "/sparql", "/sparql?query=ASK{}", "/sparql?query=x",
    "/sparql?query=SELECT*{?s?p?o}", "/sparql?query=CONSTRUCT+WHERE{?s?p?o}",
    "/id/actor/PRK",
    "/id/stance/PRK-sanctions-oppose", "/id/evidence/e1", "/id/institution/talks%2Fsix", "/ontology",
    "/scheme/issue/sanctions", "/graph/core", "/id/nothing", "/nothing/at/all",
]  # fmt: skip
assert PAGES


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_formed_and_loads_from_here_only(client: httpx.Client, path: str) -> None:
    response = client.get(path.replace("{", "%7B").replace("}", "%7D"))
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = _Reader(response.text)
    assert page.loaded == ["data:,", "/static/style.css", "/static/page.js"]
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith(("/", "http://", "https://")) for link in page.links)
    for loaded in page.loaded[1:]:
        assert client.get(loaded).status_code == 200


def test_every_link_of_the_start_page_has_an_answer(client: httpx.Client, saved: dict[str, SavedQuery]) -> None:
    response = client.get("/")
    assert "<h1" in response.text
    assert '<h1 class="subtitle" lang="zh-Hant">小圖</h1>' in response.text
    links = [link for link in _Reader(response.text).links if link.startswith("/")]
    queries = [link for link in links if link.startswith("/sparql?query=")]
    assert len(queries) == sum(not any(p.required for p in query.params) for query in saved.values()) > 3
    for link in links:
        # Of the ontology, the small graph has two terms only.
        assert client.get(link).status_code == 200 or link.startswith("/ontology#")


def test_figures_are_those_of_the_graph(client: httpx.Client) -> None:
    page = client.get("/").text
    count = client.get(
        "/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
    ).text.split()[1]
    assert f"<dd>{count}</dd><dt>triples</dt>" in page
    assert '<dd>2</dd><dt><a href="/ontology#Actor"' in page


def test_the_curl_example_asks_this_endpoint(client: httpx.Client) -> None:
    page = client.get("/", headers={"Host": "kg.example:81"}).text
    assert "LIMIT 10&#x27; http://kg.example:81/sparql</pre>" in page
    assert "<script>" not in client.get("/", headers={"Host": "x<script>"}).text


def test_results_are_a_table_with_links_to_things_here(client: httpx.Client) -> None:
    query = f"SELECT ?s ?label ?none {{ ?s <{RDFS.label}> ?label FILTER(LANG(?label) = 'zh-hant') }} ORDER BY ?s"
    page = client.get("/sparql", params={"query": query}).text
    assert '<a href="/id/actor/PRK" title="https://w3id.org/six-party-kg/id/actor/PRK">actor:PRK</a>' in page
    assert '<span lang="zh-Hant">北韓</span>' in page
    assert '<p class="count">4 rows.</p>' in page
    assert "format=csv" in page


def test_nothing_of_the_data_is_markup(client: httpx.Client, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(
        '<http://x/s> <http://x/p> "<script>alert(1)</script>", <javascript:alert(1)>, <http://x/%22onclick&amp> .'
        f'<{BASE}id/x> <{RDFS.label}> "\\"><img src=x>"@en-x-y .'
    )
    with running(open_store([tmp_path / "x.ttl"]), union_default=False) as other:
        for path in ("/sparql?query=SELECT*%7B?s?p?o%7D%23</textarea><script>", "/id/x"):
            page = other.get(path, headers=BROWSER).text
            _Reader(page)
            assert "<script>" not in page
            assert "<img" not in page
            assert 'href="javascript' not in page


def test_a_long_answer_says_that_it_is_cut_on_the_page(client: httpx.Client) -> None:
    values = " ".join(map(str, range(700)))
    page = client.post("/sparql", data={"query": f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"}).text
    assert "700 rows; the first 500 are shown here, the downloads have all." in page
    assert page.count("<tr>") == 501


def test_a_refusal_keeps_the_query_and_its_status(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT & {"})
    assert response.status_code == 400
    assert "\nSELECT &amp; {</textarea>" in response.text
    assert 'class="error"' in response.text


def test_a_statement_shows_where_the_source_says_it(client: httpx.Client) -> None:
    page = client.get("/id/stance/PRK-sanctions-oppose").text
    for cell in (
        "<td>4</td>",
        "<td>4.1.2</td>",
        "<td>57</td>",
        "<td>321</td>",
        "12345–12399",
        "<td>opposes</td>",
        "<td>0.8</td>",
    ):
        assert cell in page
    assert '<a href="/id/actor/PRK" title="https://w3id.org/six-party-kg/id/actor/PRK">North Korea</a>' in page


def test_a_thing_shows_what_points_to_it(client: httpx.Client) -> None:
    page = client.get("/id/actor/PRK").text
    assert page.index("What points to it") < page.index('href="/id/stance/PRK-sanctions-oppose"')
    assert '<h1><span lang="en">North Korea</span> · <span lang="zh-Hant">北韓</span></h1>' in page


@pytest.mark.parametrize("path, subject", [
    ("/id/actor/PRK", "id/actor/PRK"),
    ("/id/actor/PRK.ttl", "id/actor/PRK"),
    ("/id/institution/talks%2Fsix.nt", "id/institution/talks%2Fsix"),  # as the IRI is written
    ("/id/edition/0123456789ab/part/4.1.2", "id/edition/0123456789ab/part/4.1.2"),  # no suffix of a format
    ("/ontology", "ontology#Stance"),
    ("/ontology.jsonld", "ontology#Stance"),
    ("/graph/core.rdf", "id/actor/PRK"),
])  # fmt: skip
def test_an_iri_gives_rdf(client: httpx.Client, path: str, subject: str) -> None:
    from pyoxigraph import RdfFormat, parse

    response = client.get(path, headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert response.headers["vary"] == "Accept"
    rdf_format = RdfFormat.from_media_type(response.headers["content-type"])
    assert f"<{BASE}{subject}>" in {str(quad.subject) for quad in parse(response.content, rdf_format)}


def test_rdf_holds_what_points_to_the_thing(client: httpx.Client) -> None:
    found = Graph().parse(data=client.get("/id/actor/PRK.ttl").text, format="turtle")
    actor = URIRef(BASE + "id/actor/PRK")
    assert (URIRef(BASE + "id/stance/PRK-sanctions-oppose"), URIRef(BASE + "ontology#holder"), actor) in found
    assert (actor, RDFS.label, Literal("北韓", lang="zh-hant")) in found


def test_the_ontology_explains_its_terms_at_their_anchors(client: httpx.Client) -> None:
    page = client.get("/ontology").text
    assert {"Stance", "holder"} <= set(_Reader(page).ids)
    assert '<span lang="zh-Hant">持有者</span>' in page


@pytest.mark.parametrize("accept, status", [("image/png", 406), ("text/html", 404), ("text/turtle", 404)])
def test_an_unknown_iri_is_not_found(client: httpx.Client, accept: str, status: int) -> None:
    response = client.get("/id/nothing", headers={"Accept": accept})
    assert response.status_code == status
    assert response.headers["access-control-allow-origin"] == "*"
