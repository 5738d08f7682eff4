"""Drivers counted into bars, a lane a group: up for the first side, down for the second, across for neither.

The same rules as on the page (``page/js/bins.js``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp_rotation.present.charts.model import RELATIONS, Chart

#: More bars than this are no longer told apart.
MOST_BINS = 180
_PAST = np.array([name in ("explains", "ended", "denied") for name in RELATIONS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Rectangles of one look, as columns in step; heights and places in units of half a lane."""

    #: 1 for the first side, -1 for the second, 0 for neither.
    lean: int
    #: Whether they stand for what predicts, which is drawn hollow.
    hollow: bool
    #: Middle of the bar, in sessions.
    x: NDArray[np.float64]
    lane: NDArray[np.int64]
    bottom: NDArray[np.float64]
    height: NDArray[np.float64]


def groups_of(chart: Chart) -> tuple[str, ...]:
    """Return every group that a driver of the chart belongs to, sorted."""
    return tuple(sorted({name.partition(".")[0] for name in chart.categories}))


def group_name(group: str) -> str:
    """Return what people call a group; ``none`` is what no reason was given for."""
    return "Unexplained" if group == "none" else group.replace("_", " ").capitalize()


def sessions_per_bin(sessions: int) -> int:
    """Return how many sessions stand under one bar."""
    return max(1, -(-sessions // MOST_BINS))


def bars_of(chart: Chart) -> tuple[Bars, ...]:
    """Return the bars of every lane, those of one look together."""
    counts = _counts(chart)
    scale = _scale(counts)
    neither = scale(counts[..., 2, 0] + counts[..., 2, 1])
    found = [_bars(chart, 0, counts[..., 2, 0] == 0, -neither / 2, neither)]
    for side, lean in ((0, 1), (1, -1)):
        whole = np.minimum(scale(counts[..., side, 0] + counts[..., side, 1]), 1 - neither / 2)
        share = counts[..., side, 0] / np.maximum(counts[..., side, 0] + counts[..., side, 1], 1)
        past, coming = whole * share, whole * (1 - share)
        for hollow, from_, height in ((False, neither / 2, past), (True, neither / 2 + past, coming)):
            bottom = from_ if lean > 0 else -from_ - height
            found.append(_bars(chart, lean, np.full(height.shape, hollow), bottom, height))
    return tuple(bars for parts in found for bars in parts if len(bars.x))


def _counts(chart: Chart) -> NDArray[np.float64]:
    """Return drivers by bin, lane, side (first, second, neither) and whether they predict."""
    drivers, groups = chart.drivers, groups_of(chart)
    per_bin = sessions_per_bin(len(chart.sessions))
    shape = (-(-len(chart.sessions) // per_bin), len(groups), 3, 2)
    lane_of = np.array([groups.index(name.partition(".")[0]) for name in chart.categories], dtype=np.int64)
    place = (
        drivers.session // per_bin,
        lane_of[drivers.category] if len(drivers) else drivers.category,
        np.where(drivers.lean > 0, 0, np.where(drivers.lean < 0, 1, 2)),
        np.where(_PAST[drivers.relation], 0, 1),
    )
    counts = np.zeros(shape)
    np.add.at(counts, place, 1)
    return counts


def _scale(counts: NDArray[np.float64]) -> _Scale:
    piled = counts[..., :2, :].sum(axis=-1).max(axis=-1, initial=0) + counts[..., 2, :].sum(axis=-1) / 2
    return _Scale(float(piled.max(initial=1)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Turns numbers of drivers into heights: a step each while there are few, else by the square root."""

    highest: float

    def __call__(self, n: NDArray[np.float64]) -> NDArray[np.float64]:
        if self.highest <= 3:
            return np.asarray(n * 0.3)
        return np.asarray(np.where(n > 0, np.maximum(np.sqrt(n / self.highest) * 0.9, 0.12), 0.0))


def _bars(
    chart: Chart,
    lean: int,
    hollow: NDArray[np.bool_],
    bottom: NDArray[np.float64],
    height: NDArray[np.float64],
) -> list[Bars]:
    per_bin = sessions_per_bin(len(chart.sessions))
    looks = []
    for wanted in (False, True):
        bins, lanes = np.nonzero((height > 0) & (hollow == wanted))
        middle = bins * per_bin + (per_bin - 1) / 2
        looks.append(
            Bars(
                lean=lean,
                hollow=wanted,
                x=np.asarray(middle, dtype=np.float64),
                lane=lanes,
                bottom=bottom[bins, lanes],
                height=height[bins, lanes],
            )
        )
    return looks
