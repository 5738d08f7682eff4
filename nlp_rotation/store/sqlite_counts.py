"""Timelines from the counts that SQLite keeps ready by day, also as of an instant of the past.

Of an article that was out by an instant the current edition counts, save for the few whose editions became
readable at different times. So the counts of all days that were over everywhere by then are right, less the
current editions that became readable later than their day; the days around the instant, articles without a
day, and older editions are counted anew, which are few.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from nlp_rotation.store.clocks import to_text
from nlp_rotation.store.counting import Counting, counted, in_order
from nlp_rotation.store.days import ALL, LEVELS, NO_DAY, by_source, on_subject
from nlp_rotation.store.questions import Condition, Question, category_condition

#: What the ready counts can be narrowed by; any other filter has the rows counted anew.
_READY = {"category", "subject", "source", "since", "until", "as_of"}

#: A day is over everywhere so long after it began in UTC; it begins somewhere so long before.
_OVER, _BEGUN = dt.timedelta(hours=36), dt.timedelta(hours=14)

_COUNTS = ("drivers", "articles", "hedged", "ended", "up", "down")

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


def count_question(counting: Counting) -> Question:
    """Read the ready counts where they answer the question; count anew where they do not."""
    if not _is_ready(counting):
        return in_order(counted(counting))
    as_of: dt.datetime | None = counting.filters.get("as_of")
    return in_order(_as_of(counting, as_of) if as_of else _ready(counting, until=""))


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


def _ready(counting: Counting, *, until: str) -> Question:
    """Counts of days as they stand; those of no day too, unless there is a last day."""
    condition = Condition("v.facet = ? AND v.drivers > 0", (_facet(counting),))
    category = counting.filters.get("category")
    if category is not None:
        grouped = Condition("v.category = ?", (category,))
        condition &= grouped if counting.per == "group" else category_condition(category)
    days = {name: day.isoformat() for name in ("since", "until") if (day := counting.filters.get(name))}
    last = min(filter(None, (until, days.get("until"))), default="")
    if "since" in days:
        condition &= Condition("v.day >= ?", (days["since"],))
    if last:
        condition &= Condition("v.day <= ?", (last,))
    elif days:
        condition &= Condition("v.day < ?", (NO_DAY,))
    counts = ", ".join(f"v.{name}" for name in _COUNTS)
    sql = f"SELECT nullif(v.day, '{NO_DAY}') AS period, v.category AS category, {counts} FROM driver_day v"
    return Question(f"{sql} WHERE {condition.sql}", condition.values)


def _as_of(counting: Counting, as_of: dt.datetime) -> Question:
    settled, begun = ((as_of + shift).date().isoformat() for shift in (-_OVER, _BEGUN))
    told = to_text(as_of)
    ready = _ready(counting, until=settled)
    late = counted(counting, among=Condition(f"({_LATE})", (told, settled)))
    around = counted(counting, among=Condition(f"({_AROUND})", (settled, begun, told, told)))
    older = counted(counting, among=Condition(f"({_OLDER})", (told,)))
    less = ", ".join(f"-{name} AS {name}" for name in _COUNTS)
    parts = [ready.sql, f"SELECT period, category, {less} FROM ({late.sql})", around.sql, older.sql]
    sums = ", ".join(f"sum({name}) AS {name}" for name in _COUNTS)
    values: tuple[Any, ...] = (*ready.values, *late.values, *around.values, *older.values)
    sql = f"SELECT period, category, {sums} FROM ({' UNION ALL '.join(parts)}) GROUP BY 1, 2"
    return Question(f"{sql} HAVING sum(drivers) > 0", values)
