"""Text files of prices: rows of cells under a head that is found, not assumed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import pandas as pd

from nlp_rotation.align.dialects.columns import Table, signature
from nlp_rotation.align.dialects.shapes import labels_of, long_table
from nlp_rotation.align.dialects.yfinance import labels_of_pairs, labels_of_storeys, storeys
from nlp_rotation.errors import PriceError

#: A recorded answer of a web service (a test cassette) holds the table as a string of YAML.
_RECORDED = re.compile(r"body:\s*\{?\s*string:\s*'(.*?)'", re.DOTALL)


def read_text(text: str, *, where: str) -> Table:
    """Read a delimited text file of prices.

    :raises PriceError: where it is none.
    """
    rows = _rows(_unwrapped(text.removeprefix("\ufeff")))
    if len(rows) < 2:
        raise PriceError("holds no rows of prices", where=where)
    deep = storeys(rows)
    if deep:
        return _two_storeys(rows, deep, where)
    heads, body = rows[0], _even(rows[1:], len(rows[0]))
    labels = labels_of_pairs(heads) or labels_of(heads)
    dates = next((place for place, label in enumerate(labels) if label.field == "date"), 0)
    dialect, basis = signature([head for head in heads if head], body.iat[0, dates])
    if heads[0].lower() == "observation_date":
        dialect, basis = "FRED", "index"
    return Table(dialect=dialect, basis=basis, cells=long_table(body, labels, where=where))


def _unwrapped(text: str) -> str:
    recorded = _RECORDED.search(text)
    return recorded[1] if recorded else text


def _rows(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    rows = ([cell.strip() for cell in row] for row in reader)
    return [row for row in rows if any(row)]


def _even(rows: Sequence[Sequence[str]], width: int) -> pd.DataFrame:
    """Return rows of one width: an export without volume leaves the last cells off."""
    return pd.DataFrame([[*row[:width], *[""] * (width - len(row))] for row in rows], dtype="object")


def _two_storeys(rows: Sequence[Sequence[str]], deep: int, where: str) -> Table:
    fields, tickers, body = rows[0], rows[1], _even(rows[deep:], len(rows[0]))
    labels = labels_of_storeys(fields, tickers)
    if body.shape[1] and body.iloc[:, -1].eq("").all() and not body.iloc[:, 0].eq("").any():
        body = body.iloc[:, : len(labels)]
    has_both = any(label.field == "adj_close" for label in labels)
    return Table(
        dialect="yfinance, two-storey head",
        basis="split" if has_both else "all",
        cells=long_table(body, labels, where=where),
    )
