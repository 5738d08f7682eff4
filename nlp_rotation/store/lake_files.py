"""The files of a lake: a mark that it is ours, and Parquet files by month that appear whole.

::

    rotation.lake/
        rotation-lake.json                        whose folder it is, and of which schema
        records/month=2024-07/part-000000000001-000000000042.parquet
        records/month=undated/part-000000000043-000000000043.parquet
        skipped.jsonl
        sources.db                                made when a source is first entered
        writer.lock

A file is named by the first and the last number of an edition in it. One whose numbers lie inside
those of another file of its folder has been merged into that one, and is not read any more.
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
from nlp_rotation.store.lake_lock import LOCK_NAME
from nlp_rotation.store.lake_schema import arrow_schema

MARK_NAME = "rotation-lake.json"
#: Schema 2 has columns for what pages say of themselves and for stories.
NEWEST_SCHEMA = 2
_MARK = {"format": "nlp-rotation lake", "schema": NEWEST_SCHEMA}

#: The folder of articles without a known day.
_UNDATED = "undated"

_UNFINISHED = ".unfinished"


def make_lake(root: Path) -> None:
    """Make a lake at ``root`` unless there is one; finish one whose making was cut short."""
    if root.exists() and not (root / MARK_NAME).exists() and any(map(_is_foreign, root.iterdir())):
        raise ForeignStoreError(
            "the folder holds something else; it was left as it is",
            where=str(root),
            hint="give a new or empty folder",
        )
    with writing_files(root):
        root.mkdir(parents=True, exist_ok=True)
        if not (root / MARK_NAME).exists():
            appear(root / MARK_NAME, lambda path: path.write_text(json.dumps(_MARK) + "\n", encoding="utf-8"))
    check_lake(root)
    _mark_as_ours(root)
    # DuckDB refuses a pattern that no file fits; an empty one also tells it the columns
    if not parts(root):
        with writing_files(root):
            _write_part(_month_folder(root, _UNDATED) / _part_name(0, 0), [])


def _is_foreign(path: Path) -> bool:
    """Tell whether a file is none that the making of a lake leaves where it is cut short."""
    return not path.name.startswith((MARK_NAME, LOCK_NAME))


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
    if schema > NEWEST_SCHEMA:
        raise StoreError(
            f"the store has schema {schema}, this program knows up to {NEWEST_SCHEMA}",
            where=str(root),
            hint="upgrade nlp-rotation",
        )


def oldest_schema(root: Path) -> int:
    """Return the schema of the oldest files that there may be: bringing a lake up to date keeps them."""
    mark = json.loads((root / MARK_NAME).read_text(encoding="utf-8"))
    return int(mark.get("oldest", mark["schema"]))


def _mark_as_ours(root: Path) -> None:
    """Keep programs that know only the earlier schema away from the files that will be written."""
    mark = json.loads((root / MARK_NAME).read_text(encoding="utf-8"))
    if mark["schema"] < NEWEST_SCHEMA:
        text = json.dumps({**_MARK, "oldest": mark.get("oldest", mark["schema"])}) + "\n"
        with writing_files(root):
            appear(root / MARK_NAME, lambda path: path.write_text(text, encoding="utf-8"))


def parts(root: Path) -> list[Path]:
    """Return the Parquet files that hold the lake now, by folder and in the order of writing."""
    shown: list[Path] = []
    for path in _all_parts(root):
        if not (shown and is_inside(path, shown[-1])):
            shown.append(path)
    return shown


def merged_parts(root: Path) -> list[tuple[Path, Path]]:
    """Return the files that are not read any more, each with the one that took it in."""
    shown = parts(root)
    homes = ((path, home) for path in _all_parts(root) for home in shown if is_inside(path, home))
    return [(path, home) for path, home in homes if path != home]


def is_inside(path: Path, home: Path) -> bool:
    """Tell whether all editions of a file are in another one, or in itself."""
    (first, last), (home_first, home_last) = numbers(path), numbers(home)
    return path.parent == home.parent and home_first <= first and last <= home_last


def numbers(path: Path) -> tuple[int, int]:
    """Return the first and the last number of an edition in a file."""
    _, first, last = path.stem.split("-")
    return int(first), int(last)


def write_months(root: Path, rows: Sequence[Row]) -> None:
    """Write each month's editions into a file of its own in the folder of the month."""
    with writing_files(root):
        for month, group in groupby(sorted(rows, key=_month), key=_month):
            months_rows = list(group)
            name = _part_name(months_rows[0]["edition"], months_rows[-1]["edition"])
            _write_part(_month_folder(root, month) / name, months_rows)


def write_merged(run: Sequence[Path]) -> None:
    """Write neighbouring files of one folder into one; they stay where they are, and are passed over."""
    (first, _), (_, last) = numbers(run[0]), numbers(run[-1])

    def write(unfinished: Path) -> None:
        with pq.ParquetWriter(unfinished, arrow_schema(), compression="zstd") as writer:
            for path in run:
                writer.write_table(_brought_up_to_date(pq.ParquetFile(path).read()))

    appear(run[0].with_name(_part_name(first, last)), write)


def remove_unfinished(root: Path) -> None:
    """Remove what writers left that were killed; only the one writer may do it."""
    for path in (root / "records").glob(f"*/*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def _all_parts(root: Path) -> list[Path]:
    """By folder and first number; of two with the same first one the larger comes first."""

    def order(path: Path) -> tuple[str, int, int]:
        first, last = numbers(path)
        return path.parent.name, first, -last

    return sorted((root / "records").glob("*/part-*.parquet"), key=order)


def _part_name(first: int, last: int) -> str:
    return f"part-{first:012d}-{last:012d}.parquet"


def _month(row: Row) -> str:
    return row["day"][:7] if row["day"] else _UNDATED


def _month_folder(root: Path, month: str) -> Path:
    return root / "records" / f"month={month}"


def _write_part(path: Path, rows: Sequence[Row]) -> None:
    table = pa.Table.from_pylist(list(rows), schema=arrow_schema())
    path.parent.mkdir(parents=True, exist_ok=True)
    appear(path, lambda unfinished: pq.write_table(table, unfinished, compression="zstd"))


def _brought_up_to_date(table: pa.Table) -> pa.Table:
    """Give a table of an earlier schema the columns that it has not, empty."""
    for field in arrow_schema():
        if field.name not in table.column_names:
            table = table.append_column(field, pa.nulls(len(table), field.type))
    return table.select(arrow_schema().names)


def appear(path: Path, write: Callable[[Path], object]) -> None:
    """Write under another name, then rename: whoever looks finds all of the file or none."""
    # Two processes may make one lake at the same time: each writes under a name of its own.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}{_UNFINISHED}")
    try:
        write(unfinished)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
