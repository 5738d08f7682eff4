"""What SQLite says, in one line that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nlp_rotation.errors import ForeignStoreError, StoreError

_KEPT = "what was written before is intact: make room and run again"

#: By the name of SQLite's result code: what is wrong, and what to do.
_MEANINGS = {
    "SQLITE_BUSY": ("another process is writing to the store", "wait for it to finish and run again"),
    "SQLITE_LOCKED": ("another process is writing to the store", "wait for it to finish and run again"),
    "SQLITE_FULL": ("the disk is full", _KEPT),
    "SQLITE_IOERR": ("the disk is full or failing", _KEPT),
    "SQLITE_READONLY": ("the store may not be written to", "change its permissions or give another path"),
    "SQLITE_CANTOPEN": ("the store cannot be opened", "check that the folder exists and may be written to"),
    "SQLITE_CORRUPT": ("the store is damaged", "restore it from a copy, or extract the articles again"),
    "SQLITE_NOTADB": ("the file is not a store of nlp-rotation", "give another path"),
}


@contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Turn every error of SQLite inside the block into a ``StoreError`` about ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, path) from error


def _translated(error: sqlite3.Error, path: Path) -> StoreError:
    code = getattr(error, "sqlite_errorname", "")
    # extended codes begin with the name of the plain one: SQLITE_IOERR_WRITE
    plain = "_".join(code.split("_")[:2])
    kind = ForeignStoreError if plain == "SQLITE_NOTADB" else StoreError
    if plain not in _MEANINGS:
        return kind(f"the store failed: {error}", where=str(path))
    what, hint = _MEANINGS[plain]
    return kind(what, where=str(path), hint=hint)
