"""``nlp-rotation drivers``: what is stored of why things moved."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from nlp_rotation.present import options


class By(StrEnum):
    """How drivers are counted."""

    day = "day"
    week = "week"


def drivers(
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    category: options.Category = None,
    subject: options.Subject = None,
    since: options.Since = None,
    until: options.Until = None,
    source: options.Source = None,
    as_of: options.AsOf = None,
    by: Annotated[By | None, typer.Option("--by", help="Count by day or week instead of listing.")] = None,
    limit: options.Limit = 50,
    format_: options.Rows = options.RowFormat.table,
) -> None:
    """Show the stored drivers, newest first, each with its evidence; or their timeline."""
    from nlp_rotation.present.rows import driver_columns, print_rows, timeline_columns
    from nlp_rotation.store.opening import open_store
    from nlp_rotation.store.rows import DriverQuery

    filters = options.filters_of(
        subject=subject, source=source, since=since, until=until, as_of=as_of, limit=None if by else limit
    )
    query = DriverQuery(category=category, **filters)
    with open_store(store, mode="read") as opened:
        if by:
            rows = (timeline_columns(row) for row in opened.timeline(query, every=by.value))
        else:
            rows = (driver_columns(row) for row in opened.drivers(query))
        print_rows("Driver timeline" if by else "Drivers", rows, format_.value, sys.stdout)
