import sys
from pathlib import Path

import pytest

from nlp_rotation.store.opening import open_store

# pytest's importlib mode leaves the folder of a test off the path: the record factories live here
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(params=["sqlite", "lake"])
def path(request, tmp_path):
    """Where a store of each back end goes: whatever uses this runs over both."""
    return tmp_path / ("rotation.db" if request.param == "sqlite" else "rotation.lake")


@pytest.fixture
def store(path):
    with open_store(path) as opened:
        yield opened
