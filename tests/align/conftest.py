"""Invented prices and records that several tests of this stage share."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.prices import Prices, load_prices, prices_from_frame
from nlp_rotation.align.sessions import exchange
from nlp_rotation.types import (
    Article,
    Driver,
    Effect,
    Mention,
    Move,
    Probabilities,
    Publication,
    Record,
    Window,
)


def sessions(first: str, count: int) -> pd.DatetimeIndex:
    days = exchange().days
    start = days.searchsorted(pd.Timestamp(first))
    return days[start : start + count]


def walk(symbols: list[str], count: int = 300, *, seed: int = 1, first: str = "2020-01-02") -> pd.DataFrame:
    steps = np.random.default_rng(seed).normal(0.0003, 0.012, size=(count, len(symbols)))
    return pd.DataFrame(100 * np.exp(steps.cumsum(axis=0)), index=sessions(first, count), columns=symbols)


def long_of(closes: pd.DataFrame) -> pd.DataFrame:
    """Bars with a high 1 % above and a low 1 % below the close."""
    tall = (
        closes.rename_axis("date").reset_index().melt("date", var_name="symbol", value_name="close").dropna()
    )
    return tall.assign(open=tall["close"], high=tall["close"] * 1.01, low=tall["close"] * 0.99, volume=1.0)


@pytest.fixture
def made():
    """Return prices from a frame of closes."""

    def make(closes: pd.DataFrame) -> Prices:
        return prices_from_frame(long_of(closes))

    return make


@pytest.fixture(scope="session")
def real(shared):
    """Return the real daily bars beside the checkout."""
    return load_prices(shared / "prices" / "daily.parquet")


@pytest.fixture
def move():
    """Return a move of one subject over a window, its text being its figure."""

    def make(
        text: str, pct: float, start: str | None, end: str | None, *, subject: str = "AAA", **more
    ) -> Move:
        days = [dt.date.fromisoformat(day) if day else None for day in (start, end)]
        window = Window(text=more.pop("window_text", None), start=days[0], end=days[1])
        fields = {"start": 0, "end": len(text), "subject_start": 0, "subject_end": 0, "window": window} | more
        return Move(text=text, subject=subject, pct=pct, **fields)

    return make


@pytest.fixture
def record():
    """Return a record of one driver that moves one leg."""

    def make(
        name: str,
        at: str,
        *,
        leg: str = "AAA",
        category: str = "macro.inflation",
        direction: str = "up",
        score: float = 0.0,
        **fields,
    ) -> Record:
        moment = dt.datetime.fromisoformat(at)
        timed = moment.tzinfo is not None
        published = Publication(at=moment) if timed else Publication(date=moment.date())
        mood = Probabilities(positive=0.5 + score / 2, neutral=0.0, negative=0.5 - score / 2)
        mention = Mention(
            start=0, end=1, text="A", symbol=leg, kind="equity", rule="t", confidence=1.0, sentiment=mood
        )
        relation = fields.pop("relation", "explains")
        driver = Driver(
            start=0,
            end=1,
            text="x",
            category=category,
            effects=(Effect(on=leg, direction=direction),),
            relation=relation,
            **fields,
        )
        article = Article(id=name, source_path=None, source="Outlet", published=published, text="A text.")
        return Record(article=article, mentions=(mention,), drivers=(driver,), versions={"program": "1"})

    return make
