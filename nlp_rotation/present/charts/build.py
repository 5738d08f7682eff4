"""One chart from a store and prices.

>>> shown = chart("IWM/SPY", store="rotation.db", prices="prices/")   # doctest: +SKIP
>>> shown.save("july.png")                                           # doctest: +SKIP
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from nlp_rotation.align.overview import priced_pairs
from nlp_rotation.align.prices import Prices, load_prices
from nlp_rotation.align.sessions import exchange
from nlp_rotation.align.targets import target_of
from nlp_rotation.present.charts import stories, tails
from nlp_rotation.present.charts.claims import claims_of
from nlp_rotation.present.charts.display import DisplayedChart
from nlp_rotation.present.charts.lines import closes_of, lines_of
from nlp_rotation.present.charts.model import Chart, CheckedClaim
from nlp_rotation.present.charts.quotes import read_quotes
from nlp_rotation.present.charts.telling import telling_rows
from nlp_rotation.store.opening import open_store
from nlp_rotation.store.rows import ArticleQuery, Query

if TYPE_CHECKING:
    from nlp_rotation.store.protocol import Store

#: Sessions of prices that are shown where no story and no date says which.
USUAL_SESSIONS = 250
#: Sessions of prices shown before the first story, so that the line has a beginning.
_LEAD = dt.timedelta(days=7)
#: Drivers whose words come with the chart, the most telling ones.
QUOTED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a chart is to show."""

    pair: str
    since: dt.date | None = None
    until: dt.date | None = None
    #: Only what was knowable then.
    as_of: dt.datetime | None = None

    @property
    def query(self) -> ArticleQuery:
        """The articles that the chart is about."""
        return ArticleQuery(since=self.since, until=self.until, as_of=self.as_of)


def chart(
    pair: str,
    *,
    store: str | Path | Store | None = None,
    prices: str | Path | Prices | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    as_of: dt.datetime | None = None,
) -> DisplayedChart:
    """Return the whole chart of ``pair``: lines, drivers, claims, and the words of the most telling ones.

    :param pair: ``IWM/SPY``, the name of a pair, or one symbol.
    :param store: a store or its path; None for a chart of prices alone.
    :param prices: prices or their path; None for a chart of stories alone.
    """
    ask = Ask(pair=pair, since=since, until=until, as_of=as_of)
    bars = load_prices(prices) if isinstance(prices, (str, Path)) else prices
    with _opened(store) as opened:
        shown = outline(ask, opened, bars)
        return completed(shown, ask, opened, bars)


def outline(ask: Ask, store: Store | None, prices: Prices | None) -> DisplayedChart:
    """Return a chart without claims and words: what a page draws first, however many drivers there are."""
    target = target_of(ask.pair)
    sides = [side for side in (target.over, target.under) if side]
    told = _told(ask, store, target.over, target.under)
    closes, notes = closes_of(prices, sides) if prices else ({}, [])
    axis = _axis(ask, told.days, closes)
    drawn, why_none = tails.tails_of(prices, sides, until=_last(axis)) if prices else ((), [])
    return DisplayedChart(
        pair=ask.pair,
        over=target.over,
        under=target.under,
        as_of=ask.as_of,
        sessions=tuple(axis.strftime("%Y-%m-%d")),
        lines=lines_of(closes, target.over, target.under, axis),
        categories=told.categories,
        sources=told.sources,
        drivers=stories.on_axis(told, axis),
        undated=told.undated,
        tails=drawn,
        notes=(*notes, *why_none),
        choices=tuple(priced_pairs(prices)) if prices else (),
    )


def completed(shown: DisplayedChart, ask: Ask, store: Store | None, prices: Prices | None) -> DisplayedChart:
    """Return the chart with its claims checked and the words of its most telling drivers."""
    if store is None:
        return shown
    rows = telling_rows(shown)[:QUOTED]
    keys = [(int(shown.drivers.edition[row]), int(shown.drivers.n[row])) for row in rows]
    quotes = read_quotes(store, keys)
    return replace(shown, quotes=quotes, claims=checked(shown, ask, store, prices))


def checked(shown: Chart, ask: Ask, store: Store, prices: Prices | None) -> tuple[CheckedClaim, ...]:
    """Return the claims about the sides of the chart; none without prices."""
    if prices is None:
        return ()
    subjects = frozenset(stories.side_signs(shown.over, shown.under))
    query = Query(since=ask.since, until=ask.until, as_of=ask.as_of)
    return claims_of(store, prices, query, subjects=subjects, sessions=shown.sessions)


@contextmanager
def _opened(store: str | Path | Store | None) -> Iterator[Store | None]:
    if isinstance(store, (str, Path)):
        with open_store(store, mode="read") as opened:
            yield opened
    else:
        yield store


def _told(ask: Ask, store: Store | None, over: str, under: str) -> stories.Told:
    if store is None:
        return stories.Told(drivers=stories.no_drivers(), days=pd.DatetimeIndex([]))
    return stories.told_of(store, ask.query, over=over, under=under)


def _axis(ask: Ask, told: pd.DatetimeIndex, closes: dict[str, pd.Series]) -> pd.DatetimeIndex:
    """Return every session to show: those of the exchange, and those that have a bar."""
    priced = pd.DatetimeIndex(sorted(set().union(*(close.index for close in closes.values()))))
    first, last = _bounds(ask, told, priced)
    if first is None or last is None:
        return pd.DatetimeIndex([])
    bars = priced[(priced >= first) & (priced <= last)]
    days = exchange().between(first.date(), last.date())
    return pd.DatetimeIndex(days.astype("datetime64[ns]").union(bars.astype("datetime64[ns]")))


def _bounds(
    ask: Ask, told: pd.DatetimeIndex, priced: pd.DatetimeIndex
) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    """Return the first and last day: as asked, else those of the stories, else the end of the prices."""
    first = _stamp(ask.since) if ask.since else None
    last = _stamp(ask.until) if ask.until else None
    if len(told):
        first = min(first or told[0] - _LEAD, told[0])
        last = max(last or told[-1], told[-1])
    elif len(priced):
        last = last or priced[-1]
        shown = priced[priced <= last]
        first = first or (shown[-USUAL_SESSIONS:][0] if len(shown) else last)
    return first, last


def _stamp(day: dt.date) -> pd.Timestamp:
    """Return midnight of ``day``, one that no session can reach as the end of what a clock can hold."""
    return pd.Timestamp(min(max(day, dt.date(1900, 1, 1)), dt.date(2200, 1, 1)))


def _last(axis: pd.DatetimeIndex) -> dt.date | None:
    return axis[-1].date() if len(axis) else None
