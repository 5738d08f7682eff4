"""The command line, called in this process: as a user calls it, but without a new interpreter each time."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import dataclass

import pytest

from nlp_rotation.present.cli import main
from nlp_rotation.store.opening import open_store
from nlp_rotation.types import (
    Article,
    ArticleSentiment,
    Driver,
    Effect,
    Move,
    Publication,
    Record,
    Rotation,
    Sentence,
    Window,
)


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


# --- a store of ten articles, for questions -------------------------------------------------------

RUN = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
TEXT = "Small companies beat large ones by 4% because prices cooled. More of it may follow if rates fall."


def made(n: int) -> Record:
    """An article a day from 8 July 2024 on, at noon in New York."""
    at = dt.datetime(2024, 7, 8, 16, tzinfo=dt.UTC) + dt.timedelta(days=n)
    return Record(
        article=Article(
            id=f"a{n}",
            source_path=None,
            title=f"=Small <b>{n}</b>",
            source="Ledger",
            url=f"https://example.org/{n}",
            lang="en",
            published=Publication(at=at, date=at.date(), precision="minute", basis="header"),
            text=TEXT,
        ),
        sentences=(Sentence(start=0, end=60), Sentence(start=61, end=len(TEXT))),
        moves=(
            Move(
                start=32,
                end=37,
                text=TEXT[32:37],
                subject="IWM",
                subject_start=0,
                subject_end=15,
                pct=4.0,
                window=Window(text=None, start=dt.date(2024, 7, 10), end=dt.date(2024, 7, 11)),
            ),
        ),
        drivers=(
            Driver(
                start=46,
                end=59,
                text=TEXT[46:59],
                category="macro.inflation",
                effects=(Effect(on="IWM", direction="up"),),
                confidence=0.9,
                speaker="Ann Able",
            ),
            Driver(
                start=83,
                end=96,
                text=TEXT[83:96],
                category="monetary.rate_cut",
                effects=(Effect(on="^GSPC", direction="up"),),
                relation="condition",
                hedged=True,
                rank=2,
                confidence=0.8,
            ),
        ),
        rotations=(
            Rotation(
                start=0,
                end=59,
                text=TEXT[0:59],
                from_="group:large_caps",
                to="group:small_caps",
                drivers=(0,),
                moves=(0,),
            ),
        ),
        sentiment=ArticleSentiment(positive=0.6, neutral=0.3, negative=0.1, score=0.5, model="m"),
        versions={"program": "1"},
    )


@pytest.fixture(scope="session", params=["sqlite", "lake"])
def stored(request, tmp_path_factory):
    """The path of a store of either back end with ten articles."""
    path = tmp_path_factory.mktemp("stored") / ("news.db" if request.param == "sqlite" else "news.lake")
    with open_store(path) as store:
        store.add([made(n) for n in range(10)], extracted_at=RUN)
    return path
