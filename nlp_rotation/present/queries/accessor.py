"""The accessor ``news`` of a price frame: what was said, given to the bars that could know it.

>>> prices.news.events(store, pair="IWM/SPY")       # doctest: +SKIP
>>> prices.join(prices.news.counts(store))          # doctest: +SKIP
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, Unpack

import numpy as np
import pandas as pd

from nlp_rotation.errors import AlignError

if TYPE_CHECKING:
    from nlp_rotation.present.queries.filters import DriverFilters, Filters
    from nlp_rotation.present.queries.library import Frames

Kind = Literal["drivers", "moves", "rotations", "mentions"]


class News:
    """Joins stored rows to the rows of a price frame, without a look ahead.

    The frame's index tells how: midnights without a zone are sessions, and a row belongs to the first one
    that *closes* strictly after it was knowable; instants with a zone are the ends of bars, and a row belongs
    to the first of them that is strictly later. Rows that no bar could know are left out.
    """

    def __init__(self, prices: pd.DataFrame) -> None:
        if not isinstance(prices.index, pd.DatetimeIndex) or not prices.index.is_monotonic_increasing:
            raise AttributeError("news needs a frame with days or instants in order as its index")
        self._index = prices.index

    def events(
        self,
        store: Frames,
        *,
        kind: Kind = "drivers",
        exchange: str = "XNYS",
        **filters: Unpack[DriverFilters],
    ) -> pd.DataFrame:
        """Return stored rows, in the order of time, under the bar that could first know them.

        :param kind: which rows: those of the method of this name; filters are those of that method.
        :param exchange: whose sessions a daily index has.
        :returns: index ``session`` (a label of the price frame); columns of the rows with ``knowable_at``.
        """
        asked: Filters = filters
        rows: pd.DataFrame = getattr(store, kind)(**asked).reset_index()
        rows = rows[rows["knowable_at"].notna()].sort_values("knowable_at", kind="stable")
        places = self._ends(exchange).searchsorted(pd.DatetimeIndex(rows["knowable_at"]), side="right")
        inside = np.asarray(places < len(self._index))
        labels = self._index[places[inside]].rename("session")
        return rows[inside].set_index(labels)

    def counts(
        self,
        store: Frames,
        *,
        kind: Kind = "drivers",
        exchange: str = "XNYS",
        **filters: Unpack[DriverFilters],
    ) -> pd.Series:
        """Return how many rows each bar could newly know; index that of the price frame, int64."""
        found = self.events(store, kind=kind, exchange=exchange, **filters)
        return found.groupby(level="session").size().reindex(self._index, fill_value=0).rename(kind)

    def _ends(self, exchange: str) -> pd.DatetimeIndex:
        """Return the instants at which the bars end; those of an unknown day end with it, in UTC."""
        if self._index.tz is not None:
            return self._index.tz_convert("UTC").as_unit("us")
        if not (self._index == self._index.normalize()).all():
            raise AlignError("bars inside a day need a time zone", where="index", hint="tz_localize it")
        return _closes(self._index, exchange).tz_localize("UTC").as_unit("us")


def _closes(days: pd.DatetimeIndex, name: str) -> pd.DatetimeIndex:
    from nlp_rotation.align.sessions import exchange

    market = exchange(name)
    known = pd.Series(market.closes.tz_localize(None), index=market.days)
    over = pd.Series(days + pd.Timedelta(days=1), index=days)
    return pd.DatetimeIndex(known.reindex(days.as_unit("ns")).fillna(over))


@cache
def register() -> None:
    """Give every frame the attribute ``news``."""
    pd.api.extensions.register_dataframe_accessor("news")(News)
