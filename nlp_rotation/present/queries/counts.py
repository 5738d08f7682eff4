"""Timelines: how often each driver was given, by day or by week."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
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
    counted = store.count(counting)
    return Answer(SHOWN.columns, counted.weekly() if every == "week" else counted)


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
