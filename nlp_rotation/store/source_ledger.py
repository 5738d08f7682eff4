"""The ledger of sources in tables of SQLite; a lake keeps a small file of them beside its Parquet."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from typing import Any

from nlp_rotation.store.clocks import from_text, to_text
from nlp_rotation.store.sqlite_write import transaction
from nlp_rotation.types import SeenEntry, SourceState

_COLUMNS = tuple(field.name for field in fields(SourceState))
_KEEP = (
    f"INSERT OR REPLACE INTO source_state ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM source_state"
_MARK = "INSERT OR REPLACE INTO seen_entry (source, entry, digest, tries) VALUES (?, ?, ?, ?)"


def keep_source(connection: sqlite3.Connection, state: SourceState) -> None:
    """Write the state of one source in the place of the old one."""
    values = (to_text(value) if isinstance(value, dt.datetime) else value for value in astuple(state))
    with transaction(connection):
        connection.execute(_KEEP, tuple(values))


def read_source(connection: sqlite3.Connection, name: str) -> SourceState:
    """Return the state of one source; an empty one where it was never read."""
    found = connection.execute(f"{_SELECT} WHERE source = ?", (name,)).fetchone()
    return _state(found) if found else SourceState(source=name)


def read_sources(connection: sqlite3.Connection) -> Iterator[SourceState]:
    """Yield the states of all sources by name."""
    return map(_state, connection.execute(f"{_SELECT} ORDER BY source").fetchall())


def mark_seen(connection: sqlite3.Connection, source: str, entries: Iterable[SeenEntry]) -> None:
    """Remember entries of a source."""
    rows = [(source, seen.entry, seen.digest, seen.tries) for seen in entries]
    if rows:
        with transaction(connection):
            connection.executemany(_MARK, rows)


def read_seen(connection: sqlite3.Connection, source: str) -> dict[str, SeenEntry]:
    """Return the entries of a source that are remembered."""
    rows = connection.execute("SELECT entry, digest, tries FROM seen_entry WHERE source = ?", (source,))
    return {entry: SeenEntry(entry=entry, digest=digest, tries=tries) for entry, digest, tries in rows}


def _state(values: tuple[Any, ...]) -> SourceState:
    row = dict(zip(_COLUMNS, values, strict=True))
    instants = {name: from_text(row[name]) for name in row if name.endswith("_at") and row[name]}
    return SourceState(**(row | instants))
