"""What prices say over a window, in every way in which the words of a move allow it to be measured."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import Quote, proxies_of, quotes, why_none
from nlp_rotation.align.sessions import exchange_of
from nlp_rotation.align.tolerance import readings
from nlp_rotation.types import Move, Window

#: Readings that measure from or to something else than a close.
_WAYS = {"from_high", "from_low", "to_open"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpriced:
    """A window that prices do not answer for, and why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A window with a series that has a close on both of its ends."""

    quote: Quote
    start: pd.Timestamp
    end: pd.Timestamp

    @property
    def bases(self) -> frozenset[str]:
        """What the closes inside the window are corrected for; empty for a basket."""
        if self.quote.bars is None or len(self.quote.bases) == 1:
            return self.quote.bases
        basis = self.quote.bars["basis"]
        first, last = basis.index.get_indexer(pd.DatetimeIndex([self.start, self.end]))
        return frozenset(basis.iloc[first : last + 1].unique())

    @property
    def years(self) -> float:
        """Length of the window in years."""
        return (self.end - self.start).days / 365.25


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to measure a move and what it gives."""

    #: ``close to close``, ``from the high of the first day``, ...
    how: str
    #: In percent.
    pct: float


def priced_window(subject: str, window: Window, prices: Prices) -> Priced | Unpriced:
    """Return the first series that answers for ``subject`` on both ends of ``window``.

    A day on which the exchange is closed stands for the session before it.
    """
    if window.start is None or window.end is None:
        return Unpriced(reason=f"the window has no {'first' if window.start is None else 'last'} day")
    if window.start >= window.end:
        return Unpriced(reason=f"the window ends on {window.end}, before it has begun")
    reasons = []
    for proxy, quote in quotes(subject, prices):
        if not proxy.serves(window.start, window.end):
            reasons.append(f"{proxy.symbol} stands in {proxy.term} only")
            continue
        ends = [_bar_on(day, quote) for day in (window.start, window.end)]
        lacking = [end for end in ends if isinstance(end, Unpriced)]
        if not lacking:
            start, end = (end for end in ends if isinstance(end, pd.Timestamp))
            return Priced(quote=quote, start=start, end=end)
        reasons.append(lacking[0].reason)
    return Unpriced(reason=reasons[0] if reasons else _no_series(subject))


def _no_series(subject: str) -> str:
    if reason := why_none(subject):
        return reason
    wanted = [proxy.symbol for proxy in proxies_of(subject)]
    return f"no prices of {' or '.join(wanted[:3])}"


def _bar_on(day: dt.date, quote: Quote) -> pd.Timestamp | Unpriced:
    market = exchange_of(quote.symbol)
    # Where the calendar does not reach, a bar on the very day shows that it was a session.
    session = pd.Timestamp(market.on_or_before(day) if market.knows(day) else day)
    if session in quote.close.index and not math.isnan(_price(quote.close, session)):
        return session
    closes = quote.close.dropna()
    if closes.empty or session < closes.index[0]:
        since = f"begin on {closes.index[0]:%Y-%m-%d}" if len(closes) else "are missing"
        return Unpriced(reason=f"the prices of {quote.symbol} {since}")
    if session > closes.index[-1]:
        return Unpriced(reason=f"the prices of {quote.symbol} end on {closes.index[-1]:%Y-%m-%d}")
    return Unpriced(reason=f"the prices of {quote.symbol} have no bar on {session:%Y-%m-%d}")


def close_to_close(priced: Priced) -> float:
    """Return the change in percent from the close of the first session to that of the last."""
    close = priced.quote.close
    return (_price(close, priced.end) / _price(close, priced.start) - 1) * 100


def _price(series: pd.Series, day: pd.Timestamp) -> float:
    found: Any = series.at[day]
    return float(found)


def measured(move: Move, priced: Priced) -> tuple[Measured, ...]:
    """Return what prices say in every way that the words of the move allow; the plain one first."""
    plain = Measured("close to close", close_to_close(priced))
    bars = priced.quote.bars
    if bars is None:
        return (plain,)
    if move.intraday:
        return _extreme(move, priced, bars)
    said = said_of(move)
    if not said & _WAYS:
        return (plain,)
    start, end = (_price(priced.quote.close, day) for day in (priced.start, priced.end))
    ways = {
        "from_high": ("from the high of the first day", end / _price(bars["high"], priced.start)),
        "from_low": ("from the low of the first day", end / _price(bars["low"], priced.start)),
        "to_open": ("to the open of the last day", _price(bars["open"], priced.end) / start),
    }
    others = (Measured(how, (ratio - 1) * 100) for name, (how, ratio) in ways.items() if name in said)
    return (plain, *(way for way in others if not pd.isna(way.pct)))


def said_of(move: Move) -> frozenset[str]:
    """Return the readings that the words of a move and of its window allow."""
    return readings(f"{(move.window.text if move.window else None) or ''} {move.text}")


def _extreme(move: Move, priced: Priced, bars: pd.DataFrame) -> tuple[Measured, ...]:
    """Measure an intraday extreme: the lowest low, or highest high, after the first close."""
    name, best = ("low", "min") if move.pct < 0 else ("high", "max")
    after = bars.loc[(bars.index > priced.start) & (bars.index <= priced.end), name]
    reached = after.agg(best)
    if pd.isna(reached):
        return ()
    pct = float((reached / priced.quote.close.loc[priced.start] - 1) * 100)
    return (Measured(f"close to the {name} of the days after", pct),)
