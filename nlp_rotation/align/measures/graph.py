"""Relative rotation graph: where each thing stands against a benchmark and which way it is heading.

With :math:`x_t = \\ln P_t - \\ln B_t`, :math:`z_n` the trailing z-score over n sessions (population
standard deviation, the session itself included) and :math:`EMA_a` the exponential mean of span a:

.. math::
    R_t = 100 + c \\, z_n(EMA_a(x))_t, \\qquad
    M_t = 100 + c \\, z_m(EMA_b(R_t - R_{t-k}))_t

All windows end at t. M is a rate of change of R: it does not change when R is shifted or stretched, and it
is no function of R's level. The widely copied open implementations divide R by one fixed earlier value
before they take a z-score of it; a z-score cancels that, so that their momentum is R's z-score again.
The names and parameters of the commercial original (StockCharts, "RRG" is a registered mark) are not public;
the form follows the description there: a normalised trend of relative performance, and its rate of change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nlp_rotation.align.measures.checking import checked
from nlp_rotation.align.measures.relative import log_strength
from nlp_rotation.align.measures.trailing import trailing_deviation, trailing_mean

QUADRANTS = ("leading", "weakening", "lagging", "improving")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Lengths in sessions; by default 5, 26, 4, 3 and 13 weeks of five sessions."""

    smooth: int = 25
    window: int = 130
    step: int = 20
    momentum_smooth: int = 15
    momentum_window: int = 65
    #: Units of the axes that one standard deviation takes.
    scale: float = 5.0


_DEFAULT = Spans()


def rotation_graph(closes: pd.DataFrame, benchmark: pd.Series, *, spans: Spans = _DEFAULT) -> pd.DataFrame:
    """Return the graph of every column of ``closes`` against ``benchmark``.

    Index: ``session`` and ``symbol``. Columns: ``strength`` and ``momentum`` (float64, around 100),
    ``quadrant`` (str, empty while undefined), ``heading`` (degrees in (-180, 180], 0 to the right, 90 up:
    where the point lies seen from the centre), ``speed`` (float64, distance from the session before).
    """
    parts = {
        str(symbol): track(closes[symbol].dropna(), benchmark, spans=spans)
        for symbol in checked(closes).columns
    }
    joined = pd.concat(parts, names=["symbol", "session"])
    return joined.reorder_levels(["session", "symbol"]).sort_index()


def track(close: pd.Series, benchmark: pd.Series, *, spans: Spans = _DEFAULT) -> pd.DataFrame:
    """Return the graph of one series; columns as in :func:`rotation_graph`, index ``session``."""
    strength = 100 + spans.scale * trailing_z(
        _smooth(log_strength(close, benchmark), spans.smooth), spans.window
    )
    momentum = momentum_of(strength, spans=spans)
    right, up = strength - 100, momentum - 100
    return pd.DataFrame(
        {
            "strength": strength,
            "momentum": momentum,
            "quadrant": _quadrant(right, up),
            "heading": np.degrees(np.arctan2(up, right)),
            "speed": np.hypot(strength.diff(), momentum.diff()),
        }
    )


def momentum_of(strength: pd.Series, *, spans: Spans = _DEFAULT) -> pd.Series:
    """Return the rate of change of ``strength``, normalised like it."""
    change = _smooth(strength - strength.shift(spans.step), spans.momentum_smooth)
    return 100 + spans.scale * trailing_z(change, spans.momentum_window)


def trailing_z(values: pd.Series, window: int) -> pd.Series:
    """Return how many standard deviations each value lies above the mean of the window that ends with it.

    NaN while the window is not full, and where it is flat.
    """
    spread = trailing_deviation(values, window, ddof=0)
    return (values - trailing_mean(values, window)) / spread.where(spread > 1e-12)


def _smooth(values: pd.Series, span: int) -> pd.Series:
    return values.ewm(span=span, adjust=False, min_periods=span).mean()


def _quadrant(right: pd.Series, up: pd.Series) -> pd.Series:
    """Name the quadrant by the two signs; empty where either coordinate is undefined."""
    names = np.select(
        [(right >= 0) & (up >= 0), (right >= 0) & (up < 0), (right < 0) & (up < 0), (right < 0) & (up >= 0)],
        QUADRANTS,
        default="",
    )
    return pd.Series(names, index=right.index, dtype="str")
