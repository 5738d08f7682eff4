"""The outcome of a test, which is a sentence instead of a p-value where there is too little to test."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

#: Independent dates below which no p-value is given. With fewer, tests that lean on a variance across dates
#: reject far more often than they say (the t of 10 clustered dates at a nominal 5 % rejects about 8 %).
LEAST_DATES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One statistic with its p-value."""

    name: str
    statistic: float
    #: Two-sided; NaN where ``note`` says why there is none.
    p: float
    #: Independent dates that the test rests on.
    dates: int
    note: str = ""

    def __str__(self) -> str:
        shown = f"p = {self.p:.3g}" if not math.isnan(self.p) else self.note
        return f"{self.name}: {self.statistic:.3f}, {shown} ({self.dates} independent dates)"


def finding(name: str, statistic: float, p: float, *, dates: int) -> Finding:
    """Return the outcome, without its p-value where the dates are too few or the statistic is undefined."""
    if math.isnan(statistic):
        note = "undefined: there is no variation"
    elif dates < LEAST_DATES:
        note = f"no p-value: {dates} independent dates are too few, {LEAST_DATES} are wanted"
    else:
        return Finding(name=name, statistic=statistic, p=float(p), dates=dates)
    return Finding(name=name, statistic=statistic, p=math.nan, dates=dates, note=note)


def table_of(tests: list[Finding]) -> pd.DataFrame:
    """Return tests as a frame: index ``test``; statistic and p float64, dates int64, note str."""
    frame = pd.DataFrame(
        {
            "statistic": [test.statistic for test in tests],
            "p": [test.p for test in tests],
            "dates": np.array([test.dates for test in tests], dtype="int64"),
            "note": [test.note for test in tests],
        },
        index=pd.Index([test.name for test in tests], name="test"),
    )
    return frame.astype({"statistic": "float64", "p": "float64", "note": "str"})


def independent_dates(days: pd.DatetimeIndex, sessions: pd.DatetimeIndex, *, length: int) -> int:
    """Return how many of ``days`` can be chosen so that windows of ``length`` sessions do not overlap."""
    count, free = 0, -1
    for place in np.sort(sessions.get_indexer(days.unique())):
        if place >= 0 and place > free:
            count, free = count + 1, place + length - 1
    return count
