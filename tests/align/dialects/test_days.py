"""Dates of price files: every form, and the traps in them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from nlp_rotation.align.dialects.days import read_days
from nlp_rotation.errors import PriceError

NEW_YORK = ZoneInfo("America/New_York")


def days(*cells):
    return read_days(pd.Series(list(cells), dtype="object"), zone=NEW_YORK, where="f")


@pytest.mark.parametrize(
    ("cells", "first", "why"),
    [
        (["2024-07-11", "2024-07-12"], "2024-07-11", "ISO"),
        (["2024/07/11"], "2024-07-11", "ISO with slashes"),
        (["20240711"], "2024-07-11", "bulk files"),
        (["11.07.2024"], "2024-07-11", "dots put the day first"),
        (["07/11/2024", "07/15/2024"], "2024-07-11", "a 15th month does not exist"),
        (["11/7/2024", "15/7/2024"], "2024-07-11", "the same the other way"),
        (
            ["5/2/2024", "6/2/2024", "7/2/2024", "8/2/2024"],
            "2024-02-05",
            "as months in order, day 2 is a Sunday in June",
        ),
        (["10/28/22", "10/27/22"], "2022-10-28", "two digits"),
        (["Jul 11, 2024"], "2024-07-11", "month by name"),
        (["11-Jul-24"], "2024-07-11", "month by name, two digits"),
        (["2024-07-11 04:00:00+00:00"], "2024-07-11", "midnight in New York told in UTC"),
        (
            ["2024-07-11 00:00:00-04:00", "2024-01-11 00:00:00-05:00"],
            "2024-07-11",
            "midnight there, summer and winter",
        ),
        (["2024-07-11 00:00:00+00:00"], "2024-07-11", "a day's label in UTC is that day"),
        (["2024-07-11 13:30:00"], "2024-07-11", "the open in UTC, no zone"),
        (["45484"], "2024-07-11", "a spreadsheet's serial number"),
        (["1720704600"], "2024-07-11", "seconds since 1970"),
    ],
)
def test_reads(cells, first, why):
    assert str(days(*cells).days.iloc[0].date()) == first, why


def test_century_follows_the_neighbours():
    found = days("01/04/01", "12/28/00", "12/30/99", "12/31/98").days
    assert [day.year for day in found] == [2001, 2000, 1999, 1998]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["05/06/2024"], "cannot be told apart"),
        (["2024-07-11", "07/12/2024"], "several ways"),
        (["2024-07-11 10:00", "2024-07-12 10:00-04:00"], "some bars are stamped"),
        (
            ["2024-07-11 10:00-04:00", "2024-07-12 10:00+09:00", "2024-07-15 10:00+01:00"],
            "time zones are mixed",
        ),
        (["yesterday"], "is no date"),
        (["2024-13-45"], "is no date"),
    ],
)
def test_refuses_in_one_line(cells, says):
    with pytest.raises(PriceError, match=says) as caught:
        days(*cells)
    assert "\n" not in str(caught.value)
