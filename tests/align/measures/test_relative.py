"""Relative measures against hand-worked figures."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.measures.relative import (
    extremeness,
    log_strength,
    month_runs,
    relative_return,
    strongest_in_years,
    trailing_percentile,
)
from nlp_rotation.align.sessions import exchange
from nlp_rotation.errors import AlignError, PriceError

DAYS = exchange().between(dt.date(2024, 1, 2), dt.date(2024, 7, 31))


def series(values, name="A"):
    return pd.Series(np.asarray(values, dtype="float64"), index=DAYS[: len(values)], name=name)


def test_log_strength_changes_sign_with_the_sides():
    over, under = series([100, 110]), series([100, 100], "B")
    assert log_strength(over, under).tolist() == pytest.approx([0, math.log(1.1)])
    assert (log_strength(over, under) + log_strength(under, over)).abs().max() == 0


def test_relative_return_in_points():
    over, under = series([100, 110, 121]), series([100, 105, 100], "B")
    assert relative_return(over, under, days=1).tolist()[1:] == pytest.approx([5.0, 10 + 100 / 21])
    assert relative_return(over, under, days=2).iloc[-1] == pytest.approx(21.0)


def test_percentile_counts_the_history_up_to_the_day():
    values = series(np.r_[np.arange(70), 10.0])
    found = trailing_percentile(values)
    assert found.iloc[:59].isna().all()
    assert found.iloc[69] == 1.0, "the highest so far"
    assert found.iloc[70] == pytest.approx(12 / 71), "0 to 10 and itself"
    rare = extremeness(values, DAYS[70].date())
    assert (rare.percentile, rare.since, rare.values) == (pytest.approx(12 / 71), DAYS[0].date(), 71)
    assert f"of 71 values since {DAYS[0].date()}" in str(rare)


def test_a_claim_of_years_needs_years():
    values = series(np.r_[np.arange(100.0), 200.0])
    day = DAYS[100].date()
    assert strongest_in_years(values, day, years=40).startswith(
        f"cannot tell: the history begins on {DAYS[0].date()}"
    )
    assert strongest_in_years(values, day, years=0.3).startswith("confirmed: the highest")
    lower = series(np.r_[np.arange(100.0), 50.0])
    assert strongest_in_years(lower, day, years=40) == f"contradicted: +99.00 on {DAYS[99].date()}"


def test_months_in_a_row():
    """January ahead, February and March behind, from April ahead."""
    lead = {1: 0.001, 2: -0.001, 3: -0.001}
    steps = [lead.get(day.month, 0.001) for day in DAYS]
    over = series(100 * np.cumprod(1 + np.array(steps)))
    runs = month_runs(over, series(np.full(len(DAYS), 100.0), "B"))
    last = runs.groupby(runs.index.to_period("M"))["run"].last()
    assert last.tolist() == [0, -1, -2, 1, 2, 3, 4], "January has no month before to be measured from"
    first_of_march = runs.loc["2024-03-01"]
    assert first_of_march["run"] == -2
    assert first_of_march["month_to_date"] == pytest.approx(-0.1, abs=0.01)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda s: s.mask(s.index == s.index[3], 0.0), "a price is zero"),
        (lambda s: s.mask(s.index == s.index[3], -1.0), "a price is negative"),
        (lambda s: s.mask(s.index == s.index[3], np.inf), "a price is infinite"),
        (lambda s: s[::-1], "sessions must ascend without repeats"),
        (lambda s: s.tz_localize("UTC"), "has a time zone"),
        (lambda s: s.reset_index(drop=True), "need sessions as their index"),
    ],
)
def test_bad_prices_are_one_line(spoil, says):
    good = series(np.linspace(100, 110, 20))
    with pytest.raises(PriceError, match=says) as caught:
        relative_return(spoil(good), good.rename("B"), days=1)
    assert "\n" not in str(caught.value)


def test_no_value_no_percentile():
    values = series(np.arange(70.0))
    with pytest.raises(AlignError, match="no value on that session"):
        extremeness(values, dt.date(2024, 1, 1))
    with pytest.raises(AlignError, match="make no percentile"):
        extremeness(values, DAYS[10].date())
