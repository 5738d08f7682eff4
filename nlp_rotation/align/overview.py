"""Rotation at a glance: what the measures say on the last session of some prices, and their history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from nlp_rotation.align.measures import breadth
from nlp_rotation.align.measures.contribution import contributions
from nlp_rotation.align.measures.graph import rotation_graph
from nlp_rotation.align.measures.relative import (
    LEAST_HISTORY,
    extremeness,
    log_strength,
    month_runs,
    relative_return,
    strongest_in_years,
    trailing_percentile,
)
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import members_of, pair_of, pairs, series_of
from nlp_rotation.errors import AlignError

#: What members are held against: the market as a whole.
MARKET = "country:US"
_INSIDE = {
    "dispersion, 1 day": breadth.dispersion,
    "average correlation, 60 days": breadth.average_correlation,
    "share above 50-day mean": breadth.share_above_mean,
    "advances less declines": breadth.advance_decline,
    "rank turnover, 20 days": breadth.rank_turnover,
    "rotation intensity, 1 day": breadth.rotation_intensity,
}


def up_to(prices: Prices, day: dt.date | None) -> Prices:
    """Return the prices without anything after ``day``; all of them for None."""
    if day is None:
        return prices
    last = pd.Timestamp(day)
    bars = {name: bars.loc[:last] for name, bars in prices.bars.items() if bars.index[0] <= last}
    return Prices(bars=bars, notes=prices.notes, dialects=prices.dialects)


def priced_pairs(prices: Prices) -> list[str]:
    """Return the named pairs that have prices on both sides."""
    return [name for name in pairs() if _sides(prices, name) is not None]


def leads(
    prices: Prices, names: Sequence[str], *, days: Sequence[int], years: float | None = None
) -> pd.DataFrame:
    """Return the relative returns of pairs on their last common session.

    A row a pair and span: ``pair``, ``days``, ``session``, ``points``, ``percentile`` and ``since``, the
    first date of the history that the percentile counts; ``months``, the run of consecutive months as of
    that session; with ``years``, ``strongest``, whether the lead is the strongest in so many years.
    """
    return pd.DataFrame([row for name in names for row in _lead_rows(prices, name, days, years)])


def graph_now(prices: Prices, basket: str) -> pd.DataFrame:
    """Return where the members of a basket stand on the rotation graph; index ``symbol``."""
    closes = _members(prices, basket)
    graph = rotation_graph(closes, series_of(MARKET, prices)).dropna(subset=["momentum"])
    if graph.empty:
        return pd.DataFrame()
    return (
        graph.groupby(level="symbol").tail(1).reset_index("session").sort_values("strength", ascending=False)
    )


def inside_now(prices: Prices, basket: str) -> pd.DataFrame:
    """Return the measures inside a basket on its last session, each with its trailing percentile."""
    closes = _members(prices, basket)
    rows = []
    for name, measure in _INSIDE.items():
        values = measure(closes).dropna()
        if len(values) >= LEAST_HISTORY:
            rare = extremeness(values, values.index[-1].date())
            rows.append((name, rare.session, rare.value, rare.percentile, rare.since))
    return pd.DataFrame(rows, columns=["measure", "session", "value", "percentile", "since"])


def lifted_by(prices: Prices, weights: Mapping[str, float], *, days: int) -> pd.DataFrame:
    """Return what each member gave to the index's return over the last ``days`` sessions that all have.

    Index ``symbol``; the columns of :func:`nlp_rotation.align.measures.contribution.contributions`, and
    ``start`` and ``end`` (datetime64[ns]).
    """
    closes = prices.closes(list(weights)).dropna()
    if len(closes) <= days:
        raise AlignError(f"the members share {len(closes)} sessions, which is too few", where=f"{days} days")
    start, end = closes.index[-days - 1], closes.index[-1]
    table = contributions(closes, weights, start=start.date(), end=end.date())
    return table.assign(start=start, end=end)


def history(prices: Prices, names: Sequence[str], *, days: Sequence[int]) -> pd.DataFrame:
    """Return the whole history of pairs; index ``pair`` and ``session``.

    Columns, float64: ``log_strength``; for each span ``relative_{k}d`` and ``percentile_{k}d``;
    ``month_to_date``; and int64 ``run``.
    """
    if not names:
        raise AlignError("no pair has prices of both sides", hint="name one of yours")
    return pd.concat({name: _history(prices, name, days) for name in names}, names=["pair", "session"])


def _history(prices: Prices, name: str, days: Sequence[int]) -> pd.DataFrame:
    over, under = _both(prices, name)
    columns = {"log_strength": log_strength(over, under)}
    for span in days:
        values = relative_return(over, under, days=span)
        columns |= {f"relative_{span}d": values, f"percentile_{span}d": trailing_percentile(values)}
    return pd.DataFrame(columns).join(month_runs(over, under))


def _lead_rows(
    prices: Prices, name: str, days: Sequence[int], years: float | None
) -> list[dict[str, object]]:
    over, under = _both(prices, name)
    run = int(month_runs(over, under)["run"].iloc[-1])
    rows: list[dict[str, object]] = []
    for span in days:
        values = relative_return(over, under, days=span).dropna()
        if len(values) < LEAST_HISTORY:
            continue
        rare = extremeness(values, values.index[-1].date())
        row = {
            "pair": name,
            "days": span,
            "session": rare.session,
            "points": rare.value,
            "percentile": rare.percentile,
            "since": rare.since,
            "months": run,
        }
        if years is not None:
            row["strongest"] = strongest_in_years(values, rare.session, years=years)
        rows.append(row)
    return rows


def _both(prices: Prices, name: str) -> tuple[pd.Series, pd.Series]:
    over, under = (series_of(side, prices) for side in pair_of(name))
    if not len(over.dropna().index.intersection(under.dropna().index)):
        raise AlignError("the two sides share no sessions", where=name)
    return over, under


def _sides(prices: Prices, name: str) -> tuple[pd.Series, pd.Series] | None:
    try:
        return _both(prices, name)
    except AlignError:
        return None


def _members(prices: Prices, basket: str) -> pd.DataFrame:
    held = [member.symbol for member in members_of(basket) if member.symbol in prices]
    if len(held) < 2:
        raise AlignError(f"{len(held)} members have prices, which is too few", where=f"basket {basket}")
    return prices.closes(held)
