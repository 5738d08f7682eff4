"""How long servers and sources are left alone."""

import datetime as dt
import random

import pytest

from nlp_rotation.acquire.patience import host_pause, next_due, seconds_asked_for

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
QUARTER = dt.timedelta(minutes=15)

#: (header, seconds, reason for the row)
ASKED = [
    ("7", 7.0, "seconds"),
    (" 120 ", 120.0, "blanks around"),
    ("Mon, 02 Mar 2026 12:00:20 GMT", 20.0, "a date"),
    ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0, "a date that has passed"),
    ("Mon, 02 Mar 2026 13:00:00 +0100", 0.0, "a date in another zone"),
    ("9" * 400, 999_999_999.0, "more than any clock holds"),
    ("-1", None, "no number of seconds"),
    ("soon", None, "words"),
    ("١٢", None, "digits of another script"),
    ("", None, "nothing"),
    (None, None, "no header"),
]


@pytest.mark.parametrize(("header", "seconds", "why"), ASKED)
def test_retry_after(header, seconds, why):
    assert seconds_asked_for(header, now=NOON) == seconds, why


def due_in(**options):
    wanted = {"every": QUARTER, "failures": 0, "asked": None, "chance": random.Random(1)} | options
    return next_due(NOON, **wanted) - NOON


def test_a_source_that_is_well_is_due_after_the_interval():
    assert due_in() == QUARTER


@pytest.mark.parametrize("failures", [1, 2, 3, 4])
def test_each_failure_doubles_the_wait(failures):
    assert 0.8 * 2**failures * QUARTER <= due_in(failures=failures) <= 1.2 * 2**failures * QUARTER


def test_no_wait_is_longer_than_about_a_day_unless_the_interval_is():
    assert due_in(failures=10_000) <= dt.timedelta(hours=29)
    week = dt.timedelta(days=7)
    assert due_in(failures=3, every=week) >= 0.8 * week


def test_what_the_server_asks_for_is_not_undercut():
    assert due_in(failures=1, asked=86_400.0 * 2) == dt.timedelta(days=2)
    assert due_in(failures=1, asked=1e9) == dt.timedelta(days=30), "but nobody is believed for ever"


def test_jitter_keeps_sources_apart():
    chance = random.Random(4)
    assert len({due_in(failures=1, chance=chance) for _ in range(20)}) == 20


def test_a_host_is_left_alone_for_a_minute_and_longer_up_to_an_hour():
    chance = random.Random(2)
    pauses = [host_pause(failures, asked=None, chance=chance) for failures in (1, 2, 3, 50)]
    assert all(
        0.8 * about <= pause <= 1.2 * about for pause, about in zip(pauses, (60, 120, 240, 3600), strict=True)
    )
    assert host_pause(9, asked=5.0, chance=chance) == 5.0
