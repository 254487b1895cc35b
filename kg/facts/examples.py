"""The examples of a user's lexicon file, tried with its own entries and rules.

    checked = check_examples(load_lexicon(extra=[Path("mine.toml")]))
    checked.held, checked.failures        # 12, ("mine.toml: actor XAA: '甲國': found nothing, wanted XAA",)

What the program's own tests do with its own lexicon. Before: every finder. Next: `kg lexicon check`.
"""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kg.document.model import Paragraph, Passage
from kg.facts.event_rules import EventRule, EventRules, Introduction, load_event_rules
from kg.facts.events import Account, read_account
from kg.facts.institutions import read_institutions
from kg.facts.slots import read_passage
from kg.facts.stances import StanceFinder
from kg.facts.thread import Thread
from kg.lexicon import Lexicon, OwnFile
from kg.mentions import find_mentions

_NAMED = ("actor", "institution", "agreement", "place", "phrase", "no_mention")
_MEETING = "meeting-held"  # a meeting told before (會議期間 takes it up) comes from this rule


@dataclass(frozen=True)
class Checked:
    held: int
    failures: tuple[str, ...]  # one line each: file, entry, text, what was found and what was wanted


@dataclass(frozen=True)
class _Example:
    where: str
    text: str
    wanted: tuple[str, ...]
    find: Callable[[str], tuple[str, ...]]


def check_examples(lexicon: Lexicon) -> Checked:
    """Every example of the user's files of this lexicon. Raises `KgError` for a malformed rule or example."""
    held, failures = 0, []
    for example in _examples(lexicon):
        found = example.find(example.text)
        if found == example.wanted:
            held += 1
        else:
            failures.append(f"{example.where}: {example.text!r}: found {_told(found)}, wanted {_told(example.wanted)}")
    return Checked(held, tuple(failures))


def _told(found: tuple[str, ...]) -> str:
    return ", ".join(found) or "nothing"


def _examples(lexicon: Lexicon) -> Iterator[_Example]:
    stances, events = StanceFinder(lexicon), load_event_rules(own=lexicon.own)
    for file in lexicon.own:
        yield from _of_names(file, lexicon)
        yield from _of_stances(file, stances)
        yield from _of_events(file, events, lexicon)


def _of_names(file: OwnFile, lexicon: Lexicon) -> Iterator[_Example]:
    def find(text: str) -> tuple[str, ...]:
        return tuple(code for mention in find_mentions(text, lexicon) for code in mention.codes)

    for what in _NAMED:
        for table in file.rules(what):
            where = f"{file.name}: {what} {table.get('code') or table.get('id') or ''}".rstrip()
            for example in table.get("example", ()):
                yield _Example(where, example["text"], tuple(example["mentions"]), find)


def _of_stances(file: OwnFile, finder: StanceFinder) -> Iterator[_Example]:
    def find(text: str) -> tuple[str, ...]:
        return tuple(sorted({f"{s.holder} {s.issue} {s.polarity}" for s in finder.read(text)}))

    for issue in file.rules("issue"):
        for phrase in issue.get("phrase", ()):
            where = f"{file.name}: issue {issue['code']}, phrase {phrase['name']}"
            for example in phrase.get("example", ()):
                wanted = {" ".join(stance) for stance in example["stances"]}
                yield _Example(where, example["text"], tuple(sorted(wanted)), find)


def _of_events(file: OwnFile, rules: EventRules, lexicon: Lexicon) -> Iterator[_Example]:
    own = {table["name"] for what in ("rule", "introduction") for table in file.rules(what)}
    for rule in rules.rules:
        if rule.name in own:
            for event in rule.examples:
                wanted = tuple(" ".join(filter(None, one)) for one in event.events)
                yield _Example(f"{file.name}: rule {rule.name}", event.text, wanted, _events_by(rule, rules, lexicon))
    for introduction in rules.introductions:
        if introduction.name in own:
            for text, ids in introduction.examples:
                where = f"{file.name}: introduction {introduction.name}"
                yield _Example(where, text, ids, _institutions_by(introduction, rules, lexicon))


def _events_by(rule: EventRule, rules: EventRules, lexicon: Lexicon) -> Callable[[str], tuple[str, ...]]:
    only = replace(rules, rules=tuple(r for r in rules.rules if r.name in (rule.name, _MEETING)))

    def find(text: str) -> tuple[str, ...]:
        told = (one for one in _account(text, only, lexicon).told if one.rule == rule.name)
        return tuple(" ".join(filter(None, (t.when.edtf, t.kind, ";".join(t.participants)))) for t in told)

    return find


def _institutions_by(rule: Introduction, rules: EventRules, lexicon: Lexicon) -> Callable[[str], tuple[str, ...]]:
    only = replace(rules, introductions=(rule,))

    def find(text: str) -> tuple[str, ...]:
        return tuple(one.id for one in read_institutions(_account(text, only, lexicon), only, lexicon))

    return find


def _account(text: str, rules: EventRules, lexicon: Lexicon) -> Account:
    passage = Passage(text, array("l", range(len(text))))
    place = Paragraph(1, "", "", passage, ((0, len(text)),))
    return read_account(place, read_passage(passage, lexicon), rules, lexicon, Thread())
