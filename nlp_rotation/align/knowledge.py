"""When an article was certainly public, and which sessions it belongs to.

Two questions, two answers, never one column for both:

``known_session``   the first session whose close comes strictly after the article was certainly out: what
                    a decision at that close may use
``told_session``    the session that the article can speak of: the last that had opened when it appeared
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from nlp_rotation.align.sessions import Exchange
from nlp_rotation.timeline import as_utc
from nlp_rotation.types import Publication

#: A calendar day is over everywhere twelve hours after it ended in UTC (the zone UTC-12).
_DAY_IS_OVER = dt.timedelta(days=1, hours=12)
#: Instants that a nanosecond clock can hold; a stamp outside is no date of a news article.
_EARLIEST, _LATEST = dt.date(1800, 1, 1), dt.date(2200, 1, 1)


def knowable_at(published: Publication) -> pd.Timestamp:
    """Return the instant in UTC from which on the article was certainly public; NaT where none is certain.

    A stamp without a time of day counts as late as its day lasts anywhere; one without an upper bound of
    the day is never certain.

    >>> knowable_at(Publication(date=dt.date(2024, 7, 22)))
    Timestamp('2024-07-23 12:00:00+0000', tz='UTC')
    """
    day = published.at.date() if published.at else published.date or published.not_after
    if day is None or not _EARLIEST < day < _LATEST:
        return pd.NaT  # type: ignore[return-value]
    if published.at is not None:
        return pd.Timestamp(as_utc(published.at))
    return pd.Timestamp(dt.datetime.combine(day, dt.time(), dt.UTC) + _DAY_IS_OVER)


def known_sessions(instants: pd.Series, market: Exchange) -> pd.Series:
    """Return for each instant the first session whose close is strictly later; NaT for NaT.

    :param instants: aware, in UTC.
    """
    places = market.place_closing_after(pd.DatetimeIndex(instants))
    return _sessions_at(places, instants.notna().to_numpy(), market, instants.index)


def told_sessions(instants: pd.Series, days: pd.Series, market: Exchange) -> pd.Series:
    """Return the session that each article can speak of; NaT where neither instant nor day is known.

    :param instants: aware, in UTC; NaT where only the day is known.
    :param days: midnight of the day of publication, without a zone; NaT where unknown.
    """
    by_time = np.asarray(market.opens.searchsorted(pd.DatetimeIndex(instants).as_unit("ns"), side="left")) - 1
    by_day = np.asarray(market.days.searchsorted(pd.DatetimeIndex(days).as_unit("ns"), side="right")) - 1
    timed = instants.notna().to_numpy()
    known = timed | days.notna().to_numpy()
    return _sessions_at(np.where(timed, by_time, by_day), known, market, instants.index)


def _sessions_at(places: np.ndarray, known: np.ndarray, market: Exchange, index: pd.Index) -> pd.Series:
    inside = known & (places >= 0) & (places < len(market.days))
    found = market.days[np.clip(places, 0, len(market.days) - 1)]
    return pd.Series(found, index=index).where(inside)
