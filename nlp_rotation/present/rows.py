"""Answers as tables, CSV or JSON lines: a row each, under the names of the columns of the view."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

import typer

from nlp_rotation.present.tables import ARROWS, console_on, first_words, plain_table, shorten

if TYPE_CHECKING:
    from nlp_rotation.present.queries.asking import Answer

Row = Mapping[str, Any]

#: What a terminal has room for; the other formats have all columns. Of an answer that is not listed, all.
_SHOWN = {
    "drivers": ("day", "category", "effects", "relation", "hedged", "speaker", "firm", "quote", "source"),
    "timeline": ("period", "category", "drivers", "articles", "hedged", "ended", "up", "down"),
    "moves": ("day", "subject", "pct", "status", "window_start", "window_end", "quote", "source"),
    "rotations": ("day", "from_subject", "to_subject", "status", "hedged", "speaker", "quote", "source"),
    "articles": ("day", "source", "title", "score", "article_id"),
    "claims": ("day", "source", "subject", "from_subject", "to_subject", "stated", "computed", "verdict"),
    "signals": ("session", "basis", "leg", "volume", "sentiment", "explains", "predicts", "net_explains"),
    "search": ("day", "source", "title", "excerpt"),
}


def print_answer(title: str, name: str, answer: Answer, format_name: str, out: TextIO) -> None:
    """Print an answer; ``name`` is what was asked for, and says which columns a table shows."""
    if format_name == "csv" and answer.rows:
        write_csv(answer, out)
    else:
        print_rows(title, answer.items(), format_name, out, shown=_SHOWN.get(name, ()))


def print_rows(
    title: str, rows: Iterable[Row], format_name: str, out: TextIO, *, shown: Sequence[str] = ()
) -> None:
    """Print ``rows`` as ``table``, ``csv`` or ``jsonl``; say so on standard error where there are none.

    :param shown: the columns of a table; all of them if none is named.
    """
    pending = iter(rows)
    first = next(pending, None)
    if first is None:
        typer.echo("nothing stored matches", err=True)
        return
    printers: dict[str, Callable[[Iterable[Row]], None]] = {
        "table": lambda rows: _print_table(title, shown or list(first), rows, out),
        "csv": lambda rows: _write_items(list(first), rows, out),
        "jsonl": lambda rows: write_lines(rows, out),
    }
    printers[format_name](chain([first], pending))


def write_lines(rows: Iterable[Row], out: TextIO) -> None:
    """Write a JSON object a line."""
    out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_csv(answer: Answer, out: TextIO) -> None:
    """Write rows as they are stored, under their names; only what may need it is looked at."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in answer.columns])
    turns = [
        (place, _CSV_CELLS[column.kind])
        for place, column in enumerate(answer.columns)
        if column.kind in _CSV_CELLS
    ]
    writer.writerows(_csv_cells(row, turns) for row in answer.rows)


def _csv_cells(row: Sequence[Any], turns: Sequence[tuple[int, Callable[[Any], object]]]) -> list[object]:
    cells = list(row)
    for place, turn in turns:
        cells[place] = None if cells[place] is None else turn(cells[place])
    return cells


def _write_items(names: list[str], rows: Iterable[Row], out: TextIO) -> None:
    """Write rows under their names; what is no plain value stands as JSON."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(row[name]) for name in names] for row in rows)


def _print_table(title: str, shown: Sequence[str], rows: Iterable[Row], out: TextIO) -> None:
    from rich.markup import escape

    table = plain_table(title, *shown)
    for row in rows:
        table.add_row(*(escape(_cell(name, row)) for name in shown))
    console_on(out).print(table)


def _cell(name: str, row: Row) -> str:
    value = row[name]
    if name == "title" and not value:
        return first_words(row.get("text") or "")
    if name == "effects":
        return "  ".join(f"{ARROWS[item['direction']]} {item['on']}" for item in value)
    if value is None or value is False:
        return ""
    if isinstance(value, float):
        return f"{value:g}" if name in ("pct", "stated") else f"{value:.2f}"
    return "yes" if value is True else shorten(str(value), 72)


def _csv_cell(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return formula_safe(value)


def formula_safe(value: object) -> object:
    """Keep a spreadsheet from running text as a formula: a leading quote mark, as OWASP advises."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


#: What stands in a cell instead of a value of each kind; numbers, days and instants stand as they are.
_CSV_CELLS: Mapping[str, Callable[[Any], object]] = {
    "text": lambda value: _csv_cell(value),
    "flag": bool,
    "json": lambda value: _csv_cell(json.loads(value)),
}
