"""Stored rows as tables, CSV or JSON lines: one dictionary a row, the same names in every format."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from nlp_rotation.present.tables import ARROWS, console_on, effects, plain_table, shorten

if TYPE_CHECKING:
    from nlp_rotation.store.rows import DriverRow, TimelineRow

Row = Mapping[str, Any]


def driver_columns(row: DriverRow) -> Row:
    """Return a stored driver as a flat row with its evidence."""
    origin = row.origin
    return {
        "published": origin.day.isoformat() if origin.day else None,
        "category": row.category,
        "effects": effects(row.effects),
        "relation": row.relation,
        "hedged": row.hedged,
        "speaker": row.speaker,
        "firm": row.firm,
        "text": row.evidence.text,
        "sentence": row.evidence.sentence,
        "confidence": row.confidence,
        "source": origin.source,
        "url": origin.url,
        "article": origin.article_id,
    }


def timeline_columns(row: TimelineRow) -> Row:
    """Return one period of one category as a flat row."""
    return {
        "period": row.period.isoformat() if row.period else None,
        "category": row.category,
        "drivers": row.drivers,
        "articles": row.articles,
        "hedged": row.hedged,
        "ended": row.ended,
        "up": row.up,
        "down": row.down,
        "net": ARROWS[row.net],
    }


#: Columns that a terminal has no room for; they stand in the other formats.
_HIDDEN = frozenset({"sentence", "confidence", "url", "article"})


def print_rows(title: str, rows: Iterable[Row], format_name: str, out: TextIO) -> int:
    """Print ``rows`` as ``table``, ``csv`` or ``jsonl`` and return how many there were."""
    printers: dict[str, Callable[[str, Iterable[Row], TextIO], int]] = {
        "table": _print_table,
        "csv": _print_csv,
        "jsonl": _print_jsonl,
    }
    return printers[format_name](title, rows, out)


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
