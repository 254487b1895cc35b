"""The page of one thing: its names, what is said of it, where the source says so, what points to it.

    thing_page(Thing(iri, "actor:PRK", labels, about, inbound, terms, places))  -> HTML

Before: `kg.endpoint.things`, which reads all this from the graph.
"""

from dataclasses import dataclass
from html import escape

from kg.endpoint.html import link, literal_html, page, term_html
from kg.store import Literal, NamedNode, Term

_FORMATS = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML"}


@dataclass(frozen=True)
class Value:
    term: Term
    labels: tuple[Literal, ...] = ()


@dataclass(frozen=True)
class Group:
    """The values of one property; `count` says how many there are, `values` may be fewer."""

    property: Value
    count: int
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Defined:
    """A term of a vocabulary."""

    term: Value
    definitions: tuple[Literal, ...]


@dataclass(frozen=True)
class Place:
    """A place in the source; each field as text, empty where it is not known."""

    statement: str
    part: str
    page: str
    paragraph: str
    footnote: str
    table: str
    start: str
    end: str
    rule: str
    voice: str
    confidence: str


@dataclass(frozen=True)
class Thing:
    iri: str
    name: str
    labels: tuple[Literal, ...]
    about: tuple[Group, ...]
    inbound: tuple[Group, ...]
    terms: tuple[Defined, ...]  # of a vocabulary
    places: tuple[Place, ...]


def thing_page(thing: Thing) -> bytes:
    heading = " · ".join(literal_html(label) for label in thing.labels) or escape(thing.name)
    path = link(thing.iri, "").split('"')[1] if thing.iri.startswith("http") else ""
    formats = (
        " ".join(f'<a href="{path}.{suffix}">{name}</a>' for suffix, name in _FORMATS.items())
        if path.startswith("/")
        else ""
    )
    body = (
        f'<h1>{heading}</h1>\n<p class="iri"><code>{escape(thing.iri)}</code></p>\n<p class="formats">{formats}</p>\n'
    )
    body += _places(thing.places)
    body += _groups("What is said of it", thing.about)
    body += _terms(thing.terms)
    body += _groups("What points to it", thing.inbound)
    return page(thing.labels[0].value if thing.labels else thing.name, body)


def _terms(terms: tuple[Defined, ...]) -> str:
    if not terms:
        return ""
    rows = "".join(
        f'<tr id="{escape(str(getattr(defined.term.term, "value", "")).rpartition("#")[2])}">'
        f'<th scope="row">{term_html(defined.term.term)}</th>'
        f"<td>{'<br>'.join(literal_html(label) for label in defined.term.labels)}</td>"
        f"<td>{'<br>'.join(literal_html(text) for text in defined.definitions)}</td></tr>\n"
        for defined in terms
    )
    head = '<tr><th scope="col">Term</th><th scope="col">Name</th><th scope="col">Meaning</th></tr>'
    return (
        f"<h2>Its terms ({len(terms)})</h2>\n"
        f'<div class="scroll"><table><thead>{head}</thead><tbody>\n{rows}</tbody></table></div>\n'
    )


def _groups(title: str, groups: tuple[Group, ...]) -> str:
    if not groups:
        return ""
    rows = []
    for group in groups:
        items = "".join(f"<li>{_value(value)}</li>" for value in group.values)
        more = group.count - len(group.values)
        rest = f'<li class="rest">and {more} more: see the RDF, or ask with a query</li>' if more > 0 else ""
        rows.append(f'<tr><th scope="row">{_property(group.property)}</th><td><ul>{items}{rest}</ul></td></tr>')
    return f'<h2>{title}</h2>\n<div class="scroll"><table class="record">{"".join(rows)}</table></div>\n'


def _property(value: Value) -> str:
    if value.labels and isinstance(value.term, NamedNode):
        return link(value.term.value, value.labels[0].value)
    return term_html(value.term)


def _value(value: Value) -> str:
    if value.labels and isinstance(value.term, NamedNode):
        first, *others = value.labels
        rest = "".join(f' <span class="other">{literal_html(label)}</span>' for label in others)
        return f"{link(value.term.value, first.value)}{rest}"
    return term_html(value.term)


def _places(places: tuple[Place, ...]) -> str:
    if not places:
        return ""
    heads = ("Chapter", "Section", "Page", "Paragraph", "Characters", "Voice", "Rule", "Confidence")
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in _cells(place))}</tr>" for place in places)
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f"<h2>Evidence: where the source says so ({len(places)})</h2>\n"
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n'
        '<p class="remark">Places are given, not words: the source is not published here. '
        "Offsets count the characters of the source's text from 0; the end is not included.</p>\n"
    )


def _cells(place: Place) -> tuple[str, ...]:
    where = place.paragraph
    if place.footnote:
        where = f"footnote {place.footnote}"
    elif place.table:
        where = f"table {place.table}"
    return (
        escape(place.part.split(".")[0]),
        escape(place.part),
        escape(place.page),
        escape(where),
        link(place.statement, f"{place.start}–{place.end}"),
        escape(place.voice),
        escape(place.rule),
        escape(place.confidence),
    )
