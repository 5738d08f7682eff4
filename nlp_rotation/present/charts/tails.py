"""Tails on the rotation graph: whence and whither the sectors, and the sides of the pair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from nlp_rotation.align.measures.graph import track
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import members_of, proxies_of, series_of
from nlp_rotation.errors import AlignError
from nlp_rotation.present.charts.model import Tail, TailPoint, side_name

#: What everything is held against: the market as a whole.
BENCHMARK = "country:US"
#: Points of a tail, and the sessions from one to the next: eight weeks.
POINTS, STEP = 8, 5
#: Sessions behind the first point of a graph with the usual spans.
WARM_UP = 253


def tails_of(
    prices: Prices, sides: Sequence[str], *, until: dt.date | None
) -> tuple[tuple[Tail, ...], list[str]]:
    """Return the tails that the prices allow, the sides first, and a note where there are none."""
    try:
        benchmark = _up_to(series_of(BENCHMARK, prices), until)
    except AlignError:
        return (), ["No rotation graph: the prices have nothing for the market as a whole (SPY, ^GSPC)."]
    drawn = {}
    market = {BENCHMARK, *(proxy.symbol for proxy in proxies_of(BENCHMARK))}
    # What stands for the market lies at the centre by definition: its tail would be noise.
    for name in dict.fromkeys(name for name in [*sides, *_sectors(prices)] if name not in market):
        if tail := _tail(name, prices, benchmark, until, side=name in sides):
            drawn[name] = tail
    if drawn:
        return tuple(drawn.values()), []
    return (), [f"No rotation graph: it needs {WARM_UP} sessions before its first point."]


def _sectors(prices: Prices) -> list[str]:
    return [member.symbol for member in members_of("sectors") if member.symbol in prices]


def _tail(
    name: str, prices: Prices, benchmark: pd.Series, until: dt.date | None, *, side: bool
) -> Tail | None:
    try:
        close = _up_to(series_of(name, prices), until).dropna()
    except AlignError:
        return None
    graph = track(close, benchmark).dropna(subset=["strength", "momentum"])
    if graph.empty:
        return None
    recent = graph.iloc[::-1].iloc[::STEP].head(POINTS).iloc[::-1]
    points = tuple(
        TailPoint(session=day.date(), strength=round(strength, 3), momentum=round(momentum, 3))
        for day, strength, momentum in zip(recent.index, recent["strength"], recent["momentum"], strict=True)
    )
    return Tail(symbol=side_name(name), quadrant=str(recent["quadrant"].iloc[-1]), side=side, points=points)


def _up_to(close: pd.Series, until: dt.date | None) -> pd.Series:
    """Return the end of a series, as far back as the graph looks: the rest would only cost time."""
    known = close.dropna() if until is None else close.loc[: pd.Timestamp(until)].dropna()
    return known.iloc[-(WARM_UP + (POINTS + 1) * STEP * 2) :]
