"""Every example written in lexicon/issues.toml holds: what a sentence says, and what it does not."""

from functools import lru_cache

import pytest

from kg.facts.stances import StanceFinder
from kg.facts.stances.rules import Example, Phrase
from kg.lexicon import load_lexicon


@lru_cache(maxsize=1)
def finder() -> StanceFinder:
    return StanceFinder(load_lexicon())


def phrases() -> tuple[Phrase, ...]:
    return finder().rules.phrases


EXAMPLES = [(phrase, example) for phrase in phrases() for example in phrase.examples]
assert EXAMPLES, "lexicon/issues.toml has no example: nothing would be tested"


@pytest.mark.parametrize("phrase, example", EXAMPLES, ids=[f"{p.name}: {e.text}" for p, e in EXAMPLES])
def test_example(phrase: Phrase, example: Example) -> None:
    found = {(s.holder, s.issue, s.polarity) for s in finder().read(example.text)}
    assert found == set(example.stances)


@pytest.mark.parametrize("phrase", phrases(), ids=lambda p: p.rule)
def test_phrase_shows_a_hit_of_its_own_and_a_near_miss(phrase: Phrase) -> None:
    hits = [e for e in phrase.examples if any(s.rule == phrase.rule for s in finder().read(e.text))]
    assert hits, "add an example that this phrase matches"
    assert any(phrase.issue not in {i for _, i, _ in e.stances} for e in phrase.examples), "add a near miss"
