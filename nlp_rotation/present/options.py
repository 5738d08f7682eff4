"""Options that several commands share: one name, one meaning, one help text each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypedDict

import typer

from nlp_rotation.config import DEFAULT_STORE, Settings
from nlp_rotation.errors import UsageError

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Text file, HTML file, folder, JSON lines (.gz too), feed, URL, or - for standard input.",
        show_default=False,
    ),
]
#: Kept as text: a trailing slash asks for a folder, and a Path would lose it.
StorePath = Annotated[
    str,
    typer.Option("--store", metavar="PATH", help="Store to read or write: a file, or a folder for Parquet."),
]
SentimentModel = Annotated[
    str | None,
    typer.Option(
        "--sentiment-model",
        metavar="NAME",
        help="Bundled model, model folder or hub id instead of the project's own; 'off' for none.",
    ),
]
Cache = Annotated[
    Path | None,
    typer.Option(
        "--cache", metavar="FILE", help="Keep the sentiment model's answers in this file, and use those kept."
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out items that are less sure than this."),
]
TaxonomyPath = Annotated[
    Path | None,
    typer.Option("--taxonomy", metavar="FILE", help="Your own driver taxonomy instead of the built-in one."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Fail when anything was skipped.")]
NoFollow = Annotated[
    bool, typer.Option("--no-follow", help="Keep the summaries of a feed; do not fetch its pages.")
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private-hosts", help="Fetch from this machine and the local network too."),
]

Category = Annotated[
    str | None, typer.Option("--category", help="A leaf (monetary.rate_cut) or a group (monetary).")
]
Subject = Annotated[
    str | None, typer.Option("--subject", help="A symbol or typed name: NVDA, ^RUT, group:small_caps.")
]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="First day of publication.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day of publication.")]
Source = Annotated[str | None, typer.Option("--source", help="Outlet, as the articles name it.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="TIME", help="Only what was knowable then (ISO 8601; UTC unless it says)."
    ),
]
Limit = Annotated[int, typer.Option("--limit", min=1, help="Longest list.")]


class RowFormat(StrEnum):
    """How stored rows are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


Rows = Annotated[RowFormat, typer.Option("--format", help="table, jsonl or csv.")]

DEFAULT_STORE_PATH = str(DEFAULT_STORE)


def settings_of(
    *,
    sentiment_model: str | None,
    min_confidence: float,
    taxonomy: Path | None,
    no_follow: bool,
    allow_private_hosts: bool = False,
    cache: Path | None = None,
) -> Settings:
    """Gather the options of a command into settings."""
    return Settings(
        sentiment_model=sentiment_model,
        sentiment_cache=cache,
        min_confidence=min_confidence,
        taxonomy=taxonomy,
        follow=not no_follow,
        allow_private_hosts=allow_private_hosts,
    )


class Filters(TypedDict):
    """What every question to a store can be narrowed by."""

    subject: str | None
    source: str | None
    since: date | None
    until: date | None
    as_of: datetime | None
    limit: int | None


def filters_of(
    *,
    subject: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
    limit: int | None,
) -> Filters:
    """Read the filter options of a command.

    :raises UsageError: where a date or a time is not one.
    """
    return Filters(
        subject=subject,
        source=source,
        since=day_of(since, "--since"),
        until=day_of(until, "--until"),
        as_of=moment_of(as_of, "--as-of"),
        limit=limit,
    )


def day_of(text: str | None, option: str) -> date | None:
    """Read a day; ``option`` is named where it is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date", where=option, hint="write YYYY-MM-DD") from error


def moment_of(text: str | None, option: str) -> datetime | None:
    """Read an instant; one without a zone is taken as UTC, as the help of the option says."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        hint = "write 2024-07-11T14:30:00+00:00"
        raise UsageError(f"{text!r} is not a time", where=option, hint=hint) from error
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment
