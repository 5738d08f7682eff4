"""pandas frames of prices, and the parquet files that hold them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from nlp_rotation.align.dialects.columns import Basis, Table, field_of, signature, symbol_of
from nlp_rotation.align.dialects.shapes import Label, labels_of, long_table
from nlp_rotation.align.dialects.yfinance import labels_of_pairs
from nlp_rotation.errors import AlignError, PriceError


def read_parquet(path: Path) -> Table:
    """Read a parquet file of prices.

    :raises AlignError: where the extra that reads parquet is missing.
    :raises PriceError: where the file is no parquet, or holds no prices.
    """
    try:
        import pyarrow
    except ImportError:
        raise AlignError(
            "parquet cannot be read", where=str(path), hint="pip install 'nlp-rotation[lake]'"
        ) from None
    try:
        frame = pd.read_parquet(path)
    except (pyarrow.ArrowInvalid, OSError, ValueError) as error:
        raise PriceError(f"not a readable parquet file ({error})", where=str(path)) from None
    return read_frame(frame, where=str(path))


def read_frame(frame: pd.DataFrame, *, where: str = "frame") -> Table:
    """Read a frame of prices: a bar a row, or heads of field and ticker in either order.

    :raises PriceError: where it holds no dates or no prices.
    """
    if frame.empty:
        raise PriceError("holds no rows of prices", where=where)
    cells = frame if _has_date(frame) else frame.reset_index(names=_index_names(frame))
    if isinstance(frame.columns, pd.MultiIndex):
        labels = [_label(head) for head in cells.columns]
        dialect = "yfinance, two-storey head"
    else:
        heads = [str(head) for head in cells.columns]
        pairs = labels_of_pairs(heads)
        labels = pairs or labels_of(heads)
        plain = signature([head for head in heads if head.lower() != "symbol"])[0]
        dialect = "yfinance, joined heads" if pairs else plain
    return Table(
        dialect=dialect, basis=_basis(labels, dialect, cells), cells=long_table(cells, labels, where=where)
    )


def _index_names(frame: pd.DataFrame) -> list[str]:
    """Name the levels of the index that become columns: dates where they are dates, else symbols."""
    names = []
    for level in range(frame.index.nlevels):
        values = frame.index.get_level_values(level)
        names.append("date" if isinstance(values, pd.DatetimeIndex) or level == 0 else "symbol")
    return names


def _has_date(frame: pd.DataFrame) -> bool:
    heads = frame.columns.get_level_values(0) if isinstance(frame.columns, pd.MultiIndex) else frame.columns
    named = any(field_of(head) == "date" or str(head).startswith("('Date'") for head in heads)
    return named and not isinstance(frame.index, pd.DatetimeIndex)


def _label(head: object) -> Label:
    """Label a head of two storeys; yfinance puts either storey on top, as it is asked to."""
    parts = [str(part) for part in head] if isinstance(head, tuple) else [str(head)]
    for place, part in enumerate(parts):
        field = field_of(part)
        if field:
            others = [other for other in parts[:place] + parts[place + 1 :] if other]
            return Label(field, symbol_of(others[0]) if others and field != "date" else None)
    return Label("other")


def _basis(labels: list[Label], dialect: str, cells: pd.DataFrame) -> Basis:
    if any(label.field == "adj_close" for label in labels):
        return "split"
    if dialect == "plain" and not any(label.symbol for label in labels):
        return "unknown"
    return "all"
