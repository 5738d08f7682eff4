"""Trading sessions: which exchange a symbol follows, and when each of its days opens and closes.

A *session* is a calendar day as a midnight ``datetime64[ns]`` without a zone; an *instant* is always
aware and in UTC. The two are never mixed: days label bars, instants order knowledge.
"""

from __future__ import annotations

import datetime as dt
import tomllib
import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from nlp_rotation.config import TABLES
from nlp_rotation.errors import AlignError

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEW_YORK = "XNYS"
#: Most series of indices that people hold begin after this; older bars are not held against a calendar.
_FIRST = "1970-01-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The sessions of one exchange, half days included.

    ``days``, ``opens`` and ``closes`` run in step; the last two are instants in UTC.
    """

    name: str
    zone: dt.tzinfo
    days: pd.DatetimeIndex
    opens: pd.DatetimeIndex
    closes: pd.DatetimeIndex

    def is_session(self, day: dt.date) -> bool:
        """Tell whether the exchange trades on ``day``."""
        return pd.Timestamp(day) in self.days

    def on_or_before(self, day: dt.date) -> dt.date:
        """Return the last session that is not after ``day``.

        :raises AlignError: for a day before the calendar begins.
        """
        return self._at(int(self.days.searchsorted(pd.Timestamp(day), side="right")) - 1, day)

    def shift(self, day: dt.date, by: int) -> dt.date:
        """Return the session ``by`` sessions after ``day``, which is taken back to a session first.

        :raises AlignError: where the calendar does not reach.
        """
        place = int(self.days.searchsorted(pd.Timestamp(day), side="right")) - 1
        return self._at(place + by, day)

    def between(self, first: dt.date, last: dt.date) -> pd.DatetimeIndex:
        """Return the sessions from ``first`` to ``last``, both included where they are sessions."""
        low = self.days.searchsorted(pd.Timestamp(first), side="left")
        high = self.days.searchsorted(pd.Timestamp(last), side="right")
        return self.days[low:high]

    def place_closing_after(self, instants: pd.DatetimeIndex) -> NDArray[np.intp]:
        """Return for each instant the place in ``days`` of the first session whose close is later.

        Strictly later: what appears at the very second of the close belongs to the next session.
        """
        return np.asarray(self.closes.searchsorted(instants.as_unit("ns"), side="right"), dtype=np.intp)

    def place_opening_after(self, instants: pd.DatetimeIndex) -> NDArray[np.intp]:
        """Return for each instant the place in ``days`` of the first session that opens strictly later."""
        return np.asarray(self.opens.searchsorted(instants.as_unit("ns"), side="right"), dtype=np.intp)

    def _at(self, place: int, asked: dt.date) -> dt.date:
        if not 0 <= place < len(self.days):
            raise AlignError(
                f"the calendar {self.name} does not reach that far",
                where=str(asked),
                hint="update the calendar",
            )
        return self.days[place].date()


@cache
def exchange(name: str = NEW_YORK) -> Exchange:
    """Return the calendar called ``name`` (``XNYS``, ``XLON``, ``24/7`` ...).

    :raises AlignError: where no such calendar is known.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the calendars' own code lags behind pandas
        calendar = _calendar(name)
    return Exchange(
        name=name,
        zone=calendar.tz,
        days=calendar.sessions,
        opens=pd.DatetimeIndex(calendar.opens.array),
        closes=pd.DatetimeIndex(calendar.closes.array),
    )


def _calendar(name: str) -> Any:
    import exchange_calendars
    from exchange_calendars.errors import InvalidCalendarName

    try:
        return exchange_calendars.get_calendar(name, start=_FIRST)
    except InvalidCalendarName:
        raise AlignError("no such exchange calendar", where=name, hint="use a code such as XNYS") from None
    except ValueError:  # this calendar's rules begin later
        return exchange_calendars.get_calendar(name)


def exchange_of(symbol: str) -> Exchange:
    """Return the calendar that ``symbol`` follows; New York where nothing says otherwise."""
    return exchange(calendar_name(symbol))


@cache
def calendar_name(symbol: str) -> str:
    """Return the code of the calendar that ``symbol`` follows.

    >>> calendar_name("0700.HK"), calendar_name("NVDA"), calendar_name("crypto:BTC")
    ('XHKG', 'XNYS', '24/7')
    """
    table = _table()
    if symbol in table["symbol"]:
        return str(table["symbol"][symbol])
    if any(part in symbol for part in table["always"]["daily"]):
        return "24/7"
    if any(part in symbol for part in table["always"]["weekdays"]):
        return "24/5"
    for prefix, name in table["prefix"].items():
        if symbol.startswith(prefix):
            return str(name)
    return str(table["suffix"].get(symbol.rpartition(".")[2] if "." in symbol else "", NEW_YORK))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((TABLES / "exchanges.toml").read_text("utf-8"))
