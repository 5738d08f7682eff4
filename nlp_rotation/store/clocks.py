"""The instants that a stored row lives by, and their text form.

=============  =====================================================================================
published_at   when the article appeared, as far as its stamp tells
knowable_at    from when on it is certain that the article was out: ``as_of`` asks for it
extracted_at   when the run that wrote the row began: ``recorded_as_of`` asks for it
=============  =====================================================================================

Instants are stored as text of fixed width in UTC, so that comparing the text compares the time in
every program that reads the store.
"""

from __future__ import annotations

import datetime as dt

from nlp_rotation.timeline import as_utc


def to_text(instant: dt.datetime) -> str:
    """Return the stored form of an aware instant.

    :raises UsageError: for an instant without a time zone, which could mean any of many.
    """
    return as_utc(instant).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_text(text: str) -> dt.datetime:
    """Return the instant that :func:`to_text` wrote."""
    return dt.datetime.fromisoformat(text)
