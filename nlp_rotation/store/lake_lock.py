"""One writer at a time in a lake.

SQLite's own file lock does it: it works alike on every system, a second writer waits for the first,
and the lock of a process that was killed is gone with the process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nlp_rotation.store.sqlite_errors import reporting

LOCK_NAME = "writer.lock"


@contextmanager
def writing(root: Path, *, busy_seconds: float) -> Iterator[None]:
    """Keep every other writer out while the block runs.

    :raises StoreError: where another one does not finish within ``busy_seconds``.
    """
    with reporting(root):
        connection = sqlite3.connect(root / LOCK_NAME, timeout=busy_seconds, isolation_level=None)
    try:
        with reporting(root):
            connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        # closing lets go of the lock
        connection.close()
