"""The rotation weights learn from annotated articles, each rotation hit once."""

from __future__ import annotations

import json

import pytest

from nlp_rotation.train.driver_calls import Call
from nlp_rotation.train.rotation_gold import Example, Goal, Row, read_examples
from nlp_rotation.train.rotations import calls_of, fit, scale_at

GOLD = {
    "drivers": [],
    "rotations": [{"quote": "Money rotated out of utilities into banks", "from": None, "to": "sector:banks"}],
}


def _row(frame: int, start: int, features: tuple[str, ...], hits: frozenset[int]) -> Row:
    return Row(start, start + 10, frame, features, hits, 1.0)


@pytest.mark.parametrize(
    ("pair", "fits", "why"),
    [
        (("sector:utilities", "sector:banks"), True, "an unsaid side fits any"),
        (("sector:utilities", "bonds"), False, "a stated one does not"),
    ],
)
def test_goal_fits(pair, fits, why):
    assert Goal(5, 20, (None, "sector:banks")).fits(0, 10, pair) is fits, why


def test_articles_become_rows(tmp_path):
    (tmp_path / "a.txt").write_text("title: Banks\n\nMoney rotated out of utilities into banks.\n")
    (tmp_path / "a.json").write_text(json.dumps(GOLD))
    (example,) = read_examples([tmp_path])
    assert example.wanted == 1
    assert any(row.hits for row in example.rows)


def test_weights_tell_the_frames_apart_and_hit_each_rotation_once():
    rows = [
        row
        for n in range(6)
        for row in (
            _row(2 * n, 40 * n, ("good",), frozenset({0})),
            _row(2 * n + 1, 40 * n + 20, ("bad",), frozenset()),
        )
    ]
    example = Example("a", tuple(rows), 1)
    weights = fit([example], seed=7)
    assert weights["good"] > weights["bad"]
    calls = calls_of(example, weights)
    assert sum(call.hit for call in calls) == 1
    assert calls[0].hit


def test_odds_are_told_from_the_threshold():
    calls = [Call(odds / 4, odds > 0) for odds in range(-7, 8) if odds]
    low, high = scale_at(-1.0, calls, 7), scale_at(0.5, calls, 7)
    assert low.slope == high.slope
    assert low.offset < high.offset
