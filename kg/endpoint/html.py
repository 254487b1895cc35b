"""Pieces of HTML that every page shares: the frame, links, terms. Everything that goes in is escaped here.

    link("https://w3id.org/six-party-kg/id/actor/PRK", "actor:PRK")  -> '<a href="/id/actor/PRK">actor:PRK</a>'

Pages are plain HTML that works without JavaScript and asks no other host for anything.
"""

from html import escape
from urllib.parse import quote

from kg.graph.names import BASE
from kg.results import shorten
from kg.store import BlankNode, Literal, NamedNode, Term


def page(title: str, body: str) -> bytes:
    """A whole page; `title` is text, `body` is HTML."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/style.css">
<script src="/static/page.js" defer></script>
</head>
<body>
<header><nav><a href="/">Start</a> <a href="/sparql">Query</a> <a href="/ontology">Ontology</a>
<a href="/.well-known/void">Dataset (VoID)</a></nav></header>
<main>
{body}
</main>
</body>
</html>
""".encode()


def link(iri: str, text: str) -> str:
    """A link to an IRI, to its page here where it is one of ours; text alone where it is no web address."""
    if iri.startswith(BASE):
        href = "/" + iri.removeprefix(BASE)
    elif iri.startswith(("http://", "https://")):
        href = iri
    else:
        return escape(text)
    return f'<a href="{escape(href)}" title="{escape(iri)}">{escape(text)}</a>'


def term_html(term: Term | None) -> str:
    """A term as a reader sees it: an IRI as a link by its short name, a text in its language."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return link(term.value, shorten(term))
    if isinstance(term, BlankNode):
        return f'<span class="blank">{escape(str(term))}</span>'
    if isinstance(term, Literal):
        return literal_html(term)
    return escape(str(term))


def literal_html(literal: Literal) -> str:
    if literal.language:
        return f'<span lang="{escape(language_tag(literal.language))}">{escape(literal.value)}</span>'
    return escape(literal.value)


def language_tag(tag: str) -> str:
    """In its usual case, zh-Hant: the engine lowers it."""
    first, *rest = tag.split("-")
    return "-".join([first, *(part.title() if len(part) == 4 else part for part in rest)])


def query_link(query: str, text: str, **parameters: str) -> str:
    """A link that asks the endpoint."""
    pairs = {"query": query, **parameters}
    href = "/sparql?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items())
    return f'<a href="{escape(href)}">{escape(text)}</a>'
