"""Sources read as a run reads them, by a clock that nobody waits for."""

from __future__ import annotations

import pytest

from nlp_rotation.acquire.sources import read_source
from nlp_rotation.acquire.web import Web
from nlp_rotation.config import Settings


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
