"""The table of one exchange: on which days it trades, and from when to when.

The tables under ``tables/sessions`` are made by :mod:`nlp_rotation.refresh.sessions`. Each is read when the
first day of its exchange is asked for, in milliseconds.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nlp_rotation.config import TABLES
from nlp_rotation.errors import AlignError

FOLDER = TABLES / "sessions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening and close in minutes after midnight where the exchange stands; 1440 is the next midnight."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """Hours and trading days of the week that hold from ``since`` on."""

    since: dt.date
    hours: Hours
    #: A digit for each day from Monday on: 1 where the exchange trades.
    week: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """What is known of the sessions of one exchange."""

    code: str
    zone: str
    #: First and last day for which holidays are known. Outside, the week of the nearest era stands in.
    first: dt.date
    last: dt.date
    eras: tuple[Era, ...]
    #: Days of the ruled week without a session.
    closed: frozenset[dt.date]
    #: Sessions of other hours, or on other days of the week.
    special: Mapping[dt.date, Hours]

    def knows(self, day: dt.date) -> bool:
        """Tell whether the holidays around ``day`` are known."""
        return self.first <= day <= self.last

    def trades(self, day: dt.date) -> bool:
        """Tell whether ``day`` is a session; outside the known days, whether its week has one then."""
        if day in self.closed:
            return False
        return day in self.special or self.era(day).week[day.weekday()] == "1"

    def era(self, day: dt.date) -> Era:
        """Return the rules that hold on ``day``, those of the nearest day that has any."""
        return self.eras[max(0, bisect_right(self.eras, day, key=lambda era: era.since) - 1)]

    def sessions(self) -> Iterator[tuple[dt.date, Hours]]:
        """Yield every known session with its hours, in order."""
        for number in range(self.first.toordinal(), self.last.toordinal() + 1):
            day = dt.date.fromordinal(number)
            if self.trades(day):
                yield day, self.special.get(day) or self.era(day).hours


@cache
def timetable(code: str) -> Timetable:
    """Return the table of the exchange called ``code`` (``XNYS``, ``XLON``, ``24/7`` ...).

    :raises AlignError: where there is no such table.
    """
    try:
        text = file_of(code).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AlignError("no such exchange calendar", where=code, hint="use a code such as XNYS") from None
    return _timetable(code, tomllib.loads(text))


def _timetable(code: str, table: Mapping[str, Any]) -> Timetable:
    special = {day: hours_of(text) for text, days in table["special"].items() for day in days}
    eras = (Era(since=era["since"], hours=hours_of(era["hours"]), week=era["week"]) for era in table["eras"])
    return Timetable(
        code=code,
        zone=table["zone"],
        first=table["first"],
        last=table["last"],
        eras=tuple(eras),
        closed=frozenset(table["closed"]),
        special=special,
    )


def file_of(code: str, folder: Path = FOLDER) -> Path:
    """Return where the table of ``code`` stands in ``folder``.

    >>> file_of("24/7").name
    '24-7.toml'
    """
    return folder / f"{code.replace('/', '-')}.toml"


def hours_of(text: str) -> Hours:
    """Read hours.

    >>> hours_of("09:30-16:00")
    Hours(opens=570, closes=960)
    """
    opens, closes = (60 * int(part[:2]) + int(part[3:]) for part in text.split("-"))
    return Hours(opens=opens, closes=closes)


def hours_as_text(hours: Hours) -> str:
    """Write hours as :func:`hours_of` reads them.

    >>> hours_as_text(Hours(opens=0, closes=1440))
    '00:00-24:00'
    """
    return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (hours.opens, hours.closes))
