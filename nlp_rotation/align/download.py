"""Live prices by yfinance (extra ``market``), kept in a folder so that no day is fetched twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from nlp_rotation.align.prices import Prices, load_prices
from nlp_rotation.align.sessions import exchange_of
from nlp_rotation.errors import AlignError, PriceError
from nlp_rotation.timeline import as_utc

#: Takes a symbol and the first day wanted; returns bars with the heads of a Yahoo export.
Fetch = Callable[[str, dt.date], pd.DataFrame]

HEADS = ["Open", "High", "Low", "Close", "Adj Close", "Volume"]
#: Fetched again on every update: vendors correct the last days.
_OVERLAP = dt.timedelta(days=10)


def download_prices(
    symbols: Sequence[str],
    *,
    folder: Path,
    first: dt.date = dt.date(1990, 1, 1),
    now: dt.datetime | None = None,
    fetch: Fetch | None = None,
) -> Prices:
    """Bring ``folder`` up to date, a CSV a symbol, and load it.

    A symbol is asked for only where a session has closed since its file ends, and then from a few days
    before that end. Only whole sessions are kept: the bar of a session that had not closed by ``now`` is left
    out. Where the fetched days disagree with those in the folder (a split or dividend has been corrected for
    since), the whole history is fetched again, so that a file never holds two adjustments.

    :param now: when the prices are fetched; the clock, unless given.
    :raises PriceError: where nothing comes back for a symbol: a rate limit and an unknown symbol look alike.
    """
    fetch = fetch or _yfinance
    moment = as_utc(now or dt.datetime.now(dt.UTC))
    folder.mkdir(parents=True, exist_ok=True)
    for symbol in symbols:
        _update(symbol, folder / f"{symbol}.csv", first=first, now=moment, fetch=fetch)
    return load_prices(folder)


def _update(symbol: str, file: Path, *, first: dt.date, now: dt.datetime, fetch: Fetch) -> None:
    known = pd.read_csv(file, index_col="Date", parse_dates=True) if file.exists() else None
    if known is not None and known.index[-1] >= _last_closed(symbol, now):
        return
    start = first if known is None else known.index[-1].date() - _OVERLAP
    fresh = _whole(symbol, fetch(symbol, start), now)
    if known is not None and _agree(known, fresh):
        fresh = pd.concat([known[known.index < fresh.index[0]], fresh])
    elif known is not None:
        fresh = _whole(symbol, fetch(symbol, first), now)
    fresh.rename_axis("Date").to_csv(file)


def _last_closed(symbol: str, now: dt.datetime) -> pd.Timestamp:
    """Return the last session of the symbol's exchange that had closed by ``now``."""
    market = exchange_of(symbol)
    return market.days[int(market.closes.searchsorted(pd.Timestamp(now), side="right")) - 1]


def _whole(symbol: str, bars: pd.DataFrame, now: dt.datetime) -> pd.DataFrame:
    if bars.empty:
        hint = "wait for the rate limit to pass, or check the symbol"
        raise PriceError("the vendor returned nothing", where=symbol, hint=hint)
    days = pd.DatetimeIndex(bars.index)
    days = days.tz_localize(None) if days.tz is not None else days
    bars = bars.set_axis(days.normalize())[HEADS]
    market = exchange_of(symbol)
    closes = pd.Series(market.closes, index=market.days).reindex(bars.index)
    return bars[~(closes > pd.Timestamp(now)).to_numpy()]


def _agree(known: pd.DataFrame, fresh: pd.DataFrame) -> bool:
    both = known.index.intersection(fresh.index)
    if not len(both):
        return False
    gap = known.loc[both, ["Close", "Adj Close"]] / fresh.loc[both, ["Close", "Adj Close"]] - 1
    return bool((gap.abs() < 1e-4).all().all())


def _yfinance(symbol: str, first: dt.date) -> pd.DataFrame:
    try:
        import yfinance
    except ImportError:
        raise AlignError("live prices need yfinance", hint="pip install 'nlp-rotation[market]'") from None
    ticker: Any = yfinance.Ticker(symbol)
    try:
        bars: pd.DataFrame = ticker.history(start=first.isoformat(), auto_adjust=False)
    except Exception as error:  # the library raises its own errors, those of its transport, and bare ones
        reason = f"the vendor did not answer ({type(error).__name__})"
        raise PriceError(reason, where=symbol, hint="try again later, or give files instead") from error
    return bars
