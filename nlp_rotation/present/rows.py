"""Stored rows as tables, CSV or JSON lines: one dictionary a row, the same names in every format."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

import typer

from nlp_rotation.present.tables import ARROWS, console_on, effects, first_words, plain_table, shorten

if TYPE_CHECKING:
    from datetime import date

    from nlp_rotation.store.rows import (
        ArticleRow,
        DriverRow,
        Evidence,
        FoundRow,
        MoveRow,
        Origin,
        RotationRow,
        TimelineRow,
    )
    from nlp_rotation.types import Window

Row = Mapping[str, Any]


def driver_columns(row: DriverRow) -> Row:
    """Return a stored driver as a flat row with its evidence."""
    return {
        "published": _iso(row.origin.day),
        "category": row.category,
        "effects": effects(row.effects),
        "relation": row.relation,
        "hedged": row.hedged,
        "speaker": row.speaker,
        "firm": row.firm,
        **_evidence(row.evidence),
        "confidence": row.confidence,
        **_origin(row.origin),
    }


def timeline_columns(row: TimelineRow) -> Row:
    """Return one period of one category as a flat row."""
    return {
        "period": _iso(row.period),
        "category": row.category,
        "drivers": row.drivers,
        "articles": row.articles,
        "hedged": row.hedged,
        "ended": row.ended,
        "up": row.up,
        "down": row.down,
        "net": ARROWS[row.net],
    }


def move_columns(row: MoveRow) -> Row:
    """Return a stored move as a flat row with its evidence."""
    return {
        "published": _iso(row.origin.day),
        "subject": row.subject,
        "pct": row.pct,
        "approx": row.approx,
        "intraday": row.intraday,
        "relative_to": row.relative_to,
        "status": row.status,
        **_window(row.window),
        **_evidence(row.evidence),
        "confidence": row.confidence,
        **_origin(row.origin),
    }


def rotation_columns(row: RotationRow) -> Row:
    """Return a stored rotation as a flat row with its evidence."""
    return {
        "published": _iso(row.origin.day),
        "from": row.from_,
        "to": row.to,
        "status": row.status,
        "hedged": row.hedged,
        **_window(row.window),
        "speaker": row.speaker,
        "firm": row.firm,
        **_evidence(row.evidence),
        "confidence": row.confidence,
        **_origin(row.origin),
    }


def article_columns(row: ArticleRow) -> Row:
    """Return a stored article as a flat row, without its text."""
    return {
        "published": _iso(row.origin.day),
        "source": row.origin.source,
        "title": row.origin.title or first_words(row.text),
        "sentiment": round(row.sentiment.score, 2) if row.sentiment else None,
        "content": row.content,
        "lang": row.lang,
        "source_path": row.source_path,
        "url": row.origin.url,
        "article": row.origin.article_id,
    }


def found_columns(row: FoundRow) -> Row:
    """Return a found article as a flat row with the words around the hit."""
    return {**article_columns(row.article), "excerpt": row.excerpt}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _window(window: Window | None) -> Row:
    return {
        "window_start": _iso(window.start) if window else None,
        "window_end": _iso(window.end) if window else None,
    }


def _evidence(evidence: Evidence) -> Row:
    return {"text": evidence.text, "sentence": evidence.sentence}


def _origin(origin: Origin) -> Row:
    return {"source": origin.source, "url": origin.url, "article": origin.article_id}


#: Columns that a terminal has no room for; they stand in the other formats.
_HIDDEN = frozenset({"sentence", "confidence", "url", "article", "source_path", "content", "lang"})


def print_rows(title: str, rows: Iterable[Row], format_name: str, out: TextIO) -> None:
    """Print ``rows`` as ``table``, ``csv`` or ``jsonl``; say so on standard error where there are none."""
    printers: dict[str, Callable[[str, Iterable[Row], TextIO], int]] = {
        "table": _print_table,
        "csv": _print_csv,
        "jsonl": _print_jsonl,
    }
    if not printers[format_name](title, rows, out):
        typer.echo("nothing stored matches", err=True)


def _print_jsonl(_title: str, rows: Iterable[Row], out: TextIO) -> int:
    shown = 0
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        shown += 1
    return shown


def _print_csv(_title: str, rows: Iterable[Row], out: TextIO) -> int:
    pending = iter(rows)
    first = next(pending, None)
    if first is None:
        return 0
    writer = csv.DictWriter(out, list(first), lineterminator="\n")
    writer.writeheader()
    shown = 0
    for row in chain([first], pending):
        writer.writerow({key: formula_safe(value) for key, value in row.items()})
        shown += 1
    return shown


def _print_table(title: str, rows: Iterable[Row], out: TextIO) -> int:
    from rich.markup import escape

    listed = list(rows)
    if not listed:
        return 0
    columns = [key for key in listed[0] if key not in _HIDDEN]
    table = plain_table(title, *columns)
    for row in listed:
        table.add_row(*(escape(_cell(row[key])) for key in columns))
    console_on(out).print(table)
    return len(listed)


def _cell(value: object) -> str:
    if value is None or value is False:
        return ""
    return "yes" if value is True else shorten(str(value), 72)


def formula_safe(value: object) -> object:
    """Keep a spreadsheet from running text as a formula: a leading quote mark, as OWASP advises."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
