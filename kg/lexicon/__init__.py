"""Stage 3: `lexicon/*.toml` -> `Lexicon`: who and what a text may name.

    lexicon = load_lexicon()
    lexicon.actor("USA-OBAMA").state      # "USA"
    lexicon.agreement("npt").en           # "Treaty on the Non-Proliferation of Nuclear Weapons"

The files are for political scientists to edit; every entry carries examples
that `tests/test_lexicon.py` runs. `kg.mentions` finds the names in a text.

    model.py    what an entry is
    forms.py    the written form in which names and texts are compared
    reading.py  TOML -> entries, every mistake told with file and entry
    spans.py    stretches of a text, such as web addresses
    own.py      a user's own file: issues and rules, kept for `kg.facts`
    names.py    entries -> index of names, no name for two things
"""

from kg.lexicon.forms import Squeezed, squeeze
from kg.lexicon.model import Actor, AgreementEntry, Example, InstitutionEntry, Lexicon, Name, PlaceEntry, ShortForms
from kg.lexicon.own import IssueEntry, OwnFile
from kg.lexicon.reading import load_lexicon

__all__ = [
    "Actor",
    "AgreementEntry",
    "Example",
    "InstitutionEntry",
    "IssueEntry",
    "Lexicon",
    "Name",
    "OwnFile",
    "PlaceEntry",
    "ShortForms",
    "Squeezed",
    "load_lexicon",
    "squeeze",
]
