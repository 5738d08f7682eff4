"""Bars with everything that is wrong with bars: each trouble is told in one line, and dealt with."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from nlp_rotation.align.bars import clean
from nlp_rotation.align.sessions import exchange


def cleaned(days, closes, *, symbol="AAA", **columns):
    raw = pd.DataFrame(
        {"session": pd.DatetimeIndex(days), "close": np.array(closes, dtype="float64"), **columns}
    )
    return clean(raw, symbol=symbol, basis="all", market=exchange())


WEEK = ["2024-07-08", "2024-07-09", "2024-07-10", "2024-07-11", "2024-07-12"]


@pytest.mark.parametrize(
    ("days", "closes", "left", "says"),
    [
        (WEEK[::-1], [5, 4, 3, 2, 1], [1, 2, 3, 4, 5], "bars run backwards: turned round"),
        ([WEEK[1], WEEK[0], WEEK[2]], [2, 1, 3], [1, 2, 3], "bars are out of order: sorted"),
        (
            [*WEEK[:2], WEEK[1]],
            [1, 2, 2],
            [1, 2],
            "1 day with several bars, the first 2024-07-09: they are alike",
        ),
        ([*WEEK[:2], WEEK[1]], [1, 2, 3], [1, 3], "they differ, the last of each is kept"),
        (WEEK[:3], [1, 0, 3], [1, 3], "1 bar (the first of 2024-07-09) with a price that is zero: left out"),
        (WEEK[:3], [1, -2, 3], [1, 3], "with a price that is negative: left out"),
        (WEEK[:3], [1, np.inf, 3], [1, 3], "with a price that is infinite: left out"),
        (WEEK[:3], [1, np.nan, 3], [1, 3], "without a close: left out"),
        (
            [*WEEK, "2024-07-13"],
            [1, 2, 3, 4, 5, 6],
            [1, 2, 3, 4, 5],
            "on a day when XNYS is closed: left out",
        ),
        (
            ["2024-07-03", "2024-07-04", "2024-07-05"],
            [1, 2, 3],
            [1, 3],
            "(the first of 2024-07-04) on a day when",
        ),
        ([WEEK[0], WEEK[2]], [1, 3], [1, 3], "1 session without a bar, the first 2024-07-09"),
        (["2024-07-08", "2024-08-08"], [1, 3], [1, 3], "no bars from 2024-07-09 to 2024-08-07 (22 sessions)"),
    ],
)
def test_troubles(days, closes, left, says):
    found = cleaned(days, closes)
    assert found.bars["close"].tolist() == left
    assert any(says in note.text for note in found.notes), [note.text for note in found.notes]


def test_clean_bars_carry_no_note():
    found = cleaned(WEEK, [1, 2, 3, 4, 5])
    assert found.notes == ()
    assert list(found.bars) == ["open", "high", "low", "close", "adj_close", "volume", "basis"]
    assert found.bars.index.name == "session"
    assert str(found.bars.index.dtype) == "datetime64[ns]"


def test_high_and_low_that_exclude_the_close_are_blanked():
    found = cleaned(WEEK[:2], [10, 10], high=[11.0, 9.0], low=[9.0, 8.0])
    assert found.bars["high"].tolist()[0] == 11.0
    assert found.bars["high"].isna().tolist() == [False, True]
    assert "closing outside high and low" in found.notes[0].text


@pytest.mark.parametrize(
    ("stamp", "bars", "says"),
    [
        ("2024-07-10 17:05", 2, "before the close: left out"),
        ("2024-07-10 20:00:02", 3, "after the close: kept"),
        ("2024-07-10 13:30", 3, None),
    ],
)
def test_a_last_bar_taken_before_the_close_is_partial(stamp, bars, says):
    stamps = pd.to_datetime(pd.Series(["2024-07-08 13:30", "2024-07-09 13:30", stamp]), format="ISO8601")
    found = cleaned(WEEK[:3], [1, 2, 3], stamp=stamps)
    assert len(found.bars) == bars
    assert (says is None and not found.notes) or says in found.notes[0].text


def test_change_of_adjustment_is_told_and_indices_have_none():
    bases = ["split", "split", "adj_all"]
    assert "changes on 2024-07-10 (split to all)" in cleaned(WEEK[:3], [1, 1, 1], basis=bases).notes[0].text
    assert cleaned(WEEK[:3], [1, 1, 1], symbol="^AAA", basis=bases).notes == ()


def test_an_uncorrected_split_is_told():
    adjusted = np.array([10.0, 10.1, 10.2, 10.1])
    found = cleaned(WEEK[:4], [40, 40.4, 10.2, 10.1], adj_close=adjusted)
    assert "the close of 2024-07-10 is not corrected for a split of 4" in found.notes[0].text


def test_a_symbol_that_passed_on():
    found = cleaned(["2022-06-07", "2022-06-08", "2022-06-09"], [1, 2, 3], symbol="FB")
    assert "bars from 2022-06-09 on are not those of META" in found.notes[-1].text


def test_no_gap_where_there_is_none():
    days = exchange().between(dt.date(1990, 1, 2), dt.date(2025, 12, 31))
    assert cleaned(days, np.linspace(10, 20, len(days))).notes == ()
