"""How long to leave a server or a source alone: as long as it asks for, and longer after every failure."""

from __future__ import annotations

import datetime as dt
import email.utils
import random

#: No failing source is left alone for longer.
_LONGEST = dt.timedelta(days=1)
#: Seconds that a host is left alone for after its first failure, where it does not say.
_HOST_FIRST, _HOST_LONGEST = 60.0, 3600.0


def seconds_asked_for(retry_after: str | None, *, now: dt.datetime) -> float | None:
    """Return the seconds that ``Retry-After`` asks for, given as a number or as a date.

    >>> noon = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    >>> seconds_asked_for("120", now=noon), seconds_asked_for("Mon, 02 Mar 2026 12:00:30 GMT", now=noon)
    (120.0, 30.0)
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - now).total_seconds())


def next_due(
    now: dt.datetime, *, every: dt.timedelta, failures: int, asked: float | None, chance: random.Random
) -> dt.datetime:
    """Return when a source is due again after so many ``failures`` in a row.

    Every failure doubles the wait, up to a day; what the server ``asked`` for is never undercut. The
    jitter keeps sources that failed together from coming back together.
    """
    if not failures:
        return now + every
    wait = min(every * 2.0 ** min(failures, 20), max(_LONGEST, every)) * chance.uniform(0.8, 1.2)
    least = dt.timedelta(seconds=min(asked or 0.0, 30 * 86_400.0))
    return now + max(wait, least)


def host_pause(failures: int, *, asked: float | None, chance: random.Random) -> float:
    """Return the seconds that a host is left alone for after so many failures in a row."""
    if asked is not None:
        return asked
    return min(_HOST_FIRST * 2.0 ** min(failures - 1, 20), _HOST_LONGEST) * chance.uniform(0.8, 1.2)
