"""From a phrase to sessions: what "this week" means in a text of a given day, on a given exchange."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from nlp_rotation.annotate.windows.expressions import Expression, Kind
from nlp_rotation.calendars.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Period:
    """From the close of ``start`` to the close of ``end``; None where that cannot be known."""

    start: dt.date | None = None
    end: dt.date | None = None


UNKNOWN = Period()
_DAY = dt.timedelta(days=1)
_SUNDAY = 6


@dataclass(frozen=True, slots=True)
class Clock:
    """What a text knows of time: the day it was written and the session that it tells of."""

    published: dt.date
    #: The day whose session "today" means.
    told: dt.date
    sessions: Sessions

    @property
    def session(self) -> dt.date:
        """The session that the text tells of, on this exchange."""
        return self.sessions.last(self.told)


def resolve(expression: Expression, clock: Clock) -> Period:
    """Return the sessions that ``expression`` means; unknown where they would be none."""
    if expression.until is not None:
        end = resolve(expression.until, clock).end
        clock = replace(clock, told=end or clock.told)
    period = _RESOLVERS[expression.kind](expression, clock)
    empty = period.start is not None and period.end is not None and period.start >= period.end
    return UNKNOWN if empty else period


def one_session(day: dt.date, clock: Clock) -> Period:
    """The move of the last session on or before ``day``."""
    end = clock.sessions.last(day)
    return Period(clock.sessions.before(end), end)


def last_weekday(number: int, day: dt.date) -> dt.date:
    """The latest day on or before ``day`` that is the weekday ``number`` (Monday = 0)."""
    return day - dt.timedelta(days=(day.weekday() - number) % 7)


def _session(expression: Expression, clock: Clock) -> Period:
    return one_session(clock.told, clock)


def _clock(expression: Expression, clock: Clock) -> Period:
    return one_session(clock.published, clock)


def _premarket(expression: Expression, clock: Clock) -> Period:
    return one_session(max(clock.told, clock.published), clock)


def _yesterday(expression: Expression, clock: Clock) -> Period:
    return one_session(clock.session - _DAY, clock)


def _extended(expression: Expression, clock: Clock) -> Period:
    return Period(clock.session, None)


def _weekday(expression: Expression, clock: Clock) -> Period:
    return one_session(last_weekday(expression.number, clock.published), clock)


def named_day(expression: Expression, published: dt.date) -> dt.date | None:
    """The named day; without a year the latest one on or before publication."""
    try:
        if expression.year:
            return dt.date(expression.year, expression.number, expression.day)
        day = dt.date(published.year, expression.number, expression.day)
        return day if day <= published else day.replace(year=day.year - 1)
    except ValueError:
        return None


def _date(expression: Expression, clock: Clock) -> Period:
    day = named_day(expression, clock.published)
    return one_session(day, clock) if day else UNKNOWN


def _since_date(expression: Expression, clock: Clock) -> Period:
    day = named_day(expression, clock.published)
    return Period(clock.sessions.last(day), clock.session) if day else Period(None, clock.session)


def _since_weekday(expression: Expression, clock: Clock) -> Period:
    start = clock.sessions.last(last_weekday(expression.number, clock.published))
    end = clock.session if expression.until else max(clock.session, clock.sessions.last(clock.published))
    return Period(start, end if end > start else None)


def _since_month(expression: Expression, clock: Clock) -> Period:
    first = dt.date(clock.session.year - (expression.number > clock.session.month), expression.number, 1)
    return Period(clock.sessions.last(first - _DAY), clock.session)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _week(expression: Expression, clock: Clock) -> Period:
    return Period(clock.sessions.last(_monday(clock.session) - _DAY), clock.session)


def _last_week(expression: Expression, clock: Clock) -> Period:
    """A text of a Sunday calls the week that has just ended the last one."""
    sunday = clock.published.weekday() == _SUNDAY
    monday = _monday(clock.published) if sunday else _monday(clock.published) - 7 * _DAY
    return Period(clock.sessions.last(monday - _DAY), clock.sessions.last(monday + 6 * _DAY))


def _past_week(expression: Expression, clock: Clock) -> Period:
    return Period(clock.sessions.last(clock.session - 7 * _DAY), clock.session)


def _week_of(expression: Expression, clock: Clock) -> Period:
    day = named_day(expression, clock.published)
    if day is None:
        return UNKNOWN
    return Period(clock.sessions.last(_monday(day) - _DAY), clock.sessions.last(_monday(day) + 6 * _DAY))


def _past_weeks(expression: Expression, clock: Clock) -> Period:
    """Whole weeks: the current one counts once its last session is told of."""
    over = clock.sessions.after(clock.session) > _monday(clock.session) + 6 * _DAY
    monday = _monday(clock.session) + (7 * _DAY if over else 0 * _DAY)
    start = monday - expression.number * 7 * _DAY - _DAY
    return Period(clock.sessions.last(start), clock.sessions.last(monday - _DAY))


def _past_days(expression: Expression, clock: Clock) -> Period:
    end = clock.session
    return Period(clock.sessions.before(end, expression.number), end)


def _first_of_month(day: dt.date, back: int = 0) -> dt.date:
    months = day.year * 12 + day.month - 1 - back
    return dt.date(months // 12, months % 12 + 1, 1)


def _span(first: dt.date, following: dt.date, clock: Clock) -> Period:
    """The calendar span from ``first`` to the day before ``following``, as far as it has gone."""
    end = min(following - _DAY, clock.session)
    start = clock.sessions.last(first - _DAY)
    return Period(start, clock.sessions.last(end)) if start < end else UNKNOWN


def _month(expression: Expression, clock: Clock) -> Period:
    first = _first_of_month(clock.session)
    return _span(first, _first_of_month(first, -1), clock)


def _last_month(expression: Expression, clock: Clock) -> Period:
    first = _first_of_month(clock.published, 1)
    return _span(first, _first_of_month(first, -1), clock)


def _named_month(expression: Expression, clock: Clock) -> Period:
    year = expression.year or clock.published.year - (expression.number > clock.published.month)
    first = dt.date(year, expression.number, 1)
    return _span(first, _first_of_month(first, -1), clock)


def _quarter_of(day: dt.date) -> dt.date:
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _quarter(expression: Expression, clock: Clock) -> Period:
    first = _quarter_of(clock.session)
    return _span(first, _first_of_month(first, -3), clock)


def _last_quarter(expression: Expression, clock: Clock) -> Period:
    first = _first_of_month(_quarter_of(clock.published), 3)
    return _span(first, _first_of_month(first, -3), clock)


def _named_quarter(expression: Expression, clock: Clock) -> Period:
    month = 3 * expression.number - 2
    year = expression.year or clock.published.year - (month > clock.published.month)
    first = dt.date(year, month, 1)
    return _span(first, _first_of_month(first, -3), clock)


def _year(expression: Expression, clock: Clock) -> Period:
    first = dt.date(clock.session.year, 1, 1)
    return _span(first, dt.date(first.year + 1, 1, 1), clock)


def _last_year(expression: Expression, clock: Clock) -> Period:
    first = dt.date(clock.published.year - 1, 1, 1)
    return _span(first, dt.date(first.year + 1, 1, 1), clock)


def _named_year(expression: Expression, clock: Clock) -> Period:
    first = dt.date(expression.year, 1, 1)
    return _span(first, dt.date(expression.year + 1, 1, 1), clock)


def _trailing(months: int, clock: Clock) -> Period:
    first = _first_of_month(clock.session, months)
    day = min(clock.session.day, (_first_of_month(first, -1) - _DAY).day)
    return Period(clock.sessions.last(first.replace(day=day)), clock.session)


def _trailing_year(expression: Expression, clock: Clock) -> Period:
    return _trailing(12, clock)


def _past_months(expression: Expression, clock: Clock) -> Period:
    return _trailing(expression.number, clock)


def _past_years(expression: Expression, clock: Clock) -> Period:
    return _trailing(12 * expression.number, clock)


def _summit(expression: Expression, clock: Clock) -> Period:
    return Period(None, clock.session)


def _vague(expression: Expression, clock: Clock) -> Period:
    return UNKNOWN


_RESOLVERS: dict[Kind, Callable[[Expression, Clock], Period]] = {
    Kind.CLOCK: _clock,
    Kind.CLOSING: _session,
    Kind.TODAY: _clock,
    Kind.PREMARKET: _premarket,
    Kind.SESSION: _session,
    Kind.YESTERDAY: _yesterday,
    Kind.EXTENDED: _extended,
    Kind.WEEKDAY: _weekday,
    Kind.DATE: _date,
    Kind.WEEK: _week,
    Kind.LAST_WEEK: _last_week,
    Kind.MONTH: _month,
    Kind.LAST_MONTH: _last_month,
    Kind.NAMED_MONTH: _named_month,
    Kind.QUARTER: _quarter,
    Kind.LAST_QUARTER: _last_quarter,
    Kind.NAMED_QUARTER: _named_quarter,
    Kind.YEAR: _year,
    Kind.LAST_YEAR: _last_year,
    Kind.NAMED_YEAR: _named_year,
    Kind.TRAILING_YEAR: _trailing_year,
    Kind.PAST_DAYS: _past_days,
    Kind.PAST_WEEK: _past_week,
    Kind.PAST_WEEKS: _past_weeks,
    Kind.WEEK_OF: _week_of,
    Kind.PAST_MONTHS: _past_months,
    Kind.PAST_YEARS: _past_years,
    Kind.SINCE_WEEKDAY: _since_weekday,
    Kind.SINCE_DATE: _since_date,
    Kind.SINCE_MONTH: _since_month,
    Kind.SUMMIT: _summit,
    Kind.SAME: _vague,
    Kind.VAGUE: _vague,
}
