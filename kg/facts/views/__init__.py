"""Stage 5: which scholars, or the author, hold what of which subject.

    find_views(document, lexicon, find_citations(document, lexicon))
    "…安全機制是約束各國的規則。[3]"   -> View(authors=("李四",), kind="definition", footnote="2:3", ...)

rules.py      lexicon/views.toml, compiled
stretches.py  a paragraph, cut at its footnote marks
sources.py    a footnote -> the authors whom it cites
scholars.py   scholars, and groups of them, named in the text
kinds.py      a sentence -> kind and valence
subjects.py   what a view is about, in our own words
carriers.py   the clause that carries the view
own.py        what the author of the text holds
finding.py    all of them together: views
"""

from kg.facts.views.finding import ViewFinder, find_views

__all__ = ["ViewFinder", "find_views"]
