"""What every measure asks of the closes it is given."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nlp_rotation.errors import PriceError


def checked(closes: pd.DataFrame) -> pd.DataFrame:
    """Return ``closes`` unchanged if a measure can be computed from them.

    Wanted: sessions without a zone as an ascending index without repeats; positive, finite closes as
    columns, one a symbol; NaN where a symbol has no bar.

    :raises PriceError: for anything else, with one line that says what and where.
    """
    index = closes.index
    if not isinstance(index, pd.DatetimeIndex):
        raise PriceError("closes need sessions as their index", where=f"index of {index.dtype}")
    if index.tz is not None:
        raise PriceError(
            "sessions are days and have no time zone", where=str(index.tz), hint="tz_localize(None)"
        )
    if index.hasnans or not index.is_monotonic_increasing or not index.is_unique:
        raise PriceError(
            "sessions must ascend without repeats", where=_first_fault(index), hint="sort_index()"
        )
    _positive(closes)
    return closes


def pair_checked(over: pd.Series, under: pd.Series) -> pd.DataFrame:
    """Return the sessions that both series have, as columns ``over`` and ``under``.

    :raises PriceError: where either is not usable, or their indexes are of different kinds.
    """
    zones = [getattr(series.index, "tz", None) for series in (over, under)]
    if (zones[0] is None) != (zones[1] is None):
        raise PriceError("one series has a time zone and the other none", where=f"{over.name}, {under.name}")
    both = {"over": over, "under": under}
    for name, series in both.items():
        checked(series.rename(str(series.name or name)).to_frame())
    return pd.concat(both, axis=1, sort=True).dropna().astype("float64")


def _positive(closes: pd.DataFrame) -> None:
    values = closes.to_numpy(dtype="float64")
    for what, wrong in (("infinite", np.isinf(values)), ("zero", values == 0), ("negative", values < 0)):
        if wrong.any():
            row, column = (int(place[0]) for place in np.nonzero(wrong))
            where = f"{closes.columns[column]}, {closes.index[row]:%Y-%m-%d}"
            raise PriceError(f"a price is {what}", where=where, hint="take the bar out")


def _first_fault(index: pd.DatetimeIndex) -> str:
    steps = np.diff(index.asi8)
    place = int(np.argmax(steps <= 0)) + 1 if len(steps) else 0
    return f"{index[place]:%Y-%m-%d}" if not index.hasnans else "an empty date"
