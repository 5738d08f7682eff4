"""Sessions of the exchanges: which days a thing was traded on.

``exchange_calendars`` takes seconds to import, so it is imported when the first date is needed and
asked once for each exchange.
"""

from __future__ import annotations

import datetime as dt
import tomllib
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nlp_rotation.config import TABLES

#: Where the calendars are asked to begin; the first that one can answer counts.
_FIRST_YEARS = (1996, 1997, 2003, 2012, 2021)
#: No exchange closes for longer around the turn of a year.
_LONGEST_BREAK = 14


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of the exchange with code ``code``."""

    code: str

    def last(self, day: dt.date) -> dt.date:
        """The last session on or before ``day``."""
        days = _days(self.code, day.year)
        return dt.date.fromordinal(days[bisect_right(days, day.toordinal()) - 1])

    def before(self, day: dt.date, count: int = 1) -> dt.date:
        """The session ``count`` sessions before ``day``, at most a year back."""
        days = _days(self.code, day.year)
        return dt.date.fromordinal(days[max(0, bisect_left(days, day.toordinal()) - count)])

    def after(self, day: dt.date) -> dt.date:
        """The session after ``day``."""
        days = _days(self.code, (day + dt.timedelta(days=12)).year)
        return dt.date.fromordinal(days[bisect_right(days, day.toordinal())])

    def holds(self, day: dt.date) -> bool:
        """Tell whether ``day`` was a session."""
        return self.last(day) == day


@lru_cache(maxsize=1)
def window_table() -> Mapping[str, Any]:
    """The table as written."""
    return tomllib.loads((TABLES / "windows.toml").read_text("utf-8"))


def calendar_of(subject: str) -> str:
    """Return the code of the exchange whose sessions count for ``subject``.

    >>> calendar_of("0700.HK"), calendar_of("^FTSE"), calendar_of("NVDA"), calendar_of("commodity:oil")
    ('XHKG', 'XLON', 'XNYS', 'XNYS')
    """
    table = window_table()["calendars"]
    if subject in table["symbol"]:
        return str(table["symbol"][subject])
    kind, colon, _ = subject.partition(":")
    if colon and kind in table["prefix"]:
        return str(table["prefix"][kind])
    suffix = subject.rpartition(".")[2] if "." in subject and ":" not in subject else ""
    return str(table["suffix"].get(suffix, table["default"]))


@lru_cache(maxsize=512)
def _days(code: str, year: int) -> Sequence[int]:
    """The sessions of ``year`` and of the year before it, as ordinal days in order.

    Where a calendar does not reach, the days of the working week stand in.
    """
    start, end = dt.date(year - 1, 1, 1), dt.date(year, 12, 31)
    known = () if code == window_table()["calendars"]["always_open"] else _history(code)
    within = known[bisect_left(known, start.toordinal()) : bisect_right(known, end.toordinal())]
    complete = (
        within
        and known[0] <= start.toordinal() + _LONGEST_BREAK
        and known[-1] >= end.toordinal() - _LONGEST_BREAK
    )
    return within if complete else _working_days(code, start, end)


@lru_cache(maxsize=64)
def _history(code: str) -> Sequence[int]:
    """All sessions of the exchange, as far back as its calendar goes."""
    import exchange_calendars

    for first in _FIRST_YEARS:
        try:
            with warnings.catch_warnings():
                # The library calls what newer versions of pandas will drop; no concern of our users.
                warnings.simplefilter("ignore")
                calendar = exchange_calendars.get_calendar(code, start=f"{first}-01-01")
        except (ValueError, exchange_calendars.errors.CalendarError):
            continue
        return tuple(stamp.date().toordinal() for stamp in calendar.sessions)
    return ()


def _working_days(code: str, start: dt.date, end: dt.date) -> Sequence[int]:
    week = window_table()["calendars"]["working_week"].get(code, [0, 1, 2, 3, 4])
    days = range(start.toordinal(), end.toordinal() + 1)
    return tuple(day for day in days if (day - 1) % 7 in week)
