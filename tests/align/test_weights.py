"""Weights that the user gives."""

from __future__ import annotations

import pytest

from nlp_rotation.align.weights import read_weights
from nlp_rotation.errors import RotationError


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("symbol,weight\nAAA,0.6\nBBB,0.4\n", {"AAA": 0.6, "BBB": 0.4}),
        ("Ticker, Weight \nspy.us,60%\nBBB,40%\n", {"SPY": 60.0, "BBB": 40.0}),
        ("name,symbol,weight\nAlpha,AAA,100\n", {"AAA": 100.0}),
    ],
)
def test_reads_a_table(tmp_path, text, weights):
    (tmp_path / "weights.csv").write_text(text, "utf-8")
    assert read_weights(tmp_path / "weights.csv") == weights


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "no readable table of weights"),
        ("", "no readable table of weights"),
        ("AAA,0.6\n", "no columns symbol and weight"),
        ("symbol,weight\nAAA,much\n", "which is no number"),
    ],
)
def test_what_is_none_is_one_line(tmp_path, text, says):
    file = tmp_path / "weights.csv"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(RotationError, match=says) as caught:
        read_weights(file)
    assert "\n" not in str(caught.value)
