"""Weights of an index's members, which nobody can know but the user."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from nlp_rotation.align.dialects.cells import read_numbers
from nlp_rotation.align.dialects.columns import field_of, symbol_of
from nlp_rotation.errors import AlignError

_HINT = "a CSV with the columns symbol and weight"


def read_weights(path: Path) -> dict[str, float]:
    """Return the weights of a CSV file with the columns ``symbol`` (or ``ticker``) and ``weight``.

    :raises AlignError: where the file is not there or holds no such columns.
    :raises PriceError: where a weight is no number.
    """
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False)
    except (OSError, ValueError):
        raise AlignError("no readable table of weights", where=str(path), hint=_HINT) from None
    heads = {str(head).strip().lower(): head for head in table.columns}
    symbol = next((head for name, head in heads.items() if field_of(name) == "symbol"), None)
    if symbol is None or "weight" not in heads:
        raise AlignError("no columns symbol and weight", where=str(path), hint=_HINT)
    weights = read_numbers(table[heads["weight"]], where=str(path))
    return dict(zip(table[symbol].map(symbol_of), weights.tolist(), strict=True))
