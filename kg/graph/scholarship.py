"""Scholarship: works that a text cites, citations, and what scholars are said to hold.

    works_of(facts)                       # id -> Work, as first cited in full
    work_triples(works, vocabulary)       # graph/core

A citation that repeats an earlier one (a short form, 前揭書) points at the work
as it was first cited in full. The author's name is kept as printed.

Before: `kg.facts`. Next: `kg.graph.statements`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.facts.model import Citation, Fact, View, Work
from kg.graph.evidence import Edition
from kg.graph.names import A, Object, Triple, content_hash, term, text, thing, typed
from kg.graph.vocabulary import Vocabulary

Claims = frozenset[tuple[str, Object]]


def works_of(facts: Iterable[Fact]) -> dict[str, Work]:
    """The cited works by id; where places print one differently, the fullest form (most told, then first in order)."""
    found: dict[str, Work] = {}
    for fact in facts:
        if isinstance(fact, Citation) and (not fact.cites or fact.cites == fact.work.id):
            known = found.get(fact.work.id)
            found[fact.work.id] = fact.work if known is None else min(known, fact.work, key=_fullest)
    for fact in facts:
        if isinstance(fact, Citation) and fact.cites not in found:  # what it repeats is nowhere in full
            found.setdefault(fact.work.id, fact.work)
    return found


def _fullest(work: Work) -> tuple[int, Work]:
    told = (work.authors, work.title, work.container, work.year)
    return -sum(map(bool, told)), work


def work_triples(works: Mapping[str, Work], vocabulary: Vocabulary) -> Iterator[Triple]:
    for id, work in works.items():
        me = thing("work", id)
        for cls in vocabulary.classes("Work"):
            yield me, A, cls
        yield me, term("dcterms:identifier"), text(id)
        yield me, term("dcterms:title"), text(work.title)
        for author in work.authors:
            yield me, term("kg:author"), text(author)
        if work.container:
            yield me, term("kg:container"), text(work.container)
        yield from ((me, term("kg:year"), year) for year in _year(work))


def _year(work: Work) -> list[Object]:
    """The year printed of a work, none or one."""
    return [typed(year, "xsd:gYear") for year in re.findall(r"\d{4}", work.year)[:1]]


def tell_citation(
    fact: Citation, edition: Edition, works: Mapping[str, Work], vocabulary: Vocabulary
) -> tuple[str, Claims]:
    """The citation's slug and what it claims. Footnote 4:12 of another text is another footnote."""
    work = fact.cites if fact.cites in works else fact.work.id
    claims: set[tuple[str, Object]] = {
        ("kg:footnote", text(fact.footnote)),
        ("kg:citationKind", vocabulary.concept("citation-kind", fact.work.kind)),
        ("kg:repeatsEarlier", typed("true" if fact.repeats else "false", "xsd:boolean")),
        ("kg:cites", thing("work", work)),
        ("rdfs:label", text(f"footnote {fact.footnote}, work {fact.number}", "en")),
        ("rdfs:label", text(f"註腳 {fact.footnote}，第 {fact.number} 項", "zh-Hant")),
    }
    if fact.pages:
        claims.add(("kg:pages", text(fact.pages)))
    claims |= {("kg:yearPrinted", year) for year in _year(fact.work)}
    return f"{edition.key}-{fact.footnote.replace(':', '-')}-{fact.number}", frozenset(claims)


def tell_view(fact: View, edition: Edition, vocabulary: Vocabulary) -> tuple[str, Claims]:
    """The view's slug and what it claims. A footnote number is one text's own, so the edition is part of the name."""
    claims: set[tuple[str, Object]] = {("kg:viewKind", vocabulary.concept("view-kind", fact.kind))}
    claims |= {("kg:author", text(author)) for author in fact.authors}
    if fact.valence:
        claims.add(("kg:valence", vocabulary.concept("valence", fact.valence)))
    if fact.subject:
        claims.add(("kg:subject", text(fact.subject, "en")))
    if fact.footnote:
        claims.add(("kg:footnote", text(fact.footnote)))
    for language, comma, colon in (("en", ", ", ": "), ("zh-Hant", "、", "：")):
        subject = f" ({fact.subject})" if fact.subject and language == "en" else ""
        label = f"{comma.join(fact.authors)}{colon}{vocabulary.label('view-kind', fact.kind, language)}{subject}"
        claims.add(("rdfs:label", text(label, language)))
    return f"{fact.kind}-{content_hash([edition.key, *fact.key()])}", frozenset(claims)
