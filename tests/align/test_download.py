"""Downloaded prices: whole sessions only, and one adjustment a file. The vendor is a function here."""

from __future__ import annotations

import datetime as dt
import inspect
import sys
from types import ModuleType

import pandas as pd
import pytest

from nlp_rotation.align.download import HEADS, download_prices
from nlp_rotation.align.sessions import exchange
from nlp_rotation.errors import AlignError, PriceError

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


def test_nothing_is_asked_for_while_no_session_has_closed_since(tmp_path):
    asked: list[dt.date] = []
    for moment in ("2024-07-12T20:00-04:00", "2024-07-13T12:00-04:00", "2024-07-15T15:59-04:00"):
        download_prices(["AAA"], folder=tmp_path, now=at(moment), fetch=vendor(100, asked))
    assert asked == [dt.date(1990, 1, 1)]


# --- the adapter: a stand-in with the names, arguments and frames of the library -------------------


def library(monkeypatch, history):
    module = ModuleType("yfinance")
    module.Ticker = type("Ticker", (), {"__init__": lambda self, symbol: None, "history": history})
    monkeypatch.setitem(sys.modules, "yfinance", module)


def test_the_frame_of_the_library_is_taken_as_it_comes(tmp_path, monkeypatch):
    """Sessions at midnight in New York, actions behind the volume, closes both plain and corrected."""

    def history(self, *, start, auto_adjust):
        assert (start, auto_adjust) == ("1990-01-01", False)
        index = DAYS.tz_localize("America/New_York").rename("Date")
        columns = dict.fromkeys(["Open", "High", "Low", "Close"], 100.0)
        columns |= {
            "Adj Close": 99.0,
            "Volume": 7,
            "Dividends": 0.0,
            "Stock Splits": 0.0,
            "Capital Gains": 0.0,
        }
        return pd.DataFrame(columns, index=index)

    library(monkeypatch, history)
    prices = download_prices(["^RUT", "IWM"], folder=tmp_path, now=at("2024-07-13T12:00-04:00"))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["IWM.csv", "^RUT.csv"]
    assert prices.notes == ()
    assert prices.of("IWM").index.equals(DAYS.rename("session"))
    assert prices.adjusted_close("IWM").iloc[-1] == 99.0
    assert prices.bases("IWM") == {"split"}


@pytest.mark.parametrize("error", [OSError("no route\nto host"), KeyError("chart"), RuntimeError("429")])
def test_whatever_the_library_raises_is_one_line(tmp_path, monkeypatch, error):
    def history(self, **_):
        raise error

    library(monkeypatch, history)
    with pytest.raises(PriceError, match="IWM: the vendor did not answer") as caught:
        download_prices(["IWM"], folder=tmp_path)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_without_the_library_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "yfinance", None)
    with pytest.raises(AlignError, match=r"pip install 'nlp-rotation\[market\]'"):
        download_prices(["IWM"], folder=tmp_path)


def test_the_library_takes_the_arguments_that_it_is_given():
    """Runs where the extra is installed."""
    scrapers = pytest.importorskip("yfinance.scrapers.history")
    assert {"start", "auto_adjust"} <= set(inspect.signature(scrapers.PriceHistory.history).parameters)
