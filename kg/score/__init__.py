"""Stage 9: coded tables against reference tables: how much of what was found is right, and how much was found.

    reference = read_reference(Path("my-coding"))
    score = compare(read_tables(Path("build/tables"), reference), reference)
    score.figures[0].f1                  # 0.81, of "stances, distinct"

    rows.py         a row of a table with its place; reading folders and graphs
    likeness.py     when two names, dates or places count as the same
    matching.py     a figure; how rows are matched one to one
    tables.py       what is counted in each of the seven tables
    listing.py      misses and extras by place
    calibration.py  of statements with confidence x or more, how many are right
    output.py       figures, listing and calibration as table, CSV, JSON

Before: `kg.tables`. Used by `kg score`.
"""

from kg.score.matching import Detail, Figure, Score
from kg.score.rows import Coded, read_coded, read_reference, read_tables, tables_of
from kg.score.tables import compare

__all__ = [
    "Coded",
    "Detail",
    "Figure",
    "Score",
    "compare",
    "read_coded",
    "read_reference",
    "read_tables",
    "tables_of",
]
