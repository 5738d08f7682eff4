"""A store for analysis: every question a method, every answer a pandas frame or an Arrow table.

>>> with open_store("rotation.db") as store:                                        # doctest: +SKIP
...     store.drivers(pair="IWM/SPY", since="2024-07-01", as_of="2024-07-17T20:00Z")
...     store.arrow.moves(subject="^RUT")
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, Unpack

from nlp_rotation.present.queries import asking, counts, finding, shapes, why
from nlp_rotation.present.queries.asking import Answer
from nlp_rotation.present.queries.filters import (
    ArticleFilters,
    ClaimFilters,
    DriverFilters,
    Filters,
    SignalFilters,
    SureFilters,
    WhyFilters,
)

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from nlp_rotation.align.prices import Prices
    from nlp_rotation.present.queries.why_answer import Why
    from nlp_rotation.store.protocol import Store

Shape = TypeVar("Shape")

#: Rows of :meth:`Questions.sql` at most, unless more are asked for.
SQL_ROWS = 100_000


class Questions(ABC, Generic[Shape]):
    """The questions, whatever the answers look like; filters are keywords, None is no filter.

    Rows come the newest first, with the columns that ``docs/store.md`` lists for the view of the same name.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @abstractmethod
    def _shaped(self, answer: Answer, *, index: str = "") -> Shape:
        """Give an answer its shape."""

    def articles(self, *, limit: int | None = None, **filters: Unpack[ArticleFilters]) -> Shape:
        """Return articles with their texts; a subject is something that they mention."""
        return self._rows("articles", filters, limit)

    def mentions(self, *, limit: int | None = None, **filters: Unpack[SureFilters]) -> Shape:
        """Return mentions; a subject is their symbol."""
        return self._rows("mentions", filters, limit)

    def moves(self, *, limit: int | None = None, **filters: Unpack[SureFilters]) -> Shape:
        """Return stated moves; a subject is what moved."""
        return self._rows("moves", filters, limit)

    def drivers(self, *, limit: int | None = None, **filters: Unpack[DriverFilters]) -> Shape:
        """Return stated causes; a subject is what one of their effects is on."""
        return self._rows("drivers", filters, limit)

    def rotations(self, *, limit: int | None = None, **filters: Unpack[SureFilters]) -> Shape:
        """Return stated rotations; a subject is either side."""
        return self._rows("rotations", filters, limit)

    def sentiment(self, *, limit: int | None = None, **filters: Unpack[Filters]) -> Shape:
        """Return scores of articles, sentences and mentions; with a subject, of mentions alone."""
        return self._rows("sentiment", filters, limit)

    def claims(self, *, limit: int | None = None, **filters: Unpack[ClaimFilters]) -> Shape:
        """Return stated moves and rotations as prices have judged them (``nlp-rotation check``)."""
        return self._rows("claims", filters, limit)

    def signals(self, *, limit: int | None = None, **filters: Unpack[SignalFilters]) -> Shape:
        """Return signals by session and leg (``nlp-rotation align``), from session to session."""
        return self._rows("signals", filters, limit)

    def timeline(
        self,
        *,
        every: Literal["day", "week"] = "day",
        per: Literal["category", "group", "all"] = "category",
        **filters: Unpack[DriverFilters],
    ) -> Shape:
        """Return how often each driver was given, in the order of time; index ``period``."""
        return self._shaped(counts.timeline(self._store, filters, every=every, per=per), index="period")

    def search(self, words: str, *, limit: int = 20, **filters: Unpack[ArticleFilters]) -> Shape:
        """Return the articles that hold all the words, the best first.

        Words in double quotes have to follow each other; case and accents do not matter.
        """
        return self._shaped(finding.search(self._store, words, filters, limit=limit), index="knowable_at")

    def sql(self, query: str, *, limit: int = SQL_ROWS) -> Shape:
        """Return what one ``SELECT`` over the views gives.

        Columns of our views keep their types; others take those that the back end tells.

        :raises UsageError: for anything that is not one reading statement; nothing can be written.
        """
        return self._shaped(asking.sql(self._store, query, limit=limit))

    def _rows(self, view: str, filters: Mapping[str, Any], limit: int | None) -> Shape:
        return self._shaped(asking.ask(self._store, view, filters, limit=limit), index="knowable_at")


class Tables(Questions["pa.Table"]):
    """The questions, answered with Arrow tables; nothing is an index there."""

    def _shaped(self, answer: Answer, *, index: str = "") -> pa.Table:
        return shapes.to_arrow(answer)


class Frames(Questions["pd.DataFrame"]):
    """The questions, answered with pandas frames; the index is ``knowable_at`` in UTC.

    That is the instant from which on a row may be used: join it with prices by nothing earlier.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        #: The same questions, answered with Arrow tables (extra ``lake``).
        self.arrow = Tables(store)

    def why(
        self, pair: str, *, prices: Prices | str | Path | None = None, **filters: Unpack[WhyFilters]
    ) -> Why:
        """Return the causes given for the lead of one side over another, ranked, beside that lead.

        :param pair: ``IWM/SPY``, or a named pair.
        :param prices: daily prices, or where they lie; without them the lead itself is not told.
        """
        return why.why(self._store, pair, filters, prices=why.loaded(prices))

    def close(self) -> None:
        """Let go of the files."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _shaped(self, answer: Answer, *, index: str = "") -> pd.DataFrame:
        return shapes.to_frame(answer, index=index)
