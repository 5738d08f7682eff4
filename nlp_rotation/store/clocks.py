"""The instants that a stored row lives by, and their text form.

=============  =====================================================================================
published_at   when the article appeared, as far as its stamp tells
knowable_at    the first instant at which it is certain that the article was out: ``as_of`` asks for it
extracted_at   when the run that wrote the row began: ``recorded_as_of`` asks for it
=============  =====================================================================================

Instants are stored as text of fixed width in UTC, so that comparing the text compares the time in
every program that reads the store.
"""

from __future__ import annotations

import datetime as dt

from nlp_rotation.timeline import as_utc
from nlp_rotation.types import Publication

#: When a calendar day is over everywhere: twelve hours after it ended in UTC (the zone UTC-12).
#: A stamp without a time or a zone may lie anywhere before; taking less would look ahead.
_DAY_IS_OVER = dt.timedelta(days=1, hours=12)


def knowable_at(published: Publication) -> dt.datetime | None:
    """Return the instant from which on the article was certainly public; None where unknown.

    >>> knowable_at(Publication(date=dt.date(2024, 7, 22))).isoformat()
    '2024-07-23T12:00:00+00:00'
    """
    if published.at is not None:
        return as_utc(published.at)
    last_day = published.date or published.not_after
    if last_day is None or last_day >= dt.date.max - dt.timedelta(days=2):
        return None
    return dt.datetime.combine(last_day, dt.time(), dt.UTC) + _DAY_IS_OVER


def to_text(instant: dt.datetime) -> str:
    """Return the stored form of an aware instant.

    :raises UsageError: for an instant without a time zone, which could mean any of many.
    """
    return as_utc(instant).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_text(text: str) -> dt.datetime:
    """Return the instant that :func:`to_text` wrote."""
    return dt.datetime.fromisoformat(text)
