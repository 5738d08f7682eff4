"""The window near a stated one over which a stated figure would be true."""

from __future__ import annotations

from itertools import product

import pandas as pd

from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import quotes
from nlp_rotation.align.readings import Priced, said_of
from nlp_rotation.align.tolerance import Allowance, slack_of
from nlp_rotation.types import Move, Window

#: Sessions by which either end of a window may be moved in the search.
_REACH = 5
#: Sessions after the first day of a window without a last in which its figure is looked for.
_OPEN_REACH = 25
_SHIFTS = sorted(
    product(range(-_REACH, _REACH + 1), repeat=2),
    # The least shifted first; of two alike, the one that keeps the length, then the later one.
    key=lambda ends: (abs(ends[0]) + abs(ends[1]), abs(ends[1] - ends[0]), -ends[1]),
)


def nearest_window(move: Move, priced: Priced, allowance: Allowance) -> Window | None:
    """Return the least shifted window whose closes confirm the move; None where no near one does.

    >>> len(_SHIFTS) == (2 * _REACH + 1) ** 2
    True
    """
    closes = priced.quote.close.dropna()
    values = closes.to_numpy().tolist()
    start, end = (int(closes.index.searchsorted(day)) for day in (priced.start, priced.end))
    for back, ahead in _SHIFTS:
        first, last = start + back, end + ahead
        if not 0 <= first < last < len(values):
            continue
        if allowance.holds(stated=move.pct, computed=(values[last] / values[first] - 1) * 100):
            days = closes.index[[first, last]]
            return Window(text=None, start=days[0].date(), end=days[1].date())
    return None


def reached_at(move: Move, prices: Prices, allowance: Allowance) -> str:
    """Say at which close after the first day of an open window the figure was true; empty without prices."""
    assert move.window is not None
    assert move.window.start is not None
    day = pd.Timestamp(move.window.start)
    for _, quote in quotes(move.subject, prices):
        if quote.bars is None or day not in quote.bars.index:
            continue
        after = quote.close.loc[day:].dropna().iloc[1 : _OPEN_REACH + 1]
        bases = [quote.close.loc[day]]
        if "from_high" in said_of(move):
            bases.append(quote.bars.loc[day, "high"])
        wide = allowance.wider(slack_of(quote.closeness, move.pct))
        hits = [
            stamp
            for stamp, close in after.items()
            if any(wide.holds(stated=move.pct, computed=(close / base - 1) * 100) for base in bases)
        ]
        told = "the window has no last day; "
        if not hits:
            return (
                f"{told}{move.pct:+g} % is true at no close of the {len(after)} sessions after {day:%Y-%m-%d}"
            )
        return f"{told}{move.pct:+g} % is true at the close of {hits[0]:%Y-%m-%d}"
    return ""
