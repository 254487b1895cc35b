"""What the tests share: where the real text is, when it is there."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No test is timed: the machine may be busy. In CI the same examples are tried each time, so that a red run can be
# repeated; elsewhere new ones are.
settings.register_profile("kg", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("kg")

_ROOT = Path(__file__).parent.parent
_NAMED = os.environ.get("KG_SOURCE", "")
_PLACES = [Path(_NAMED) if _NAMED else _ROOT.parent / "shared" / "source" / "thesis.txt"]


@pytest.fixture(scope="session")
def thesis() -> Path:
    """The thesis as a text file; the test is skipped, and says so, where it is not at hand."""
    for path in _PLACES:
        if path.is_file():
            return path
    pytest.skip("the thesis is not at hand: set KG_SOURCE, or put it at ../shared/source/thesis.txt")
