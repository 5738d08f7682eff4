"""The lines of a chart from prices: how one side fares against the other, or one price alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from nlp_rotation.align.measures.relative import log_strength
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import series_of
from nlp_rotation.errors import AlignError
from nlp_rotation.present.charts.model import Line, side_name

_RELATIVE = "lead of {over} over {under} since {day}, in percent"
_CHANGE = "percent since {day}"
_PRICE = "closing price"


def closes_of(prices: Prices, sides: Sequence[str]) -> tuple[dict[str, pd.Series], list[str]]:
    """Return closes by side, and a note for every side that nothing is priced by."""
    found: dict[str, pd.Series] = {}
    notes = []
    for side in sides:
        try:
            found[side] = series_of(side, prices).dropna()
        except AlignError as error:
            notes.append(f"No line of {side}: {error.what}.")
    return found, notes


def lines_of(closes: dict[str, pd.Series], over: str, under: str, axis: pd.DatetimeIndex) -> tuple[Line, ...]:
    """Return the lines that the closes allow, the main one first."""
    within = {side: close[close.index.isin(axis)] for side, close in closes.items()}
    within = {side: close for side, close in within.items() if len(close)}
    if not under:
        return tuple(_line(side_name(side), "price", close, axis, _PRICE) for side, close in within.items())
    changes = [_change(side, close, axis) for side, close in within.items()]
    if len(within) == 2 and (pair := _relative(within[over], within[under], over, under, axis)):
        return (pair, *changes)
    return tuple(changes)


def _relative(
    over: pd.Series, under: pd.Series, first: str, second: str, axis: pd.DatetimeIndex
) -> Line | None:
    if not len(over.index.intersection(under.index)):
        return None
    strength = log_strength(over, under).dropna()
    values = pd.Series(np.expm1(strength - strength.iloc[0]) * 100)
    means = _RELATIVE.format(
        over=side_name(first), under=side_name(second), day=f"{strength.index[0]:%-d %B %Y}"
    )
    return _line(f"{side_name(first)} against {side_name(second)}", "relative", values, axis, means)


def _change(side: str, close: pd.Series, axis: pd.DatetimeIndex) -> Line:
    values = (close / close.iloc[0] - 1) * 100
    return _line(side_name(side), "change", values, axis, _CHANGE.format(day=f"{close.index[0]:%-d %B %Y}"))


def _line(name: str, unit: str, values: pd.Series, axis: pd.DatetimeIndex, means: str) -> Line:
    cells = values.reindex(axis)
    rounded = tuple(None if np.isnan(value) else round(float(value), 4) for value in cells)
    return Line(name=name, unit=unit, values=rounded, means=means)
