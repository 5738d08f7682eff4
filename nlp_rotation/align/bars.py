"""The bars of one symbol, cleaned: what cannot be a price goes, and everything done to them is told.

A frame of bars has the sessions as its index (``datetime64[ns]``, no zone, ascending, no repeats, named
``session``) and the columns

=============================  =====================================================================
open, high, low, close         float64, in the currency of the quotation, corrected for splits
adj_close                      float64, corrected for dividends too; NaN where the file has none
volume                         float64
basis                          str: what ``close`` is corrected for (``all``, ``split``, ``index``, ...)
=============================  =====================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from nlp_rotation.align.dialects.columns import PRICES, Basis, basis_of, reuse_of
from nlp_rotation.align.sessions import Exchange

if TYPE_CHECKING:
    from numpy.typing import NDArray

Trouble = Literal[
    "adjustment", "bad price", "closed day", "dates", "duplicate", "hole", "inconsistent bar",
    "missing value", "order", "partial bar", "reused symbol",
]  # fmt: skip

COLUMNS = (*PRICES, "volume", "basis")
#: A hole of more sessions than this is told with its dates; fewer are counted.
_LONG_HOLE = 5
#: Rounding of vendors: highs and lows may miss the close by this part of it.
_SLACK = 1e-4
#: One-day ratios of splits; a close that jumps by one of them, with nothing before or after, is uncorrected.
_SPLITS = (2, 3, 4, 5, 10, 20, 1 / 5, 1 / 10, 1 / 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that was found wrong, or decided, while prices were read."""

    symbol: str
    trouble: Trouble
    text: str

    def __str__(self) -> str:
        return f"{self.symbol}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """Bars of one symbol with the notes on them."""

    bars: pd.DataFrame
    notes: tuple[Note, ...]


def clean(raw: pd.DataFrame, *, symbol: str, basis: Basis, market: Exchange) -> Cleaned:
    """Clean the bars of one symbol.

    :param raw: a row a bar in the order of the file: ``session``, where known ``stamp`` and ``basis``, and
        any of the price columns as float64.
    """
    notes: list[Note] = []

    def note(trouble: Trouble, text: str) -> None:
        notes.append(Note(symbol=symbol, trouble=trouble, text=text))

    bars = raw.assign(**{name: np.nan for name in (*PRICES, "volume") if name not in raw})
    bars = bars.assign(basis=_bases(bars, symbol, basis))
    steps = (_ordered, _whole, _single, _possible, _consistent, _on_sessions)
    for step in steps:
        bars, found = step(bars, market)
        for trouble, text in found:
            note(trouble, text)
    bars = _split_adjusted(bars).set_index("session")
    for trouble, text in (*_holes(bars, market), *_adjustment(bars), *_reuse(bars, symbol)):
        note(trouble, text)
    return Cleaned(bars=_typed(bars), notes=tuple(notes))


def _bases(bars: pd.DataFrame, symbol: str, basis: Basis) -> pd.Series | str:
    if symbol.startswith(("^", "INDEX:", "MSCI:")):  # an index pays nothing and does not split
        return "index"
    if "basis" not in bars:
        return basis
    return bars["basis"].map({name: basis_of(name) for name in bars["basis"].unique()})


Found = list[tuple[Trouble, str]]
Step = tuple[pd.DataFrame, Found]


def _ordered(bars: pd.DataFrame, market: Exchange) -> Step:
    days = bars["session"]
    if days.is_monotonic_increasing:
        return bars, []
    text = (
        "bars run backwards: turned round"
        if days.is_monotonic_decreasing
        else "bars are out of order: sorted"
    )
    return bars.sort_values("session", kind="stable", ignore_index=True), [("order", text)]


def _whole(bars: pd.DataFrame, market: Exchange) -> Step:
    """Drop a last bar that was taken before its session closed."""
    stamps = bars.get("stamp")
    if stamps is None or stamps.isna().all() or len(bars) < 3:
        return bars, []
    stamps = stamps.dt.tz_localize("UTC") if stamps.dt.tz is None else stamps
    place = market.days.get_indexer(pd.DatetimeIndex(bars["session"]))
    known = place >= 0
    at_open = known & (stamps.to_numpy() == market.opens[place].to_numpy())
    if at_open[:-1].mean() < 0.5 or at_open[-1] or not known[-1]:
        return bars, []
    last, close = stamps.iloc[-1], market.closes[place[-1]]
    when = f"{last:%Y-%m-%d %H:%M:%S} UTC"
    if last >= close:
        return bars, [("partial bar", f"the last bar is stamped {when}, after the close: kept")]
    return bars.iloc[:-1], [("partial bar", f"the last bar was taken at {when}, before the close: left out")]


def _single(bars: pd.DataFrame, market: Exchange) -> Step:
    again = bars.duplicated("session", keep=False)
    if not again.any():
        return bars, []
    alike = bars[again].drop(columns="stamp", errors="ignore").drop_duplicates()
    differ = alike.duplicated("session", keep=False).any()
    days = bars.loc[again, "session"].nunique()
    first = bars.loc[again, "session"].iloc[0].date()
    text = f"{_count(days, 'day')} with several bars, the first {first}"
    text += ": they differ, the last of each is kept" if differ else ": they are alike, one of each is kept"
    return bars.drop_duplicates("session", keep="last", ignore_index=True), [("duplicate", text)]


def _possible(bars: pd.DataFrame, market: Exchange) -> Step:
    """Drop bars with a price that cannot be, and those without any closing price."""
    prices = bars[list(PRICES)].to_numpy()
    infinite, lacking = np.isinf(prices), np.isnan(bars[["close", "adj_close"]].to_numpy()).all(axis=1)
    faults: tuple[tuple[Trouble, str, NDArray[np.bool_]], ...] = (
        ("bad price", "with a price that is zero", (prices == 0).any(axis=1)),
        ("bad price", "with a price that is negative", ((prices < 0) & ~infinite).any(axis=1)),
        ("bad price", "with a price that is infinite", infinite.any(axis=1)),
        ("missing value", "without a close", lacking),
    )
    found: Found = [
        (
            trouble,
            f"{_bars(bars, hit)} {what}: left out",
        )
        for trouble, what, hit in faults
        if hit.any()
    ]
    wrong = np.logical_or.reduce([hit for _, _, hit in faults])
    return bars[~wrong].reset_index(drop=True), found


def _consistent(bars: pd.DataFrame, market: Exchange) -> Step:
    """Blank the high and low of bars whose close lies outside of them."""
    slack = bars["close"].abs() * _SLACK
    outside = (bars["close"] > bars["high"] + slack) | (bars["close"] < bars["low"] - slack)
    if not outside.any():
        return bars, []
    blanked = bars.assign(high=bars["high"].mask(outside), low=bars["low"].mask(outside))
    text = f"{_bars(bars, outside.to_numpy())} closing outside high and low: these are not used"
    return blanked, [("inconsistent bar", text)]


def _on_sessions(bars: pd.DataFrame, market: Exchange) -> Step:
    days = pd.DatetimeIndex(bars["session"])
    closed = (days >= market.days[0]) & (days <= market.days[-1]) & ~days.isin(market.days)
    if not closed.any():
        return bars, []
    text = f"{_bars(bars, closed)} on a day when {market.name} is closed: left out"
    return bars[~closed].reset_index(drop=True), [("closed day", text)]


def _split_adjusted(bars: pd.DataFrame) -> pd.DataFrame:
    """Correct raw prices by the splits that the file states: divide by the product of all later ones."""
    if "split" not in bars:
        return bars
    factors = bars["split"].fillna(1.0).replace(0.0, 1.0)
    later = factors[::-1].cumprod()[::-1].shift(-1, fill_value=1.0)
    corrected = {name: bars[name] / later for name in ("open", "high", "low", "close")}
    return bars.assign(**corrected, volume=bars["volume"] * later, basis="split")


def _holes(bars: pd.DataFrame, market: Exchange) -> Found:
    if len(bars) < 2:
        return []
    wanted = market.between(max(bars.index[0], market.days[0]).date(), bars.index[-1].date())
    missing = wanted[~wanted.isin(bars.index)]
    if not len(missing):
        return []
    places = wanted.get_indexer(missing)
    runs = np.split(missing, np.flatnonzero(np.diff(places) > 1) + 1)
    long = [run for run in runs if len(run) > _LONG_HOLE]
    found: Found = [
        ("hole", f"no bars from {run[0]:%Y-%m-%d} to {run[-1]:%Y-%m-%d} ({len(run)} sessions)")
        for run in long
    ]
    if scattered := len(missing) - sum(map(len, long)):
        found.append(
            ("hole", f"{_count(scattered, 'session')} without a bar, the first {missing[0]:%Y-%m-%d}")
        )
    return found


def _adjustment(bars: pd.DataFrame) -> Found:
    """Tell where what ``close`` is corrected for changes, and where it jumps like an uncorrected split."""
    basis = bars["basis"].astype("str").to_numpy()
    found: Found = [
        ("adjustment", f"the adjustment of the close changes on {bars.index[place]:%Y-%m-%d} "
                       f"({basis[place - 1]} to {basis[place]})")
        for place in (np.flatnonzero(basis[1:] != basis[:-1]) + 1).tolist()
    ]  # fmt: skip
    near = np.diff(bars.index) <= np.timedelta64(5, "D")
    step, adjusted = (
        bars[name].to_numpy()[1:] / bars[name].to_numpy()[:-1] for name in ("close", "adj_close")
    )
    apart = np.abs(np.nan_to_num(adjusted, nan=step) - step) > 0.2
    for ratio in _SPLITS:
        jumps = (np.flatnonzero(near & apart & (np.abs(step * ratio - 1) < 0.05)) + 1).tolist()
        size = f"{max(ratio, 1 / ratio):g}"
        found += [
            (
                "adjustment",
                f"the close of {bars.index[place]:%Y-%m-%d} is not corrected for a split of {size}",
            )
            for place in jumps
        ]
    return found


def _reuse(bars: pd.DataFrame, symbol: str) -> Found:
    reuse = reuse_of(symbol)
    if reuse is None or bars.empty or bars.index[-1].date() < reuse.until:
        return []
    return [("reused symbol", f"bars from {reuse.until} on are not those of {reuse.was} but of {reuse.now}")]


def _typed(bars: pd.DataFrame) -> pd.DataFrame:
    bars = bars[list(COLUMNS)].astype(dict.fromkeys((*PRICES, "volume"), "float64") | {"basis": "str"})
    bars.index = pd.DatetimeIndex(bars.index, name="session").as_unit("ns")
    return bars


def _bars(bars: pd.DataFrame, hit: NDArray[np.bool_]) -> str:
    """Return how many bars are hit and which is the first."""
    return f"{_count(int(hit.sum()), 'bar')} (the first of {bars['session'][hit].iloc[0]:%Y-%m-%d})"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
