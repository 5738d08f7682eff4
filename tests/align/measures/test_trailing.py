"""Windows that know nothing of what lies before them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.measures.trailing import trailing_deviation, trailing_mean

VALUES = pd.Series([1.0, 2.0, np.nan, 4.0, 6.0, 8.0])


def test_by_hand():
    assert trailing_mean(VALUES, 2).tolist() == pytest.approx(
        [np.nan, 1.5, np.nan, np.nan, 5, 7], nan_ok=True
    )
    assert trailing_deviation(VALUES, 3, ddof=1).tolist() == pytest.approx([np.nan] * 5 + [2.0], nan_ok=True)
    assert trailing_deviation(VALUES, 2, ddof=0).iloc[-1] == 1.0


def test_a_series_shorter_than_the_window_has_none():
    assert trailing_mean(VALUES, 7).isna().all()
    assert trailing_mean(VALUES.iloc[:0], 3).empty


def test_what_was_once_huge_leaves_no_trace():
    """Rolling sums would still carry the rounding error of the first value."""
    values = pd.Series([1e12, *np.linspace(1, 2, 50)])
    alone = trailing_deviation(values.iloc[1:], 10, ddof=0)
    assert trailing_deviation(values, 10, ddof=0).iloc[-40:].tolist() == alone.iloc[-40:].tolist()
