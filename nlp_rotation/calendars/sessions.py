"""Counting sessions of one exchange: the last, the one before, the one after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from nlp_rotation.calendars.timetable import Timetable, timetable

_DAY = dt.timedelta(days=1)
#: No text counts further back than this; a number that does is a misreading, and must cost nothing.
_FARTHEST = 520


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of the exchange with code ``code``.

    Outside the days that its table knows the week alone says what a session is: see :meth:`knows`.
    """

    code: str

    def last(self, day: dt.date) -> dt.date:
        """The last session on or before ``day``."""
        table = self._table
        while not table.trades(day):
            day -= _DAY
        return day

    def before(self, day: dt.date, count: int = 1) -> dt.date:
        """The session ``count`` sessions before ``day``, at most two years of them."""
        for _ in range(min(count, _FARTHEST)):
            day = self.last(day - _DAY)
        return day

    def after(self, day: dt.date) -> dt.date:
        """The session after ``day``."""
        table, day = self._table, day + _DAY
        while not table.trades(day):
            day += _DAY
        return day

    def holds(self, day: dt.date) -> bool:
        """Tell whether ``day`` was a session."""
        return self._table.trades(day)

    def knows(self, day: dt.date) -> bool:
        """Tell whether the holidays around ``day`` are known; where not, answers are the week's alone."""
        return self._table.knows(day)

    @property
    def _table(self) -> Timetable:
        return timetable(self.code)
