"""Stories in the SQLite store: found by index, decided inside the transaction that writes the article."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict

from nlp_rotation.store.flatten import Row
from nlp_rotation.store.stories import WINDOW_DAYS, Link, Order, Telling, order_of, place, telling_of

#: Columns of ``edition`` that a telling is made of, and those of ``story_link`` that make a link.
FACTS = ("article_id", "knowable_at", "day", "title", "source", "url", "canonical_url", "item_kind")
LINK = ("article_id", "story_id", "role", "precursor", "likeness")

_EPOCH = dt.date(1970, 1, 1)
#: The day of what has none; nothing was published on it (see ``parse.stamps``).
NO_DAY = 0


def add_to_stories(connection: sqlite3.Connection, edition: int, row: Row, text: str) -> None:
    """Find the story of an article whose first edition has just been written."""
    newcomer = telling_of(row, text)
    keys = newcomer.keys()
    links = place(newcomer, keys, _Shelf(connection))
    for link in links:
        _enter(connection, edition, link)
    day = day_number(row["day"])
    connection.executemany(
        "INSERT OR IGNORE INTO story_key VALUES (?, ?, ?)", [(day, key, edition) for key in keys]
    )


def tell_stories(connection: sqlite3.Connection) -> None:
    """Find the stories of articles that were written by an earlier program."""
    firsts = connection.execute(
        f"SELECT min(e.edition), {', '.join(f'e.{name}' for name in FACTS)}, b.text "
        "FROM edition e JOIN body b ON b.edition = e.edition GROUP BY e.article_id ORDER BY min(e.edition)"
    ).fetchall()
    for edition, *facts, text in firsts:
        add_to_stories(connection, edition, dict(zip(FACTS, facts, strict=True)), text)


def day_number(day: str | None) -> int:
    """Return a day as stored beside the keys."""
    return (dt.date.fromisoformat(day) - _EPOCH).days if day else NO_DAY


def day_of(number: int) -> dt.date:
    """Return the day that a number stands for."""
    return _EPOCH + dt.timedelta(days=number)


def days_around(day: str | None) -> list[int]:
    """Return the day numbers of the window around a day; what has no day is alone with its like."""
    middle = day_number(day)
    return list(range(middle - WINDOW_DAYS, middle + WINDOW_DAYS + 1)) if day else [NO_DAY]


def _enter(connection: sqlite3.Connection, edition: int, link: Link) -> None:
    connection.execute("UPDATE story_link SET latest = 0 WHERE article_id = ? AND latest", (link.article_id,))
    row = {"edition": edition, **asdict(link), "latest": True}
    connection.execute(
        f"INSERT INTO story_link ({', '.join(row)}) VALUES ({_marks(row)})", tuple(row.values())
    )


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


class _Shelf:
    """See :class:`nlp_rotation.store.stories.Shelf`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def neighbours(self, newcomer: Telling, keys: list[int]) -> Iterator[Telling]:
        """Yield the tellings that share a key, published within the window."""
        days = days_around(newcomer.day)
        # with both as lists, each pair is looked up by itself; a range of days would be read from end to end
        found = self._connection.execute(
            "SELECT DISTINCT edition FROM story_key "
            f"WHERE day IN ({_marks(days)}) AND key IN ({_marks(keys)})",
            (*days, *keys),
        ).fetchall()
        for (edition,) in found:
            yield self._telling(edition)

    def link(self, article_id: str) -> Link:
        """Return the place of an article that is stored."""
        return next(self._links("article_id = ?", article_id))

    def order(self, article_id: str) -> Order:
        """Return the order of an article that is stored, by its first edition."""
        (knowable_at,) = self._connection.execute(
            "SELECT knowable_at FROM edition WHERE article_id = ? ORDER BY edition LIMIT 1", (article_id,)
        ).fetchone()
        return order_of(knowable_at, article_id)

    def followers(self, article_id: str) -> Iterable[Link]:
        """Return the places of the articles whose precursor this is."""
        return list(self._links("precursor = ?", article_id))

    def _links(self, condition: str, value: str) -> Iterator[Link]:
        rows = self._connection.execute(
            f"SELECT {', '.join(LINK)} FROM story_link WHERE {condition} AND latest", (value,)
        )
        return (Link(**dict(zip(LINK, row, strict=True))) for row in rows)

    def _telling(self, edition: int) -> Telling:
        *facts, text = self._connection.execute(
            f"SELECT {', '.join(f'e.{name}' for name in FACTS)}, b.text "
            "FROM edition e JOIN body b ON b.edition = e.edition WHERE e.edition = ?",
            (edition,),
        ).fetchone()
        return telling_of(dict(zip(FACTS, facts, strict=True)), text)
