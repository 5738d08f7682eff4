"""Timelines: how often each driver was given, by day or by week."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from nlp_rotation.present.queries.asking import Answer, Page, Row, read_cursor, write_cursor
from nlp_rotation.present.queries.reading import read_filter, read_filters
from nlp_rotation.store.catalogue import answers
from nlp_rotation.store.counting import Counting

if TYPE_CHECKING:
    from nlp_rotation.store.counting import Per
    from nlp_rotation.store.protocol import Store

SHOWN = answers()["timeline"]


def timeline(store: Store, given: Mapping[str, Any], *, every: str = "day", per: str = "category") -> Answer:
    """Return the timeline of the drivers that meet the filters, in the order of time."""
    read_filter("every", every), read_filter("per", per)
    counting = Counting(filters=read_filters(SHOWN.filters, given), per=cast("Per", per))
    rows: Iterable[Row] = store.count(counting)
    return Answer(SHOWN.columns, list(_weeks(rows) if every == "week" else rows))


def part(answer: Answer, *, limit: int, cursor: str = "") -> Page:
    """Return one page of a timeline."""
    rows: Sequence[Row] = answer.rows
    if cursor:
        seen = _sortable(read_cursor(SHOWN, cursor))
        rows = rows[bisect_right(rows, seen, key=_sortable) :]
    following = write_cursor(rows[limit - 1][:2]) if len(rows) > limit else ""
    return Page(Answer(answer.columns, rows[:limit]), following)


def _sortable(row: Row) -> tuple[bool, str, str]:
    return row[0] is None, row[0] or "", row[1]


def _weeks(days: Iterable[Row]) -> Iterator[Row]:
    """Add up the days of each week; an article has one day, so no article counts twice."""
    for monday, rows in groupby(days, key=lambda row: _monday(row[0])):
        sums: dict[str, list[int]] = {}
        for _, category, *counts in rows:
            known = sums.get(category, [0] * len(counts))
            sums[category] = [first + second for first, second in zip(known, counts, strict=True)]
        for category in sorted(sums):
            yield monday, category, *sums[category]


def _monday(day: str | None) -> str | None:
    if day is None:
        return None
    date = dt.date.fromisoformat(day)
    return (date - dt.timedelta(days=date.weekday())).isoformat()
