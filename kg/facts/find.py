"""Stage 5: `Document` -> every fact that the rules find in it.

    facts = find_facts(read_document(source), load_lexicon())

Stances, rounds and other events, institutions, agreements, commitments, citations,
views; each with its evidence, sorted, the same from the same input. Next: `kg.graph`.
"""

from kg.document.model import Document
from kg.facts.agreements import find_agreements
from kg.facts.citations import find_citations
from kg.facts.commitments import find_commitments
from kg.facts.event_rules import load_event_rules
from kg.facts.events import read_paragraphs, to_event
from kg.facts.institutions import find_institutions
from kg.facts.model import Evidence, Fact
from kg.facts.stances import find_stances
from kg.facts.tables import find_in_tables
from kg.facts.views import find_views
from kg.lexicon import Lexicon


def find_facts(document: Document, lexicon: Lexicon) -> list[Fact]:
    """The facts of `document`, by kind and place; an empty list where it tells none."""
    facts: list[Fact] = [*find_stances(document, lexicon), *find_told(document, lexicon)]
    citations = find_citations(document, lexicon)
    facts += [*citations, *find_views(document, lexicon, citations)]
    return sorted(dict.fromkeys(facts), key=_place)


def find_told(document: Document, lexicon: Lexicon) -> list[Fact]:
    """What happened and what was agreed: events, institutions, agreements, commitments."""
    rules = load_event_rules(own=lexicon.own)
    accounts = list(read_paragraphs(document, lexicon, rules))
    tables = find_in_tables(document, lexicon, rules)
    facts: list[Fact] = [to_event(document, a.place, told, lexicon) for a in accounts for told in a.told]
    facts += find_institutions(document, lexicon, accounts, rules)
    facts += find_agreements(document, lexicon, [*accounts, *tables.accounts])
    facts += find_commitments(document, lexicon, [*accounts, *tables.accounts])
    return facts + tables.facts


def _place(fact: Fact) -> tuple[str, Evidence, str]:
    return type(fact).__name__, fact.evidence, repr(fact)
