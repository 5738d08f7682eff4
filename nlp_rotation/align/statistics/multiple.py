"""Many tests at once: how many of the findings may be chance."""

from __future__ import annotations

import pandas as pd

from nlp_rotation.align.statistics.libraries import library


def false_discoveries(tests: pd.DataFrame, *, rate: float = 0.05) -> pd.DataFrame:
    """Add what remains of each test when the false discovery rate is held at ``rate``.

    Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995).

    :param tests: a row a test, with a float64 column ``p``; NaN where there is no p-value.
    :returns: the same rows with ``q`` (float64, the adjusted p-value), ``found`` (bool) and ``tests``
        (int64, the number of p-values that the adjustment counts, the same in every row).
    """
    valid = tests["p"].notna()
    out = tests.assign(q=float("nan"), found=False, tests=int(valid.sum()))
    if valid.any():
        multitest = library("statsmodels.stats.multitest")
        found, adjusted, _, _ = multitest.multipletests(tests.loc[valid, "p"], alpha=rate, method="fdr_bh")
        out.loc[valid, "q"], out.loc[valid, "found"] = adjusted, found
    return out.astype({"q": "float64", "found": "bool", "tests": "int64"})
