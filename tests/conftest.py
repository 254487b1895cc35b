"""What the tests share: where the real text is, when it is there."""

import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent
_PLACES = [Path(p) for p in [os.environ.get("KG_SOURCE", "")] if p] or [_ROOT.parent / "shared" / "source" / "thesis.txt"]


@pytest.fixture(scope="session")
def thesis() -> Path:
    """The thesis as a text file; the test is skipped, and says so, where it is not at hand."""
    for path in _PLACES:
        if path.is_file():
            return path
    pytest.skip("the thesis is not at hand: set KG_SOURCE, or put it at ../shared/source/thesis.txt")
