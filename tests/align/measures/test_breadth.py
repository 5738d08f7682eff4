"""Measures inside a group, against figures worked by hand and against plain numpy."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.measures import breadth
from nlp_rotation.align.measures.contribution import contributions, normal_weights, top_share
from nlp_rotation.align.sessions import exchange
from nlp_rotation.errors import AlignError

DAYS = exchange().days[10000:10200]
TWO = pd.DataFrame({"A": [100.0, 110.0], "B": [100.0, 100.0], "C": [100.0, 90.0]}, index=DAYS[:2])


def walk(count: int = 200, members: int = 5) -> pd.DataFrame:
    steps = np.random.default_rng(5).normal(0, 0.01, (count, members))
    return pd.DataFrame(
        100 * np.exp(steps.cumsum(axis=0)), index=DAYS[:count], columns=list("ABCDE")[:members]
    )


@pytest.mark.parametrize(
    ("measure", "value", "why"),
    [
        (breadth.dispersion, 10.0, "returns of 10, 0 and -10 lie 10 apart"),
        (breadth.advance_decline, 0.0, "one up, one down"),
        (breadth.rotation_intensity, 10 / 3, "half of a third of 10 + 0 + 10"),
    ],
)
def test_by_hand(measure, value, why):
    assert measure(TWO).iloc[-1] == pytest.approx(value), why


def test_weights_of_the_intensity():
    found = breadth.rotation_intensity(TWO, weights={"A": 0.5, "B": 0.5, "C": 0.0})
    assert found.iloc[-1] == pytest.approx(2.5), "returns 10 and 0 lie 5 from their mean, half of that is 2.5"
    with pytest.raises(AlignError, match="C: a member has no weight"):
        breadth.rotation_intensity(TWO, weights={"A": 1.0, "B": 1.0})


def test_against_the_market():
    market = pd.Series([100.0, 105.0], index=DAYS[:2])
    assert breadth.absolute_dispersion(TWO, market).iloc[-1] == pytest.approx(25 / 3)
    assert breadth.share_beating(TWO, market, days=1).iloc[-1] == pytest.approx(1 / 3)


def test_average_correlation_is_the_weighted_mean_of_pairs():
    closes = walk()
    found = breadth.average_correlation(closes, window=60).iloc[-1]
    window = closes.pct_change(fill_method=None).iloc[-60:]
    spread, pairs = window.std(), window.corr()
    weight = np.outer(spread, spread) * (1 - np.eye(5))
    assert found == pytest.approx(float((weight * pairs.to_numpy()).sum() / weight.sum()), abs=1e-9)


def test_a_member_that_joins_late_does_not_spoil_the_correlation():
    closes = walk()
    closes.loc[DAYS[:100], "E"] = np.nan
    found = breadth.average_correlation(closes, window=60)
    assert found.loc[DAYS[90]] == pytest.approx(
        breadth.average_correlation(closes[list("ABCD")], window=60).loc[DAYS[90]]
    )
    assert found.notna().iloc[-1]


def test_share_above_mean():
    closes = pd.DataFrame(
        {"A": np.r_[np.full(50, 100.0), 101.0], "B": np.r_[np.full(50, 100.0), 99.0]}, index=DAYS[:51]
    )
    assert breadth.share_above_mean(closes).iloc[-1] == 0.5
    assert breadth.share_above_mean(closes).iloc[:49].isna().all()


def test_rank_turnover_is_two_for_a_reversed_order():
    rising = np.array([1.01, 1.02, 1.03, 1.04])
    steps = np.vstack([np.ones(4), np.tile(rising, (5, 1)), np.tile(rising[::-1], (5, 1))])
    closes = pd.DataFrame(100 * steps.cumprod(axis=0), index=DAYS[:11])
    assert breadth.rank_turnover(closes, days=5, lag=5).iloc[-1] == pytest.approx(2.0)
    same = pd.DataFrame(
        100 * np.vstack([np.ones(4), np.tile(rising, (10, 1))]).cumprod(axis=0), index=DAYS[:11]
    )
    assert breadth.rank_turnover(same, days=5, lag=5).iloc[-1] == pytest.approx(0.0)


def test_contributions_by_hand():
    table = contributions(TWO, {"A": 0.5, "B": 0.3, "C": 0.2}, start=DAYS[0].date(), end=DAYS[1].date())
    assert table["contribution"].to_dict() == pytest.approx({"A": 5.0, "B": 0.0, "C": -2.0})
    assert table["share"].to_dict() == pytest.approx({"A": 5 / 3, "B": 0.0, "C": -2 / 3})
    assert top_share(table, 1) == pytest.approx(5 / 3)
    assert table.index[0] == "A"


@pytest.mark.parametrize(
    ("weights", "says"), [({"A": 0.2}, "weights sum to 0.2"), ({"A": -1.0, "B": 2.0}, "not negative")]
)
def test_weights_must_be_a_whole(weights, says):
    with pytest.raises(AlignError, match=says):
        normal_weights(weights)


def test_contributions_need_both_closes():
    with pytest.raises(AlignError, match=r"A, B, C: no close on the first or last day"):
        contributions(TWO, {"A": 50, "B": 30, "C": 20}, start=DAYS[0].date(), end=dt.date(2030, 1, 2))
