"""Tables of yfinance: heads of two storeys, field and ticker, in all the ways in which they are saved.

================================  =================================================================
``Price`` over ``Ticker``         ``to_csv`` of a download; a third row then names the index
the same, saved twice             another row of tickers, and the adjusted close under ``Price``
a lone row of tickers             the upper storey dropped, the lower one left as the first row
``('Close', 'IWM')``              column names that are tuples, turned into text by a parquet writer
``Close_IWM``, ``IWM Close``      columns joined by hand
================================  =================================================================
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from nlp_rotation.align.dialects.columns import field_of, symbol_of
from nlp_rotation.align.dialects.shapes import Label

_TUPLE = re.compile(r"\(\s*'[^']*'\s*,\s*'[^']*'\s*\)")
_JOINED = re.compile(r"(?P<left>[^_ ]+(?: Close)?)[_ ](?P<right>.+)")
_DEEPEST = 5


def storeys(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top are heads of two storeys; 0 for a table with a plain head."""
    names = [row[0].strip().lower() if row else "" for row in rows[:_DEEPEST]]
    if len(names) > 1 and "ticker" in names[1:3] and len(rows[0]) > 1 and field_of(rows[0][-1]):
        last = max(place for place, name in enumerate(names) if name == "ticker")
        return last + (2 if last + 1 < len(names) and names[last + 1] == "date" else 1)
    if len(names) > 1 and not names[1] and _one_word(rows[1][1:]):
        return 2
    return 0


def _one_word(cells: Sequence[str]) -> bool:
    return len(set(cells)) == 1 and bool(re.search(r"[A-Za-z^]", cells[0]))


def labels_of_storeys(fields: Sequence[str], tickers: Sequence[str]) -> list[Label]:
    """Label the columns under a head of two storeys; the first column holds the dates."""
    known = [field_of(field) or "other" for field in fields]
    if "adj_close" not in known and known[1:].count("close") > 1:
        # Saving a table twice puts the name of the index, Price, over its first column: the adjusted close.
        known[fields.index(fields[0], 1)] = "adj_close"
    return [
        Label("date"),
        *(Label(field, symbol_of(ticker)) for field, ticker in zip(known[1:], tickers[1:], strict=True)),
    ]


def labels_of_pairs(heads: Sequence[str]) -> list[Label] | None:
    """Label columns whose names join field and ticker; None where they do not."""
    labels = [_pair(head) for head in heads]
    paired = [label for label in labels if label and label.symbol]
    if not paired or any(label is None for label in labels):
        return None
    return [label for label in labels if label]


def _pair(head: str) -> Label | None:
    if field_of(head):
        return Label(field_of(head) or "other")
    if _TUPLE.fullmatch(head):
        left, right = (str(part) for part in ast.literal_eval(head))
    elif joined := _JOINED.fullmatch(head):
        left, right = joined["left"], joined["right"]
    else:
        return None
    if field_of(left):
        return Label(field_of(left) or "other", symbol_of(right) if right else None)
    return Label(field_of(right) or "other", symbol_of(left)) if field_of(right) else None
