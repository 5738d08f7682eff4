"""Daily prices as people have them: files and folders of every dialect, and frames.

>>> prices = load_prices("prices/")            # doctest: +SKIP
>>> prices.closes(["^RUT", "^GSPC"]).tail(2)   # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from nlp_rotation.align.bars import Cleaned, Note, clean
from nlp_rotation.align.dialects.cells import read_numbers
from nlp_rotation.align.dialects.columns import NUMBERS, Table, reuse_of, symbol_of
from nlp_rotation.align.dialects.days import read_days
from nlp_rotation.align.dialects.frames import read_frame, read_parquet
from nlp_rotation.align.dialects.text import read_text
from nlp_rotation.align.sessions import exchange_of
from nlp_rotation.errors import PriceError

_SUFFIXES = {".csv", ".txt", ".tsv", ".parquet", ".pq", ".yaml", ".yml"}
_PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Daily bars by symbol, clean, and what was found while they were read."""

    #: Symbol -> frame of bars; see :mod:`nlp_rotation.align.bars` for its index and columns.
    bars: Mapping[str, pd.DataFrame]
    notes: tuple[Note, ...] = ()
    #: Symbol -> name of the dialect that its file is written in.
    dialects: Mapping[str, str]
    #: What has been asked for: a claim check asks for the same closes thousands of times.
    _closes: dict[str, pd.Series] = field(default_factory=dict, repr=False, compare=False)
    _bases: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every symbol, sorted."""
        return tuple(sorted(self.bars))

    def __contains__(self, symbol: object) -> bool:
        return symbol in self.bars

    def of(self, symbol: str) -> pd.DataFrame:
        """Return the bars of ``symbol``.

        :raises PriceError: where there are none.
        """
        if symbol not in self.bars:
            raise PriceError(
                "no prices of this symbol", where=symbol, hint="see `nlp-rotation prices` for those read"
            )
        return self.bars[symbol]

    def close(self, symbol: str) -> pd.Series:
        """Return the closes of ``symbol``, those corrected for dividends where the file has no others."""
        if symbol not in self._closes:
            bars = self.of(symbol)
            self._closes[symbol] = bars["close"].fillna(bars["adj_close"]).rename(symbol)
        return self._closes[symbol]

    def bases(self, symbol: str) -> frozenset[str]:
        """Return what the closes of ``symbol`` are corrected for: several where that changes."""
        if symbol not in self._bases:
            self._bases[symbol] = frozenset(self.of(symbol)["basis"].unique())
        return self._bases[symbol]

    def adjusted_close(self, symbol: str) -> pd.Series:
        """Return the closes of ``symbol`` corrected for dividends, plain ones where there are no others."""
        return self.of(symbol)["adj_close"].fillna(self.close(symbol)).rename(symbol)

    def closes(self, symbols: Sequence[str]) -> pd.DataFrame:
        """Return closes side by side: index ``session``, a float64 column a symbol, NaN without a bar."""
        return pd.concat([self.close(symbol) for symbol in symbols], axis=1, sort=True).sort_index()

    def adjusted_closes(self, symbols: Sequence[str]) -> pd.DataFrame:
        """Return closes corrected for dividends, where the files have them, else the plain ones."""
        series = [
            self.of(symbol)["adj_close"].fillna(self.close(symbol)).rename(symbol) for symbol in symbols
        ]
        return pd.concat(series, axis=1, sort=True).sort_index()


def load_prices(path: str | Path, *, symbol: str | None = None) -> Prices:
    """Read a price file, or every price file of a folder.

    The dialect is recognised by what stands in the file. Its name gives the symbol only where the file
    itself names none.

    :param symbol: what the one series of a file without a symbol is about.
    :raises PriceError: where the file is not readable as prices, or the folder holds none that is.
    """
    path = Path(path)
    if not path.exists():
        raise PriceError("no such file or folder", where=str(path))
    if not path.is_dir():
        return _gathered(_settled(_read(path), symbol or _named(path), str(path)))
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES)
    if not files:
        raise PriceError("the folder holds no price files", where=str(path), hint="csv, txt or parquet")
    return _gathered(part for file in files for part in _settled(_read(file), _named(file), str(file)))


def prices_from_frame(frame: pd.DataFrame, *, symbol: str | None = None) -> Prices:
    """Read a pandas frame: a long table, heads of field and ticker, or the bars of one ``symbol``.

    :raises PriceError: where it holds no dates or no prices.
    """
    return _gathered(_settled(read_frame(frame), symbol, "frame"))


def _read(path: Path) -> Table:
    data = path.read_bytes()
    if data.startswith(_PARQUET):
        return read_parquet(path)
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            return read_text(data.decode(encoding), where=str(path))
        except UnicodeDecodeError:
            continue
    raise PriceError("neither text nor parquet", where=str(path))


def _named(path: Path) -> str:
    return symbol_of(path.stem)


def _settled(table: Table, symbol: str | None, where: str) -> Iterator[tuple[str, str, Cleaned]]:
    """Yield symbol, dialect and clean bars for every series of a table."""
    cells = table.cells
    if "symbol" not in cells:
        if symbol is None:
            raise PriceError("no column names a symbol", where=where, hint="say which it is with symbol=")
        cells = cells.assign(symbol=symbol)
    raw = cells.assign(
        **{name: read_numbers(cells[name], where=where) for name in NUMBERS if name in cells},
        symbol=cells["symbol"]
        .astype("str")
        .map({name: symbol_of(name) for name in cells["symbol"].astype("str").unique()}),
    )
    for name, part in raw.groupby("symbol", sort=True):
        market = exchange_of(str(name))
        part = part.reset_index(drop=True)
        days = read_days(part["date"], zone=market.zone, where=where)
        part = part.drop(columns=["date", "symbol"]).assign(session=days.days)
        part = part if days.stamps is None else part.assign(stamp=days.stamps)
        done = clean(part, symbol=str(name), basis=table.basis, market=market)
        remark = [Note(symbol=str(name), trouble="dates", text=days.remark)] if days.remark else []
        yield str(name), table.dialect, Cleaned(bars=done.bars, notes=(*remark, *done.notes))


def _gathered(parts: Iterable[tuple[str, str, Cleaned]]) -> Prices:
    """Put series together; one symbol in two files is one series, the later file filling what is missing."""
    bars: dict[str, pd.DataFrame] = {}
    notes: list[Note] = []
    dialects: dict[str, str] = {}
    for symbol, dialect, cleaned in parts:
        notes += cleaned.notes
        if symbol in bars:
            notes.append(_overlap(symbol, bars[symbol], cleaned.bars))
            cleaned = Cleaned(bars=_joined(bars[symbol], cleaned.bars), notes=())
        bars[symbol] = cleaned.bars
        dialects.setdefault(symbol, dialect)
    _undo_reuse(bars)
    return Prices(bars=bars, notes=tuple(notes), dialects=dialects)


def _joined(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([first, second[~second.index.isin(first.index)]]).sort_index()


def _overlap(symbol: str, first: pd.DataFrame, second: pd.DataFrame) -> Note:
    both = first.index.intersection(second.index)
    gap = (first.loc[both, "close"] / second.loc[both, "close"] - 1).abs().max() if len(both) else 0.0
    text = f"two files hold it; they share {len(both)} sessions"
    text += f" and differ by up to {gap:.2%}: the first is kept" if gap > 1e-6 else ""
    return Note(symbol=symbol, trouble="adjustment" if gap > 1e-6 else "duplicate", text=text)


def _undo_reuse(bars: dict[str, pd.DataFrame]) -> None:
    """Hand the bars that a passed-on symbol had before to the symbol that its company has today."""
    for symbol in list(bars):
        reuse = reuse_of(symbol)
        if reuse is None:
            continue
        day = pd.Timestamp(reuse.until)
        old = bars[symbol][bars[symbol].index < day]
        if len(old):
            bars[reuse.was] = _joined(bars[reuse.was], old) if reuse.was in bars else old
            bars[symbol] = bars[symbol][bars[symbol].index >= day]
        if bars[symbol].empty:
            del bars[symbol]
