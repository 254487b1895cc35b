"""Links: things of ours that are the same as a thing of Wikidata, each with how that was established.

    link_triples(things, identifiers)      # graph/links

`lexicon/identifiers.csv` has a row for each identifier; only rows whose status
starts with "verified" are published. A link is `schema:sameAs` (owl:sameAs
would import all that is said of the other thing), and an `oa:Annotation` with
the motive `oa:identifying` carries its evidence.

Before: `kg.graph.things`. Next: `kg.graph.meta`.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.graph.names import BASE, A, Triple, count, term, text, thing
from kg.resources import LEXICON

IDENTIFIERS = LEXICON / "identifiers.csv"
LINKSET = NamedNode(BASE + "id/linkset/wikidata")
_COLUMNS = {"of", "wikidata", "evidence", "status"}


@dataclass(frozen=True)
class Link:
    node: NamedNode
    wikidata: str  # "Q148"
    evidence: str

    @property
    def target(self) -> NamedNode:
        return term(f"wd:{self.wikidata}")


def read_links(path: Path = IDENTIFIERS) -> list[Link]:
    """The verified rows of the table, in order of their things; `KgError` where the table is not as it should be."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{path}: cannot be read ({error}). It must be a table (CSV, UTF-8).") from None
    if not rows or not rows[0].keys() >= _COLUMNS:
        raise KgError(f"{path}: needs rows with the columns {', '.join(sorted(_COLUMNS))}.")
    for line, row in enumerate(rows, start=2):
        if None in row.values() or None in row:
            raise KgError(f"{path}: row {line} has not as many cells as the head. Quote cells with commas in them.")
    verified = [row for row in rows if row["status"].startswith("verified") and row["wikidata"]]
    links = []
    for row in verified:
        kind, _, key = row["of"].partition(":")
        if not key or not re.fullmatch(r"Q[1-9][0-9]*", row["wikidata"]):
            raise KgError(
                f"{path}: {row['of']!r} with {row['wikidata']!r}: write a kind:key and a number such as Q148."
            )
        links.append(Link(thing(kind, key), row["wikidata"], row["evidence"]))
    return sorted(links, key=_order)


def _order(link: Link) -> tuple[str, str, str]:
    return link.node.value, link.wikidata, link.evidence


def link_triples(
    links: Sequence[Link], known: Collection[NamedNode], also: Mapping[NamedNode, NamedNode]
) -> Iterator[Triple]:
    """The links of things that are `known`, and the linkset that they make.

    `also` are things that are the same as another one of ours: ASEAN as an
    institution and as an actor; what holds for one holds for the other.
    """
    both = [*links, *(replace(link, node=also[link.node]) for link in links if link.node in also)]
    ours = sorted({link for link in both if link.node in known}, key=_order)
    for link in ours:
        me = NamedNode(f"{BASE}id/link/{link.node.value.removeprefix(BASE + 'id/')}/{link.wikidata}")
        yield link.node, term("schema:sameAs"), link.target
        yield me, A, term("oa:Annotation")
        yield me, term("oa:motivatedBy"), term("oa:identifying")
        yield me, term("oa:hasTarget"), link.node
        yield me, term("oa:hasBody"), link.target
        yield me, term("dcterms:source"), text(link.evidence, "en")
        yield me, term("dcterms:isPartOf"), LINKSET
    yield LINKSET, A, term("void:Linkset")
    yield LINKSET, term("dcterms:title"), text("Links to Wikidata", "en")
    yield LINKSET, term("dcterms:title"), text("連結至維基數據", "zh-Hant")
    yield LINKSET, term("void:linkPredicate"), term("schema:sameAs")
    yield LINKSET, term("void:triples"), count(len(ours))
