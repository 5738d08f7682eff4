"""The rotation graph, and what is wrong with the code that is copied for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.measures.graph import Spans, momentum_of, rotation_graph, track, trailing_z
from nlp_rotation.align.sessions import exchange

SPANS = Spans(smooth=5, window=20, step=5, momentum_smooth=3, momentum_window=10)


def walk(seed: int, count: int = 200) -> pd.Series:
    steps = np.random.default_rng(seed).normal(0, 0.01, count)
    return pd.Series(
        100 * np.exp(steps.cumsum()), index=exchange().days[10000 : 10000 + count], name=f"S{seed}"
    )


def common_strength(close: pd.Series, benchmark: pd.Series, window: int, ddof: int) -> pd.Series:
    """The form of the open implementations: the ratio's z-score around 100."""
    ratio = 100 * close / benchmark
    return 100 + (ratio - ratio.rolling(window).mean()) / ratio.rolling(window).std(ddof=ddof)


def common_momentum(strength: pd.Series, window: int, ddof: int, around: int) -> pd.Series:
    """The same: change since one fixed value at the start, and a z-score of that."""
    since_base = 100 * (strength / strength.dropna().iloc[0] - 1)
    return around + (since_base - since_base.rolling(window).mean()) / since_base.rolling(window).std(
        ddof=ddof
    )


@pytest.mark.parametrize(
    ("ddof", "around"), [(1, 100), (0, 100), (0, 101)], ids=["sample", "population", "off by one"]
)
def test_the_common_forms_are_z_scores_of_strength_and_ours_is_not(ddof, around):
    strength = common_strength(walk(1), walk(2), 14, ddof)
    z_of_strength = (strength - strength.rolling(14).mean()) / strength.rolling(14).std(ddof=ddof)
    common = common_momentum(strength, 14, ddof, around)
    assert (common - around - z_of_strength).abs().max() < 1e-8, "no rate of change is left in it"
    ours = (momentum_of(strength, spans=SPANS) - 100) / SPANS.scale
    assert (ours - z_of_strength).abs().max() > 0.5
    assert abs(ours.corr(z_of_strength)) < 0.9


def test_momentum_of_a_steady_rise_is_no_level():
    """Strength that rises at a steady pace, then faster: the level tells both apart from the mean, the pace once."""
    days = exchange().days[10000:10120]
    pace = np.where(np.arange(120) < 60, 0.1, 0.3)
    strength = pd.Series(100 + pace.cumsum(), index=days)
    momentum = momentum_of(strength, spans=SPANS)
    assert momentum.iloc[61:70].max() > 105, "the change of pace shows"
    assert momentum.iloc[-4:].isna().all(), "at a steady pace there is no deviation to measure momentum by"


@pytest.mark.parametrize(("stretch", "shift"), [(3.0, 0.0), (1.0, 50.0), (0.2, -40.0)])
def test_momentum_does_not_see_level_or_scale_of_strength(stretch, shift):
    strength = track(walk(3), walk(4), spans=SPANS)["strength"]
    change = momentum_of(strength * stretch + shift, spans=SPANS) - momentum_of(strength, spans=SPANS)
    assert change.abs().max() < 1e-6


def test_prices_in_another_currency_give_the_same_graph():
    one, other = track(walk(5), walk(6), spans=SPANS), track(walk(5) * 7.8, walk(6), spans=SPANS)
    pd.testing.assert_frame_equal(one, other, rtol=1e-7)


def test_quadrant_heading_and_speed():
    graph = rotation_graph(pd.concat([walk(7), walk(8)], axis=1), walk(9), spans=SPANS)
    assert graph.index.names == ["session", "symbol"]
    known = graph.dropna(subset=["momentum"])
    right, up = known["strength"] >= 100, known["momentum"] >= 100
    names = {
        (True, True): "leading",
        (True, False): "weakening",
        (False, False): "lagging",
        (False, True): "improving",
    }
    assert known["quadrant"].tolist() == [names[pair] for pair in zip(right, up, strict=True)]
    assert (graph["quadrant"][graph["momentum"].isna()] == "").all()
    assert np.cos(np.radians(known["heading"])).gt(0).eq(known["strength"] > 100).all()
    (one,) = [graph.xs("S7", level="symbol")]
    step = one[["strength", "momentum"]].diff().pow(2).sum(axis=1).pow(0.5).iloc[-1]
    assert one["speed"].iloc[-1] == pytest.approx(step)


def test_z_score_by_hand():
    values = pd.Series([1.0, 2.0, 3.0, 6.0])
    assert trailing_z(values, 3).tolist()[2] == pytest.approx(1 / np.sqrt(2 / 3))
    assert np.isnan(trailing_z(values, 3).iloc[1])
