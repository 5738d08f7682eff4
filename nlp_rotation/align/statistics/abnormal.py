"""Abnormal returns around events, by the market model."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nlp_rotation.errors import AlignError


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Lengths of an event study, in sessions."""

    #: First and last session of the event window, counted from the event's own, which is 0.
    first: int = 0
    last: int = 0
    #: Sessions on which the market model is fitted, and how many before the event window they end.
    estimation: int = 120
    gap: int = 5

    @property
    def length(self) -> int:
        """Sessions in the event window."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """One event: its leg's abnormal returns in the event window and before."""

    session: pd.Timestamp
    leg: str
    #: Cumulative abnormal return over the event window, percent.
    car: float
    #: The same over its standard deviation, the error of the fit counted in.
    scar: float
    #: Abnormal returns of the estimation window by session (percent), and what they are divided by.
    residuals: pd.Series
    spread: float


def fit_events(
    returns: pd.DataFrame, market: pd.Series, events: list[tuple[dt.date, str]], *, design: Design
) -> tuple[Fitted, ...]:
    """Fit the market model before each event and measure what its window adds.

    .. math::
        AR_t = R_t - \\hat\\alpha - \\hat\\beta R_{m,t}, \\qquad CAR = \\sum_{t=1}^{L} AR_t

        s^2_{CAR} = \\hat\\sigma^2 \\left(L + \\frac{L^2}{T}
            + \\frac{(\\sum_t (R_{m,t} - \\bar R_m))^2}{\\sum_k (R_{m,k} - \\bar R_m)^2}\\right)

    with T sessions of estimation and :math:`\\hat\\sigma^2` on T - 2. The last two terms are the error of
    the fit, which all sessions of the window share. Source: MacKinlay, Journal of Economic Literature 35
    (1997); Patell, Journal of Accounting Research 14 (1976).

    Events without enough sessions, or with a gap in them, are left out.

    :param returns: a column a leg, percent, by session.
    :param market: percent, by the same sessions.
    """
    both = returns.join(market.rename("__market"), how="inner")
    fitted = (_fit(both, pd.Timestamp(day), leg, design) for day, leg in events if leg in returns)
    return tuple(event for event in fitted if event is not None)


def _fit(both: pd.DataFrame, day: pd.Timestamp, leg: str, design: Design) -> Fitted | None:
    place = int(both.index.searchsorted(day))
    if place == len(both) or both.index[place] != day:
        return None
    start, end = place + design.first, place + design.last + 1
    past = both[[leg, "__market"]].iloc[
        max(0, start - design.gap - design.estimation) : max(0, start - design.gap)
    ]
    window = both[[leg, "__market"]].iloc[max(0, start) : end].to_numpy(dtype="float64")
    known = past.to_numpy(dtype="float64")
    complete = len(known) == design.estimation and len(window) == design.length
    if not complete or np.isnan(known).any() or np.isnan(window).any():
        return None
    return _measured(day, leg, past, window)


def _measured(day: pd.Timestamp, leg: str, past: pd.DataFrame, window: np.ndarray) -> Fitted:
    own, market = past.to_numpy(dtype="float64").T
    away = market - market.mean()
    total = float(away @ away)
    if total == 0:
        raise AlignError("the market does not move in the estimation window", where=f"{leg}, {day:%Y-%m-%d}")
    beta = float(away @ own) / total
    alpha = own.mean() - beta * market.mean()
    residuals = own - alpha - beta * market
    variance = float(residuals @ residuals) / (len(own) - 2)
    length = len(window)
    shared = length**2 / len(own) + float((window[:, 1] - market.mean()).sum()) ** 2 / total
    car = float((window[:, 0] - alpha - beta * window[:, 1]).sum())
    # Each residual has its own error of fit, smaller by its leverage than that of a session outside.
    leverage = 1 - 1 / len(own) - away**2 / total
    standard = residuals / np.sqrt(variance * leverage)
    return Fitted(
        session=day,
        leg=leg,
        car=car,
        scar=car / np.sqrt(variance * (length + shared)),
        residuals=pd.Series(standard, index=past.index),
        spread=float(np.sqrt(variance)),
    )
