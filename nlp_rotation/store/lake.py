"""The store for many machines and other tools: a folder of Parquet files by month, read by DuckDB.

Writers take turns; readers need no lock at all, since a file appears whole and is never changed.
There are no counts and no word index beside the files: DuckDB is quick enough to do without.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import duckdb

from nlp_rotation.errors import StoreError
from nlp_rotation.hashing import content_id
from nlp_rotation.store import answers
from nlp_rotation.store.batches import BatchSize, write_in_batches
from nlp_rotation.store.clocks import to_text
from nlp_rotation.store.derived import values_of
from nlp_rotation.store.flatten import Flat, Row, digest, flatten
from nlp_rotation.store.lake_derived import empty_view, parts_of, table_view, write_part
from nlp_rotation.store.lake_errors import reading, writing_files
from nlp_rotation.store.lake_files import (
    NEWEST_SCHEMA,
    check_lake,
    make_lake,
    oldest_schema,
    parts,
    remove_unfinished,
    write_months,
)
from nlp_rotation.store.lake_known import Known
from nlp_rotation.store.lake_ledger import append_skips, read_skips
from nlp_rotation.store.lake_lock import writing
from nlp_rotation.store.lake_merge import merge_small_files, remove_merged
from nlp_rotation.store.lake_read import find_question, search_question
from nlp_rotation.store.lake_schema import empty_table, mixed_record_view, record_view, view_statements
from nlp_rotation.store.lake_sources import SourceFile
from nlp_rotation.store.lake_sql import confine, read_sql
from nlp_rotation.store.lake_stories import add_stories
from nlp_rotation.store.questions import Question
from nlp_rotation.store.reading import EVERY_ARTICLE, SqlReader
from nlp_rotation.store.rows import Added, ArticleQuery, FoundRow
from nlp_rotation.store.sqlite_open import BUSY_SECONDS
from nlp_rotation.store.words import Phrase, excerpt, phrases
from nlp_rotation.types import Article, Record, SeenEntry, Skipped, SourceState

#: A file for each month that a batch touches: fewer and larger ones than transactions would be.
_BATCH = BatchSize(records=5000, seconds=60.0)

_ROWS_AT_A_TIME = 1000

#: Nothing is fetched from anywhere: what the views need is built into DuckDB.
_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


class LakeStore(SqlReader):
    """See :class:`nlp_rotation.store.protocol.Store` for what the methods promise."""

    def __init__(
        self, path: Path, *, mode: Literal["create", "read"] = "create", busy_seconds: float = BUSY_SECONDS
    ) -> None:
        self.path = path
        self.where = str(path)
        self._mode = mode
        self._busy_seconds = busy_seconds
        make_lake(path) if mode == "create" else check_lake(path)
        self._sources = SourceFile(path, busy_seconds=busy_seconds)
        self._known = Known(path)
        self._shown: list[Path] = []
        self._derived: list[Path] | None = None
        self._connection: duckdb.DuckDBPyConnection | None = duckdb.connect(config=_OFFLINE)
        # files never change, so what stands at their end need not be read for every question
        self.connection.execute("SET parquet_metadata_cache = true")
        self._lay_out_columns()
        for statement in view_statements():
            self.connection.execute(statement)
        self._show_files()
        confine(self.connection, path)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection that holds the views over the files; nothing can be written through it.

        :raises StoreError: after :meth:`close`.
        """
        if self._connection is None:
            raise StoreError("the store has been closed", where=self.where)
        return self._connection

    def add(self, records: Iterable[Record], *, extracted_at: dt.datetime) -> Added:
        """Write the records that are not there yet, in batches."""
        self._refuse_reader()

        def write(batch: list[Record]) -> Added:
            flats = [flatten(record, extracted_at=extracted_at) for record in batch]
            with writing(self.path, busy_seconds=self._busy_seconds):
                return self._write(flats)

        return write_in_batches(records, write, size=_BATCH)

    def has(self, article: Article, versions: Mapping[str, str]) -> bool:
        """Tell whether this very article was stored under these versions."""
        self._known.refresh()
        return (article.id, digest(article, versions)) in self._known

    def add_skips(self, skips: Iterable[Skipped]) -> None:
        """Enter inputs that gave no record in the ledger."""
        self._refuse_reader()
        now = to_text(dt.datetime.now(dt.UTC))
        with writing(self.path, busy_seconds=self._busy_seconds), writing_files(self.path):
            append_skips(self._ledger, skips, recorded_at=now)

    def add_claims(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write what prices say of stored moves and rotations."""
        self._add_derived("claim", rows)

    def keep_signals(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the signals of all that is stored, in the place of earlier ones."""
        self._add_derived("signal", rows)

    def _add_derived(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        self._refuse_reader()
        with writing(self.path, busy_seconds=self._busy_seconds):
            write_part(self.path, table, values_of(table, rows))

    def skips(self) -> Iterator[Skipped]:
        """Yield the ledger, in the order in which it was written."""
        return read_skips(self._ledger)

    def keep_source(self, state: SourceState) -> None:
        """Enter how the reading of a source went."""
        self._refuse_reader()
        self._sources.keep_source(state)

    def mark_seen(self, source: str, entries: Iterable[SeenEntry]) -> None:
        """Remember entries of a source."""
        self._refuse_reader()
        self._sources.mark_seen(source, entries)

    def source(self, name: str) -> SourceState:
        """Return what is known of a source."""
        return self._sources.source(name)

    def sources(self) -> Iterator[SourceState]:
        """Yield the sources by name."""
        return self._sources.sources()

    def seen(self, source: str) -> Mapping[str, SeenEntry]:
        """Return the entries of a source that are remembered."""
        return self._sources.seen(source)

    def search(self, words: str, query: ArticleQuery = EVERY_ARTICLE) -> Iterator[FoundRow]:
        """Yield the articles that hold all the words, those that hold them most often first."""
        wanted = phrases(words)
        found = map(answers.article, self.select(search_question(wanted, query)))
        return (FoundRow(article=article, excerpt=excerpt(article.text, wanted)) for article in found)

    def find(
        self, wanted: Sequence[Phrase], filters: Mapping[str, Any], *, limit: int
    ) -> Iterator[tuple[Any, ...]]:
        """Yield what a search finds, the best first."""
        return self.select(find_question(wanted, filters, limit))

    def select(self, question: Question) -> Iterator[tuple[Any, ...]]:
        """Put one question; rows are read as they are asked for."""
        self._show_files()
        with reading(self.path):
            cursor = self.connection.cursor().execute(question.sql, question.values)
        return self._rows(cursor)

    def read_sql(self, query: str, *, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return what a reader's own statement gives; nothing can be written."""
        self._show_files()
        return read_sql(self.connection, query, limit=limit)

    def state(self) -> str:
        """Return the names of the files, which never change, in short."""
        derived = (*parts_of(self.path, "claim"), *parts_of(self.path, "signal"))
        return content_id(*(str(file) for file in (*parts(self.path), *derived)))

    def close(self) -> None:
        """Let go of the files."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _lay_out_columns(self) -> None:
        """Lay the views over a table without rows: over the files, each would open them to learn its columns.

        It also stands beside the files of an earlier program, for the columns that they lack.
        """
        self.connection.execute(empty_table("nothing"))
        self.connection.execute("CREATE VIEW record AS SELECT * FROM nothing")
        for table in ("claim", "signal"):
            self.connection.execute(empty_view(table))
        is_mixed = oldest_schema(self.path) < NEWEST_SCHEMA
        self._record_view = mixed_record_view if is_mixed else record_view

    def _show_files(self) -> None:
        """Let the views look at the files that are there now."""
        files = parts(self.path)
        if files != self._shown:
            with reading(self.path):
                self.connection.execute(self._record_view(files))
            self._shown = files
        derived = [*parts_of(self.path, "claim"), *parts_of(self.path, "signal")]
        if derived != self._derived:
            with reading(self.path):
                for table in ("claim", "signal"):
                    self.connection.execute(table_view(self.path, table))
            self._derived = derived

    def _write(self, flats: list[Flat]) -> Added:
        remove_unfinished(self.path)
        remove_merged(self.path)
        self._known.refresh()
        new = {
            flat.edition["article_id"]
            for flat in flats
            if not self._known.is_article(flat.edition["article_id"])
        }
        rows, added = self._known.number(flats)
        try:
            add_stories(_firsts(rows, new), self.select)
            write_months(self.path, rows)
        except BaseException:
            # some of the rows were counted as known and are not there: look again next time
            self._known = Known(self.path)
            raise
        merge_small_files(self.path)
        return added

    def _rows(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
        with reading(self.path):
            while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
                yield from rows

    def _refuse_reader(self) -> None:
        if self._mode == "read":
            raise StoreError("the store was opened to read", where=self.where, hint="open it to write")

    @property
    def _ledger(self) -> Path:
        return self.path / "skipped.jsonl"


def _firsts(rows: Iterable[Row], new: set[str]) -> list[Row]:
    """Return the first editions of the articles ``new``, in their order."""
    by_article: dict[str, Row] = {}
    for row in rows:
        if row["article_id"] in new:
            by_article.setdefault(row["article_id"], row)
    return list(by_article.values())
