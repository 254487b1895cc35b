"""The start page and the query page.

    start_page(survey, saved, "http://localhost:8000/sparql")   -> HTML
    results_page("SELECT ...", rows)                            -> HTML

Before: `kg.endpoint.html`. The figures come from `kg.endpoint.description`.
"""

from collections.abc import Mapping
from html import escape

from kg.endpoint.description import Survey
from kg.endpoint.html import language_tag, link, page, query_link, term_html
from kg.graph.names import PREFIXES
from kg.queries import SavedQuery
from kg.results import shorten
from kg.store import Literal, NamedNode, Rows

SHOWN = 500  # rows on a page; the whole answer is in the downloads
_MAIN_CLASSES = ("Stance", "Commitment", "Event", "Institution", "Agreement", "View", "Citation", "Actor", "Evidence")
_EXAMPLE = "SELECT ?class (COUNT(*) AS ?members)\nWHERE { ?thing a ?class }\nGROUP BY ?class\nORDER BY DESC(?members)"
_SIX_PARTY_EXAMPLE = f"""PREFIX kg: <{PREFIXES["kg"]}>

SELECT ?holder ?polarity ?issue ?period
WHERE {{
  ?stance a kg:Stance ; kg:holder ?holder ; kg:polarity ?polarity ; kg:issue ?issue .
  OPTIONAL {{ ?stance kg:period ?period }}
}}
ORDER BY ?holder ?issue ?period
LIMIT 25"""
_DOWNLOADS = {"JSON": "json", "CSV": "csv", "TSV": "tsv", "XML": "xml"}
_RDF_DOWNLOADS = {"Turtle": "ttl", "N-Triples": "nt", "JSON-LD": "jsonld", "RDF/XML": "rdf"}


def start_page(dataset: Survey, saved: Mapping[str, SavedQuery], endpoint: str) -> bytes:
    titles, descriptions = _told(dataset, "title"), _told(dataset, "description")
    title = titles[0].value if titles else "A SPARQL endpoint"
    heading = "".join(
        f'<h1 class="{_rank(n)}" {_lang(text)}>{escape(text.value)}</h1>' for n, text in enumerate(titles)
    )
    body = heading or f"<h1>{title}</h1>"
    body += "".join(f"<p {_lang(text)}>{escape(text.value)}</p>" for text in descriptions)
    body += _figures(dataset)
    body += f'<h2 id="ask">Ask</h2>\n{_form(_SIX_PARTY_EXAMPLE if dataset.is_six_party else _EXAMPLE)}'
    body += _saved_queries(saved)
    body += _curl(endpoint)
    return page(title, body)


def query_page(endpoint: str, query: str = _EXAMPLE) -> bytes:
    return page("Query", f"<h1>Query</h1>\n{_form(query)}{_curl(endpoint)}")


def results_page(query: str, answer: Rows | bool | str) -> bytes:
    """The answer to a query: rows, yes or no, or a graph as Turtle."""
    if isinstance(answer, Rows):
        body, downloads = _table(answer), _DOWNLOADS
    elif isinstance(answer, bool):
        body, downloads = (
            f'<p class="count">The answer is <strong>{"yes" if answer else "no"}</strong>.</p>',
            _DOWNLOADS,
        )
    else:
        body, downloads = f'<pre class="rdf">{escape(answer)}</pre>', _RDF_DOWNLOADS
    links = " ".join(query_link(query, name, format=short) for name, short in downloads.items())
    return page(
        "Results",
        f'<h1>Query</h1>\n{_form(query)}<section id="results"><h2>Answer</h2>\n'
        f'<p class="formats">Whole answer as {links}</p>\n{body}</section>',
    )


def message_page(status: int, message: str, query: str | None = None) -> bytes:
    """A refusal, for people; with the query, so that it can be mended."""
    form = _form(query) if query is not None else ""
    return page(f"{status}", f'<h1>No answer</h1>\n<p class="error" role="alert">{escape(message)}</p>\n{form}')


def _form(query: str) -> str:
    rows = min(max(query.count("\n") + 2, 8), 24)
    return f"""<form id="query-form" action="/sparql" method="get">
<label for="query">SPARQL query</label>
<textarea id="query" name="query" rows="{rows}" spellcheck="false" autocapitalize="off" autocomplete="off" required>
{escape(query)}</textarea>
<p><button>Run</button> <span id="status" role="status"></span></p>
</form>
<div id="live"></div>
"""


def _table(rows: Rows) -> str:
    shown = rows.rows[:SHOWN]
    count = f"{len(rows.rows)} row{'' if len(rows.rows) == 1 else 's'}"
    if len(shown) < len(rows.rows):
        count += f"; the first {len(shown)} are shown here, the downloads have all"
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in rows.variables)
    body = "".join(f"<tr>{''.join(f'<td>{term_html(term)}</td>' for term in row)}</tr>\n" for row in shown)
    return (
        f'<p class="count">{count}.</p>\n<div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>\n{body}</tbody></table></div>"
    )


def _figures(dataset: Survey) -> str:
    main = [PREFIXES["kg"] + name for name in _MAIN_CLASSES]
    counts = dict(dataset.classes)
    shown = [(name, counts[name]) for name in main if name in counts] or list(dataset.classes[:6])
    items = [(link(name, shorten(NamedNode(name)).removeprefix("kg:")), size) for name, size in shown]
    items += [("triples", dataset.triples), ("named graphs", len(dataset.graphs))]
    cells = "".join(f"<div><dd>{size:,}</dd><dt>{name}</dt></div>" for name, size in items)
    graphs = "".join(
        f"<li>{link(name, shorten(NamedNode(name)))} <small>{size:,}</small></li>" for name, size in dataset.graphs
    )
    listing = f"<details><summary>Named graphs and their triples</summary><ul>{graphs}</ul></details>" if graphs else ""
    return f'<dl class="figures">{cells}</dl>\n{listing}\n'


def _saved_queries(saved: Mapping[str, SavedQuery]) -> str:
    if not saved:
        return ""
    items = "".join(f"<li>{query_link(plain_text(query), query.summary)}</li>" for query in clickable(saved))
    return f'<h2>Questions to start with</h2>\n<ul class="saved">{items}</ul>\n'


def clickable(saved: Mapping[str, SavedQuery]) -> list[SavedQuery]:
    """Those that need no value from the reader."""
    return [query for query in saved.values() if not any(parameter.required for parameter in query.params)]


def plain_text(query: SavedQuery) -> str:
    """The query without its header."""
    return "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip()


def _curl(endpoint: str) -> str:
    command = f"curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * {{ ?s ?p ?o }} LIMIT 10' {endpoint}"
    return f"""<h2>Ask from a program</h2>
<p>The endpoint is <code>{escape(endpoint)}</code>; it speaks the SPARQL 1.1 Protocol.</p>
<pre class="command" id="curl">{escape(command)}</pre>
<p><button type="button" class="copy" data-from="curl" hidden>Copy</button></p>
"""


def _told(dataset: Survey, name: str) -> list[Literal]:
    """Titles or descriptions of the dataset itself, English first."""
    wanted = PREFIXES["dcterms"] + name
    texts = [
        triple.object
        for triple in dataset.about
        if triple.predicate.value == wanted and isinstance(triple.object, Literal) and triple.subject == dataset.name
    ]
    return sorted(texts, key=lambda text: ((text.language or "en") != "en", text.value))


def _lang(text: Literal) -> str:
    return f'lang="{escape(language_tag(text.language or "en"))}"'


def _rank(number: int) -> str:
    return "title" if number == 0 else "subtitle"
