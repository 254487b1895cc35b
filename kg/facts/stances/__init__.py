"""Stage 5: who holds which position on which issue.

find_stances(document, lexicon)
"北韓反對制裁。"  -> Stance(holder="PRK", issue="sanctions", polarity="oppose", ...)

masks.py      names as single characters, for the rules' slots
entries.py    lexicon/issues.toml, lexicon/attitudes.toml and a user's own file, checked
rules.py      … and compiled
clauses.py    a passage -> clauses with their names
subjects.py   whom a clause is about
attitudes.py  for or against: words, negation, advice, what governs what
finding.py    the three together: stances
"""

from kg.facts.stances.finding import StanceFinder
from kg.facts.stances.places import find_stances

__all__ = ["StanceFinder", "find_stances"]
