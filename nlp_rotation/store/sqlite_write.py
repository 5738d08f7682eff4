"""Writing a batch of records into SQLite: one transaction, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from nlp_rotation.store.days import DayCounts
from nlp_rotation.store.flatten import Flat, Row, parts_of, restore
from nlp_rotation.store.rows import Added
from nlp_rotation.store.sqlite_days import change_counts
from nlp_rotation.store.sqlite_stories import add_to_stories


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one transaction that no other writer can come into."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # a full disk has rolled back already
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all statements of the block see one state of the store, whatever is written meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def write_batch(connection: sqlite3.Connection, flats: Sequence[Flat]) -> Added:
    """Write those editions that are not there yet, and keep the counts by day in step."""
    batch = _Batch(connection)
    with transaction(connection):
        for flat in flats:
            batch.add(flat)
        batch.flush()
    return batch.added


class _Batch:
    """The state of one transaction: what is to be inserted at its end, table by table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.added = Added()
        self.counts = DayCounts()
        self.parts: dict[str, list[Row]] = {}

    def add(self, flat: Flat) -> None:
        """Enter one edition; its parts wait for :meth:`flush`."""
        if self._is_known(flat.edition):
            self.added += Added(unchanged=1)
            return
        is_current = self._step_aside(flat.edition)
        is_first = self._is_first(flat.edition)
        edition = self._insert("edition", {**flat.edition, "current": is_current})
        self._insert("body", {"edition": edition, **flat.body})
        self._insert("words", {"rowid": edition, "text": flat.body["text"]})
        if is_first:
            add_to_stories(self.connection, edition, flat.edition, flat.body["text"])
        else:
            self._restate(flat.edition)
        for table, rows in flat.parts.items():
            self.parts.setdefault(table, []).extend({"edition": edition, **row} for row in rows)
        if is_current:
            self.counts.add(flat.edition, flat.parts)
        self.added += Added(written=1)

    def flush(self) -> None:
        """Insert what has gathered."""
        for table, rows in self.parts.items():
            if rows:
                values = (tuple(row.values()) for row in rows)
                self.connection.executemany(_insert_into(table, rows[0]), values)
        change_counts(self.connection, self.counts.changes())

    def _is_known(self, edition: Row) -> bool:
        return is_known(self.connection, edition["article_id"], edition["digest"])

    def _is_first(self, edition: Row) -> bool:
        """Tell whether the article is new: its later editions stay in the story that it has."""
        found = self.connection.execute(
            "SELECT 1 FROM edition WHERE article_id = ? LIMIT 1", (edition["article_id"],)
        )
        return found.fetchone() is None

    def _restate(self, edition: Row) -> None:
        """Note the article if its editions became readable at different times; see ``sqlite_counts``."""
        article_id = edition["article_id"]
        self.connection.execute(
            "INSERT OR IGNORE INTO restated SELECT ? WHERE EXISTS "
            "(SELECT 1 FROM edition WHERE article_id = ? AND knowable_at IS NOT ?)",
            (article_id, article_id, edition["knowable_at"]),
        )

    def _step_aside(self, newcomer: Row) -> bool:
        """Make room for a newer edition; return False where the one that stands there is newer still."""
        standing = self.connection.execute(
            "SELECT e.edition, e.extracted_at, e.day, e.source, b.text, b.record "
            "FROM edition e JOIN body b ON b.edition = e.edition WHERE e.article_id = ? AND e.current",
            (newcomer["article_id"],),
        ).fetchone()
        if standing is None:
            return True
        edition, extracted_at, day, source, text, record = standing
        if extracted_at > newcomer["extracted_at"]:
            return False
        self.connection.execute("UPDATE edition SET current = 0 WHERE edition = ?", (edition,))
        gone = restore({"text": text, "record": record})
        self.counts.remove({"day": day, "source": source}, parts_of(gone))
        self.added += Added(superseded=1)
        return True

    def _insert(self, table: str, row: Row) -> int:
        cursor = self.connection.execute(_insert_into(table, row), tuple(row.values()))
        return int(cursor.lastrowid or 0)


def is_known(connection: sqlite3.Connection, article_id: str, digest: str) -> bool:
    """Tell whether the store holds this edition."""
    found = connection.execute(
        "SELECT 1 FROM edition WHERE article_id = ? AND digest = ?", (article_id, digest)
    )
    return found.fetchone() is not None


def _insert_into(table: str, row: dict[str, Any]) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"
