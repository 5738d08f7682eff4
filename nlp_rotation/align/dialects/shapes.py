"""From labelled columns to one long table: a row a bar.

Every shape of file ends in *labels*, one for each column: the field that it holds and the symbol that
it is about, where the column says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from nlp_rotation.align.dialects.columns import NUMBERS, field_of, symbol_of
from nlp_rotation.errors import PriceError

_KEPT = ("date", "symbol", "basis", *NUMBERS)


@dataclass(frozen=True, slots=True)
class Label:
    """What one column holds."""

    field: str
    #: None where the column is about every symbol of its row, or the file names none.
    symbol: str | None = None


def labels_of(heads: Sequence[str]) -> list[Label]:
    """Label the heads of a plain table; names that mean no field are series of closes of that name."""
    fields = [field_of(head) for head in heads]
    if "date" not in fields:
        fields = ["date" if place == 0 else field for place, field in enumerate(fields)]
    if any(field in NUMBERS for field in fields):
        return [Label(field or "other") for field in fields]
    return [
        Label(field) if field else Label("close", symbol_of(head))
        for head, field in zip(heads, fields, strict=True)
    ]


def long_table(cells: pd.DataFrame, labels: Sequence[Label], *, where: str) -> pd.DataFrame:
    """Return ``cells`` as one row a bar, its columns named by field.

    :raises PriceError: where no column holds dates, or none prices.
    """
    cells = cells.set_axis(pd.RangeIndex(cells.shape[1]), axis=1)
    places = [place for place, label in enumerate(labels) if label.field == "date"]
    if not places:
        raise PriceError("no column holds dates", where=where, hint="name one of them date")
    if not any(label.field in ("close", "adj_close") for label in labels):
        raise PriceError("no column holds closing prices", where=where, hint="name one of them close")
    symbols = list(dict.fromkeys(label.symbol for label in labels if label.symbol))
    if not symbols:
        return _picked(cells, labels, places[0])
    parts = [_picked(cells, _only(labels, symbol), places[0]).assign(symbol=symbol) for symbol in symbols]
    # Where several symbols share the rows, a row without any number of one is no bar of it.
    return pd.concat([_without_empty(part) for part in parts] if len(parts) > 1 else parts, ignore_index=True)


def _only(labels: Sequence[Label], symbol: str) -> list[Label]:
    return [label if label.symbol in (None, symbol) else Label("other") for label in labels]


def _picked(cells: pd.DataFrame, labels: Sequence[Label], date: int) -> pd.DataFrame:
    chosen: dict[str, int] = {"date": date}
    for place, label in enumerate(labels):
        if label.field in _KEPT:
            chosen.setdefault(label.field, place)
    picked = cells[list(chosen.values())].set_axis(list(chosen), axis=1)
    blank = picked["date"].isna() | picked["date"].astype("str").str.strip().isin(["", "NaT", "nan", "None"])
    return picked[~blank].reset_index(drop=True)


def _without_empty(part: pd.DataFrame) -> pd.DataFrame:
    numbers = part[[name for name in part if name in NUMBERS]]
    absent = numbers.isna() | numbers.astype("str").isin(["", "nan", "NaN"])
    return part[~absent.all(axis=1)]
