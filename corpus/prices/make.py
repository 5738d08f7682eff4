"""Cut the small table of closing prices that the walk-through and the tests need out of a large one.

    python corpus/prices/make.py DAILY.parquet

DAILY has a row a bar with the columns ``date``, ``symbol``, ``close``, ``source`` and ``basis``. What is
written: ``closes.csv`` and, beside it, ``SOURCES.md``. The same input gives the same files.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pandas as pd

HOME = Path(__file__).resolve().parent
LAST = "2024-08-05"
#: Both sides of the pairs, and the sectors: as many sessions as a rotation graph looks back over.
LONG = "IWM SPY QQQ RSP XLB XLC XLE XLF XLI XLK XLP XLRE XLU XLV XLY".split()
LONG_SESSIONS = 313
#: What the articles of July 2024 state moves of.
SHORT = "^DJI ^IXIC AAPL AMZN GOOGL KRE META MSFT NVDA SMH TSLA".split()
SHORT_SESSIONS = 27
MOST = 5000


def main(path: str) -> None:
    daily = pd.read_parquet(path)
    daily = daily[daily["date"] <= pd.Timestamp(LAST)].sort_values(["symbol", "date"])
    parts = [
        daily[daily["symbol"] == symbol].tail(sessions)
        for symbols, sessions in ((LONG, LONG_SESSIONS), (SHORT, SHORT_SESSIONS))
        for symbol in symbols
    ]
    table = pd.concat(parts)
    if len(table) > MOST:
        raise SystemExit(f"{len(table)} closing prices are more than {MOST}")
    closes = table[["date", "symbol", "close", "basis"]].assign(
        date=table["date"].dt.strftime("%Y-%m-%d"), close=table["close"].round(4)
    )
    text = closes.to_csv(index=False, lineterminator="\n")
    (HOME / "closes.csv").write_text(text, encoding="utf-8")
    (HOME / "SOURCES.md").write_text(_sources(table, text), encoding="utf-8")


def _sources(table: pd.DataFrame, text: str) -> str:
    rows = table.groupby("symbol").agg(
        source=("source", "first"), first=("date", "min"), last=("date", "max"), n=("date", "size")
    )
    lines = [
        f"| {row.Index} | {row.n} | {row.first:%Y-%m-%d} | {row.last:%Y-%m-%d} | {row.source} |"
        for row in rows.itertuples()
    ]
    return "\n".join(
        [
            "# Closing prices",
            "",
            f"`closes.csv`: {len(table):,} daily closes of {len(rows)} symbols, written by `make.py`.",
            "",
            f"sha256: `{hashlib.sha256(text.encode()).hexdigest()}`",
            "",
            "A closing price is a fact, and facts belong to nobody; the arrangement is this project's and has its",
            "licence. The numbers were read from files of public repositories, named below as `owner/name:path`,",
            "which had them from the usual vendors. The column `basis` says what they are corrected for: `adj_all`",
            "for splits and dividends, `index` for an index. They serve the walk-through and the tests, not trade.",
            "",
            "| symbol | closes | first | last | read from |",
            "|---|---|---|---|---|",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
