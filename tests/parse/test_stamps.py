"""Time stamps as feeds, pages and repost sites write them, and strings that are none."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.stamps import EARLIEST, LATEST, find_days, read_stamp

#: (stamp, day, instant in UTC or None, reason for the row)
CLEAR = [
    ("2024-07-22", "2024-07-22", None, "ISO day"),
    ("2024/07/22", "2024-07-22", None, "slashes, year first"),
    ("2024.07.22 06:44", "2024-07-22", None, "dots, no zone: lenient readers give another month"),
    ("2016/6/29 15:07:41", "2016-06-29", None, "month with one digit"),
    ("20240722", "2024-07-22", None, "compact"),
    ("20240722T064400Z", "2024-07-22", "2024-07-22T06:44:00", "compact with time"),
    ("2024-07-22T06:44:00Z", "2024-07-22", "2024-07-22T06:44:00", "ISO instant"),
    ("2024-07-22T06:44Z", "2024-07-22", "2024-07-22T06:44:00", "ISO instant without seconds"),
    ("2024-07-22T06:44:00+08:00", "2024-07-22", "2024-07-21T22:44:00", "the day is that of its own zone"),
    ("2024-07-22T23:44:00-0500", "2024-07-22", "2024-07-23T04:44:00", "offset without colon"),
    ("2024-07-22T06:44:00.123456789Z", "2024-07-22", "2024-07-22T06:44:00.123456", "nanoseconds"),
    ("2024-07-22 06:44:00 +0000 UTC", "2024-07-22", "2024-07-22T06:44:00", "offset and name"),
    ("Mon, 29 Jul 2019 13:55 GMT", "2019-07-29", "2019-07-29T13:55:00", "feed date without seconds"),
    ("Mon, 29 Jul 2019 13:55:10 EST", "2019-07-29", "2019-07-29T18:55:10", "North American zone"),
    ("29 Jul 2019 13:55:10 +0530", "2019-07-29", "2019-07-29T08:25:10", "no weekday"),
    (
        "Sat, 16 Oct 2021 22:30:00 -0400 (EDT)",
        "2021-10-16",
        "2021-10-17T02:30:00",
        "zone named again in brackets",
    ),
    ("Mon Jul 22 06:44:00 UTC 2024", "2024-07-22", "2024-07-22T06:44:00", "clock of Unix: year last"),
    ("Mon Jul 22 06:44:00 2024", "2024-07-22", None, "the same without zone"),
    ("1721630640", "2024-07-22", "2024-07-22T06:44:00", "seconds since 1970"),
    ("1721630640000", "2024-07-22", "2024-07-22T06:44:00", "milliseconds since 1970"),
    ("July 22, 2024", "2024-07-22", None, "American"),
    ("July 22 2024", "2024-07-22", None, "without comma"),
    ("Jul 22,2024", "2024-07-22", None, "without blank"),
    ("Sept. 5, 2024", "2024-09-05", None, "four letters and a dot"),
    ("Feb 04, 2026", "2026-02-04", None, "leading zero"),
    ("22 July 2024", "2024-07-22", None, "British"),
    ("22nd of July, 2024", "2024-07-22", None, "ordinal"),
    ("22-Jul-2024", "2024-07-22", None, "dashes"),
    ("22-Jul-24", "2024-07-22", None, "short year with a named month"),
    ("2024 Jul 22", "2024-07-22", None, "year first, named month"),
    ("MAY 1, 2024", "2024-05-01", None, "capitals"),
    ("22.07.2024", "2024-07-22", None, "dots: the day comes first"),
    ("03.04.2024", "2024-04-03", None, "dots decide what slashes leave open"),
    ("07/22/2024", "2024-07-22", None, "only one reading is a day"),
    ("22/07/2024 6:44 pm", "2024-07-22", None, "day first, half of the day"),
    ("05/05/2024", "2024-05-05", None, "both readings are the same day"),
    ("06/20/24", "2024-06-20", None, "short year"),
    ("Friday 09/01/2026", "2026-01-09", None, "the weekday settles which is the month"),
    ("Tuesday 09/01/2026", "2026-09-01", None, "and the other way round"),
    ("July 22, 2024 at 6:44 a.m. ET", "2024-07-22", "2024-07-22T10:44:00", "Eastern time in summer"),
    ("January 22, 2024 at 6:44 a.m. ET", "2024-01-22", "2024-01-22T11:44:00", "Eastern time in winter"),
    ("Jul 22, 2024 | 5pm ET", "2024-07-22", "2024-07-22T21:00:00", "hour alone"),
    ("Jul 22, 2024, 12:05 AM EDT", "2024-07-22", "2024-07-22T04:05:00", "midnight is twelve"),
    ("Jul 22, 2024, 12:05 PM EDT", "2024-07-22", "2024-07-22T16:05:00", "noon is twelve"),
    ("22 July 2024, 14:30 IST", "2024-07-22", "2024-07-22T09:00:00", "India"),
    ("22 July 2024 0644 GMT", "2024-07-22", "2024-07-22T06:44:00", "time without colon"),
    ("22 Jul 2024 06:44 GMT+8", "2024-07-22", "2024-07-21T22:44:00", "offset from a named zone"),
]

#: (string, part of the reason)
REFUSED = [
    ("", "no day"),
    ("yesterday", "no day"),
    ("2 hours ago", "no day"),
    ("Monday", "no day"),
    ("2024", "no day"),
    ("July 2024", "no day"),
    ("July 22", "no day"),
    ("2024-13-02", "no such day"),
    ("2024-02-30", "no such day"),
    ("31/31/2024", "no such day"),
    ("2024-07-22 25:00", "no such time"),
    ("2024-07-22 10:61", "no such time"),
    ("1970-01-01T00:00:00Z", "zero of a computer"),
    ("0", "no day"),
    ("9999-12-31", "no day on which"),
    ("1066-10-14", "no day on which"),
    ("2024-07-22 and shares rose", "not understood"),
    ("12% on July 22, 2024", "not understood"),
    ("2024-07-22 2024-07-23", "not understood"),
    ("July 22, 2024 " + "x" * 200, "too long"),
]


@pytest.mark.parametrize(("raw", "day", "utc", "why"), CLEAR, ids=[row[0] for row in CLEAR])
def test_a_clear_stamp(raw, day, utc, why):
    stamp = read_stamp(raw)
    assert stamp.days == (dt.date.fromisoformat(day),), why
    at = stamp.at(stamp.days[0])
    assert (at.astimezone(dt.UTC).replace(tzinfo=None).isoformat() if at else None) == utc, why


@pytest.mark.parametrize(("raw", "reason"), REFUSED, ids=[row[0][:20] for row in REFUSED])
def test_what_is_no_stamp_says_why(raw, reason):
    with pytest.raises(ParseError, match=reason):
        read_stamp(raw)


def test_two_readings_are_both_kept():
    assert read_stamp("07:55 09/01/2026").days == (dt.date(2026, 1, 9), dt.date(2026, 9, 1))


def test_a_wrong_weekday_is_a_doubt_and_no_reason_to_lose_the_day():
    stamp = read_stamp("Tue, 29 Jul 2019 13:55 GMT")
    assert stamp.days == (dt.date(2019, 7, 29),)
    assert "weekday" in stamp.doubt


ZERO_DAYS = (dt.date(1969, 12, 31), dt.date(1970, 1, 1))
DAYS = st.dates(min_value=EARLIEST, max_value=LATEST).filter(lambda day: day not in ZERO_DAYS)


@given(st.datetimes(dt.datetime(1971, 1, 1), dt.datetime(2099, 1, 1), timezones=st.just(dt.UTC)))
def test_iso_instants_come_back(moment):
    stamp = read_stamp(moment.isoformat())
    assert stamp.at(stamp.days[0]) == moment


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%d-%b-%Y", "%Y/%m/%d"]))
def test_a_day_written_without_doubt_comes_back(day, form):
    stamp = read_stamp(day.strftime(form))
    assert stamp.days == (day,) or dt.date(1969, 12, 31) in (day,)


@given(st.text(max_size=200))
def test_any_string_is_read_or_refused(raw):
    try:
        stamp = read_stamp(raw)
    except ParseError:
        return
    assert stamp.days


def test_days_in_prose():
    text = "Up since 06/20/24, and 12.5% since July 11, 2024; 04/1924 is a slip."
    assert [(text[start:end], days) for start, end, days in find_days(text)] == [
        ("06/20/24", (dt.date(2024, 6, 20),)),
        ("July 11, 2024", (dt.date(2024, 7, 11),)),
    ]
