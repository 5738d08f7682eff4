"""Information coefficient: do legs with a higher signal have a higher return, session by session?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nlp_rotation.align.statistics.findings import Finding, finding
from nlp_rotation.align.statistics.libraries import library

#: Legs below which a rank correlation of one session says nothing.
LEAST_LEGS = 3
_DRAWS = 999
_SEED = 20240711


def rank_ic(joined: pd.DataFrame, *, signal: str, outcome: str) -> pd.Series:
    """Return Spearman's correlation of signal and return over the legs of each session, float64.

    :param joined: index ``session`` and ``leg``, as :func:`nlp_rotation.align.joins.foretells` returns it.
    """
    ranks = _session_ranks(joined, signal, outcome)
    values = {session: _of_ranks(table) for session, table in ranks.groupby(level="session")}
    index = pd.DatetimeIndex(list(values), name="session")
    return pd.Series(list(values.values()), index=index, dtype="float64", name="ic").dropna()


def mean_ic(ic: pd.Series, *, days: int = 1) -> Finding:
    """Test whether the mean IC is zero, with Newey-West errors over ``days - 1`` lags.

    Returns over several sessions overlap, which makes the ICs of neighbours alike. Source: Newey and West,
    Econometrica 55 (1987); computed by statsmodels.
    """
    api = library("statsmodels.api")
    values = ic.to_numpy(dtype="float64")
    dates = len(values) // days
    if len(values) < 3 or np.ptp(values) == 0:
        return finding("mean IC", float("nan"), float("nan"), dates=dates)
    fit = api.OLS(values, np.ones(len(values))).fit(
        cov_type="HAC", cov_kwds={"maxlags": days - 1, "use_correction": True}, use_t=True
    )
    return finding("mean IC", float(fit.tvalues[0]), float(fit.pvalues[0]), dates=dates)


def permuted_ic(
    joined: pd.DataFrame, *, signal: str, outcome: str, days: int = 1, draws: int = _DRAWS
) -> Finding:
    """Test the mean IC against signals dealt anew to the legs of each session.

    Exact for any number of legs, where the normal approximation is poor for eleven sectors. Sessions are
    thinned to every ``days``-th one, so that their returns do not overlap. The statistic is the mean IC.
    """
    ranks = _session_ranks(joined, signal, outcome)
    sessions = ranks.index.get_level_values("session").unique()[::days]
    tables = [ranks.loc[session].to_numpy(dtype="float64") for session in sessions]
    tables = [table for table in tables if _varies(table)]
    if not tables:
        return finding("mean IC, permuted", float("nan"), float("nan"), dates=0)
    observed = float(np.mean([_spearman(table[:, 0], table[:, 1]) for table in tables]))
    deal = np.random.default_rng(_SEED)
    dealt = np.mean([_dealt(deal, table, draws) for table in tables], axis=0)
    p = (1 + int((np.abs(dealt) >= abs(observed) - 1e-12).sum())) / (1 + draws)
    return finding("mean IC, permuted", observed, p, dates=len(tables))


def _dealt(deal: np.random.Generator, table: np.ndarray, draws: int) -> np.ndarray:
    """Return the correlations of ``draws`` deals of the first column to the second."""
    left, right = (table - table.mean(axis=0)).T
    dealt = deal.permuted(np.broadcast_to(left, (draws, len(left))), axis=1)
    return np.asarray(dealt @ right / np.sqrt((left @ left) * (right @ right)))


def _session_ranks(joined: pd.DataFrame, signal: str, outcome: str) -> pd.DataFrame:
    known = joined[[signal, outcome]].dropna()
    size = known.groupby(level="session")[signal].transform("size")
    return known[size >= LEAST_LEGS].groupby(level="session").rank()


def _of_ranks(table: pd.DataFrame) -> float:
    values = table.to_numpy(dtype="float64")
    return _spearman(values[:, 0], values[:, 1]) if _varies(values) else float("nan")


def _varies(table: np.ndarray) -> bool:
    return len(table) >= LEAST_LEGS and bool((np.ptp(table, axis=0) > 0).all())


def _spearman(left: np.ndarray, right: np.ndarray) -> float:
    """Return Pearson's correlation of two columns of ranks."""
    left, right = left - left.mean(), right - right.mean()
    return float(left @ right / np.sqrt((left @ left) * (right @ right)))
