"""A clock that nobody waits for, and readers that live by it."""

from __future__ import annotations

import datetime as dt

import pytest

from nlp_rotation.acquire.sources import read_source
from nlp_rotation.acquire.web import Web
from nlp_rotation.config import Settings

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
def clock():
    return FakeClock()


@pytest.fixture
def local():
    """Settings that allow the servers of the tests."""
    return Settings(allow_private_hosts=True)


@pytest.fixture
def read(clock, local):
    """Read a source as a run does, by the clock of the test."""

    def read_all(source, settings=local, **options):
        with Web(settings, clock=options.pop("clock", clock), **options) as web:
            return list(read_source(str(source), web))

    return read_all
