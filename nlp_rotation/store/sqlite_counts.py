"""Timelines from the counts that SQLite keeps ready by day, also as of an instant of the past.

Of an article that was out by an instant the current edition counts, save for the few whose editions became
readable at different times. So the counts of all days that were over everywhere by then are right, less the
current editions that became readable later than their day; the days around the instant, articles without a
day, and older editions are counted anew, which are few.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING

from nlp_rotation.store.clocks import to_text
from nlp_rotation.store.counting import Counting, counted
from nlp_rotation.store.days import ALL, LEVELS, NO_DAY, by_source, on_subject
from nlp_rotation.store.questions import Condition
from nlp_rotation.store.selecting import Editions
from nlp_rotation.store.sqlite_days import read_counts

if TYPE_CHECKING:
    from nlp_rotation.store.counts import Counts

#: What the ready counts can be narrowed by; any other filter has the rows counted anew.
_READY = {"category", "subject", "source", "since", "until", "as_of"}

#: A day is over everywhere so long after it began in UTC; it begins somewhere so long before.
_OVER, _BEGUN = dt.timedelta(hours=36), dt.timedelta(hours=14)

#: Behind every day, and before what has none.
_LAST_DAY = "9999-12-31"

#: See the index of this name.
_LATE = (
    "SELECT e.edition FROM edition e INDEXED BY edition_late WHERE e.current AND e.day IS NOT NULL AND "
    "(e.knowable_at IS NULL OR e.knowable_at > date(e.day, '+1 day') || 'T12:00:00.000000Z') "
    "AND (e.knowable_at IS NULL OR e.knowable_at > ?) AND e.day <= ?"
)
_AROUND = (
    "SELECT e.edition FROM edition e WHERE e.current AND e.day > ? AND e.day <= ? AND e.knowable_at <= ? "
    "UNION ALL SELECT e.edition FROM edition e WHERE e.current AND e.day IS NULL AND e.knowable_at <= ?"
)
_OLDER = (
    "SELECT edition FROM (SELECT e.edition, e.current, row_number() OVER "
    "(PARTITION BY e.article_id ORDER BY e.extracted_at DESC, e.edition DESC) AS place FROM edition e "
    "WHERE e.article_id IN (SELECT article_id FROM restated) AND e.knowable_at <= ?) "
    "WHERE place = 1 AND NOT current"
)


def count(connection: sqlite3.Connection, counting: Counting) -> Counts:
    """Read the ready counts where they answer the question; count anew where they do not."""
    if not _is_ready(counting):
        return _anew(connection, counting)
    as_of: dt.datetime | None = counting.filters.get("as_of")
    return _as_of(connection, counting, as_of) if as_of else _ready(connection, counting, until=NO_DAY)


def _anew(connection: sqlite3.Connection, counting: Counting, among: Condition | None = None) -> Counts:
    from nlp_rotation.store.counts import of_rows

    # the drivers of one category are few enough to ask each for the edition that it stands in
    editions: Editions = "judged" if "category" in counting.filters else "ranked"
    question = counted(counting, among=among, editions=editions)
    return of_rows(connection.execute(question.sql, question.values))


def _is_ready(counting: Counting) -> bool:
    """Whether one facet answers the question: it asks for one subject or one source, of what is counted."""
    subjects, source = counting.filters.get("subject", ()), counting.filters.get("source")
    if not counting.names <= _READY or len(subjects) > 1 or (subjects and source):
        return False
    category = counting.filters.get("category", "")
    # what is counted as a whole cannot be narrowed to a part of it
    return {"category": True, "group": "." not in category, "all": not category}[counting.per]


def _facet(counting: Counting) -> str:
    subjects, source = counting.filters.get("subject", ()), counting.filters.get("source")
    facet = on_subject(subjects[0]) if subjects else by_source(source) if source else ALL
    return f"{LEVELS[counting.per]}{facet}"


def _ready(connection: sqlite3.Connection, counting: Counting, *, until: str) -> Counts:
    """Counts of days as they stand; those of no day too, unless a day is asked for."""
    asked = {name: day.isoformat() for name in ("since", "until") if (day := counting.filters.get(name))}
    last = min(until, asked.get("until", _LAST_DAY)) if asked else until
    category: str | None = counting.filters.get("category")

    def wanted(label: str) -> bool:
        return category is None or label == category or _is_in(label, category)

    return read_counts(connection, _facet(counting), asked.get("since", ""), last, wanted)


def _is_in(label: str, group: str) -> bool:
    return "." not in group and label.startswith(f"{group}.")


def _as_of(connection: sqlite3.Connection, counting: Counting, as_of: dt.datetime) -> Counts:
    from nlp_rotation.store.counts import together

    settled, begun = ((as_of + shift).date().isoformat() for shift in (-_OVER, _BEGUN))
    told = to_text(as_of)
    late = Condition(f"({_LATE})", (told, settled))
    around = Condition(f"({_AROUND})", (settled, begun, told, told))
    older = Condition(f"({_OLDER})", (told,))
    return together(
        [
            _ready(connection, counting, until=settled),
            _anew(connection, counting, late).negated(),
            _anew(connection, counting, around),
            _anew(connection, counting, older),
        ]
    )
