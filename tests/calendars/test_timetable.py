"""The tables of sessions are the schedules of exchange_calendars, day for day and minute for minute."""

from __future__ import annotations

import datetime as dt
import re
import warnings

import pandas as pd
import pytest

from nlp_rotation.calendars.exchanges import codes
from nlp_rotation.calendars.timetable import FOLDER, Hours, hours_as_text, hours_of, timetable
from nlp_rotation.config import TABLES
from nlp_rotation.errors import AlignError, ConfigError
from nlp_rotation.refresh.provenance import sha256
from nlp_rotation.refresh.sessions import kept_sessions, main

#: Under pandas 3 the package cannot build these calendars, and forgets weeks other than an exchange's usual one. The
#: tables are made under pandas 2.
NOT_BUILT = {"ASEX", "XTAE"}
FORGETFUL = int(pd.__version__.partition(".")[0]) > 2


@pytest.mark.parametrize("code", sorted(codes()))
def test_a_table_is_the_schedule_of_the_package(code):
    """Slow (half a second an exchange), because the package computes what the tables only tell."""
    package = pytest.importorskip("exchange_calendars")
    if FORGETFUL and code in NOT_BUILT:
        pytest.skip("the package cannot build it under this version of pandas")
    table = timetable(code)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calendar = package.get_calendar(code, start=str(table.first), end=str(table.last))
    ours, theirs = dict(table.sessions()), kept_sessions(code, calendar)
    if FORGETFUL:
        week = calendar.weekmask
        ours, theirs = (
            {day: hours for day, hours in found.items() if week[day.weekday()] == "1"}
            for found in (ours, theirs)
        )
    assert table.zone == str(calendar.tz)
    assert ours == theirs


@pytest.mark.skipif(not FORGETFUL, reason="the package works under this version of pandas")
def test_no_table_is_made_where_the_package_loses_sessions(tmp_path):
    with pytest.raises(ConfigError, match="loses sessions under pandas 3"):
        main(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_hash_of_the_tables_is_recorded():
    files = sorted(FOLDER.glob("*.toml"))
    assert sha256(files) in (TABLES / "PROVENANCE.md").read_text("utf-8")
    made = {re.search(r"exchange_calendars [\d.]+", file.read_text("utf-8"))[0] for file in files}
    assert len(made) == 1, "all tables come from one version"


@pytest.mark.parametrize(
    ("code", "day", "trades", "why"),
    [
        ("XNYS", "2024-07-04", False, "a holiday"),
        ("XNYS", "2024-07-03", True, "a half day is a session"),
        ("XNYS", "2001-09-12", False, "closed for what nobody foresaw"),
        ("XNYS", "2025-01-09", False, "a day of mourning"),
        ("XBOM", "2024-01-20", True, "a session on a Saturday"),
        ("XSAU", "2024-07-14", True, "Sunday is a working day there"),
        ("XSAU", "2024-07-12", False, "and Friday is none"),
        ("XTAE", "2025-07-13", True, "Sunday was one there until 2026"),
        ("XTAE", "2026-07-12", False, "and is none since"),
        ("24/7", "2024-12-25", True, "coins never rest"),
        ("24/5", "2024-07-04", True, "currencies have no country's holidays"),
        ("24/5", "2024-12-25", False, "but dealers rest at Christmas"),
        ("24/5", "2016-01-01", False, "and at New Year"),
        ("24/5", "2024-12-22", False, "and weekends"),
    ],
)
def test_trades(code, day, trades, why):
    assert timetable(code).trades(dt.date.fromisoformat(day)) is trades, why


def test_outside_the_known_days_the_week_stands_in():
    table = timetable("XBOM")
    assert not table.knows(dt.date(2031, 1, 27))
    assert table.trades(dt.date(2031, 1, 27)), "a Monday, whatever feast it may be"
    assert not table.trades(dt.date(2031, 1, 26)), "a Sunday"
    assert timetable("XSAU").trades(dt.date(2015, 3, 1)), "a Sunday before its table begins"


def test_half_days_have_their_own_hours():
    hours = dict(timetable("XNYS").sessions())
    assert hours[dt.date(2024, 7, 3)] == Hours(opens=9 * 60 + 30, closes=13 * 60)
    assert hours[dt.date(2024, 7, 5)] == Hours(opens=9 * 60 + 30, closes=16 * 60)


def test_an_unknown_exchange_is_one_line():
    with pytest.raises(AlignError, match="XXXX: no such exchange calendar; use a code such as XNYS"):
        timetable("XXXX")


@pytest.mark.parametrize("text", ["09:30-16:00", "00:00-24:00", "08:00-16:28"])
def test_hours_as_text(text):
    assert hours_as_text(hours_of(text)) == text
