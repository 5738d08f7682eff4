"""The command line, called in this process: as a user calls it, but without a new interpreter each time."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from nlp_rotation.present.cli import main


@dataclass(frozen=True)
class Called:
    """What a command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def call(monkeypatch, capsys, tmp_path):
    """Run a command in an empty folder and return its exit status and output."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Called:
        monkeypatch.setattr(sys, "argv", ["nlp-rotation", *map(str, arguments)])
        try:
            main()
            status = 0
        except SystemExit as stop:
            status = stop.code or 0
        printed = capsys.readouterr()
        return Called(status, printed.out, printed.err)

    return run
