"""The drivers of a store as columns over sessions: which day they tell of, and which side they speak for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nlp_rotation.align.knowledge import told_sessions
from nlp_rotation.align.overview import MARKET
from nlp_rotation.align.proxies import subjects_near
from nlp_rotation.align.sessions import exchange
from nlp_rotation.present.charts.model import RELATIONS, Drivers
from nlp_rotation.store.charting import DRIVER_COLUMNS, EFFECT_COLUMNS, driver_columns, effect_columns
from nlp_rotation.store.flatten import OUT_OF_FORCE
from nlp_rotation.store.protocol import Store
from nlp_rotation.store.rows import ArticleQuery

_DIRECTIONS = {"up": 1, "down": -1, "unclear": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Drivers as a frame, a row a driver, sorted by session, and how many have no day.

    Columns: those of the view, and ``session`` (datetime64[ns]), ``lean`` (int64), ``about`` (bool).
    """

    rows: pd.DataFrame
    undated: int = 0


def told_of(store: Store, query: ArticleQuery, *, over: str, under: str) -> Told:
    """Read the drivers that ``query`` lets through, and say what each means for the two sides."""
    rows = pd.DataFrame.from_records(list(store.select(driver_columns(query))), columns=list(DRIVER_COLUMNS))
    rows = rows.assign(session=_sessions(rows), source=rows["source"].fillna(""))
    dated = rows[rows["session"].notna()]
    leaning = dated.merge(_leanings(store, query, over, under), on=["edition", "n"], how="left")
    about = leaning["lean"].notna()
    in_force = ~leaning["relation"].isin(OUT_OF_FORCE)
    lean = leaning["lean"].fillna(0).where(in_force, 0).astype("int64")
    ordered = leaning.assign(lean=lean, about=about).sort_values(["session", "edition", "n"], kind="stable")
    return Told(rows=ordered.reset_index(drop=True), undated=len(rows) - len(dated))


def _sessions(rows: pd.DataFrame) -> pd.Series:
    """Return the session that each row's article tells of; worked out once an article."""
    articles = rows.drop_duplicates("edition").set_index("edition")
    instants = pd.to_datetime(articles["published_at"], utc=True, format="ISO8601")
    days = pd.to_datetime(articles["day"], format="ISO8601")
    told = told_sessions(instants, days.astype("datetime64[ns]"), exchange())
    return rows["edition"].map(told).astype("datetime64[ns]")


def _leanings(store: Store, query: ArticleQuery, over: str, under: str) -> pd.DataFrame:
    """Return a row for each driver with an effect on a side: 1 for the first side, -1 for the second."""
    sides = side_signs(over, under)
    found = list(store.select(effect_columns(query, sides))) if sides else []
    effects = pd.DataFrame.from_records(found, columns=list(EFFECT_COLUMNS))
    signed = effects["subject"].map(sides).astype("float64") * effects["direction"].map(_DIRECTIONS)
    net = effects.assign(lean=signed.astype("float64")).groupby(["edition", "n"])["lean"].sum()
    return net.map(np.sign).reset_index()


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


def columns_of(told: pd.DataFrame, axis: pd.DatetimeIndex) -> tuple[Drivers, list[str], list[str]]:
    """Return the drivers as columns over ``axis``, with the categories and sources that they point to."""
    categories = sorted(set(told["category"]))
    sources = sorted(set(told["source"]))
    drivers = Drivers(
        session=np.asarray(axis.get_indexer(pd.DatetimeIndex(told["session"])), dtype=np.int32),
        category=_codes(told["category"], categories),
        relation=_codes(told["relation"], RELATIONS),
        hedged=told["hedged"].to_numpy(dtype=np.bool_),
        confidence=told["confidence"].to_numpy(dtype=np.float64),
        source=_codes(told["source"], sources),
        lean=told["lean"].to_numpy(dtype=np.int32),
        about=told["about"].to_numpy(dtype=np.bool_),
        edition=told["edition"].to_numpy(dtype=np.int64),
        n=told["n"].to_numpy(dtype=np.int32),
    )
    return drivers, categories, sources


def _codes(values: pd.Series, names: Sequence[str]) -> Any:
    places = {name: place for place, name in enumerate(names)}
    return values.map(places).to_numpy(dtype=np.int32)


def no_rows() -> pd.DataFrame:
    """Return what :attr:`Told.rows` is without any driver."""
    names = (*DRIVER_COLUMNS, "lean", "about")
    return pd.DataFrame({name: [] for name in names}).assign(session=pd.DatetimeIndex([]))
