"""What is computed from stored rows and kept beside them: claims held against prices, and signals.

Both are rows by the names of their columns, so that the stage that computes them need not know a store.
Of each claim, and of the signals as a whole, the last computation counts; the prices and the program that
it was made with stand in its versions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cache
from typing import Any

from nlp_rotation.store.questions import Question
from nlp_rotation.store.schema import migrate

Row = Mapping[str, Any]
Ask = Callable[[Question], Iterator[tuple[Any, ...]]]


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """Return the names of the columns of ``claim`` or ``signal``."""
    return tuple(name for name, _ in types_of(table))


@cache
def types_of(table: str) -> tuple[tuple[str, str], ...]:
    """Return names and SQL types of the columns, as the newest schema has them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        described = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return tuple((name, kind) for _, name, kind, *_ in described)


def values_of(table: str, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    """Return rows as tuples in the order of the table; a column that a row lacks is null."""
    names = columns_of(table)
    return [tuple(row.get(name) for name in names) for row in rows]


def insert_into(table: str) -> str:
    """Return the statement that writes a row in the place of an earlier one."""
    names = columns_of(table)
    places = ", ".join("?" * len(names))
    return f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({places})"


def unchecked(ask: Ask, check_versions: str) -> Sequence[int]:
    """Return the current editions with a move or a rotation that these versions have not checked."""
    sql = (
        "SELECT e.edition FROM edition e WHERE e.current AND (e.edition IN (SELECT m.edition FROM move m) "
        "OR e.edition IN (SELECT r.edition FROM rotation r)) AND e.edition NOT IN "
        "(SELECT c.edition FROM claim c WHERE c.check_versions = ?) ORDER BY e.edition"
    )
    return [edition for (edition,) in ask(Question(sql, (check_versions,)))]
