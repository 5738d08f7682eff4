"""Trading sessions as pandas counts them: when each day of an exchange opens and closes.

A *session* is a calendar day as a midnight ``datetime64[ns]`` without a zone; an *instant* is always
aware and in UTC. The two are never mixed: days label bars, instants order knowledge.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from nlp_rotation.calendars.exchanges import NEW_YORK, calendar_of
from nlp_rotation.calendars.timetable import Timetable, timetable
from nlp_rotation.errors import AlignError

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The known sessions of one exchange, half days included.

    ``days``, ``opens`` and ``closes`` run in step; the last two are instants, ``datetime64[us, UTC]``.
    """

    name: str
    zone: dt.tzinfo
    #: First and last day whose holidays are known; nothing is said of days outside.
    first: dt.date
    last: dt.date
    days: pd.DatetimeIndex
    opens: pd.DatetimeIndex
    closes: pd.DatetimeIndex

    def is_session(self, day: dt.date) -> bool:
        """Tell whether the exchange trades on ``day``."""
        return pd.Timestamp(day) in self.days

    def knows(self, day: dt.date) -> bool:
        """Tell whether the sessions around ``day`` are known."""
        return self.first <= day <= self.last

    def on_or_before(self, day: dt.date) -> dt.date:
        """Return the last session that is not after ``day``.

        :raises AlignError: for a day whose sessions are not known.
        """
        return self.shift(day, 0)

    def shift(self, day: dt.date, by: int) -> dt.date:
        """Return the session ``by`` sessions after ``day``, which is taken back to a session first.

        :raises AlignError: where the sessions are not known.
        """
        place = int(self.days.searchsorted(pd.Timestamp(day), side="right")) - 1 + by
        if not (self.knows(day) and 0 <= place < len(self.days)):
            known = f"{self.name} is known from {self.first} to {self.last}"
            raise AlignError(f"the calendar {known}", where=str(day), hint="update the tables of sessions")
        return self.days[place].date()

    def between(self, first: dt.date, last: dt.date) -> pd.DatetimeIndex:
        """Return the sessions from ``first`` to ``last``, both included where they are sessions."""
        low = self.days.searchsorted(pd.Timestamp(first), side="left")
        high = self.days.searchsorted(pd.Timestamp(last), side="right")
        return self.days[low:high]

    def place_closing_after(self, instants: pd.DatetimeIndex) -> NDArray[np.intp]:
        """Return for each instant the place in ``days`` of the first session whose close is later.

        Strictly later: what appears at the very second of the close belongs to the next session.
        """
        return np.asarray(self.closes.searchsorted(instants.as_unit("us"), side="right"), dtype=np.intp)


@cache
def exchange(name: str = NEW_YORK) -> Exchange:
    """Return the calendar called ``name`` (``XNYS``, ``XLON``, ``24/7`` ...).

    :raises AlignError: where no such calendar is known.
    """
    table = timetable(name)
    known = list(table.sessions())
    days = pd.DatetimeIndex(np.array([day for day, _ in known], dtype="datetime64[us]"))
    return Exchange(
        name=name,
        zone=ZoneInfo(table.zone),
        first=table.first,
        last=table.last,
        days=days.as_unit("ns"),
        opens=_instants(days, [hours.opens for _, hours in known], table),
        closes=_instants(days, [hours.closes for _, hours in known], table),
    )


def _instants(days: pd.DatetimeIndex, minutes: list[int], table: Timetable) -> pd.DatetimeIndex:
    """Return the instants at which clocks of the exchange show so many minutes after midnight."""
    shown = days + pd.to_timedelta(np.asarray(minutes), unit="m")
    return pd.DatetimeIndex(shown.tz_localize(table.zone).tz_convert("UTC"), name=None).as_unit("us")


def exchange_of(symbol: str) -> Exchange:
    """Return the calendar that ``symbol`` follows; New York where nothing says otherwise."""
    return exchange(calendar_of(symbol))
