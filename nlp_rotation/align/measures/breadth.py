"""How a group moves inside: spread, togetherness, breadth, order, and how much changes hands.

``closes`` holds a column a member (float64, NaN where it has no bar), its index the sessions. Members that
have no value on a session are left out of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nlp_rotation.align.measures.checking import checked
from nlp_rotation.align.measures.trailing import trailing_deviation, trailing_mean
from nlp_rotation.errors import AlignError


def returns_of(closes: pd.DataFrame, *, days: int = 1) -> pd.DataFrame:
    """Return simple returns over ``days`` sessions, in percent."""
    return checked(closes).pct_change(days, fill_method=None) * 100


def dispersion(closes: pd.DataFrame, *, days: int = 1) -> pd.Series:
    """Return the cross-sectional standard deviation of returns, in percentage points.

    .. math:: \\sqrt{\\sum_i (r_i - \\bar r)^2 / (N - 1)}

    Source: CSSD of Christie and Huang, "Following the Pied Piper", Financial Analysts Journal 51 (1995).
    """
    return returns_of(closes, days=days).std(axis=1, ddof=1).rename("dispersion")


def absolute_dispersion(closes: pd.DataFrame, market: pd.Series, *, days: int = 1) -> pd.Series:
    """Return the mean distance of returns from the market's, in percentage points.

    .. math:: N^{-1} \\sum_i |r_i - r_m|

    Source: CSAD of Chang, Cheng and Khorana, Journal of Banking & Finance 24 (2000).
    """
    away = _less_market(returns_of(closes, days=days), market, days)
    return away.abs().mean(axis=1).rename("absolute_dispersion")


def average_correlation(closes: pd.DataFrame, *, window: int = 60) -> pd.Series:
    """Return the mean correlation of all pairs over ``window`` sessions, by their variances.

    .. math::
        \\bar\\rho = (\\sigma_p^2 - \\sum w_i^2\\sigma_i^2)
        / (\\sum_{i \\ne j} w_i w_j \\sigma_i \\sigma_j)

    with equal weights, p being the mean of the members; those without a full window are left out. Source:
    the decomposition of a portfolio's variance, as in the Cboe implied correlation index.
    """
    returns = returns_of(closes)
    spread = returns.apply(trailing_deviation, window=window, ddof=1)
    members = spread.notna()
    count = members.sum(axis=1)
    # Each session has its own members, and the portfolio's variance must be that of just these.
    together = _variance_of_mean(returns, members, window)
    own = (spread**2).sum(axis=1) / count**2
    both = (spread.sum(axis=1) / count) ** 2 - own
    return ((together - own) / both).where(count > 1).rename("average_correlation")


def share_above_mean(closes: pd.DataFrame, *, window: int = 50) -> pd.Series:
    """Return the share of members that close above their own mean of ``window`` sessions, in [0, 1]."""
    mean = checked(closes).apply(trailing_mean, window=window)
    return _share(closes > mean, mean.notna()).rename("share_above_mean")


def share_beating(closes: pd.DataFrame, market: pd.Series, *, days: int = 20) -> pd.Series:
    """Return the share of members with a higher return than the market over ``days`` sessions, in [0, 1]."""
    away = _less_market(returns_of(closes, days=days), market, days)
    return _share(away > 0, away.notna()).rename("share_beating")


def advance_decline(closes: pd.DataFrame) -> pd.Series:
    """Return (advances - declines) / (advances + declines), in [-1, 1]; NaN where nothing moved."""
    returns = returns_of(closes)
    sign = (returns > 0).astype("float64") - (returns < 0)
    moved = sign.abs().sum(axis=1)
    return (sign.sum(axis=1) / moved.where(moved > 0)).rename("advance_decline")


def rank_turnover(closes: pd.DataFrame, *, days: int = 20, lag: int = 20) -> pd.Series:
    """Return how much the order of the members' returns has changed, in [0, 2].

    .. math:: 1 - \\rho_S(\\mathrm{rank}_t, \\mathrm{rank}_{t-l})

    with Spearman's rank correlation of the ``days`` returns of t and of ``lag`` sessions before, over the
    members that have both: 0 where the order is the same, 2 where it is reversed.
    """
    returns = returns_of(closes, days=days)
    earlier = returns.shift(lag)
    both = returns.notna() & earlier.notna()
    now, then = (frame.where(both).rank(axis=1) for frame in (returns, earlier))
    now, then = (frame.sub(frame.mean(axis=1), axis=0) for frame in (now, then))
    scale = ((now**2).sum(axis=1) * (then**2).sum(axis=1)) ** 0.5
    return (1 - (now * then).sum(axis=1) / scale.where(scale > 0)).rename("rank_turnover")


def rotation_intensity(
    closes: pd.DataFrame, *, weights: Mapping[str, float] | None = None, days: int = 1
) -> pd.Series:
    """Return the part of the capital's value that has shifted between the members, in percent.

    .. math:: \\tfrac12 \\sum_i w_i \\, |r_i - r_m|, \\qquad r_m = \\sum_i w_i r_i

    Weights are equal unless given, and rescaled over the members with a value. There is no measure of
    this name in the literature; it is half the turnover that would undo the shift in weights.
    """
    returns = returns_of(closes, days=days)
    share = _weights(returns, weights)
    market = (share * returns).sum(axis=1)
    shifted = (share * returns.sub(market, axis=0).abs()).sum(axis=1) / 2
    return shifted.where(returns.notna().sum(axis=1) > 1).rename("rotation_intensity")


def _weights(returns: pd.DataFrame, weights: Mapping[str, float] | None) -> pd.DataFrame:
    given = pd.Series(weights) if weights is not None else pd.Series(1.0, index=returns.columns)
    if missing := [name for name in returns.columns if name not in given.index]:
        raise AlignError("a member has no weight", where=", ".join(missing))
    if (given < 0).any():
        raise AlignError("a weight is negative", where=str(given.idxmin()))
    present = returns.notna() * given[list(returns.columns)]
    return present.div(present.sum(axis=1).replace(0.0, np.nan), axis=0)


def _less_market(returns: pd.DataFrame, market: pd.Series, days: int) -> pd.DataFrame:
    own = market.reindex(returns.index).pct_change(days, fill_method=None) * 100
    return returns.sub(own, axis=0)


def _share(hits: pd.DataFrame, present: pd.DataFrame) -> pd.Series:
    number = present.sum(axis=1)
    return (hits & present).sum(axis=1) / number.where(number > 0)


def _variance_of_mean(returns: pd.DataFrame, members: pd.DataFrame, window: int) -> pd.Series:
    """Return the trailing variance of the members' mean, for the members that each session has."""
    out = pd.Series(np.nan, index=returns.index)
    changes = (members != members.shift()).any(axis=1).cumsum()
    for _, block in members.groupby(changes):
        chosen = block.columns[block.iloc[0]]
        if len(chosen) > 1:
            mean = returns[list(chosen)].mean(axis=1, skipna=False)
            first, last = returns.index.get_indexer(block.index[[0, -1]])
            near = mean.iloc[max(0, first - window + 1) : last + 1]
            out.loc[block.index] = trailing_deviation(near, window, ddof=1).reindex(block.index) ** 2
    return out
