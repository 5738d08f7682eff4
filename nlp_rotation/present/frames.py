"""pandas frames on the terminal and in files: CSV, Parquet or JSON by the ending of the name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from nlp_rotation.errors import AlignError, UsageError
from nlp_rotation.present.tables import console_on, plain_table, shorten

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = (".csv", ".parquet", ".json", ".jsonl")


def check_ending(path: Path | None) -> None:
    """Refuse a file that could not be written in the end, before the work begins.

    :raises UsageError: for an ending that stands for no format.
    """
    if path is not None and path.suffix.lower() not in ENDINGS:
        raise UsageError("no such format", where=str(path), hint=f"end the name in {', '.join(ENDINGS)}")


def write_frame(frame: pd.DataFrame, path: Path) -> None:
    """Write ``frame`` with its index as columns; days and instants as ISO 8601 where the format is text.

    :raises AlignError: where Parquet is asked for and its extra is missing.
    """
    check_ending(path)
    plain = frame.reset_index() if frame.index.names != [None] else frame
    path.parent.mkdir(parents=True, exist_ok=True)
    ending = path.suffix.lower()
    if ending == ".parquet":
        try:
            plain.to_parquet(path, index=False)
        except ImportError:
            hint = "pip install 'nlp-rotation[lake]'"
            raise AlignError("Parquet cannot be written", where=str(path), hint=hint) from None
    elif ending == ".csv":
        plain.to_csv(path, index=False, lineterminator="\n")
    else:
        plain.to_json(path, orient="records", lines=ending == ".jsonl", date_format="iso", force_ascii=False)


def print_frame(title: str, frame: pd.DataFrame, out: TextIO, *, digits: int = 2) -> None:
    """Print ``frame`` as a table with its index first; nothing where it has no rows."""
    from rich.markup import escape

    plain = frame.reset_index() if frame.index.names != [None] else frame
    if plain.empty:
        return
    table = plain_table(title, *map(str, plain.columns))
    for row in plain.itertuples(index=False):
        table.add_row(*(escape(_cell(value, digits)) for value in row))
    console_on(out).print(table)


def _cell(value: object, digits: int) -> str:
    if value is None or value != value:  # NaN and NaT differ from themselves
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.{digits}f}"
    if hasattr(value, "strftime"):
        midnight = getattr(value, "hour", 0) == getattr(value, "minute", 0) == 0
        return str(value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M"))
    return shorten(str(value), 88)
