"""The asking half of a store over SQL: the same for every back end that can run a ``SELECT``."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from nlp_rotation.errors import StoreError
from nlp_rotation.store import answers, questions
from nlp_rotation.store.counting import Counting, counted, counting_of
from nlp_rotation.store.flatten import restore
from nlp_rotation.store.questions import Question
from nlp_rotation.store.rows import (
    ArticleQuery,
    ArticleRow,
    DriverQuery,
    DriverRow,
    Every,
    MentionRow,
    MoveRow,
    Query,
    RotationRow,
    StoryRow,
    TimelineRow,
)
from nlp_rotation.store.selecting import Selection, select
from nlp_rotation.types import Record

if TYPE_CHECKING:
    from nlp_rotation.store.counts import Counts

EVERYTHING = Query()
EVERY_ARTICLE = ArticleQuery()
EVERY_DRIVER = DriverQuery()


class SqlReader(ABC):
    """Answers questions from the documented views; a back end says how a question is put."""

    #: What error messages call the store.
    where: str

    @abstractmethod
    def select(self, question: Question) -> Iterator[tuple[Any, ...]]:
        """Put one question to the database."""

    @abstractmethod
    def state(self) -> str:
        """Return a text that changes whenever an answer may."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the files."""

    def articles(self, query: ArticleQuery = EVERY_ARTICLE) -> Iterator[ArticleRow]:
        """Yield articles, the newest first."""
        return map(answers.article, self.select(questions.articles(query)))

    def stories(self, query: ArticleQuery = EVERY_ARTICLE) -> Iterator[StoryRow]:
        """Yield the places of articles in their stories, story by story, each from its beginning."""
        return map(answers.story, self.select(questions.stories(query)))

    def mentions(self, query: Query = EVERYTHING) -> Iterator[MentionRow]:
        """Yield mentions, those of the newest article first."""
        return map(answers.mention, self.select(questions.mentions(query)))

    def moves(self, query: Query = EVERYTHING) -> Iterator[MoveRow]:
        """Yield moves, those of the newest article first."""
        return map(answers.move, self.select(questions.moves(query)))

    def drivers(self, query: DriverQuery = EVERY_DRIVER) -> Iterator[DriverRow]:
        """Yield drivers, those of the newest article first."""
        return map(answers.driver, self.select(questions.drivers(query)))

    def rotations(self, query: Query = EVERYTHING) -> Iterator[RotationRow]:
        """Yield rotations, those of the newest article first."""
        return map(answers.rotation, self.select(questions.rotations(query)))

    def timeline(self, query: DriverQuery = EVERY_DRIVER, *, every: Every = "day") -> Iterator[TimelineRow]:
        """Yield how often each category was stated, in the order of time."""
        counts = self.count(counting_of(query))
        return answers.timeline(counts.weekly() if every == "week" else counts)

    def count(self, counting: Counting) -> Counts:
        """Return the counts of drivers by day, in the order of time; undated ones last."""
        from nlp_rotation.store.counts import of_rows

        return of_rows(self.select(counted(counting)))

    def rows(self, selection: Selection) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a view that are selected, in its order."""
        return self.select(select(selection))

    def record(
        self, article_id: str, *, as_of: dt.datetime | None = None, recorded_as_of: dt.datetime | None = None
    ) -> Record:
        """Return the record that was added, letter by letter."""
        clocks = Query(as_of=as_of, recorded_as_of=recorded_as_of)
        for (edition,) in self.select(questions.edition_of(article_id, clocks)):
            for text, record in self.select(questions.body_of(edition)):
                return restore({"text": text, "record": record})
        raise StoreError(f"no article {article_id!r} in the store at that time", where=self.where)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
