"""Answers as files: CSV, JSON, JSON lines, Parquet, and calendars."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from nlp_rotation.errors import RotationError, UsageError
from nlp_rotation.present.queries.asking import Answer
from nlp_rotation.present.rows import write_csv, write_lines

ENDINGS = (".csv", ".json", ".jsonl", ".parquet", ".ics")


def check_ending(view: str, path: Path) -> None:
    """Refuse a file that could not be written in the end, before the work begins.

    :raises UsageError: for an ending that stands for no format, or a view that makes no calendar.
    """
    from nlp_rotation.present.calendar import SUMMARIES

    if path.suffix.lower() not in ENDINGS:
        raise UsageError("no such format", where=str(path), hint=f"end the name in {', '.join(ENDINGS)}")
    if path.suffix.lower() == ".ics" and view not in SUMMARIES:
        raise UsageError(
            "its rows are no events", where=view, hint=f"calendars are made of {', '.join(SUMMARIES)}"
        )


def write(view: str, answer: Answer, path: Path) -> None:
    """Write an answer in the format that the name of the file ends with.

    :raises RotationError: where the file cannot be written.
    """
    writers: dict[str, Callable[[], None]] = {
        ".csv": lambda: _write_csv(answer, path),
        ".json": lambda: _write_json(answer, path),
        ".jsonl": lambda: _write_lines(answer, path),
        ".parquet": lambda: _write_parquet(answer, path),
        ".ics": lambda: _write_calendar(view, answer, path),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        writers[path.suffix.lower()]()
    except OSError as error:
        raise RotationError(f"the file cannot be written ({error.strerror})", where=str(path)) from error


def _write_csv(answer: Answer, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(answer, file)


def _write_lines(answer: Answer, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        write_lines(answer.items(), file)


def _write_json(answer: Answer, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for place, item in enumerate(answer.items()):
            file.write(",\n " if place else "\n ")
            json.dump(item, file, ensure_ascii=False)
        file.write("\n]\n")


def _write_parquet(answer: Answer, path: Path) -> None:
    from nlp_rotation.present.queries.shapes import to_arrow

    table = to_arrow(answer)
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")


def _write_calendar(view: str, answer: Answer, path: Path) -> None:
    from nlp_rotation.present.calendar import calendar

    path.write_bytes(calendar(view, answer))
