"""A reader's own SQL on a SQLite store: one statement, which the connection lets do nothing but read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from nlp_rotation.errors import UsageError
from nlp_rotation.store.sqlite_errors import reporting
from nlp_rotation.store.sqlite_open import connect_to_read

#: What a statement may do; everything else is refused when it is prepared, before anything runs.
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)

#: What is the matter with the file and not with the statement.
_TROUBLE = tuple(f"SQLITE_{name}" for name in ("BUSY", "LOCKED", "IOERR", "CORRUPT", "NOTADB", "CANTOPEN"))


def read_sql(path: Path, query: str, *, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the names of the columns and the first rows of what ``query`` gives.

    :raises UsageError: where it is no statement that reads.
    """
    with reporting(path), closing(connect_to_read(path)) as connection:
        connection.set_authorizer(_only_reading)
        try:
            cursor = connection.execute(query)
            rows = cursor.fetchmany(limit)
        except (sqlite3.DatabaseError, sqlite3.Warning) as error:
            if getattr(error, "sqlite_errorname", "").startswith(_TROUBLE):
                raise
            raise UsageError(f"the statement was refused ({error})", where="SQL", hint=HINT) from error
        if cursor.description is None:
            raise UsageError("the statement was refused (it is empty)", where="SQL", hint=HINT)
        return [name for name, *_ in cursor.description], rows


def _only_reading(action: int, first: str | None, *_: str | None) -> int:
    # the index of words looks with it whether another program has written
    if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first == "data_version"):
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


HINT = "one SELECT over the views of docs/store.md; nothing can be written"
