"""Stage 5: what one reference of a footnote prints, before it is known which work it is.

    Reference(title="港口與城市", kind="book", authors=("羅平",), year="2003", pages="4", full=True)
    Reference(pointer=Pointer("note", 19), pages="7")      # 同註 19，頁 7

Before: nothing. Next: `kg.facts.citations.parsing`, `kg.facts.citations.resolving`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pointer:
    """Words that stand for an earlier reference."""

    kind: str  # note (同註 19), previous (同上註, ibid.), cited (前揭書, op. cit.)
    number: int = 0  # of the footnote


@dataclass(frozen=True)
class Reference:
    """What one reference prints. `pointer`: it prints no title and only points back."""

    title: str = ""
    kind: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    container: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    place: str = ""
    url: str = ""
    pages: str = ""
    accessed: str = ""
    pointer: Pointer | None = None
    full: bool = False  # it tells where the work appeared, and is no short form
