"""What prices show of one side against another over some days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from nlp_rotation.align.measures.relative import extremeness, relative_return
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import series_of
from nlp_rotation.align.sessions import exchange
from nlp_rotation.errors import AlignError


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The relative return of two sides, and how rare it is."""

    #: The sessions from whose close to whose close it runs, and their number.
    first: dt.date
    last: dt.date
    days: int
    #: Return of ``over`` less that of ``under``, in percentage points.
    points: float
    #: Share of all windows of this length up to then that were not larger, since ``history``.
    percentile: float
    history: dt.date


def lead_of(
    over: str, under: str, *, since: dt.date, until: dt.date, as_of: dt.datetime | None, prices: Prices
) -> Lead:
    """Return the lead from the close before ``since`` to the last close by ``until``.

    :param as_of: only bars that had closed strictly before.
    :raises AlignError: where the prices do not reach, or have too short a history.
    """
    closes = [series_of(side, prices) for side in (over, under)]
    both = pd.concat(closes, axis=1, sort=True, keys=["over", "under"]).dropna()
    both = both.loc[: _last_day(until, as_of)]
    start = int(both.index.searchsorted(pd.Timestamp(since))) - 1
    days = len(both) - 1 - start
    if start < 0 or days < 1:
        raise AlignError("the prices do not reach over these days", where=f"{since} to {until}")
    values = relative_return(both["over"], both["under"], days=days)
    rare = extremeness(values, both.index[-1].date())
    return Lead(
        first=both.index[start].date(),
        last=rare.session,
        days=days,
        points=round(rare.value, 4),
        percentile=round(rare.percentile, 6),
        history=rare.since,
    )


def _last_day(until: dt.date, as_of: dt.datetime | None) -> pd.Timestamp:
    last = pd.Timestamp(until)
    if as_of is None:
        return last
    market = exchange()
    closed = int(market.closes.searchsorted(pd.Timestamp(as_of), side="left"))
    return min(last, market.days[closed - 1]) if closed else pd.Timestamp.min
