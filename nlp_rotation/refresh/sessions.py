"""Rebuild the tables of sessions, one an exchange: ``python -m nlp_rotation.refresh.sessions``.

A table holds rules (hours and days of the week from a day on) and every day that keeps to none of them, so
that rules and exceptions together are the schedule of the package exchange_calendars, day for day.
"""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from nlp_rotation.calendars.exchanges import codes
from nlp_rotation.calendars.timetable import Era, Hours, file_of, hours_as_text
from nlp_rotation.config import TABLES
from nlp_rotation.errors import ConfigError
from nlp_rotation.refresh.provenance import record

#: The tables reach as far back and ahead as the package lets them, within these days. Of what lies ahead they
#: say what the rules of the exchange do.
FIRST, LAST = dt.date(1970, 1, 1), dt.date(2035, 12, 31)
#: A week kept for longer than this is a rule; a shorter one makes exceptions.
_LASTING = dt.timedelta(days=366)
_DAY = dt.timedelta(days=1)
#: Months and days without a session that the package does not know of: dealers in currencies rest.
RESTS = {"24/5": frozenset({(1, 1), (12, 25)})}


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What the package says of one exchange."""

    code: str
    zone: str
    first: dt.date
    last: dt.date
    eras: tuple[Era, ...]
    #: Every session with its hours.
    sessions: Mapping[dt.date, Hours]


def main(folder: Path = TABLES) -> None:
    """Write the table of every exchange that some subject follows.

    :raises ConfigError: under a pandas with which the package loses sessions.
    """
    if int(version("pandas").partition(".")[0]) > 2:
        # Weeks other than an exchange's usual one are dropped there, and two calendars cannot be built.
        raise ConfigError("exchange_calendars loses sessions under pandas 3", hint="pip install 'pandas<3'")
    inside = folder / "sessions"
    inside.mkdir(exist_ok=True)
    for code in sorted(codes()):
        file_of(code, inside).write_text(table_text(schedule_of(code)), encoding="utf-8")
    record(
        "sessions",
        packages=("exchange_calendars", "pandas"),
        tables={"sessions/*.toml, in the order of their names": sorted(inside.glob("*.toml"))},
        folder=folder,
    )


def schedule_of(code: str) -> Schedule:
    """Read the schedule of one exchange."""
    calendar = calendar_of_package(code)
    first, last = calendar.first_session.date(), calendar.last_session.date()
    # A calendar that begins with a session in January knows that the days before were none.
    first, last = first.replace(day=1) if first.month == 1 else first, last.replace(month=12, day=31)
    eras = tuple(_eras(calendar, first))
    return Schedule(
        code=code,
        zone=str(calendar.tz),
        first=first,
        last=last,
        eras=eras,
        sessions=kept_sessions(code, calendar),
    )


def kept_sessions(code: str, calendar: Any) -> Mapping[dt.date, Hours]:
    """Return the sessions of the package that are held in fact."""
    rests = RESTS.get(code, frozenset())
    return {day: hours for day, hours in sessions_of(calendar).items() if (day.month, day.day) not in rests}


def calendar_of_package(code: str) -> Any:
    """Return the package's own calendar over the longest stretch that it can answer for."""
    import exchange_calendars

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package's own code lags behind pandas
        kind = type(exchange_calendars.get_calendar(code))
        low, high = kind.bound_min(), kind.bound_max()
        start = max(FIRST, low.date()) if low is not None else FIRST
        end = min(LAST, high.date()) if high is not None else LAST
        return exchange_calendars.get_calendar(code, start=str(start), end=str(end))


def table_text(schedule: Schedule) -> str:
    """Return the table of a schedule as TOML."""
    closed, special = _exceptions(schedule)
    eras = (
        f'  {{ since = {era.since}, hours = "{hours_as_text(era.hours)}", week = "{era.week}" }},'
        for era in schedule.eras
    )
    lines = [
        f"# Sessions of {schedule.code}: made by `python -m nlp_rotation.refresh.sessions` from",
        f"# exchange_calendars {version('exchange_calendars')}; licence and sha256 in PROVENANCE.md.",
        f'zone = "{schedule.zone}"',
        "# Days whose holidays are known.",
        f"first = {schedule.first}",
        f"last = {schedule.last}",
        "# Hours, and days of the week from Monday on (1: open), from a day on.",
        "eras = [",
        *eras,
        "]",
        "# Days of such a week without a session.",
        f"closed = [{_by_year(closed)}]",
        "# Sessions of other hours, or on other days of the week.",
        "[special]",
        *(f'"{hours}" = [{_by_year(days)}]' for hours, days in sorted(special.items())),
    ]
    return "\n".join(lines) + "\n"


def _by_year(days: Iterable[dt.date]) -> str:
    """Lay days out, a line a year."""
    years = [", ".join(map(str, year)) for _, year in groupby(days, key=lambda day: day.year)]
    return "\n" + "".join(f"  {year},\n" for year in years) if years else ""


def _eras(calendar: Any, first: dt.date) -> Iterator[Era]:
    """Yield the stretches of time with the same hours and week."""
    weeks = _lasting_weeks(calendar, first)
    starts = {first, *(low for low, _, _ in weeks), *(high + _DAY for _, high, _ in weeks)}
    for times in (calendar.open_times, calendar.close_times):
        starts |= {since.date() for since, _ in times if since is not None}
    known = None
    for start in sorted(day for day in starts if first <= day <= LAST):
        hours = Hours(
            opens=_minutes(calendar.open_times, start, calendar.open_offset),
            closes=_minutes(calendar.close_times, start, calendar.close_offset),
        )
        week = next((mask for low, high, mask in weeks if low <= start <= high), calendar.weekmask)
        if (hours, week) != known:
            known = hours, week
            yield Era(since=start, hours=hours, week=week)


def _lasting_weeks(calendar: Any, first: dt.date) -> list[tuple[dt.date, dt.date, str]]:
    """Return the weeks that held for years besides today's, each with its first and last day."""
    listed = [
        (start.date() if start is not None else first, end.date() if end is not None else LAST, mask)
        for start, end, mask in getattr(calendar, "special_weekmasks", None) or []
    ]
    return [(start, end, mask) for start, end, mask in listed if end - start > _LASTING]


def _minutes(times: Iterable[tuple[Any, dt.time]], day: dt.date, offset: int) -> int:
    """Return the time that holds on ``day`` in minutes after midnight, ``offset`` days later."""
    time = [time for since, time in times if since is None or since.date() <= day][-1]
    return (offset * 24 + time.hour) * 60 + time.minute


def sessions_of(calendar: Any) -> dict[dt.date, Hours]:
    """Return every session of a calendar of the package with its hours."""
    opens, closes = (_after_midnight(times, calendar.tz) for times in (calendar.opens, calendar.closes))
    return {
        session.date(): Hours(opens=start, closes=end)
        for session, start, end in zip(calendar.sessions, opens, closes, strict=True)
    }


def _after_midnight(times: Any, zone: dt.tzinfo) -> list[int]:
    """Return instants, indexed by their session, in minutes after the midnight of the session."""
    shown = times.dt.tz_convert(zone).dt.tz_localize(None)
    return [int(span.total_seconds() // 60) for span in shown - times.index.to_series()]


def _exceptions(schedule: Schedule) -> tuple[list[dt.date], dict[str, list[dt.date]]]:
    """Return the days of the ruled week without a session, and by their hours the sessions off the rules."""
    closed: list[dt.date] = []
    special: dict[str, list[dt.date]] = {}
    for era, end in _with_ends(schedule):
        for day in map(dt.date.fromordinal, range(era.since.toordinal(), end.toordinal())):
            ruled, actual = era.week[day.weekday()] == "1", schedule.sessions.get(day)
            if ruled and actual is None:
                closed.append(day)
            elif actual is not None and (not ruled or actual != era.hours):
                special.setdefault(hours_as_text(actual), []).append(day)
    return closed, special


def _with_ends(schedule: Schedule) -> Iterator[tuple[Era, dt.date]]:
    """Yield every era with the day after its last."""
    ends = [era.since for era in schedule.eras[1:]]
    return zip(schedule.eras, [*ends, schedule.last + _DAY], strict=True)


if __name__ == "__main__":
    main()
