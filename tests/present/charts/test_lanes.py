"""Bars of the lanes: inside their lane, on the right side of its middle, hollow for what predicts."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from nlp_rotation.present.charts.build import chart
from nlp_rotation.present.charts.lanes import MOST_BINS, bars_of, group_name, groups_of, sessions_per_bin

JULY = {"since": dt.date(2024, 7, 1), "until": dt.date(2024, 7, 31)}


@pytest.fixture(scope="module")
def july(sqlite_stored):
    return chart("IWM/SPY", store=sqlite_stored, **JULY)


def test_groups_are_named_and_sorted(july):
    assert groups_of(july) == ("company", "macro", "monetary", "politics", "theme", "trade")
    assert group_name("none") == "Unexplained"


def test_bars_stand_where_their_drivers_point(july):
    groups = groups_of(july)
    looks = {
        (groups[lane], july.sessions[round(x)], bars.lean, bars.hollow)
        for bars in bars_of(july)
        for x, lane in zip(bars.x, bars.lane, strict=True)
    }
    assert ("macro", "2024-07-11", 1, False) in looks
    assert ("monetary", "2024-07-11", 1, True) in looks
    assert ("trade", "2024-07-17", -1, False) in looks
    assert ("theme", "2024-07-24", 0, False) in looks
    assert len(looks) == 6


def test_bars_keep_to_their_lane(july):
    for bars in bars_of(july):
        assert (bars.bottom >= -1 - 1e-9).all()
        assert (bars.bottom + bars.height <= 1 + 1e-9).all()
        if bars.lean:
            assert (np.sign(bars.bottom + bars.height / 2) == bars.lean).all()


def test_many_sessions_share_bars():
    assert sessions_per_bin(MOST_BINS) == 1
    assert sessions_per_bin(MOST_BINS + 1) == 2
    assert bars_of(chart("IWM/SPY")) == ()
