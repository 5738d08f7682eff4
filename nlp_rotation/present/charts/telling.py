"""Which sessions and drivers tell most: what gets a label while the rest are ticks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp_rotation.present.charts.model import Chart, Drivers

#: A driver with an effect on a side counts so many times one that only belongs to the same days.
_ABOUT = 3.0
#: A session counts for at most so many times more because the line moved on it.
_MOST_MOVE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What was said of one session, under its most stated category."""

    #: Place in the chart's sessions.
    session: int
    category: str
    #: Drivers of that category, and of all.
    drivers: int
    total: int
    #: 1 where they speak for the first side on balance, -1 for the second, else 0.
    lean: int
    weight: float
    #: Row of the driver that stands for the cluster.
    row: int


def weights(drivers: Drivers) -> NDArray[np.float64]:
    """Return how much each driver tells: surer counts more, and so does one about a side."""
    stated = np.where(drivers.hedged, 0.8, 1.0) * np.where(drivers.relation <= 1, 1.0, 0.5)
    return np.asarray(drivers.confidence * stated * np.where(drivers.about, _ABOUT, 1.0))


def clusters(chart: Chart) -> tuple[Cluster, ...]:
    """Return one cluster for every session with drivers, the most telling first."""
    drivers = chart.drivers
    if not len(drivers):
        return ()
    weight, moved = weights(drivers), _moves(chart)
    starts = np.flatnonzero(np.diff(drivers.session, prepend=-1))
    ends = np.append(starts[1:], len(drivers))
    found = [
        _cluster(chart, weight, moved, start, end)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    return tuple(sorted(found, key=lambda cluster: (-cluster.weight, cluster.session)))


def telling_rows(chart: Chart) -> list[int]:
    """Return every row of the drivers: first those that stand for a session, then by how much they tell."""
    first = [cluster.row for cluster in clusters(chart)]
    rest = (-weights(chart.drivers)).argsort(kind="stable").tolist()
    return list(dict.fromkeys([*first, *rest]))


def _cluster(
    chart: Chart, weight: NDArray[np.float64], moved: NDArray[np.float64], start: int, end: int
) -> Cluster:
    drivers, rows = chart.drivers, slice(start, end)
    by_category = np.bincount(drivers.category[rows], weights=weight[rows])
    best = int(by_category.argmax())
    mine = drivers.category[rows] == best
    session = int(drivers.session[start])
    return Cluster(
        session=session,
        category=chart.categories[best],
        drivers=int(mine.sum()),
        total=end - start,
        lean=int(np.sign(drivers.lean[rows][mine].sum())),
        weight=float(np.log1p(by_category[best]) * moved[session]),
        row=start + int(np.argmax(np.where(mine, weight[rows], -1.0))),
    )


def _moves(chart: Chart) -> NDArray[np.float64]:
    """Return for each session a factor of 1 and more: how far the line moved against its usual day."""
    if not chart.lines:
        return np.ones(len(chart.sessions))
    values = np.array([np.nan if value is None else value for value in chart.lines[0].values])
    change = np.abs(np.diff(values, prepend=np.nan))
    known = change[~np.isnan(change)]
    usual = float(np.median(known)) if len(known) else 0.0
    if not usual:
        return np.ones(len(values))
    return np.asarray(1 + np.clip(np.nan_to_num(change) / usual, 0, _MOST_MOVE))
