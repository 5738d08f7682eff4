"""Parquet: one article a row, under the keys of JSON lines, read a few rows at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from nlp_rotation.acquire.lines import document_of_row
from nlp_rotation.acquire.opening import Opened
from nlp_rotation.errors import AcquireError
from nlp_rotation.types import RawDocument, Skipped

_ROWS_AT_A_TIME = 256


def read_parquet(opened: Opened) -> Iterator[RawDocument | Skipped]:
    """Yield an article, or the reason why there is none, for every row.

    :raises AcquireError: where the file is broken, or the extra that reads it is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        hint = "pip install 'nlp-rotation[lake]'"
        raise AcquireError(f"Parquet needs {error.name}: {hint}", where=opened.path) from error
    number = 0
    try:
        for batch in pq.ParquetFile(opened.stream).iter_batches(batch_size=_ROWS_AT_A_TIME):
            for row in batch.to_pylist():
                number += 1
                yield document_of_row(_written_out(row), path=opened.path, locator=f"row {number}")
    except (pa.ArrowException, OSError) as error:
        raise AcquireError(f"the file breaks off after row {number} ({error})", where=opened.path) from error


def _written_out(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row with its instants and days as the text that JSON would hold."""
    return {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in row.items()}
