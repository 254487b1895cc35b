"""Stage 5: every rule by its name: what it looks for, why, the file it stands in, its examples.

    book = load_rulebook()
    book["stance-sanctions-impose-sanctions"].file           # "lexicon/issues.toml"
    book["stance-sanctions-impose-sanctions"].description    # "Finds stances on sanctions: …", for kg:Rule

Most rules are data (`lexicon/*.toml`), and what they look for is told from the keys of their entry; a few are
made of code, and are told here. Before: `kg.facts`, whose evidence names the rules. Next: `kg.graph`; `kg.explain`.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.resources import LEXICON

HAND_CODED = "hand-coded"
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A text of our own and what is found in it; `hit`: by this rule, else it is a near miss."""

    text: str
    found: tuple[str, ...]
    hit: bool


@dataclass(frozen=True)
class Rule:
    name: str
    description: str  # what it looks for, in English
    file: str  # where it stands, from the top of the repository
    pattern: str = ""  # as written in that file
    reason: str = ""  # why it is so, where it is odd
    examples: tuple[Example, ...] = ()


def load_rulebook(folder: Path = LEXICON, extra: Sequence[Path] = ()) -> dict[str, Rule]:
    """Every rule that facts can name, by name; `extra` are a user's own files of the same form.

    Raises KgError where a file is no TOML, or no rule is found at all.
    """
    rules = {rule.name: rule for rule in _of_code()}
    for path in [*sorted(folder.glob("*.toml")), *extra]:
        file = f"lexicon/{path.name}" if path.parent == folder else str(path)
        data = _parse(path)
        for table, read in _READERS.items():
            try:
                rules.update((rule.name, rule) for entry in data.get(table, ()) for rule in read(entry, file))
            except (KeyError, TypeError, AttributeError) as error:
                raise KgError(f"{file}: an entry of [[{table}]] lacks {error}. See the head of the file.") from None
    if not any(rule.pattern for rule in rules.values()):
        raise KgError(f"{folder}: has no rule with a pattern. Is it the folder of the lexicon?")
    return rules


def issue_codes(folder: Path = LEXICON) -> tuple[str, ...]:
    """The codes of the issues, in the order of `issues.toml`."""
    return tuple(entry["code"] for entry in _parse(folder / "issues.toml").get("issue", ()))


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}). Name a TOML file.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KgError(f"{path}: not valid TOML: {error}. Mend it there.") from None


# --- rules that are data ---------------------------------------------------------------------------------------

_GOVERNED = {
    "any": "said, wished, refused or worked for",
    "stated": "said, wished or refused",
    "rejected": "rejected",
    "none": "with an attitude of its own",
}


def _issue(entry: Entry, file: str) -> Iterator[Rule]:
    """The phrases of an issue of stances; and its commitments, which the same phrases find."""
    issue = _words(entry["code"])
    for phrase in entry.get("phrase", ()):
        name = f"stance-{entry['code']}" + (f"-{phrase['name']}" if phrase["name"] != entry["code"] else "")
        governed = _GOVERNED[phrase.get("needs", "any")]
        told = [f'Finds stances on {issue}: a clause speaks of "{_words(phrase["name"])}", {governed}']
        if phrase.get("toward") == "oppose":
            told.append("who is for that opposes the issue")
        if "polarity" in phrase:
            told.append(f"always {phrase['polarity']}")
        told += [_holders(phrase["holder"])] if phrase.get("holder") else []
        told += [f"directed at {phrase['target']}"] if phrase.get("target") else []
        told += [f"depends on this: {phrase['condition']}"] if phrase.get("condition") else []
        examples = _examples(phrase, entry["code"])
        yield Rule(name, "; ".join(told) + ".", file, phrase["pattern"], phrase.get("reason", ""), examples)
    yield Rule(
        f"commitment-{entry['code']}",
        f"Finds commitments on {issue}: where a document or a meeting is told, whoever is for it there undertakes it.",
        "kg/facts/commitments.py",
    )


def _holders(codes: Sequence[str]) -> str:
    only = [code for code in codes if not code.startswith("!")]
    never = [code[1:] for code in codes if code.startswith("!")]
    return f"held by {', '.join(only)} only" if only else f"never held by {', '.join(never)}"


_REACH = {
    "clause": "in the clause",
    "sentence": "in the sentence",
    "document": "in the sentence, or before the document's title",
    "meeting": "in the sentence, or as that of the meeting spoken of",
    "year": "in the sentence, or as the year last told",
    "passage": "in the sentence, or as the year that opens the paragraph",
}


def _event(entry: Entry, file: str) -> Iterator[Rule]:
    told = [
        f"Finds events of the kind {entry['kind']}, and the document concerned: {_words(entry['name'])}",
        f"dated {_REACH[entry.get('date', 'sentence')]}",
    ]
    told += ["only where it is told who did it"] if entry.get("subject") == "needed" else []
    yield Rule(entry["name"], "; ".join(told) + ".", file, entry["pattern"], entry.get("reason", ""), _examples(entry))


def _introduction(entry: Entry, file: str) -> Iterator[Rule]:
    told = [f"Finds institutions where a text introduces or describes one: {_words(entry['name'])}"]
    told += ["those joined to it too"] if entry.get("list") else []
    told += ["with who called it into being"] if entry.get("initiator") else []
    yield Rule(entry["name"], "; ".join(told) + ".", file, entry["pattern"], entry.get("reason", ""), _examples(entry))


_HOLDERS = {
    "cited": "a footnote cites them for what stands before its mark",
    "named": "the text names them as holding it",
    "named-and-cited": "the text names them as holding it, and a footnote cites them",
    "group": "the text names a group, such as most scholars of a country",
    "author-explicit": "the text's own author says so",
    "author-concludes": "a judgment in a conclusion, or one vouched for, is the author's own",
    "author-advises": "advice in a part that looks ahead is the author's own",
}


def _holder(entry: Entry, file: str) -> Iterator[Rule]:
    why = _HOLDERS.get(entry["name"], _words(entry["name"]))
    yield Rule(f"view-{entry['name']}", f"Finds views: {why}.", file, "", entry.get("reason", ""), _examples(entry))


_READERS: Mapping[str, Callable[[Entry, str], Iterator[Rule]]] = {
    "issue": _issue, "rule": _event, "introduction": _introduction, "holder": _holder,
}  # fmt: skip
_FOUND = ("stances", "events", "institutions", "views")


def _examples(entry: Entry, issue: str = "") -> tuple[Example, ...]:
    """Those of a stance rule are hits where a stance on its issue is found."""
    made = []
    for example in entry.get("example", ()):
        found = [one for key in _FOUND for one in example.get(key, ())]
        hit = any(one[1] == issue for one in found) if issue else bool(found)
        made.append(Example(example["text"], tuple(map(_shown, found)), hit))
    return tuple(made)


def _shown(found: str | Sequence[str]) -> str:
    return found if isinstance(found, str) else " ".join(part for part in found if part)


def _words(code: str) -> str:
    return code.replace("-", " ")


# --- rules that are code ---------------------------------------------------------------------------------------


def _of_code() -> list[Rule]:
    return [
        Rule("round-of-talks", "Finds rounds and phases of talks that are told by their number.", "kg/facts/rounds.py"),
        Rule("table-row", "Finds what a row of a table tells of one institution or event.", "kg/facts/tables.py"),
        Rule("working-groups", "Finds working groups that talks set up.", "kg/facts/institutions.py"),
        Rule(
            "document-named", "Finds agreements and documents where a text names them with a date, a place or parties.",
            "kg/facts/agreements.py",
        ),
        Rule("document-cited", "Finds agreements and documents in footnotes that date them.", "kg/facts/agreements.py"),
        Rule("citation-full", "Finds citations that tell where a work appeared.", "lexicon/citations.toml"),
        Rule("citation-short", "Finds citations of a work by its short form.", "lexicon/citations.toml"),
        Rule(
            "citation-pointer", "Finds citations that only point back at an earlier one (ibid. and the like).",
            "lexicon/citations.toml",
        ),
        Rule(HAND_CODED, "Coded by a person, as no rule found it.", "lexicon/corrections.toml"),
    ]  # fmt: skip
