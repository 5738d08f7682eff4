import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation import timeline
from nlp_rotation.errors import UsageError

SUMMER = dt.datetime(2024, 7, 22, 6, 44, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_naive_times_are_refused():
    with pytest.raises(UsageError, match="without an offset"):
        timeline.aware(dt.datetime(2024, 7, 22, 6, 44))


def test_utc_keeps_the_instant():
    assert timeline.as_utc(SUMMER) == SUMMER
    assert timeline.as_utc(SUMMER).date() == dt.date(2024, 7, 21)


def test_the_latest_day_on_earth_is_that_of_kiritimati():
    assert timeline.latest_day(dt.datetime(2024, 7, 22, 10, 30, tzinfo=dt.UTC)) == dt.date(2024, 7, 23)


def test_no_calendar_reaches_that_far():
    with pytest.raises(UsageError, match="no such instant"):
        timeline.from_epoch(1e18)


@given(st.datetimes(min_value=dt.datetime(1900, 1, 2), timezones=st.timezones(), allow_imaginary=False))
def test_utc_is_the_same_instant(moment):
    assert timeline.as_utc(moment).timestamp() == moment.timestamp()
