"""When an article appeared, told from its source, its address and its own words. All texts are invented."""

import datetime as dt

import pytest

from nlp_rotation.parse.publication import days_in_url, find_publication
from nlp_rotation.types import Given

FETCHED = dt.datetime(2024, 7, 22, 12, 0, tzinfo=dt.UTC)

#: (ambiguous stamp, text, day or None, reason for the row)
AMBIGUOUS = [
    (
        "09/01/2026",
        "Shares fell on Thursday, the eighth day of January.",
        "2026-01-09",
        "weekday and ordinal",
    ),
    ("09/01/2026", "Shares fell on Thursday.", "2026-01-09", "the day before a Friday"),
    ("09/01/2026", "Shares fell on Monday after a long weekend.", "2026-09-01", "the day before a Tuesday"),
    ("07:55 09/01/2026", "Banks led on Jan. 8 as yields rose.", "2026-01-09", "month and day without year"),
    ("03/04/2024", "Oil rose 2% on Monday.", "2024-03-04", "the day itself"),
    ("03/04/2024", "Oil rose 2% on Tuesday.", "2024-04-03", "the day before"),
    (
        "02/05/2024",
        "Since the low of April 19, 2024 gold is up 4%.",
        "2024-05-02",
        "a later day is already past",
    ),
    ("06/07/2024", "Payrolls due on July 3, 2024 will set the tone.", None, "a day ahead bounds nothing"),
    ("09/01/2026", "Small caps gained again.", None, "no clue"),
    ("03/04/2024", "Friday saw gains.", "2024-03-04", "a Monday looks back on Friday, a Wednesday does not"),
]


@pytest.mark.parametrize(("raw", "text", "day", "why"), AMBIGUOUS)
def test_the_text_decides_between_two_readings(raw, text, day, why):
    found = find_publication(Given(published=raw, basis="header"), text=text)
    assert found.date == (dt.date.fromisoformat(day) if day else None), why
    assert found.reason


def test_an_undecided_stamp_gives_bounds():
    found = find_publication(Given(published="09/01/2026", basis="meta"), text="Small caps gained again.")
    assert (found.not_before, found.not_after) == (dt.date(2026, 1, 9), dt.date(2026, 9, 1))
    assert found.date is None
    assert "change places" in found.reason


#: (given stamp, basis, URL, shown stamps, day, basis found, reason for the row)
ORDER = [
    ("2024-07-22", "header", None, (), "2024-07-22", "header", "a header line"),
    (
        "None",
        "header",
        "https://a.example/2024/07/21/x",
        (),
        "2024-07-21",
        "url",
        "an unreadable stamp is passed by",
    ),
    (
        None,
        "unknown",
        "https://a.example/2024/07/21/x",
        ("2024-07-20",),
        "2024-07-21",
        "url",
        "address before text",
    ),
    (
        None,
        "unknown",
        "https://a.example/story-12",
        ("20 July 2024",),
        "2024-07-20",
        "text",
        "only the text shows one",
    ),
    ("1970-01-01", "meta", None, ("20 July 2024",), "2024-07-20", "text", "the zero of a clock is no date"),
    (
        "2024-07-23T15:00:00Z",
        "meta",
        "https://a.example/2024/07/21/x",
        (),
        "2024-07-21",
        "url",
        "from the future",
    ),
    ("2024-07-22T12:30:00Z", "meta", None, (), "2024-07-22", "meta", "clocks run apart by minutes"),
    ("2024-07-23", "feed", None, (), "2024-07-23", "feed", "it is tomorrow already in the Pacific"),
]


@pytest.mark.parametrize(("raw", "basis", "url", "shown", "day", "found_basis", "why"), ORDER)
def test_order_of_trust(raw, basis, url, shown, day, found_basis, why):
    found = find_publication(
        Given(published=raw, basis=basis, url=url), text="Oil rose.", shown=shown, fetched_at=FETCHED
    )
    assert (found.date, found.basis) == (dt.date.fromisoformat(day), found_basis), why


def test_a_local_file_has_no_future():
    found = find_publication(Given(published="2098-01-01", basis="header"), text="Oil rose.")
    assert found.date == dt.date(2098, 1, 1)


def test_a_time_without_zone_gives_the_day_and_says_so():
    found = find_publication(Given(published="2024.07.22 06:44", basis="meta"), text="Oil rose.")
    assert (found.at, found.date, found.precision) == (None, dt.date(2024, 7, 22), "day")
    assert "06:44 has no zone" in found.reason


def test_the_zone_of_the_stamp_is_kept():
    found = find_publication(Given(published="2024-07-22T06:44:00+08:00", basis="meta"), text="Oil rose.")
    assert found.at is not None
    assert found.at.isoformat() == "2024-07-22T06:44:00+08:00"
    assert (found.date, found.precision) == (dt.date(2024, 7, 22), "second")


def test_without_a_date_the_newest_past_day_bounds_it():
    text = (
        "The chip maker fell 19.8% since 06/20/24. Stops were hit on 07/19/24. The vote is due by 08/30/24."
    )
    found = find_publication(Given(), text=text)
    assert (found.date, found.precision, found.basis) == (None, "unknown", "unknown")
    assert (found.not_before, found.not_after) == (dt.date(2024, 7, 19), None)
    assert "neither the source nor the text" in found.reason


def test_fetching_bounds_what_has_no_date():
    assert find_publication(Given(), text="Oil rose.", fetched_at=FETCHED).not_after == dt.date(2024, 7, 23)


URLS = [
    ("https://a.example/2024/07/22/small-caps", ["2024-07-22"]),
    ("https://a.example/markets/2024-07-22/wrap", ["2024-07-22"]),
    ("https://a.example/business/wrap-2024-07-22/", ["2024-07-22"]),
    ("https://a.example/money/2024/jul/22/wrap", ["2024-07-22"]),
    ("https://a.example/article/idUSL2176365120061021", []),
    ("https://a.example/article/wrap-20061021", ["2006-10-21"]),
    ("https://a.example/2024/13/45/x", []),
    ("https://a.example/story/12345678", []),
    ("https://2024-07-22.example/story", []),
    ("https://a.example/story?date=2024-07-22", []),
    ("", []),
]


@pytest.mark.parametrize(("url", "days"), URLS)
def test_days_in_an_address(url, days):
    assert days_in_url(url) == days
