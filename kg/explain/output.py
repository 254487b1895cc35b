"""A chain as lines for a terminal: the statement, each of its places, each rule once.

    print("\\n".join(lines_of(chain, {})))

Before: `kg.explain.chain`, `kg.explain.passage`. Used by `kg explain`.
"""

from collections.abc import Iterator, Mapping

from kg.explain.chain import Chain, Step, Values
from kg.explain.passage import Reread
from kg.results import visible
from kg.rulebook import Rule

_WIDTH = 12


def lines_of(chain: Chain, read: Mapping[str, Reread]) -> Iterator[str]:
    """`read`: by the IRI of a place's evidence, what was read again there."""
    yield visible(chain.label)
    yield chain.iri
    yield from _values(chain.values, 2)
    for number, step in enumerate(chain.steps, start=1):
        yield ""
        yield f"{number:4}. {visible(str(step.place))}"
        yield from _values((("digest", step.place.digest),), 6)
        yield from _step(step, read.get(step.place.evidence))
    for rule in chain.rules():
        yield ""
        yield from _rule(rule)


def _values(values: Values, indent: int) -> Iterator[str]:
    for name, value in values:
        yield f"{'':{indent}}{name:{_WIDTH}} {visible(value)}"


def _step(step: Step, read: Reread | None) -> Iterator[str]:
    if read:
        yield from _values((("passage", read.text),), 6)
        told = (("names", read.names), ("words", read.words))
        yield from _values(tuple((name, ", ".join(map(str, spans))) for name, spans in told if spans), 6)
        for actor, before in read.absent:
            where = f"last named at {before.start}-{before.end}" if before else "nor before it in the passage"
            yield from _values((("not named", f"{actor}, {where}"),), 6)
    yield from _values(step.values, 6)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"rule {rule.name}{f' ({rule.file})' if rule.file else ''}"
    yield f"  {visible(rule.description)}"
    if rule.reason:
        yield f"  Why: {visible(rule.reason)}"
    if rule.pattern:
        yield f"  Pattern: {visible(rule.pattern)}"
    for example in rule.examples:
        found = "; ".join(example.found) or "nothing"
        yield f"  {'Example' if example.hit else 'Near miss'}: {visible(example.text)} → {visible(found)}"
