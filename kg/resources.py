"""Where the files that are no code lie: ontology, lexicon, shapes, queries, data.

A wheel carries them inside the package (`kg/_files/`); a checkout has them at
its top. Either way `kg` finds them from any folder.
"""

from pathlib import Path

_PACKED = Path(__file__).parent / "_files"
ROOT = _PACKED if _PACKED.is_dir() else Path(__file__).parent.parent

ONTOLOGY = ROOT / "ontology"
LEXICON = ROOT / "lexicon"
SHAPES = ROOT / "shapes"
QUERIES = ROOT / "queries"
DATA = ROOT / "data"
RELEASED_GRAPH = DATA / "six-party-kg.trig"
