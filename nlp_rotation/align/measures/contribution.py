"""Who lifted the index: members' contributions to its return, from weights that the user gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from nlp_rotation.align.measures.checking import checked
from nlp_rotation.errors import AlignError


def contributions(
    closes: pd.DataFrame, weights: Mapping[str, float], *, start: dt.date, end: dt.date
) -> pd.DataFrame:
    """Return what each member gave to the index's return from the close of ``start`` to that of ``end``.

    .. math:: c_i = w_{i,0} \\, (P_{i,1} / P_{i,0} - 1)

    with the weights at ``start`` held unchanged: exact for an index by value without changes of shares.
    Index: symbol. Columns, float64: ``weight`` (in [0, 1]), ``return`` and ``contribution`` (percent and
    percentage points), ``share`` of all contributions. The largest contribution comes first.

    :raises AlignError: where a member has no close on either day, or the weights do not sum to 1 (or 100).
    """
    share = normal_weights(weights)
    ends = checked(closes)[list(share.index)].reindex(pd.DatetimeIndex([start, end]))
    if missing := ends.columns[ends.isna().any()].tolist():
        raise AlignError("no close on the first or last day", where=", ".join(missing))
    returns = (ends.iloc[1] / ends.iloc[0] - 1) * 100
    given = share * returns
    table = pd.DataFrame(
        {"weight": share, "return": returns, "contribution": given, "share": given / given.sum()}
    )
    return table.sort_values("contribution", ascending=False).rename_axis("symbol")


def top_share(table: pd.DataFrame, number: int) -> float:
    """Return the part of the index's return that the ``number`` largest contributions make, as a ratio.

    :param table: what :func:`contributions` returned.
    """
    ordered = table["contribution"].sort_values(ascending=False)
    return float(ordered.iloc[:number].sum() / ordered.sum())


def normal_weights(weights: Mapping[str, float]) -> pd.Series:
    """Return weights as ratios that sum to 1.

    :raises AlignError: where they are negative, or are neither ratios nor percents of a whole.
    """
    given = pd.Series(dict(weights), dtype="float64")
    if given.empty or (given < 0).any() or given.isna().any():
        raise AlignError("weights must be numbers and not negative", where=str(dict(weights))[:80])
    total = given.sum()
    if abs(total - 1) > 0.01 and abs(total - 100) > 1:
        raise AlignError(
            f"weights sum to {total:g}", where="weights", hint="give all members, as ratios or percents"
        )
    return given / total
