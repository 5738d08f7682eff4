"""Downloaded prices: whole sessions only, and one adjustment a file. The vendor is a function here."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from nlp_rotation.align.download import HEADS, download_prices
from nlp_rotation.align.sessions import exchange
from nlp_rotation.errors import PriceError

DAYS = exchange().between(dt.date(2024, 6, 3), dt.date(2024, 7, 12))


def vendor(level: float, asked: list[dt.date], last: str = "2024-07-12"):
    def fetch(symbol: str, first: dt.date) -> pd.DataFrame:
        asked.append(first)
        days = DAYS[(pd.Timestamp(first) <= DAYS) & (last >= DAYS)]
        closes = [level + DAYS.get_loc(day) for day in days]
        return pd.DataFrame(dict.fromkeys(HEADS, closes), index=days.tz_localize("America/New_York"))

    return fetch


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_a_session_that_is_still_open_is_left_out(tmp_path):
    prices = download_prices(
        ["AAA"], folder=tmp_path, now=at("2024-07-12T15:00-04:00"), fetch=vendor(100, [])
    )
    assert prices.close("AAA").index[-1] == pd.Timestamp("2024-07-11")


def test_only_the_last_days_are_fetched_again(tmp_path):
    asked: list[dt.date] = []
    download_prices(
        ["AAA"], folder=tmp_path, now=at("2024-07-08T20:00-04:00"), fetch=vendor(100, asked, "2024-07-08")
    )
    prices = download_prices(
        ["AAA"], folder=tmp_path, now=at("2024-07-12T20:00-04:00"), fetch=vendor(100, asked)
    )
    assert asked == [dt.date(1990, 1, 1), dt.date(2024, 6, 28)]
    assert len(prices.close("AAA")) == len(DAYS)


def test_a_corrected_past_is_fetched_whole(tmp_path):
    asked: list[dt.date] = []
    download_prices(
        ["AAA"], folder=tmp_path, now=at("2024-07-08T20:00-04:00"), fetch=vendor(100, asked, "2024-07-08")
    )
    prices = download_prices(
        ["AAA"], folder=tmp_path, now=at("2024-07-12T20:00-04:00"), fetch=vendor(50, asked)
    )
    assert asked[-1] == dt.date(1990, 1, 1)
    assert prices.close("AAA").iloc[0] == 50.0


def test_nothing_is_an_error(tmp_path):
    with pytest.raises(PriceError, match="the vendor returned nothing"):
        download_prices(["AAA"], folder=tmp_path, fetch=lambda *_: pd.DataFrame())
