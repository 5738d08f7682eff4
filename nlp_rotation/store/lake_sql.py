"""A reader's own SQL on a lake: one SELECT, on a connection that reaches no file but those of the lake."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from nlp_rotation.errors import UsageError
from nlp_rotation.store.sqlite_sql import HINT


def confine(connection: duckdb.DuckDBPyConnection, root: Path) -> None:
    """Let a connection reach the files of the lake and nothing else, for good."""
    connection.execute("SET allowed_directories = ?", [[str(root), str(root.resolve())]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def read_sql(
    connection: duckdb.DuckDBPyConnection, query: str, *, limit: int
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the names of the columns and the first rows of what ``query`` gives.

    :raises UsageError: where it is no statement that reads.
    """
    cursor = connection.cursor()
    try:
        _check(cursor.extract_statements(query))
        cursor.execute(query)
        return [name for name, *_ in cursor.description or ()], cursor.fetchmany(limit)
    except duckdb.Error as error:
        message = str(error).splitlines()[0]
        raise UsageError(f"the statement was refused ({message})", where="SQL", hint=HINT) from error


def _check(statements: list[Any]) -> None:
    """A SELECT alone: other statements could write files, those of the lake among them."""
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise UsageError("the statement was refused", where="SQL", hint=HINT)
