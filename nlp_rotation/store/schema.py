"""The tables of the SQLite store and how an older store becomes a newer one.

``migrations/N_*.sql`` brings a store from version N-1 to N; a new store runs through all of them, so
that there is one way to every schema. A migration that has been released is never changed.
``views.sql`` is replaced as a whole at each migration: views hold no data.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from nlp_rotation.store.sqlite_days import pack_rows
from nlp_rotation.store.sqlite_stories import tell_stories

#: In the head of the file, so that ``file`` and any SQLite client can tell whose it is: "NLPR".
APPLICATION_ID = 0x4E4C5052

_HERE = Path(__file__).parent

VIEWS = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("views.sql", "views_derived.sql"))

#: Scripts by the version that they lead to.
MIGRATIONS = {
    int(path.name.split("_")[0]): path.read_text(encoding="utf-8")
    for path in sorted((_HERE / "migrations").glob("*.sql"))
}

CURRENT_VERSION = max(MIGRATIONS)

#: What a migration needs beyond SQL, in the same transaction.
AFTERWARDS: dict[int, Callable[[sqlite3.Connection], None]] = {4: tell_stories, 7: pack_rows}


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of an open store; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, *, upto: int = CURRENT_VERSION) -> None:
    """Bring the store to a version, in one transaction: an interrupted migration never happened.

    The transaction is opened before the version is read, so that of two processes one does the work
    and the other finds it done.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(version_of(connection) + 1, upto + 1):
            run_script(connection, MIGRATIONS[version])
            AFTERWARDS.get(version, _nothing_more)(connection)
            connection.execute(f"PRAGMA user_version = {version}")
        _replace_views(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Run the statements of a script inside the transaction that is open.

    ``executescript`` would commit it first.
    """
    for statement in statements(script):
        connection.execute(statement)


def statements(script: str) -> list[str]:
    """Split a script of ours: a statement ends with a semicolon at the end of a line."""
    found = (part.strip() for part in f"{script}\n".split(";\n"))
    return [part for part in found if part]


def _nothing_more(_connection: sqlite3.Connection) -> None:
    """Most migrations are SQL alone."""


def _replace_views(connection: sqlite3.Connection) -> None:
    views = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
    for (name,) in views:
        connection.execute(f'DROP VIEW "{name}"')
    run_script(connection, VIEWS)
