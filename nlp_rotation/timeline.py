"""Instants and days: every instant knows its offset, and none is ever invented.

A naive ``datetime`` means something else on every machine, so it is refused wherever it turns up.
"""

from __future__ import annotations

import datetime as dt

from nlp_rotation.errors import UsageError
from nlp_rotation.types import Article, Publication

UTC = dt.UTC
#: When a calendar day is over everywhere: twelve hours after it ended in UTC (the zone UTC-12).
_DAY_IS_OVER = dt.timedelta(days=1, hours=12)


def aware(moment: dt.datetime) -> dt.datetime:
    """Return ``moment`` unchanged if it knows its offset.

    :raises UsageError: for a naive datetime.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise UsageError(
            "a time without an offset is no instant", where=moment.isoformat(), hint="give it a time zone"
        )
    return moment


def as_utc(moment: dt.datetime) -> dt.datetime:
    """Return the same instant in UTC.

    >>> as_utc(dt.datetime.fromisoformat("2024-07-22T06:44+08:00")).isoformat()
    '2024-07-21T22:44:00+00:00'
    """
    return aware(moment).astimezone(UTC)


def instant(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """Return the instant at which the clocks of ``zone`` show ``time`` on ``day``."""
    return aware(dt.datetime.combine(day, time, tzinfo=zone))


def from_epoch(seconds: float) -> dt.datetime:
    """Return the instant ``seconds`` after the start of 1970 in UTC.

    :raises UsageError: where no calendar reaches that far.
    """
    try:
        return dt.datetime.fromtimestamp(seconds, tz=UTC)
    except (OverflowError, ValueError, OSError):
        raise UsageError("no such instant", where=f"{seconds} seconds after 1970") from None


def latest_day(moment: dt.datetime) -> dt.date:
    """Return the latest calendar day that it is anywhere on earth at ``moment`` (UTC+14)."""
    return as_utc(moment).astimezone(dt.timezone(dt.timedelta(hours=14))).date()


def knowable_at(published: Publication) -> dt.datetime | None:
    """Return the instant in UTC from which on an article was certainly public; None where none is certain.

    A stamp without a time or a zone may lie anywhere in its day, so it counts as late as that day lasts
    anywhere: taking less would look ahead. One without an upper bound of the day is never certain.

    >>> knowable_at(Publication(date=dt.date(2024, 7, 22))).isoformat()
    '2024-07-23T12:00:00+00:00'
    """
    if published.at is not None:
        return as_utc(published.at)
    last_day = published.date or published.not_after
    if last_day is None or last_day >= dt.date.max - dt.timedelta(days=2):
        return None
    return dt.datetime.combine(last_day, dt.time(), UTC) + _DAY_IS_OVER


def readable_at(article: Article) -> dt.datetime | None:
    """Return the instant from which on the very text of ``article`` was public; None where none is certain.

    A text that was changed after its publication may know what happened in between.
    """
    out = knowable_at(article.published)
    changed = knowable_at(article.updated) if article.updated else None
    return max(out, changed) if out and changed else out
