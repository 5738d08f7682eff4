"""Whole files in every dialect: recognised by their content, whatever they are called."""

from __future__ import annotations

import pandas as pd
import pytest

from nlp_rotation.align.prices import load_prices, prices_from_frame
from nlp_rotation.errors import PriceError

#: dialect, file, symbols, first and last close by date, basis.
FILES = [
    ("yahoo", "Date,Open,High,Low,Close,Adj Close,Volume\n2024-07-10,9,11,8,10,9.5,100\n2024-07-11,10,12,9,11,10.5,100\n",
     "Yahoo export", "split"),
    ("two storeys", "Price,Close,High,Low,Open,Volume\nTicker,AAA,AAA,AAA,AAA,AAA\nDate,,,,,\n"
     "2024-07-10,10,11,8,9,100\n2024-07-11,11,12,9,10,100\n", "yfinance, two-storey head", "all"),
    ("saved twice", "Price,Price,Close,High,Low,Open,Volume\nTicker,AAA,AAA,AAA,AAA,AAA,AAA\nTicker,AAA,AAA,AAA,AAA,AAA,AAA\n"
     "Date,,,,,,\n2024-07-10,9.5,10,11,8,9,100\n2024-07-11,10.5,11,12,9,10,100\n", "yfinance, two-storey head", "split"),
    ("a row of tickers", "Date,Close,High,Low,Open,Volume\n,AAA,AAA,AAA,AAA,AAA\n2024-07-10,10,11,8,9,100\n2024-07-11,11,12,9,10,100\n",
     "yfinance, two-storey head", "all"),
    ("stooq bulk", "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n"
     "AAA.US,D,20240710,000000,9,11,8,10,100,0\nAAA.US,D,20240711,000000,10,12,9,11,100,0\n", "Stooq, bulk", "all"),
    ("stooq in Polish", "Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen\n2024-07-10,9,11,8,10,100\n2024-07-11,10,12,9,11,100\n",
     "Stooq, Polish", "all"),
    ("alpha vantage", "timestamp,open,high,low,close,volume\n2024-07-11,10,12,9,11,100\n2024-07-10,9,11,8,10,100\n",
     "Alpha Vantage", "raw"),
    ("nasdaq", "Date,Close/Last,Volume,Open,High,Low\n07/16/2024,$11.00,100,$10.00,$12.00,$9.00\n07/15/2024,$10.00,100,$9.00,$11.00,$8.00\n",
     "Nasdaq", "split"),
    ("wsj", "Date, Open, High, Low, Close\n07/15/24, 10, 12, 9, 11\n07/12/24, 9, 11, 8, 10\n", "WSJ", "split"),
    ("investing", '\ufeff"Date","Price","Open","High","Low","Vol.","Change %"\n"07/15/2024","11.00","10.00","12.00","9.00","","1.4%"\n'
     '"07/12/2024","10.00","9.00","11.00","8.00","1.2M","0.3%"\n', "Investing.com", "split"),
    ("semicolons", "date;open;high;low;close\n2024-07-10;9,0;11,0;8,0;10,0\n2024-07-11;10,0;12,0;9,0;11,0\n", "WSJ", "split"),
    ("alpaca", "symbol,timestamp,open,high,low,close,volume,trade_count,vwap\nAAA,2024-07-10 04:00:00+00:00,9,11,8,10,100,5,10\n"
     "AAA,2024-07-11 04:00:00+00:00,10,12,9,11,100,5,11\n", "Alpaca", "raw"),
    ("alpaca under the heads of Yahoo", "Date,Open,High,Low,Close,Adj Close,Volume\n2024-07-10 04:00:00+00:00,9,11,8,10,10,100\n"
     "2024-07-11 04:00:00+00:00,10,12,9,11,11,100\n", "Alpaca", "raw"),
    ("stamped at the open", "Date,Open,High,Low,Close,Volume\n2024-07-10 13:30:00,9,11,8,10,100\n2024-07-11 13:30:00,10,12,9,11,100\n",
     "Yahoo chart service", "split"),
    ("history without its actions", "Date,Open,High,Low,Close,Volume\n2024-07-10 00:00:00-04:00,9,11,8,10,100\n"
     "2024-07-11 00:00:00-04:00,10,12,9,11,100\n", "yfinance, one ticker's history", "all"),
    ("the head that many write", "Date,Open,High,Low,Close,Volume\n2024-07-10,9,11,8,10,100\n2024-07-11,10,12,9,11,100\n",
     "plain", "unknown"),
    ("short heads", "date,o,h,l,c,v\n2024-07-10,9,11,8,10,100\n2024-07-11,10,12,9,11,100\n", "plain", "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "dialect", "basis"), FILES, ids=[row[0] for row in FILES])
def test_reads_every_dialect(tmp_path, name, text, dialect, basis):
    file = tmp_path / "AAA.csv"
    file.write_text(text, "utf-8")
    prices = load_prices(file)
    bars = prices.of("AAA")
    assert prices.dialects == {"AAA": dialect}
    assert bars["close"].tolist() == [10.0, 11.0]
    assert bars[["open", "high", "low"]].iloc[0].tolist() == [9.0, 11.0, 8.0]
    assert set(bars["basis"]) == {basis}
    assert bars.index.is_monotonic_increasing
    if name == "saved twice":
        assert bars["adj_close"].tolist() == [9.5, 10.5], "the lost head over the first column was Adj Close"


def test_long_table_and_matrix_of_closes(tmp_path):
    long = tmp_path / "long.csv"
    long.write_text("date,symbol,close\n2024-07-10,AAA,1\n2024-07-10,BBB,2\n2024-07-11,AAA,3\n", "utf-8")
    assert load_prices(long).symbols == ("AAA", "BBB")
    wide = tmp_path / "wide.csv"
    wide.write_text("observation_date,NASDAQCOM,AAA\n2024-07-10,1,2\n2024-07-11,.,3\n", "utf-8")
    prices = load_prices(wide)
    assert prices.close("^IXIC").tolist() == [1.0]
    assert prices.close("AAA").tolist() == [2.0, 3.0]


def test_raw_prices_are_corrected_by_the_splits_that_the_file_states(tmp_path):
    file = tmp_path / "AAA.csv"
    head = "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient"
    file.write_text(
        f"{head}\n2024-07-11,10,10,10,10,10,100,0,4.0\n2024-07-10,40,44,36,40,10,25,0,1.0\n", "utf-8"
    )
    bars = load_prices(file).of("AAA")
    assert bars["close"].tolist() == [10.0, 10.0]
    assert bars["high"].iloc[0] == 11.0
    assert bars["volume"].tolist() == [100.0, 100.0]


@pytest.mark.parametrize(
    "order", [("field", "ticker"), ("ticker", "field")], ids=["field on top", "ticker on top"]
)
def test_frames_with_two_storeys(order):
    pairs = [("Close", "AAA"), ("Open", "AAA"), ("Close", "BBB")]
    heads = pairs if order[0] == "field" else [(ticker, field) for field, ticker in pairs]
    days = pd.DatetimeIndex(["2024-07-10", "2024-07-11"], name="Date")
    frame = pd.DataFrame(
        [[10.0, 9.0, 1.0], [11.0, 10.0, 2.0]], index=days, columns=pd.MultiIndex.from_tuples(heads)
    )
    prices = prices_from_frame(frame)
    assert prices.close("AAA").tolist() == [10.0, 11.0]
    assert prices.close("BBB").tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "heads", [["('Date', '')", "('Close', 'AAA')"], ["Date", "Close_AAA"], ["Date", "AAA Close"]]
)
def test_joined_heads(heads):
    frame = pd.DataFrame([["2024-07-10", 10.0], ["2024-07-11", 11.0]], columns=heads)
    assert prices_from_frame(frame).close("AAA").tolist() == [10.0, 11.0]


def test_frame_of_one_symbol_needs_its_name():
    frame = pd.DataFrame({"close": [1.0, 2.0]}, index=pd.DatetimeIndex(["2024-07-10", "2024-07-11"]))
    assert prices_from_frame(frame, symbol="AAA").close("AAA").tolist() == [1.0, 2.0]
    with pytest.raises(PriceError, match="no column names a symbol"):
        prices_from_frame(frame)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no rows of prices"),
        ("date,close\n", "no rows of prices"),
        ("date,volume\n2024-07-10,1\n", "no column holds closing prices"),
        ("date,close\n2024-07-10,up\n", "which is no number"),
    ],
)
def test_what_is_no_price_file_is_refused_in_one_line(tmp_path, text, says):
    file = tmp_path / "AAA.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(PriceError, match=says) as caught:
        load_prices(file)
    assert str(file) in str(caught.value)


@pytest.mark.shared
def test_every_file_of_the_collection_is_read(shared):
    """Dialect, symbol where the file names it, and the last close as it stands in the file."""
    wanted = {
        "alpaca_iex.csv": ("Alpaca", None, 181.27),
        "alphavantage_daily_adjusted.csv": ("Alpha Vantage, adjusted", None, 132.42),
        "alphavantage_like_daily.csv": ("Alpha Vantage", None, 299.94),
        "close_only_lower.csv": ("plain", None, 297.6700134277344),
        "fred.csv": ("FRED", "^IXIC", 23639.08),
        "investing_com.csv": ("Investing.com", None, 5686.67),
        "nasdaq_com.csv": ("Nasdaq", None, 438.73),
        "nasdaq_com_legacy.csv": ("Nasdaq, before 2019", None, 15.34),
        "short_names.csv": ("plain", None, 292.95),
        "stooq_bulk.txt": ("Stooq, bulk", "SPY", 744.78),
        "stooq_export_en.csv": ("plain", None, 28210.82),
        "stooq_export_pl.csv": ("Stooq, Polish", None, 155.0),
        "tiingo_fixture.yaml": ("Tiingo", None, 519.46),
        "wsj.csv": ("WSJ", None, 3901.06),
        "wsj_spaced_header.csv": ("WSJ", None, 2584.62),
        "yahoo_chart_api_intraday_stamp.csv": ("Yahoo chart service", None, 3.009999990463257),
        "yahoo_export.csv": ("Yahoo export", None, 1.68),
        "yahoo_export_excel_dmy.csv": ("Yahoo export", None, 13407.23047),
        "yfinance_download_autoadjust_flat.csv": ("yfinance download", None, 86.18000030517578),
        "yfinance_droplevel_tickerrow.csv": ("yfinance, two-storey head", "META", 619.5599975585938),
        "yfinance_multiindex.csv": ("yfinance, two-storey head", "^RUT", 2525.300048828125),
        "yfinance_multiindex.parquet": ("yfinance, two-storey head", "IWM", 215.47999572753906),
        "yfinance_multiindex_adjclose.csv": ("yfinance, two-storey head", "^NDX", 24960.0390625),
        "yfinance_multiindex_resaved_twice.csv": ("yfinance, two-storey head", "IWM", 241.33999633789062),
        "yfinance_multiindex_tuple_names.parquet": ("yfinance, joined heads", "IWM", 210.77000427246094),
        "yfinance_ticker_history.csv": ("yfinance, one ticker's history", None, 210.69000244140625),
        "yfinance_ticker_history_tzoffset.csv": ("yfinance, one ticker's history", None, 3.609999895095825),
    }
    folder = shared / "prices" / "dialects"
    assert {file.name for file in folder.iterdir()} == set(wanted)
    for name, (dialect, symbol, close) in wanted.items():
        prices = load_prices(folder / name)
        (found,) = prices.symbols
        assert symbol in (None, found), name
        assert prices.dialects[found] == dialect, name
        assert prices.close(found).iloc[-1] == close, name
