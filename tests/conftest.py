"""Fixtures for every test: where things are, and what is skipped where it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the checkout."""
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    missing = pytest.mark.skip(reason="the reference material is not beside this checkout")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(missing)
