"""Stage 5: what a person corrects in the facts: accept, reject, add.

    entries = load_corrections(Path("lexicon/corrections.toml"))
    corrected = apply_corrections(facts, entries, source, document, lexicon)
    corrected.facts, corrected.rejected       # facts in, facts out

A rule finds a statement; a person may look at it and accept it, reject it, or add one that only a person can
read. Each entry tells its place by offsets and by the digest of the characters there, so that it can never be
applied to other words than those that were looked at. What is added says so in its evidence.

    entries.py    corrections.toml -> entries, checked
    making.py     the fields of an entry -> a fact
    applying.py   facts and entries -> facts

Before: `kg.facts`. Next: `kg.graph`.
"""

from kg.corrections.applying import Corrected, apply_corrections
from kg.corrections.entries import Correction, load_corrections

__all__ = ["Corrected", "Correction", "apply_corrections", "load_corrections"]
