"""Figures of a sentiment model, checked against numbers worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.evaluate.sentiment import SIDES, calibration_error, measure
from nlp_rotation.types import Probabilities


def sure(side, confidence=0.8):
    rest = round((1 - confidence) / 2, 6)
    return Probabilities(**(dict.fromkeys(SIDES, rest) | {side: confidence}))


def test_figures_by_hand():
    labels = ["positive", "positive", "neutral", "negative"]
    answers = [sure("positive"), sure("neutral"), sure("neutral"), sure("negative")]
    figures = measure("hand", labels, answers)
    assert figures.accuracy == 0.75
    # F1: positive 2*1/(1+2), neutral 2*1/(2+1), negative 1.
    assert figures.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 1) / 3, abs=1e-4)
    assert figures.confusion["positive"] == {"positive": 1, "neutral": 1, "negative": 0}
    assert figures.classes["positive"].recall == 0.5
    # Three of four right at a confidence of 0.8.
    assert figures.ece == pytest.approx(0.05)


def test_a_class_that_does_not_occur_does_not_count():
    figures = measure("two", ["positive", "negative"], [sure("positive"), sure("negative")])
    assert figures.macro_f1 == 1.0


def test_confidence_that_is_kept_has_no_error():
    labels = ["positive"] * 8 + ["neutral"] * 2
    assert calibration_error(labels, [sure("positive")] * 10) == pytest.approx(0)


def test_confidence_that_is_never_right_is_all_error():
    assert calibration_error(["negative"], [sure("positive", 0.9)]) == pytest.approx(0.9)


@given(st.lists(st.tuples(st.sampled_from(SIDES), st.sampled_from(SIDES), st.floats(0.34, 1.0)), min_size=1))
def test_figures_stay_within_their_bounds(rows):
    figures = measure("any", [row[0] for row in rows], [sure(row[1], row[2]) for row in rows])
    assert sum(sum(counts.values()) for counts in figures.confusion.values()) == len(rows)
    assert all(0 <= value <= 1 for value in (figures.accuracy, figures.macro_f1, figures.ece))
