"""Claims and signals of a lake: small Parquet files beside the records, never changed once they are there.

::

    rotation.lake/
        claims/part-000001.parquet       of two rows about one claim, that of the later file counts
        signals/part-000001.parquet      the last file counts alone
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nlp_rotation.store.derived import types_of
from nlp_rotation.store.lake_errors import writing_files
from nlp_rotation.store.lake_files import appear

_FOLDERS = {"claim": "claims", "signal": "signals"}
_ARROW = {"INTEGER": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string()}
_SQL = {"INTEGER": "BIGINT", "REAL": "DOUBLE", "TEXT": "VARCHAR"}


def parts_of(root: Path, table: str) -> list[Path]:
    """Return the files that hold a table now, the earliest first."""
    found = sorted((root / _FOLDERS[table]).glob("part-*.parquet"))
    return found[-1:] if table == "signal" else found


def write_part(root: Path, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows as the next file of a table; only the one writer may do it."""
    folder = root / _FOLDERS[table]
    numbers = [int(path.stem.split("-")[1]) for path in folder.glob("part-*.parquet")]
    path = folder / f"part-{max(numbers, default=0) + 1:06d}.parquet"
    schema = pa.schema([pa.field(name, _ARROW[kind]) for name, kind in types_of(table)])
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
    written = pa.Table.from_arrays(arrays, schema=schema)
    with writing_files(root):
        folder.mkdir(exist_ok=True)
        appear(path, lambda unfinished: pq.write_table(written, unfinished, compression="zstd"))


def empty_view(table: str) -> str:
    """Return the statement that makes a table without rows."""
    nulls = ", ".join(f"CAST(NULL AS {_SQL[kind]}) AS {name}" for name, kind in types_of(table))
    return f"CREATE OR REPLACE VIEW {table} AS SELECT {nulls} WHERE false"


def table_view(root: Path, table: str) -> str:
    """Return the statement that lays a table over its files, or over nothing."""
    files = parts_of(root, table)
    if not files:
        return empty_view(table)
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    if table == "signal":
        return f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM read_parquet([{listed}])"
    return (
        f"CREATE OR REPLACE VIEW {table} AS SELECT * EXCLUDE (filename) "
        f"FROM read_parquet([{listed}], filename = true) "
        "QUALIFY row_number() OVER (PARTITION BY edition, kind, n ORDER BY filename DESC) = 1"
    )
