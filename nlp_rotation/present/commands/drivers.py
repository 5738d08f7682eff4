"""``nlp-rotation drivers``: what is stored of why things moved."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from nlp_rotation.errors import UsageError
from nlp_rotation.present import options


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class By(StrEnum):
    """How drivers are counted."""

    day = "day"
    week = "week"


def drivers(
    store: options.StorePath = options.DEFAULT_STORE_PATH,
    category: Annotated[
        str | None, typer.Option("--category", help="A leaf (monetary.rate_cut) or a group (monetary).")
    ] = None,
    subject: Annotated[
        str | None,
        typer.Option("--subject", help="What is moved: NVDA, ^RUT, group:small_caps, sector:banks."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="First day of publication.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Last day of publication.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="Outlet, as the articles name it.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar="TIME", help="Only what was knowable then (ISO 8601; UTC unless it says)."
        ),
    ] = None,
    by: Annotated[By | None, typer.Option("--by", help="Count by day or week instead of listing.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Longest list.")] = 50,
    format_: Annotated[Format, typer.Option("--format", help="table, jsonl or csv.")] = Format.table,
) -> None:
    """Show the stored drivers, newest first, each with its evidence; or their timeline."""
    from nlp_rotation.present.rows import driver_columns, print_rows, timeline_columns
    from nlp_rotation.store.opening import open_store
    from nlp_rotation.store.rows import DriverQuery

    query = DriverQuery(
        category=category,
        subject=subject,
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        source=source,
        as_of=_moment(as_of, "--as-of"),
        limit=None if by else limit,
    )
    with open_store(store, mode="read") as opened:
        if by:
            rows = (timeline_columns(row) for row in opened.timeline(query, every=by.value))
            shown = print_rows("Driver timeline", rows, format_.value, sys.stdout)
        else:
            rows = (driver_columns(row) for row in opened.drivers(query))
            shown = print_rows("Drivers", rows, format_.value, sys.stdout)
    if not shown:
        typer.echo("no stored driver matches", err=True)


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date", where=option, hint="write YYYY-MM-DD") from error


def _moment(text: str | None, option: str) -> datetime | None:
    """Read an instant; one without a zone is taken as UTC, as the help of the option says."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        hint = "write 2024-07-11T14:30:00+00:00"
        raise UsageError(f"{text!r} is not a time", where=option, hint=hint) from error
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
