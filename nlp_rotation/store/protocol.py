"""What a store does, whatever it is made of.

Both back ends (:mod:`nlp_rotation.store.sqlite`, :mod:`nlp_rotation.store.lake`) keep this contract;
``tests/store/test_contract.py`` runs over both. Every method may raise
:class:`nlp_rotation.errors.StoreError`; every datetime, given or returned, knows its zone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from nlp_rotation.store.counting import Counting
from nlp_rotation.store.questions import Question
from nlp_rotation.store.rows import (
    Added,
    ArticleQuery,
    ArticleRow,
    DriverQuery,
    DriverRow,
    Every,
    FoundRow,
    MentionRow,
    MoveRow,
    Query,
    RotationRow,
    StoryRow,
    TimelineRow,
)
from nlp_rotation.store.selecting import Selection
from nlp_rotation.store.words import Phrase
from nlp_rotation.types import Article, Record, SeenEntry, Skipped, SourceState

if TYPE_CHECKING:
    from nlp_rotation.store.counts import Counts


class Store(Protocol):
    """Records and what was extracted from them, kept for good and asked in many ways."""

    # --- writing ---

    def add(self, records: Iterable[Record], *, extracted_at: dt.datetime) -> Added:
        """Write the records that are not there yet.

        An *edition* is an article together with the versions that read it. One that the store holds is
        left alone; a new one of a known article becomes its current one, and the old one stays in the
        history. Records are taken in batches, each written whole or not at all.

        :param extracted_at: when the run began. The current edition is the one with the latest, so that
            an old run written late supersedes nothing.
        """
        ...

    def has(self, article: Article, versions: Mapping[str, str]) -> bool:
        """Tell whether this very article was stored under these versions: nothing is left to do for it."""
        ...

    def add_skips(self, skips: Iterable[Skipped]) -> None:
        """Enter inputs that gave no record in the ledger; one that stands there already is left alone."""
        ...

    def keep_source(self, state: SourceState) -> None:
        """Enter how the reading of a source went; what was known of it before is replaced."""
        ...

    def mark_seen(self, source: str, entries: Iterable[SeenEntry]) -> None:
        """Remember entries of a source; called when what they gave has been written, never before."""
        ...

    def add_claims(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write what prices say of stored moves and rotations, a row a claim by the names of its columns.

        A claim that was checked before is replaced; see :mod:`nlp_rotation.store.derived`.
        """
        ...

    def keep_signals(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the signals of all that is stored, in the place of earlier ones."""
        ...

    # --- asking ---

    def record(
        self, article_id: str, *, as_of: dt.datetime | None = None, recorded_as_of: dt.datetime | None = None
    ) -> Record:
        """Return the record that was added, letter by letter.

        :raises StoreError: where there is none, or none at that time.
        """
        ...

    def articles(self, query: ArticleQuery = ...) -> Iterator[ArticleRow]:
        """Yield articles, the newest first."""
        ...

    def stories(self, query: ArticleQuery = ...) -> Iterator[StoryRow]:
        """Yield the places of articles in their stories, story by story, each from its beginning."""
        ...

    def mentions(self, query: Query = ...) -> Iterator[MentionRow]:
        """Yield mentions, those of the newest article first."""
        ...

    def moves(self, query: Query = ...) -> Iterator[MoveRow]:
        """Yield moves, those of the newest article first."""
        ...

    def drivers(self, query: DriverQuery = ...) -> Iterator[DriverRow]:
        """Yield drivers, those of the newest article first."""
        ...

    def rotations(self, query: Query = ...) -> Iterator[RotationRow]:
        """Yield rotations, those of the newest article first."""
        ...

    def timeline(self, query: DriverQuery = ..., *, every: Every = "day") -> Iterator[TimelineRow]:
        """Yield how often each category was stated, in the order of time; ``limit`` has no meaning here."""
        ...

    def count(self, counting: Counting) -> Counts:
        """Return the counts of drivers by day, under the columns of the answer ``timeline``."""
        ...

    def search(self, words: str, query: ArticleQuery = ...) -> Iterator[FoundRow]:
        """Yield the articles that hold all the words, the best first.

        Words in double quotes have to follow each other. Case and accents do not matter.

        :raises UsageError: where ``words`` holds no letter and no digit.
        """
        ...

    def find(
        self, wanted: Sequence[Phrase], filters: Mapping[str, Any], *, limit: int
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the same under :data:`nlp_rotation.store.selecting.FOUND`, with all filters of articles."""
        ...

    def skips(self) -> Iterator[Skipped]:
        """Yield the ledger, in the order in which it was written."""
        ...

    def source(self, name: str) -> SourceState:
        """Return what is known of a source; an empty state for one that was never read."""
        ...

    def sources(self) -> Iterator[SourceState]:
        """Yield the sources by name."""
        ...

    def seen(self, source: str) -> Mapping[str, SeenEntry]:
        """Return the entries of a source that are remembered, by their name."""
        ...

    def rows(self, selection: Selection) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a view that are selected, in its order; they are read as they are asked for."""
        ...

    def select(self, question: Question) -> Iterator[tuple[Any, ...]]:
        """Put a question in SQL over the documented views; rows are read as they are asked for."""
        ...

    def read_sql(self, query: str, *, limit: int) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return the names of the columns and the first rows that a reader's own SQL gives.

        :raises UsageError: for anything but one statement that reads.
        """
        ...

    def state(self) -> str:
        """Return a text that changes whenever an answer may."""
        ...

    # --- ending ---

    def close(self) -> None:
        """Let go of the files; a store that is closed answers no more."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
