"""Does the text come before the price, or the price before the text?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nlp_rotation.align.statistics.findings import LEAST_DATES, Finding, finding
from nlp_rotation.align.statistics.libraries import library
from nlp_rotation.errors import AlignError

_DRAWS = 999
#: Draws are the same on every run; the number says nothing.
_SEED = 20240711


def lead_lag(
    signal: pd.Series, returns: pd.Series, *, most: int = 5, level: float = 0.95, draws: int = _DRAWS
) -> pd.DataFrame:
    """Return the correlation of the signal with returns of later and earlier sessions.

    .. math:: \\rho(k) = corr(s_t, r_{t+k}), \\qquad -K \\le k \\le K

    A peak at k > 0 means that the text came first, one at k < 0 that it follows the price. Bands come from
    the stationary bootstrap over pairs (Politis and Romano 1994) with the block length of Patton, Politis
    and White (2009), and take account of autocorrelation; whiten a strongly autocorrelated signal first.

    Index ``lag`` (int64, sessions); columns float64 ``correlation``, ``low``, ``high``, int64 ``sessions``,
    str ``note``, which says why where there are no bands.
    """
    rows = []
    for lag in range(-most, most + 1):
        pairs = pd.concat([signal, returns.shift(-lag)], axis=1, sort=True).dropna().to_numpy(dtype="float64")
        rows.append((lag, _correlation(pairs), *_band(pairs, level, draws), len(pairs)))
    table = pd.DataFrame(rows, columns=["lag", "correlation", "low", "high", "note", "sessions"])
    return table.set_index("lag").astype({"note": "str", "sessions": "int64"})


def whitened(values: pd.Series, *, lags: int = 1) -> pd.Series:
    """Return the residuals of an autoregression over the whole series.

    The coefficients know the whole sample: use it to describe a sample, never to trade on it.
    """
    known = values.dropna()
    fit = library("statsmodels.tsa.ar_model").AutoReg(known.to_numpy(dtype="float64"), lags=lags).fit()
    return pd.Series(fit.resid, index=known.index[lags:], name=values.name)


def granger(signal: pd.Series, returns: pd.Series, *, lags: int = 5) -> tuple[Finding, Finding]:
    """Return the tests of whether the signal helps to foretell returns, and returns the signal.

    .. math:: F = \\frac{(RSS_r - RSS_u) / p}{RSS_u / (T - 2p - 1)}

    Source: Granger, Econometrica 37 (1969); computed by statsmodels. Returned in this order.
    """
    pairs = pd.concat([signal, returns], axis=1, sort=True).dropna()
    if len(pairs) <= 3 * lags + 1:
        raise AlignError(f"{len(pairs)} sessions are too few for {lags} lags", where="granger")
    forward = _granger_f(pairs.iloc[:, [1, 0]], lags)
    backward = _granger_f(pairs.iloc[:, [0, 1]], lags)
    dates = len(pairs) // lags
    return (
        finding("signal foretells returns", *forward, dates=dates),
        finding("returns foretell signal", *backward, dates=dates),
    )


def _granger_f(ordered: pd.DataFrame, lags: int) -> tuple[float, float]:
    """Return F and p of the second column's lags in a regression of the first on both."""
    values = ordered.to_numpy(dtype="float64")
    own = [values[lags - k : len(values) - k, 0] for k in range(1, lags + 1)]
    other = [values[lags - k : len(values) - k, 1] for k in range(1, lags + 1)]
    api = library("statsmodels.api")
    target = values[lags:, 0]
    if np.ptp(target) == 0 or np.ptp(values[:, 1]) == 0:
        return float("nan"), float("nan")
    restricted = api.OLS(target, api.add_constant(np.column_stack(own))).fit()
    full = api.OLS(target, api.add_constant(np.column_stack([*own, *other]))).fit()
    statistic, p, _ = full.compare_f_test(restricted)
    return float(statistic), float(p)


def _correlation(pairs: np.ndarray) -> float:
    if len(pairs) < 3 or (np.ptp(pairs, axis=0) == 0).any():
        return float("nan")
    return float(np.corrcoef(pairs.T)[0, 1])


def _band(pairs: np.ndarray, level: float, draws: int) -> tuple[float, float, str]:
    nothing = float("nan")
    if len(pairs) < LEAST_DATES:
        return nothing, nothing, f"no band: {len(pairs)} sessions are too few, {LEAST_DATES} are wanted"
    if (np.ptp(pairs, axis=0) == 0).any():
        return nothing, nothing, "no band: one side does not vary"
    bootstrap = library("arch.bootstrap")
    lengths = bootstrap.optimal_block_length(pairs)["stationary"]
    resample = bootstrap.StationaryBootstrap(max(1.0, float(lengths.max())), pairs, seed=_SEED)
    found = resample.apply(_correlation, draws)
    tail = (1 - level) / 2
    low, high = np.nanquantile(found, [tail, 1 - tail])
    return float(low), float(high), ""
