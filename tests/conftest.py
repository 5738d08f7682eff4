"""Fixtures for every test: where things are, and what is skipped where it is not there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


class FakeClock:
    """Stands still but for those who sleep; every reading may cost ``tick`` seconds."""

    def __init__(self, tick=0.0):
        self.seconds, self.tick, self.slept = 0.0, tick, []

    def now(self):
        return NOON + dt.timedelta(seconds=self.seconds)

    def monotonic(self):
        self.seconds += self.tick
        return self.seconds

    def sleep(self, seconds):
        if seconds > 0:
            self.slept.append(seconds)
            self.seconds += seconds


@pytest.fixture
def clock() -> FakeClock:
    """A clock that nobody waits for."""
    return FakeClock()


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
