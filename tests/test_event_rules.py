"""Every example in lexicon/events.toml holds: each rule hits what it must, and keeps silent where it must."""

from dataclasses import replace

import pytest

from kg.facts.event_rules import EventRule, Introduction, load_event_rules
from kg.facts.events import read_account
from kg.facts.institutions import read_institutions
from kg.facts.slots import read_passage
from kg.facts.thread import Thread
from kg.lexicon import load_lexicon
from tests.passages import paragraph, passage

RULES = load_event_rules()
LEXICON = load_lexicon()
EXAMPLES = [(rule, example) for rule in RULES.rules for example in rule.examples]
INTRODUCTIONS = [(rule, text, ids) for rule in RULES.introductions for text, ids in rule.examples]
assert EXAMPLES, "lexicon/events.toml has no example of a rule"
assert INTRODUCTIONS, "lexicon/events.toml has no example of an introduction"


@pytest.mark.parametrize(
    "rule, example", EXAMPLES, ids=lambda x: getattr(x, "name", None) or getattr(x, "text", "")[:20]
)
def test_example(rule: EventRule, example) -> None:
    # A meeting told before (會議期間 takes it up) comes from its own rule; the rule tested answers for the rest.
    only = replace(RULES, rules=tuple(r for r in RULES.rules if r.name in (rule.name, "meeting-held")))
    account = read_account(
        paragraph(example.text), read_passage(passage(example.text), LEXICON), only, LEXICON, Thread()
    )
    found = [(t.when.edtf, t.kind, ";".join(t.participants)) for t in account.told if t.rule == rule.name]
    assert found == list(example.events)


@pytest.mark.parametrize("rule, text, ids", INTRODUCTIONS, ids=lambda x: getattr(x, "name", None))
def test_introduction(rule: Introduction, text: str, ids: tuple[str, ...]) -> None:
    only = replace(RULES, introductions=(rule,))
    account = read_account(paragraph(text), read_passage(passage(text), LEXICON), only, LEXICON, Thread())
    assert tuple(one.id for one in read_institutions(account, only, LEXICON)) == ids


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.name)
def test_rule_shows_a_hit_and_a_near_miss(rule: EventRule) -> None:
    assert any(example.events for example in rule.examples), "add an example that the rule finds"
    assert any(not example.events for example in rule.examples), "add a near miss: events = []"


@pytest.mark.parametrize("rule", RULES.introductions, ids=lambda rule: rule.name)
def test_introduction_shows_a_hit_and_a_near_miss(rule: Introduction) -> None:
    assert any(ids for _, ids in rule.examples), "add an example that the rule finds"
    assert any(not ids for _, ids in rule.examples), "add a near miss: institutions = []"
