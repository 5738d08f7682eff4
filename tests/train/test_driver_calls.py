"""Figures by threshold and what odds are worth, on calls made by hand."""

from __future__ import annotations

import pytest

from nlp_rotation.train.driver_calls import (
    Call,
    Scale,
    curve,
    figures_at,
    reliability,
    scale_of,
    settle_calls,
)

CALLS = [Call(odds / 10, odds > 0) for odds in range(-10, 11) if odds]


def test_a_cause_is_hit_once():
    calls = settle_calls([(0.2, 0.5, 0), (1.0, 0.4, 0), (0.5, 0.1, 1), (0.1, 0.9, 2)])
    assert [(call.odds, call.hit) for call in calls] == [(1.0, True), (0.5, False), (0.2, False), (0.1, True)]


def test_figures_of_a_threshold():
    found = figures_at(CALLS, 20, 0.0)
    assert (found.precision, found.recall, found.f1) == (1.0, 0.5, 0.6667)


def test_recall_falls_as_the_threshold_rises():
    recalls = [point.recall for point in curve(CALLS, 20)]
    assert recalls == sorted(recalls, reverse=True)


def test_the_scale_is_where_the_figures_are_best_and_rises_with_the_odds():
    pytest.importorskip("sklearn")
    scale = scale_of(CALLS, 10)
    assert -0.2 <= scale.threshold <= 0.2
    assert scale.slope > 0


def test_no_calls_have_no_reliability():
    assert reliability([], Scale(0.0, 1.0, 0.0)) == []
