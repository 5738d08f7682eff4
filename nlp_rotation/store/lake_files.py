"""The files of a lake: a mark that it is ours, and Parquet files by month that appear whole.

::

    rotation.lake/
        rotation-lake.json                        whose folder it is, and of which schema
        records/month=2024-07/part-000000000042.parquet
        records/month=undated/part-000000000043.parquet
        skipped.jsonl
        writer.lock
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nlp_rotation.errors import ForeignStoreError, StoreError
from nlp_rotation.store.flatten import Row
from nlp_rotation.store.lake_errors import writing_files
from nlp_rotation.store.lake_schema import arrow_schema

MARK_NAME = "rotation-lake.json"
_SCHEMA = 1
_MARK = {"format": "nlp-rotation lake", "schema": _SCHEMA}

#: The folder of articles without a known day.
_UNDATED = "undated"

_UNFINISHED = ".unfinished"


def make_lake(root: Path) -> None:
    """Make a lake at ``root`` unless there is one; finish one whose making was cut short."""
    if root.exists() and not (root / MARK_NAME).exists() and any(root.iterdir()):
        raise ForeignStoreError(
            "the folder holds something else; it was left as it is",
            where=str(root),
            hint="give a new or empty folder",
        )
    with writing_files(root):
        root.mkdir(parents=True, exist_ok=True)
        if not (root / MARK_NAME).exists():
            _appear(
                root / MARK_NAME, lambda path: path.write_text(json.dumps(_MARK) + "\n", encoding="utf-8")
            )
    check_lake(root)
    # DuckDB refuses a pattern that no file fits; an empty one also tells it the columns
    empty = _month_folder(root, _UNDATED) / "part-000000000000.parquet"
    if not empty.exists():
        with writing_files(root):
            _write_part(empty, [])


def check_lake(root: Path) -> None:
    """Refuse a folder that is no lake of ours, or one of a later schema."""
    if not root.exists() or not any(root.iterdir()):
        raise StoreError("there is no store", where=str(root), hint="make one with nlp-rotation run")
    try:
        mark = json.loads((root / MARK_NAME).read_text(encoding="utf-8"))
        schema = int(mark["schema"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ForeignStoreError(
            "the folder is not a store of nlp-rotation", where=str(root), hint="give another path"
        ) from error
    if schema > _SCHEMA:
        raise StoreError(
            f"the store has schema {schema}, this program knows up to {_SCHEMA}",
            where=str(root),
            hint="upgrade nlp-rotation",
        )


def parts(root: Path) -> list[Path]:
    """Return the Parquet files of a lake, in the order in which they were written."""
    return sorted((root / "records").glob("*/part-*.parquet"), key=lambda path: path.name)


def write_months(root: Path, rows: Sequence[Row]) -> None:
    """Write each month's editions into a file of its own in the folder of the month.

    The name is the number of the first edition in it, which no other file has.
    """
    with writing_files(root):
        for month, group in groupby(sorted(rows, key=_month), key=_month):
            months_rows = list(group)
            folder = _month_folder(root, month)
            _write_part(folder / f"part-{months_rows[0]['edition']:012d}.parquet", months_rows)


def remove_unfinished(root: Path) -> None:
    """Remove what writers left that were killed; only the one writer may do it."""
    for path in (root / "records").glob(f"*/*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def _month(row: Row) -> str:
    return row["day"][:7] if row["day"] else _UNDATED


def _month_folder(root: Path, month: str) -> Path:
    return root / "records" / f"month={month}"


def _write_part(path: Path, rows: Sequence[Row]) -> None:
    table = pa.Table.from_pylist(list(rows), schema=arrow_schema())
    path.parent.mkdir(parents=True, exist_ok=True)
    _appear(path, lambda unfinished: pq.write_table(table, unfinished, compression="zstd"))


def _appear(path: Path, write: Callable[[Path], object]) -> None:
    """Write under another name, then rename: whoever looks finds all of the file or none."""
    unfinished = path.with_name(path.name + _UNFINISHED)
    try:
        write(unfinished)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
