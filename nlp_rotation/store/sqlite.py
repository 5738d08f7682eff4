"""The embedded store: one SQLite file, readable while it is written to."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from nlp_rotation.errors import StoreError
from nlp_rotation.store import answers, source_ledger
from nlp_rotation.store.batches import BatchSize, write_in_batches
from nlp_rotation.store.catalogue import views
from nlp_rotation.store.clocks import to_text
from nlp_rotation.store.counting import Counting
from nlp_rotation.store.derived import insert_into, values_of
from nlp_rotation.store.flatten import digest, flatten
from nlp_rotation.store.questions import Question
from nlp_rotation.store.reading import EVERY_ARTICLE, SqlReader
from nlp_rotation.store.rows import Added, ArticleQuery, FoundRow
from nlp_rotation.store.selecting import Selection, Way, about_subjects
from nlp_rotation.store.sqlite_counts import count
from nlp_rotation.store.sqlite_errors import reporting
from nlp_rotation.store.sqlite_open import BUSY_SECONDS, connect_to_read, connect_to_write
from nlp_rotation.store.sqlite_read import find_question, search_question
from nlp_rotation.store.sqlite_sql import read_sql
from nlp_rotation.store.sqlite_write import is_known, snapshot, transaction, write_batch
from nlp_rotation.store.words import Phrase, excerpt, phrases
from nlp_rotation.types import Article, Record, SeenEntry, Skipped, SourceState

if TYPE_CHECKING:
    from nlp_rotation.store.counts import Counts

#: Enough to make the cost of a transaction small, few enough to keep other writers waiting briefly.
_BATCH = BatchSize(records=200, seconds=5.0)

#: A tenth of a second's work to gather and put in order.
_BUSY = 20_000

#: Rows come and go with editions; claims and signals with their computation.
_STATE = (
    "SELECT (SELECT max(edition) FROM edition), (SELECT max(checked_at) FROM claim), "
    "(SELECT computed_at FROM signal LIMIT 1)"
)


class SqliteStore(SqlReader):
    """See :class:`nlp_rotation.store.protocol.Store` for what the methods promise."""

    def __init__(
        self, path: Path, *, mode: Literal["create", "read"] = "create", busy_seconds: float = BUSY_SECONDS
    ) -> None:
        connect = connect_to_write if mode == "create" else connect_to_read
        self.path = path
        self.where = str(path)
        self._connection: sqlite3.Connection | None = connect(path, busy_seconds=busy_seconds)

    @property
    def connection(self) -> sqlite3.Connection:
        """The open connection.

        :raises StoreError: after :meth:`close`.
        """
        if self._connection is None:
            raise StoreError("the store has been closed", where=self.where)
        return self._connection

    def add(self, records: Iterable[Record], *, extracted_at: dt.datetime) -> Added:
        """Write the records that are not there yet, in batches."""

        def write(batch: list[Record]) -> Added:
            flats = [flatten(record, extracted_at=extracted_at) for record in batch]
            with reporting(self.path):
                return write_batch(self.connection, flats)

        return write_in_batches(records, write, size=_BATCH)

    def has(self, article: Article, versions: Mapping[str, str]) -> bool:
        """Tell whether this very article was stored under these versions."""
        with reporting(self.path):
            return is_known(self.connection, article.id, digest(article, versions))

    def add_skips(self, skips: Iterable[Skipped]) -> None:
        """Enter inputs that gave no record in the ledger."""
        now = to_text(dt.datetime.now(dt.UTC))
        rows = [(skip.source_path, skip.locator, skip.stage, skip.reason, skip.loss, now) for skip in skips]
        with reporting(self.path), transaction(self.connection):
            self.connection.executemany("INSERT OR IGNORE INTO skipped VALUES (?, ?, ?, ?, ?, ?)", rows)

    def add_claims(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write what prices say of stored moves and rotations."""
        with reporting(self.path), transaction(self.connection):
            self.connection.executemany(insert_into("claim"), values_of("claim", rows))

    def keep_signals(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the signals of all that is stored, in the place of earlier ones."""
        with reporting(self.path), transaction(self.connection):
            self.connection.execute("DELETE FROM signal")
            self.connection.executemany(insert_into("signal"), values_of("signal", rows))

    def skips(self) -> Iterator[Skipped]:
        """Yield the ledger, in the order in which it was written."""
        sql = "SELECT source_path, locator, stage, reason, loss FROM skipped ORDER BY recorded_at, rowid"
        for source_path, locator, stage, reason, loss in self.select(Question(sql)):
            yield Skipped(
                source_path=source_path, locator=locator, stage=stage, reason=reason, loss=bool(loss)
            )

    def keep_source(self, state: SourceState) -> None:
        """Enter how the reading of a source went."""
        with reporting(self.path):
            source_ledger.keep_source(self.connection, state)

    def mark_seen(self, source: str, entries: Iterable[SeenEntry]) -> None:
        """Remember entries of a source."""
        with reporting(self.path):
            source_ledger.mark_seen(self.connection, source, entries)

    def source(self, name: str) -> SourceState:
        """Return what is known of a source."""
        with reporting(self.path):
            return source_ledger.read_source(self.connection, name)

    def sources(self) -> Iterator[SourceState]:
        """Yield the sources by name."""
        with reporting(self.path):
            return source_ledger.read_sources(self.connection)

    def seen(self, source: str) -> Mapping[str, SeenEntry]:
        """Return the entries of a source that are remembered."""
        with reporting(self.path):
            return source_ledger.read_seen(self.connection, source)

    def search(self, words: str, query: ArticleQuery = EVERY_ARTICLE) -> Iterator[FoundRow]:
        """Yield the articles that hold all the words, the best first."""
        wanted = phrases(words)
        found = map(answers.article, self.select(search_question(wanted, query)))
        return (FoundRow(article=article, excerpt=excerpt(article.text, wanted)) for article in found)

    def count(self, counting: Counting) -> Counts:
        """Return the counts of drivers by day, from what is kept ready where that answers the question."""
        with reporting(self.path), snapshot(self.connection):
            return count(self.connection, counting)

    def find(
        self, wanted: Sequence[Phrase], filters: Mapping[str, Any], *, limit: int
    ) -> Iterator[tuple[Any, ...]]:
        """Yield what a search finds, the best first."""
        return self.select(find_question(wanted, filters, limit))

    def rows(self, selection: Selection) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a view that are selected, in its order."""
        if selection.limit is not None:
            subjects: Way = "met" if self._is_busy(selection) else "gathered"
            selection = replace(selection, subjects=subjects, editions="judged")
        return super().rows(selection)

    def _is_busy(self, selection: Selection) -> bool:
        """Whether gathering all that is about the subjects would take long."""
        shown = views()[selection.view]
        if "subject" not in selection.filters or not shown.subject.table:
            return False
        named = about_subjects(shown, selection.filters["subject"])
        some = f"SELECT 1 FROM {shown.subject.table} WHERE {named.sql} LIMIT {_BUSY}"
        ((found,),) = self.select(Question(f"SELECT count(*) FROM ({some})", named.values))
        return bool(found == _BUSY)

    def select(self, question: Question) -> Iterator[tuple[Any, ...]]:
        """Put one question; rows are read as they are asked for."""
        with reporting(self.path):
            cursor = self.connection.execute(question.sql, question.values)
        return self._rows(cursor)

    def _rows(self, cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
        with reporting(self.path):
            yield from cursor

    def read_sql(self, query: str, *, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return what a reader's own statement gives; nothing can be written."""
        return read_sql(self.path, query, limit=limit)

    def state(self) -> str:
        """Return the number of the last edition, and when something was last computed from the rows."""
        ((last, checked, computed),) = self.select(Question(_STATE))
        return f"{last} {checked} {computed}"

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
