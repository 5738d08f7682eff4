"""What DuckDB, Arrow and the file system say, in one line that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from nlp_rotation.errors import StoreError


@contextmanager
def reading(root: Path) -> Iterator[None]:
    """Turn every error of reading the lake inside the block into a ``StoreError`` about ``root``."""
    try:
        yield
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        # DuckDB shows the statement below the message
        message = str(error).splitlines()[0]
        raise StoreError(
            f"the store cannot be read ({message})",
            where=str(root),
            hint="restore the file from a copy, or remove it and extract its articles again",
        ) from error


@contextmanager
def writing_files(root: Path) -> Iterator[None]:
    """Turn every error of writing files inside the block into a ``StoreError`` about ``root``."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"the store cannot be written ({error.strerror or error})",
            where=str(root),
            hint="what was written before is intact: make room and run again",
        ) from error
