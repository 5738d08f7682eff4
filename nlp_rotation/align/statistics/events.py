"""Event study of driver onsets, with tests that survive events on the same day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nlp_rotation.align.statistics.abnormal import Design, Fitted, fit_events
from nlp_rotation.align.statistics.findings import Finding, finding, independent_dates, table_of
from nlp_rotation.align.statistics.libraries import library
from nlp_rotation.errors import AlignError

_DRAWS = 999
_SEED = 20240711
_DEFAULT = Design()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStudy:
    """What happened around a set of events."""

    #: A row an event: session, leg, car (percent), scar.
    events: pd.DataFrame
    #: Index ``test``; see :func:`nlp_rotation.align.statistics.findings.table_of`.
    tests: pd.DataFrame
    #: Mean cumulative abnormal return, percent.
    caar: float
    #: Events given that had too few sessions or prices to be fitted.
    left_out: int


def event_study(
    returns: pd.DataFrame,
    market: pd.Series,
    events: Sequence[tuple[dt.date, str]],
    *,
    design: Design = _DEFAULT,
    draws: int = _DRAWS,
) -> EventStudy:
    """Measure abnormal returns around events and test their mean.

    Four tests, from the least to the most wary of events that share a day:

    ==================  ============================================================================
    BMP                 Boehmer, Musumeci and Poulsen 1991: cross-section of standardised returns;
                        too eager when events share days
    Kolari-Pynnonen     the same corrected for the correlation of events whose windows overlap
                        (Review of Financial Studies 23, 2010)
    GRANK               generalised rank test (Kolari and Pynnonen, Journal of Empirical Finance 18, 2011)
    dates, permuted     mean over event days of the day's mean against days drawn at random
    ==================  ============================================================================

    :param returns: a column a leg, percent, by session.
    :param market: percent, by session.
    :raises AlignError: where no event can be fitted.
    """
    fitted = fit_events(returns, market, list(events), design=design)
    if not fitted:
        raise AlignError("no event has enough sessions before it", where=f"{len(events)} events")
    sessions = pd.DatetimeIndex(returns.index)
    days = pd.DatetimeIndex([event.session for event in fitted])
    dates = independent_dates(days, sessions, length=design.length)
    tests = [
        _bmp(fitted, dates),
        kolari_pynnonen(fitted, overlap_correlation(fitted, sessions, design), dates=dates),
        grank(fitted, dates=dates),
        permuted_dates(returns, market, fitted, design=design, dates=dates, draws=draws),
    ]
    rows = [(event.session, event.leg, event.car, event.scar) for event in fitted]
    return EventStudy(
        events=pd.DataFrame(rows, columns=["session", "leg", "car", "scar"]),
        tests=table_of(tests),
        caar=float(np.mean([event.car for event in fitted])),
        left_out=len(events) - len(fitted),
    )


def bmp(scar: np.ndarray) -> float:
    """Return the BMP statistic, :math:`\\overline{SCAR} \\sqrt N / s_{SCAR}`."""
    if len(scar) < 2 or np.ptp(scar) == 0:
        return float("nan")
    return float(scar.mean() / (scar.std(ddof=1) / np.sqrt(len(scar))))


def adjusted_bmp(statistic: float, *, correlation: float, events: int) -> float:
    """Return the statistic corrected by :math:`\\sqrt{(1 - \\bar r) / (1 + (N - 1)\\bar r)}`."""
    below = 1 + (events - 1) * correlation
    if below <= 0:  # legs that sum to nothing, such as all sectors less their market: the mean is degenerate
        return float("nan")
    return statistic * float(np.sqrt((1 - correlation) / below))


def _bmp(fitted: Sequence[Fitted], dates: int) -> Finding:
    statistic = bmp(_scars(fitted))
    return finding("BMP", statistic, _p_of_t(statistic, len(fitted) - 1), dates=dates)


def kolari_pynnonen(fitted: Sequence[Fitted], correlation: float, *, dates: int) -> Finding:
    """Return the BMP test corrected for the mean ``correlation`` of its events."""
    statistic = adjusted_bmp(bmp(_scars(fitted)), correlation=correlation, events=len(fitted))
    return finding("Kolari-Pynnonen", statistic, _p_of_t(statistic, len(fitted) - 1), dates=dates)


def overlap_correlation(fitted: Sequence[Fitted], sessions: pd.DatetimeIndex, design: Design) -> float:
    """Return the mean correlation of all pairs of events, from their residuals on common sessions.

    Pairs whose event windows do not overlap count as zero: this is what makes the correction vanish when
    events are spread out.
    """
    if len(fitted) < 2:
        return 0.0
    places = sessions.get_indexer(pd.DatetimeIndex([event.session for event in fitted]))
    total = 0.0
    for one in range(len(fitted)):
        for two in range(one):
            if abs(places[one] - places[two]) < design.length and fitted[one].leg != fitted[two].leg:
                pair = (
                    pd.concat([fitted[one].residuals, fitted[two].residuals], axis=1, sort=True)
                    .dropna()
                    .to_numpy()
                )
                total += float(np.corrcoef(pair.T)[0, 1])
            elif abs(places[one] - places[two]) < design.length:
                total += 1.0 - abs(places[one] - places[two]) / design.length
    return total / (len(fitted) * (len(fitted) - 1) / 2)


def grank(fitted: Sequence[Fitted], *, dates: int) -> Finding:
    """Return the generalised rank test.

    The event window becomes one point, its standardised return divided by the cross-section's deviation;
    each event's T + 1 points are ranked, :math:`U = rank / (T + 2) - 1/2`, and with :math:`\\bar U_t` the
    mean over events

    .. math::
        Z = \\bar U_0 / S, \\quad S^2 = \\frac{1}{T + 1}\\sum_t \\bar U_t^2, \\quad
        t = Z \\sqrt{(T - 1) / (T - Z^2)}

    which is Student with T - 1 degrees of freedom. Residuals are lined up by their place before the event.
    """
    scars = _scars(fitted)
    spread = scars.std(ddof=1) if len(scars) > 1 else 0.0
    if spread == 0:
        return finding("GRANK", float("nan"), float("nan"), dates=dates)
    points = np.column_stack([np.array([event.residuals.to_numpy() for event in fitted]), scars / spread])
    ranks = library("scipy.stats").rankdata(points, axis=1)
    size = points.shape[1]  # T + 1
    mean = (ranks / (size + 1) - 0.5).mean(axis=0)
    z = mean[-1] / np.sqrt((mean**2).mean())
    statistic = float(z * np.sqrt((size - 2) / (size - 1 - z**2)))
    return finding("GRANK", statistic, _p_of_t(statistic, size - 2), dates=dates)


def permuted_dates(
    returns: pd.DataFrame,
    market: pd.Series,
    fitted: Sequence[Fitted],
    *,
    design: Design,
    dates: int,
    draws: int = _DRAWS,
) -> Finding:
    """Test the mean over event days against the same legs on days drawn at random.

    Legs that share a day are averaged first, so that the day is what is counted; every draw moves whole
    days, which keeps the correlation between legs as it is. Returns here are less the market's, so that
    they can be had for every day. The statistic is the mean in percent.
    """
    away = returns.sub(market.reindex(returns.index), axis=0)
    window = away.rolling(design.length).sum().shift(-design.last)
    by_day: dict[pd.Timestamp, list[str]] = {}
    for event in fitted:
        by_day.setdefault(event.session, []).append(event.leg)
    groups = [window[legs].mean(axis=1) for legs in by_day.values()]
    observed = float(np.mean([group.loc[day] for group, day in zip(groups, by_day, strict=True)]))
    pool = [group.dropna().to_numpy() for group in groups]
    draw = np.random.default_rng(_SEED)
    drawn = np.mean([draw.choice(values, size=draws) for values in pool], axis=0)
    centre = float(np.mean([values.mean() for values in pool]))
    p = (1 + int((np.abs(drawn - centre) >= abs(observed - centre) - 1e-12).sum())) / (1 + draws)
    return finding("dates, permuted", observed, p, dates=dates)


def mean_on_dates(ahead: pd.Series, signs: pd.Series, *, days: int = 1, draws: int = _DRAWS) -> Finding:
    """Test whether what follows a set of dates, each taken with its sign, differs from other dates.

    One number a date, so that nothing is counted twice. The statistic is the mean of sign times return; it
    is held against the same signs on dates drawn at random, all shifted together around the calendar, which
    keeps the distances between the dates.

    :param ahead: float64 by session: the return that follows it.
    :param signs: 1 or -1 by session.
    """
    places = pd.DatetimeIndex(ahead.index).get_indexer(pd.DatetimeIndex(signs.index))
    kept = places >= 0
    places, sign = places[kept], signs.to_numpy(dtype="float64")[kept]
    dates = independent_dates(pd.DatetimeIndex(signs.index[kept]), pd.DatetimeIndex(ahead.index), length=days)
    if not len(places):
        return finding("after onset, permuted", float("nan"), float("nan"), dates=0)
    values = ahead.to_numpy(dtype="float64")
    shifts = np.random.default_rng(_SEED).integers(1, len(values), size=draws)
    drawn = (values[(places[None, :] + shifts[:, None]) % len(values)] * sign).mean(axis=1)
    observed = float((values[places] * sign).mean())
    centre = float(drawn.mean())
    p = (1 + int((np.abs(drawn - centre) >= abs(observed - centre) - 1e-12).sum())) / (1 + draws)
    return finding("after onset, permuted", observed, p, dates=dates)


def _scars(fitted: Sequence[Fitted]) -> np.ndarray:
    return np.array([event.scar for event in fitted])


def _p_of_t(statistic: float, freedom: int) -> float:
    if np.isnan(statistic) or freedom < 1:
        return float("nan")
    return float(2 * library("scipy.stats").t.sf(abs(statistic), freedom))
