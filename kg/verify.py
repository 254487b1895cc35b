"""Does the evidence of a graph agree with a source: does every span hold the characters it was taken of?

    report = verify(read_quads(Path("data/six-party-kg.trig")), read_source(Path("thesis.txt")))
    report.agree, report.spans           # 4031, 4031
    report.check()                       # raises Finding where some disagree

A graph has offsets and digests only. With the very file they were taken from,
each span is looked up by its offsets. With another text dump of the same work
the offsets mean nothing, and each span is searched by its digest.

Before: `kg.graph.evidence`, which writes what is read here. Beside: `kg.leaks`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import Finding, NothingToCheck
from kg.graph.names import term
from kg.source import Source, digest_of_text, normalized_text

_SHOWN = 3


@dataclass(frozen=True)
class Span:
    iri: str
    start: int
    end: int
    digest: str
    length: int  # of the normalized text; -1 where the graph does not tell


@dataclass(frozen=True)
class Report:
    """What was found. `same_file`: by offsets; otherwise by search, and `agree` counts what was found again."""

    same_file: bool
    spans: int
    agree: int
    elsewhere: int  # spans of other editions, not looked at
    wrong: tuple[str, ...]  # "span IRI: what is wrong", sorted

    def __str__(self) -> str:
        others = f" ({self.elsewhere} of other sources were not looked at)" if self.elsewhere else ""
        if self.same_file:
            return f"{self.agree} of {self.spans} spans agree with the source{others}"
        return f"another dump of the source: {self.agree} of {self.spans} spans found again by their digests{others}"

    def check(self) -> None:
        """Raises `Finding` where a span disagrees with the very file that it was taken from, or none is found again."""
        if self.same_file and self.wrong:
            shown = "; ".join(self.wrong[:_SHOWN])
            raise Finding(f"{self}. {len(self.wrong)} wrong: {shown}{'; …' if len(self.wrong) > _SHOWN else ''}")
        if not self.agree:
            raise Finding(f"{self}. Is it a text of the same work?")


def verify(quads: Iterable[Quad], source: Source) -> Report:
    """Compare every span of the graph with the source.

    Raises `NothingToCheck` where the graph has no edition or no span, and `Finding`
    where an edition with the source's digest tells another length.
    """
    editions, spans = _read(quads)
    if not editions or not any(spans.values()):
        raise NothingToCheck("no span of the graph has a digest, so there is nothing to verify: is it the right file?")
    ours = [iri for iri, (digest, _) in editions.items() if digest == source.sha256]
    for iri in ours:
        if editions[iri][1] != len(source.text):
            raise Finding(
                f"{iri} has the source's digest, but not its length: {editions[iri][1]}, not {len(source.text)}."
            )
    looked_at = [span for iri in ours or editions for span in spans[iri]]
    elsewhere = sum(map(len, spans.values())) - len(looked_at)
    if ours and not looked_at:
        raise NothingToCheck(f"{ours[0]} has no span with a digest, so there is nothing to verify in this source.")
    wrong = _by_offsets(looked_at, source.text) if ours else _by_search(looked_at, source.text)
    return Report(bool(ours), len(looked_at), len(looked_at) - len(wrong), elsewhere, tuple(sorted(wrong)))


def _by_offsets(spans: Iterable[Span], text: str) -> list[str]:
    wrong = []
    for span in spans:
        if not span.digest or span.start < 0 or span.end < 0:
            wrong.append(f"{span.iri}: has not one start, one end and one digest")
        elif not span.start < span.end <= len(text):
            wrong.append(f"{span.iri}: {span.start}..{span.end} lies outside the source")
        elif digest_of_text(text[span.start : span.end]) != span.digest:
            wrong.append(f"{span.iri}: other characters")
    return wrong


def _by_search(spans: Iterable[Span], text: str) -> list[str]:
    """Slide a window of each length that occurs over the normalized text, and compare digests."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for span in spans:
        wanted[span.length].add(span.digest)
    plain = normalized_text(text)
    at = [0]  # byte offset of each character, so that no window is encoded again
    for character in plain:
        at.append(at[-1] + len(character.encode("utf-8", "surrogatepass")))
    data = memoryview(plain.encode("utf-8", "surrogatepass"))
    found: set[str] = set()
    for length, digests in wanted.items():
        if length <= 0:
            continue
        missing = {bytes.fromhex(digest) for digest in digests if _is_digest(digest)}
        for first in range(len(plain) - length + 1):
            window = hashlib.sha256(data[at[first] : at[first + length]]).digest()
            if window in missing:
                found.add(window.hex())
    return [f"{span.iri}: not found again" for span in spans if span.digest not in found]


def _is_digest(text: str) -> bool:
    return len(text) == 64 and all(character in "0123456789abcdef" for character in text)


_Values = Mapping[str, Mapping[str, set[str]]]  # IRI -> property -> values
_PROPERTIES = (
    "kg:sourceDigest", "kg:sourceLength", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:end", "kg:digest",
    "kg:digestLength",
)  # fmt: skip


def _read(quads: Iterable[Quad]) -> tuple[dict[str, tuple[str, int]], dict[str, list[Span]]]:
    """Editions (IRI -> digest, length), and the spans of each (IRI of the edition -> spans)."""
    names = {term(name): name for name in _PROPERTIES}
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        name = names.get(quad.predicate)
        if name and isinstance(quad.object, NamedNode | Literal):
            values[str(quad.subject).strip("<>")][name].add(quad.object.value)
    editions = {
        iri: ("".join(own["kg:sourceDigest"]), _number(own["kg:sourceLength"]))
        for iri, own in values.items()
        if "kg:sourceDigest" in own
    }
    pairs = {
        (edition, span)
        for own in list(values.values())
        for edition in own["oa:hasSource"]
        for span in own["oa:hasSelector"]
    }
    spans: dict[str, list[Span]] = defaultdict(list)
    for edition, span in sorted(pairs):
        own = values[span]
        (digest,) = own["kg:digest"] if len(own["kg:digest"]) == 1 else ("",)
        spans[edition].append(
            Span(span, _number(own["oa:start"]), _number(own["oa:end"]), digest, _number(own["kg:digestLength"]))
        )
    return editions, spans


def _number(values: set[str]) -> int:
    """The one number among `values`; -1 where there is none, or more than one."""
    only = next(iter(values)) if len(values) == 1 else ""
    return int(only) if only.isascii() and only.isdigit() else -1
