"""The ledger of sources beside a lake: a SQLite file of the same schema, of which it uses these tables.

Its rows are rewritten all the time, which Parquet is not made for; nobody joins them with articles.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from nlp_rotation.store import source_ledger
from nlp_rotation.store.sqlite_errors import reporting
from nlp_rotation.store.sqlite_open import connect_to_read, connect_to_write
from nlp_rotation.types import SeenEntry, SourceState

NAME = "sources.db"


class SourceFile:
    """Opened for every call: a source is entered once in a round, and a lake may be shared."""

    def __init__(self, root: Path, *, busy_seconds: float) -> None:
        self._path = root / NAME
        self._busy_seconds = busy_seconds

    def keep_source(self, state: SourceState) -> None:
        """Enter how the reading of a source went."""
        with reporting(self._path), closing(self._to_write()) as connection:
            source_ledger.keep_source(connection, state)

    def mark_seen(self, source: str, entries: Iterable[SeenEntry]) -> None:
        """Remember entries of a source."""
        with reporting(self._path), closing(self._to_write()) as connection:
            source_ledger.mark_seen(connection, source, entries)

    def source(self, name: str) -> SourceState:
        """Return what is known of a source."""
        if not self._path.exists():
            return SourceState(source=name)
        with reporting(self._path), closing(self._to_read()) as connection:
            return source_ledger.read_source(connection, name)

    def sources(self) -> Iterator[SourceState]:
        """Yield the sources by name."""
        if not self._path.exists():
            return iter(())
        with reporting(self._path), closing(self._to_read()) as connection:
            return source_ledger.read_sources(connection)

    def seen(self, source: str) -> Mapping[str, SeenEntry]:
        """Return the entries of a source that are remembered."""
        if not self._path.exists():
            return {}
        with reporting(self._path), closing(self._to_read()) as connection:
            return source_ledger.read_seen(connection, source)

    def _to_write(self) -> sqlite3.Connection:
        return connect_to_write(self._path, busy_seconds=self._busy_seconds)

    def _to_read(self) -> sqlite3.Connection:
        return connect_to_read(self._path, busy_seconds=self._busy_seconds)
