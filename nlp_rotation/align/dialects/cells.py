"""Numbers as vendors print them: ``$1,234.50``, ``N/A``, ``1.2M``, ``5.686,67``."""

from __future__ import annotations

import re

import pandas as pd

from nlp_rotation.errors import PriceError

#: What stands where there is no number.
ABSENT = frozenset({"", "-", "--", ".", "n/a", "na", "nan", "null", "none", "#n/a", "nat", "n.a."})
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_DECIMAL_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,}))")


def read_numbers(cells: pd.Series, *, where: str) -> pd.Series:
    """Return the cells as float64, absent ones as NaN.

    :raises PriceError: for a cell that is neither a number nor one of the ways to say that there is none.
    """
    if pd.api.types.is_numeric_dtype(cells.dtype):
        return cells.astype("float64")
    text = cells.astype("str").str.strip().str.lower()
    text = text.mask(cells.isna() | text.isin(ABSENT))
    quick = pd.to_numeric(text, errors="coerce")
    left = text[quick.isna() & text.notna()]
    if left.empty:
        return quick.astype("float64")
    spelled = _spelled_out(left)
    if spelled.isna().any():
        bad = left[spelled.isna()].iloc[0]
        raise PriceError(f"{cells.name!s} holds {bad!r}, which is no number", where=where)
    return quick.astype("float64").where(quick.notna(), spelled)


def _spelled_out(text: pd.Series) -> pd.Series:
    """Read what plain parsing could not: currency signs, thousands marks, scales, decimal commas."""
    bare = text.str.replace(r"[$€£¥%\s'  ]", "", regex=True)
    if bare.str.fullmatch(_DECIMAL_COMMA).any() and not bare.str.contains(r",\d{3}\.", regex=True).any():
        bare = bare.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    bare = bare.str.replace(",", "", regex=False)
    scale = bare.str[-1:].map(_SCALES).astype("float64").fillna(1.0)
    return pd.to_numeric(bare.str.replace(r"[kmbt]$", "", regex=True), errors="coerce") * scale
