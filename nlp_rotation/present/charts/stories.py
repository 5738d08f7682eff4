"""The drivers of a store as columns over sessions: which day they tell of, and which side they speak for.

Plain arrays, no frames: a hundred thousand drivers have to be there before a reader notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from nlp_rotation.align.knowledge import told_sessions
from nlp_rotation.align.overview import MARKET
from nlp_rotation.align.proxies import subjects_near
from nlp_rotation.align.sessions import exchange
from nlp_rotation.present.charts.model import RELATIONS, Drivers
from nlp_rotation.store.charting import dated_editions, driver_columns, effect_columns
from nlp_rotation.store.flatten import OUT_OF_FORCE
from nlp_rotation.store.protocol import Store
from nlp_rotation.store.rows import ArticleQuery

_DIRECTIONS = {"up": 1, "down": -1, "unclear": 0}
_OUT = np.array([name in OUT_OF_FORCE for name in RELATIONS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Drivers sorted by session, and how many have none."""

    #: ``session`` points into ``days``.
    drivers: Drivers
    #: Every session that a driver tells of, ascending.
    days: pd.DatetimeIndex
    categories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    undated: int = 0


def told_of(store: Store, query: ArticleQuery, *, over: str, under: str) -> Told:
    """Read the drivers that ``query`` lets through, and say what each means for the two sides."""
    rows = list(store.select(driver_columns(query)))
    if not rows:
        return Told(drivers=no_drivers(), days=pd.DatetimeIndex([]))
    edition, n, category, relation, hedged, confidence = zip(*rows, strict=True)
    editions, days, sources = _editions(store, query)
    place = np.searchsorted(editions, np.asarray(edition, dtype=np.int64))
    categories, source_names = sorted(set(category)), sorted(set(sources))
    lean, about = _leanings(store, query, edition, n, side_signs(over, under))
    out = _OUT[relations := _codes(relation, RELATIONS)]
    found = Drivers(
        session=days[place],
        category=_codes(category, categories),
        relation=relations,
        hedged=np.asarray(hedged, dtype=np.bool_),
        confidence=np.asarray(confidence, dtype=np.float64),
        source=_codes(sources, source_names)[place],
        lean=np.where(out, 0, lean).astype(np.int32),
        about=about,
        edition=np.asarray(edition, dtype=np.int64),
        n=np.asarray(n, dtype=np.int32),
    )
    dated = _rows(found, np.flatnonzero(found.session >= 0))
    order = np.lexsort((dated.n, dated.edition, dated.session))
    return _compact(_rows(dated, order), categories, source_names, undated=len(found) - len(dated))


def on_axis(told: Told, axis: pd.DatetimeIndex) -> Drivers:
    """Return the drivers with ``session`` pointing into ``axis``, which holds every day of ``told``."""
    places = np.asarray(axis.get_indexer(told.days), dtype=np.int32)
    return replace(told.drivers, session=places[told.drivers.session])


def _compact(drivers: Drivers, categories: Sequence[str], sources: Sequence[str], *, undated: int) -> Told:
    """Let sessions point to the days in use alone; those of ``drivers`` point into the calendar."""
    used, places = np.unique(drivers.session, return_inverse=True)
    return Told(
        drivers=replace(drivers, session=places.astype(np.int32)),
        days=exchange().days[used],
        categories=tuple(categories),
        sources=tuple(sources),
        undated=undated,
    )


def _editions(store: Store, query: ArticleQuery) -> tuple[NDArray[np.int64], NDArray[np.int32], list[str]]:
    """Return the articles' editions, ascending, the place of the session each tells of, and their outlets.

    The place is that in the calendar, -1 where nothing tells the day.
    """
    rows = sorted(store.select(dated_editions(query)))
    edition, published, day, source = zip(*rows, strict=True)
    instants = pd.to_datetime(pd.Series(published, dtype="object"), utc=True, format="ISO8601")
    days = pd.to_datetime(pd.Series(day, dtype="object"), format="ISO8601").astype("datetime64[ns]")
    told = told_sessions(instants, days, exchange())
    places = exchange().days.get_indexer(pd.DatetimeIndex(told))
    return np.asarray(edition), np.asarray(places, dtype=np.int32), [name or "" for name in source]


def _leanings(
    store: Store, query: ArticleQuery, edition: Sequence[int], n: Sequence[int], sides: dict[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return for each driver which side it speaks for on balance, and whether it has an effect on either."""
    net: dict[tuple[int, int], int] = {}
    for of_edition, driver, subject, direction in store.select(effect_columns(query, sides)):
        key = (of_edition, driver)
        net[key] = net.get(key, 0) + sides[subject] * _DIRECTIONS[direction]
    leans = [net.get(key) for key in zip(edition, n, strict=True)]
    about = np.fromiter((lean is not None for lean in leans), dtype=np.bool_, count=len(leans))
    signs = np.sign(np.fromiter((lean or 0 for lean in leans), dtype=np.int32, count=len(leans)))
    return signs, about


def side_signs(over: str, under: str) -> dict[str, int]:
    """Return 1 for every subject that is, or stands for, the first side and -1 for those of the second.

    What may stand for both speaks for neither, and so does the market as a whole: it holds them both.

    >>> side_signs("IWM", "SPY")["group:small_caps"]
    1
    """
    if not under:
        return dict.fromkeys(subjects_near(over), 1)
    first, second = subjects_near(over) - {MARKET}, subjects_near(under) - {MARKET}
    return dict.fromkeys(first - second, 1) | dict.fromkeys(second - first, -1)


def _rows(drivers: Drivers, places: NDArray[np.intp]) -> Drivers:
    return Drivers(**{item.name: getattr(drivers, item.name)[places] for item in fields(Drivers)})


def _codes(values: Iterable[str], names: Sequence[str]) -> NDArray[np.int32]:
    places = {name: place for place, name in enumerate(names)}
    return np.fromiter((places[value] for value in values), dtype=np.int32)


def no_drivers() -> Drivers:
    """Return the columns of no driver at all."""
    kinds: dict[str, Any] = {"edition": np.int64, "confidence": np.float64}
    kinds |= dict.fromkeys(("hedged", "about"), np.bool_)
    names = [item.name for item in fields(Drivers)]
    return Drivers(**{name: np.zeros(0, dtype=kinds.get(name, np.int32)) for name in names})
