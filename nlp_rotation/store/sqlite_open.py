"""Connections to the SQLite store: ours or refused, up to date, and ready for company."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from nlp_rotation.errors import ForeignStoreError, StoreError
from nlp_rotation.store.schema import APPLICATION_ID, CURRENT_VERSION, migrate, version_of
from nlp_rotation.store.sqlite_errors import reporting

_SQLITE_HEADER = b"SQLite format 3\x00"

#: How long a statement waits for another process to finish its batch. Batches take well under a second.
BUSY_SECONDS = 30.0


def connect_to_write(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open the store at ``path`` for writing; make it where there is none, bring it up to date if old."""
    _refuse_foreign_header(path)
    with reporting(path):
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        return _checked(connection, path, _prepare_to_write)


def connect_to_read(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open a store that exists; nothing can be written through the connection.

    Where the file may be written to, it is opened that way all the same: a reader needs to share the
    index of the log with the writer beside it. On a read-only disk nobody writes, and it is not needed.
    """
    _refuse_missing(path)
    _refuse_foreign_header(path)
    mode = "mode=rw" if _is_writable(path) else "mode=ro&immutable=1"
    with reporting(path):
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?{mode}",
            uri=True,
            timeout=busy_seconds,
            isolation_level=None,
            # a server closes the connections of its threads when these are gone
            check_same_thread=False,
        )
        return _checked(connection, path, _prepare_to_read)


def _checked(
    connection: sqlite3.Connection, path: Path, prepare: Callable[[sqlite3.Connection], None]
) -> sqlite3.Connection:
    try:
        _refuse_foreign_tables(connection, path)
        _refuse_newer(connection, path)
        prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare_to_write(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    # safe against a crash of the program; a power cut may cost the last batch, never the store
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version_of(connection) < CURRENT_VERSION:
        migrate(connection)


def _prepare_to_read(connection: sqlite3.Connection) -> None:
    if version_of(connection) < CURRENT_VERSION:
        migrate(connection)
    connection.execute("PRAGMA query_only = ON")


def _refuse_missing(path: Path) -> None:
    if not path.exists():
        raise StoreError("there is no store", where=str(path), hint="make one with nlp-rotation run")
    if path.stat().st_size == 0:
        raise ForeignStoreError(
            "the file is empty", where=str(path), hint="make a store with nlp-rotation run"
        )


def _refuse_foreign_header(path: Path) -> None:
    """Look before SQLite does: it would take a file of less than a page for an empty database."""
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            header = file.read(len(_SQLITE_HEADER))
    except OSError as error:
        raise StoreError(f"the store cannot be read ({error.strerror})", where=str(path)) from error
    if header and header != _SQLITE_HEADER:
        raise _foreign(path)


def _refuse_foreign_tables(connection: sqlite3.Connection, path: Path) -> None:
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner == APPLICATION_ID:
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    # without any table it is a new file, or one whose making was cut short before anything was in it
    if owner != 0 or tables:
        raise _foreign(path)


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    version = version_of(connection)
    if version > CURRENT_VERSION:
        raise StoreError(
            f"the store has schema {version}, this program knows up to {CURRENT_VERSION}",
            where=str(path),
            hint="upgrade nlp-rotation",
        )


def _foreign(path: Path) -> ForeignStoreError:
    return ForeignStoreError(
        "the file is not a store of nlp-rotation; it was left as it is",
        where=str(path),
        hint="give another path",
    )


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
