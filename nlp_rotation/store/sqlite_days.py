"""The counts by day that SQLite keeps ready, packed: what a facet counts on a day is one value.

A value is a run of numbers of 32 bits, the least significant byte first: seven for each label that was
stated on that day, its number in the table ``label`` and what ``days.COUNTED`` lists. So numpy reads ten
years of every category at once, which as rows would be a quarter of a million tuples.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from nlp_rotation.store.days import NO_DAY

if TYPE_CHECKING:
    from nlp_rotation.store.counts import Counts

_ONE_LABEL = struct.Struct("<7i")

_READ = "SELECT counts FROM facet_day WHERE facet = ? AND day = ?"
_WRITE = "INSERT OR REPLACE INTO facet_day (facet, day, counts) VALUES (?, ?, ?)"
_SPAN = "SELECT day, counts FROM facet_day WHERE facet = ? AND day BETWEEN ? AND ? ORDER BY day"

#: A facet, a day and a label, and by how much its counts change.
Change = tuple[str, str, str, Sequence[int]]


def change_counts(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Add changes to the counts, inside the transaction that is open."""
    labels = _Labels(connection)
    by_day: defaultdict[tuple[str, str], dict[int, Sequence[int]]] = defaultdict(dict)
    for facet, day, label, numbers in changes:
        by_day[facet, day][labels.number(label)] = numbers
    # in the order of the table, so that neighbours are looked up one after the other
    for place in sorted(by_day):
        (standing,) = connection.execute(_READ, place).fetchone() or (b"",)
        connection.execute(_WRITE, (*place, _pack(_changed(standing, by_day[place]))))


def pack_rows(connection: sqlite3.Connection) -> None:
    """Pack the table of rows that stores kept before schema 7."""
    labels = _Labels(connection)
    rows = connection.execute("SELECT * FROM driver_day WHERE drivers > 0 ORDER BY facet, day, category")
    days = groupby(rows, key=lambda row: (row[0], row[1]))
    packed = (
        (*place, _pack({labels.number(label): numbers for _, _, label, *numbers in group}))
        for place, group in days
    )
    connection.executemany(_WRITE, packed)
    connection.execute("DROP TABLE driver_day")


def read_counts(
    connection: sqlite3.Connection, facet: str, first: str, last: str, wanted: Callable[[str], bool]
) -> Counts:
    """Return what a facet counts on the days from ``first`` to ``last``, both as the table has them.

    :param wanted: which labels are counted.
    """
    import numpy as np

    from nlp_rotation.store.counts import added_up

    found = connection.execute(_SPAN, (facet, first, last)).fetchall()
    names = dict(connection.execute("SELECT number, name FROM label").fetchall())
    table = np.frombuffer(b"".join(counts for _, counts in found), dtype="<i4").reshape(-1, 7)
    told = np.array([None if day == NO_DAY else day for day, _ in found], dtype="datetime64[D]")
    days = np.repeat(told, [len(counts) // _ONE_LABEL.size for _, counts in found] or 0)
    place_of = np.full(max(names, default=0) + 1, -1)
    chosen = {name: number for number, name in names.items() if wanted(name)}
    place_of[list(chosen.values())] = range(len(chosen))
    places = place_of[table[:, 0]]
    kept = places >= 0
    return added_up(days[kept], tuple(chosen), places[kept], table[kept, 1:].astype(np.int64))


def _changed(standing: bytes, changes: dict[int, Sequence[int]]) -> dict[int, Sequence[int]]:
    counts: dict[int, Sequence[int]] = {
        label: numbers for label, *numbers in _ONE_LABEL.iter_unpack(standing)
    }
    for label, numbers in changes.items():
        known = counts.get(label)
        counts[label] = [a + b for a, b in zip(known, numbers, strict=True)] if known else numbers
    return counts


def _pack(counts: dict[int, Sequence[int]]) -> bytes:
    stated = ((label, *numbers) for label, numbers in sorted(counts.items()) if any(numbers))
    return b"".join(_ONE_LABEL.pack(*numbers) for numbers in stated)


class _Labels:
    """The numbers of labels; a new label gets the next one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[str, int] = dict(connection.execute("SELECT name, number FROM label"))

    def number(self, name: str) -> int:
        """Return the number of a label."""
        if name not in self._numbers:
            cursor = self._connection.execute("INSERT INTO label (name) VALUES (?)", (name,))
            self._numbers[name] = int(cursor.lastrowid or 0)
        return self._numbers[name]
