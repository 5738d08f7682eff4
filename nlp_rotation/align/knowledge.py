"""Which sessions an article belongs to, by the instant from which on it was certainly public.

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
from nlp_rotation.types import Publication

#: What a nanosecond clock can hold; a stamp outside is no date of a news article.
_EARLIEST, _LATEST = dt.date(1800, 1, 1), dt.date(2200, 1, 1)


def within_reach(published: Publication) -> Publication:
    """Return ``published``, or one of which nothing is known where its day is none that pandas can hold."""
    day = published.at.date() if published.at else published.date or published.not_after
    return published if day is None or _EARLIEST < day < _LATEST else Publication()


def known_sessions(instants: pd.Series, market: Exchange) -> pd.Series:
    """Return for each instant the first session whose close is strictly later; NaT for NaT.

    :param instants: aware, in UTC.
    """
    places = market.place_closing_after(pd.DatetimeIndex(instants))
    return _sessions_at(places, instants.notna().to_numpy(), market, instants.index)


def told_sessions(instants: pd.Series, days: pd.Series, market: Exchange) -> pd.Series:
    """Return the session that each article can speak of; NaT where neither instant nor day is known.

    Nor is it known past the end of the calendar, where the last session would stand for all that follow.

    :param instants: aware, in UTC; NaT where only the day is known.
    :param days: midnight of the day of publication, without a zone; NaT where unknown.
    """
    by_time = np.asarray(market.opens.searchsorted(pd.DatetimeIndex(instants).as_unit("us"), side="left")) - 1
    by_day = np.asarray(market.days.searchsorted(pd.DatetimeIndex(days).as_unit("ns"), side="right")) - 1
    timed = instants.notna().to_numpy()
    end = pd.Timestamp(market.last)
    ahead = (instants.dt.tz_localize(None) > end) | (days > end)
    known = (timed | days.notna().to_numpy()) & ~ahead.to_numpy()
    return _sessions_at(np.where(timed, by_time, by_day), known, market, instants.index)


def _sessions_at(places: np.ndarray, known: np.ndarray, market: Exchange, index: pd.Index) -> pd.Series:
    inside = known & (places >= 0) & (places < len(market.days))
    found = market.days[np.clip(places, 0, len(market.days) - 1)]
    return pd.Series(found, index=index).where(inside)
