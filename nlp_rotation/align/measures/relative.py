"""How one thing fares against another: strength, return, runs, and how rare that is.

``over`` and ``under`` are closes by session (float64); a result stands on the sessions that both have.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nlp_rotation.align.measures.checking import pair_checked
from nlp_rotation.errors import AlignError

#: Fewer values than this make no percentile.
LEAST_HISTORY = 60


def log_strength(over: pd.Series, under: pd.Series) -> pd.Series:
    """Return the log relative strength, :math:`x_t = \\ln P_t - \\ln B_t`; no unit.

    Source: Levy, "Relative Strength as a Criterion for Investment Selection", Journal of Finance 22 (1967),
    in logs so that swapping the sides only changes the sign.
    """
    both = pair_checked(over, under)
    return pd.Series(np.log(both["over"]) - np.log(both["under"]), name="log_strength")


def relative_return(over: pd.Series, under: pd.Series, *, days: int) -> pd.Series:
    """Return the return of ``over`` less that of ``under`` over ``days`` sessions, in percentage points.

    .. math:: 100 \\, (P_t / P_{t-k} - B_t / B_{t-k})
    """
    if days < 1:
        raise AlignError("a return needs one session at least", where=f"days={days}")
    both = pair_checked(over, under)
    returns = both.pct_change(days, fill_method=None)
    return ((returns["over"] - returns["under"]) * 100).rename(f"relative_{days}d")


def trailing_percentile(values: pd.Series) -> pd.Series:
    """Return for each session the share of all values up to and including it that are not larger.

    .. math:: p_t = |\\{s \\le t : v_s \\le v_t\\}| \\,/\\, |\\{s \\le t\\}|

    In (0, 1]; NaN before there are ``LEAST_HISTORY`` values. 1 means: the highest in the history so far.
    """
    ranked = values.dropna().expanding(LEAST_HISTORY).rank(method="max", pct=True)
    return ranked.reindex(values.index).rename("percentile")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extremeness:
    """How rare one value is in the history that ends with it."""

    session: dt.date
    value: float
    #: Share of the values since ``since`` that are not larger.
    percentile: float
    #: First and number of the values that it is compared with.
    since: dt.date
    values: int

    @property
    def years(self) -> float:
        """Length of the history in years."""
        return (self.session - self.since).days / 365.25

    def __str__(self) -> str:
        size = f"{self.value:+.2f} on {self.session}"
        return f"{size}: percentile {self.percentile:.2%} of {self.values} values since {self.since}"


def extremeness(values: pd.Series, session: dt.date) -> Extremeness:
    """Return how rare the value of ``session`` is among all up to it.

    :raises AlignError: where there is no value on that session, or too short a history.
    """
    day = pd.Timestamp(session)
    known = values.loc[:day].dropna()
    if known.empty or known.index[-1] != day:
        raise AlignError("no value on that session", where=str(session))
    if len(known) < LEAST_HISTORY:
        raise AlignError(f"only {len(known)} values up to it, which make no percentile", where=str(session))
    return Extremeness(
        session=session,
        value=float(known.iloc[-1]),
        percentile=float((known <= known.iloc[-1]).mean()),
        since=known.index[0].date(),
        values=len(known),
    )


def strongest_in_years(values: pd.Series, session: dt.date, *, years: float) -> str:
    """Answer "the strongest in N years": ``confirmed``, ``contradicted``, or ``cannot tell`` and why.

    The history must reach back as far as the claim does; a shorter one cannot confirm it, though it can
    contradict it.
    """
    rare = extremeness(values, session)
    first = pd.Timestamp(session) - pd.Timedelta(days=years * 365.25)
    earlier = values.loc[first : pd.Timestamp(session)].dropna().iloc[:-1]
    higher = earlier[earlier > rare.value]
    if len(higher):
        return f"contradicted: {higher.iloc[-1]:+.2f} on {higher.index[-1]:%Y-%m-%d}"
    if pd.Timestamp(rare.since) > first + pd.Timedelta(days=7):
        return f"cannot tell: the history begins on {rare.since}, {rare.years:.1f} years before"
    return f"confirmed: the highest of the {len(earlier) + 1} values since {first:%Y-%m-%d}"


def month_runs(over: pd.Series, under: pd.Series) -> pd.DataFrame:
    """Return how many months in a row ``over`` has led, as of the close of each session.

    Columns: ``month_to_date``, the relative return since the last close of the month before, in percentage
    points; ``run``, int64, the number of consecutive months with its sign, the current one counted as it
    stands, negative where ``over`` trails. On a month's last session the run is that of whole months.
    """
    both = pair_checked(over, under)
    month = pd.DatetimeIndex(both.index).to_period("M")
    last = both.groupby(month).last()
    base = last.shift(1).reindex(month).set_axis(both.index)
    ratio = both / base
    to_date = (ratio["over"] - ratio["under"]) * 100
    closed = to_date.groupby(month).last()
    before = _signed_runs(closed).shift(1, fill_value=0).reindex(month).to_numpy()
    sign = np.sign(to_date.fillna(0.0)).astype("int64").to_numpy()
    run = np.where(np.sign(before) == sign, before + sign, sign)
    return pd.DataFrame({"month_to_date": to_date, "run": run.astype("int64")}, index=both.index)


def _signed_runs(values: pd.Series) -> pd.Series:
    """Return the length so far of the run of one sign that each value belongs to, with that sign."""
    sign = np.sign(values.fillna(0.0)).astype("int64")
    block = (sign != sign.shift()).cumsum()
    return pd.Series((sign.groupby(block).cumcount() + 1) * sign)
