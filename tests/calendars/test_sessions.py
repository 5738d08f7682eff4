"""Counting sessions back and forth."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.calendars.exchanges import codes
from nlp_rotation.calendars.sessions import Sessions

NEW_YORK = Sessions("XNYS")
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2060, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("asked", "last", "before", "after"),
    [
        ("2024-07-05", "2024-07-05", "2024-07-03", "2024-07-08"),
        ("2024-07-04", "2024-07-03", "2024-07-03", "2024-07-05"),
        ("2024-07-07", "2024-07-05", "2024-07-05", "2024-07-08"),
        ("2001-09-14", "2001-09-10", "2001-09-10", "2001-09-17"),
    ],
)
def test_new_york(asked, last, before, after):
    assert NEW_YORK.last(day(asked)) == day(last)
    assert NEW_YORK.before(day(asked)) == day(before)
    assert NEW_YORK.after(day(asked)) == day(after)


def test_a_count_of_sessions():
    assert NEW_YORK.before(day("2024-07-12"), 5) == day("2024-07-05")
    far = NEW_YORK.before(day("2024-07-12"), 999)
    assert far == NEW_YORK.before(day("2024-07-12"), 10**9), "no text counts further back than two years"


def test_what_is_known():
    assert NEW_YORK.knows(day("2024-07-12"))
    assert not NEW_YORK.knows(day("1950-07-12"))
    assert NEW_YORK.holds(day("1950-07-12")), "a Wednesday: the week stands in"


@given(code=st.sampled_from(sorted(codes())), asked=DAYS)
def test_steps_undo_each_other(code, asked):
    """Also where the holidays are not known."""
    sessions = Sessions(code)
    last = sessions.last(asked)
    assert sessions.holds(last)
    assert last <= asked < sessions.after(last)
    assert sessions.before(sessions.after(last)) == last
