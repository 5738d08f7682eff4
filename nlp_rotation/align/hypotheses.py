"""What the stories may have to do with returns: every question asked as a test, and all tests counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from nlp_rotation.align.joins import foretells, leg_closes
from nlp_rotation.align.narrative import Narrative
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import subjects_near
from nlp_rotation.align.signals import onsets
from nlp_rotation.align.statistics.abnormal import Design
from nlp_rotation.align.statistics.events import EventStudy, event_study, mean_on_dates
from nlp_rotation.align.statistics.findings import Finding
from nlp_rotation.align.statistics.leadlag import granger, lead_lag
from nlp_rotation.align.statistics.multiple import false_discoveries
from nlp_rotation.align.statistics.ranks import mean_ic, permuted_ic, rank_ic
from nlp_rotation.align.targets import DIRECTED, Target, target_frame
from nlp_rotation.errors import AlignError

#: What the tests over all legs stand under in place of a target.
ALL_LEGS = "all legs"
_ONE_DAY = Design()


def all_tests(
    targets: Sequence[Target], narrative: Narrative, prices: Prices, *, days: int = 1, rate: float = 0.05
) -> pd.DataFrame:
    """Test the stories against returns in every way, and adjust for the number of all tests.

    A row a test. Of every target: does a signal foretell returns, or they the signal (Granger); do returns
    after the onset of a driver of either side differ from those of other dates (permuted). Over all legs
    with prices: do those with a higher signal do better after (rank IC; Newey-West, and permuted). Columns
    ``target``, ``about``, ``test`` and those of
    :func:`nlp_rotation.align.statistics.multiple.false_discoveries`.
    """
    rows = [
        (name, about, found.name, found.statistic, found.p, found.dates, found.note)
        for name, about, found in _all(targets, narrative, prices, days)
    ]
    columns = ["target", "about", "test", "statistic", "p", "dates", "note"]
    frame = pd.DataFrame(rows, columns=columns).astype({"p": "float64", "statistic": "float64"})
    return false_discoveries(frame, rate=rate)


def peaks(targets: Sequence[Target], narrative: Narrative, prices: Prices, *, most: int = 5) -> pd.DataFrame:
    """Return for every target and signal the lag at which signal and return agree most.

    Columns ``target``, ``signal``, ``lag`` (sessions; positive where the text came first) and those of
    :func:`nlp_rotation.align.statistics.leadlag.lead_lag`.
    """
    rows = []
    for target in targets:
        table = target_lead_lag(target, narrative, prices, most=most)
        for signal in DIRECTED:
            part = table.loc[signal]
            size = part["correlation"].abs()
            if size.notna().any():
                lag = int(part.index.to_numpy()[np.nanargmax(size.to_numpy())])
                rows.append({"target": target.name, "signal": signal, "lag": lag} | part.loc[lag].to_dict())
    return pd.DataFrame(rows)


def target_lead_lag(target: Target, narrative: Narrative, prices: Prices, *, most: int = 5) -> pd.DataFrame:
    """Return lead and lag of every directed signal of a target; index ``signal`` and ``lag``."""
    table = target_frame(target, narrative, prices)
    parts = {name: lead_lag(table[f"told_{name}"], table["same_day"], most=most) for name in DIRECTED}
    return pd.concat(parts, names=["signal", "lag"])


def onset_study(
    narrative: Narrative,
    closes: pd.DataFrame,
    market: pd.Series,
    *,
    category: str,
    direction: float,
    design: Design = _ONE_DAY,
) -> EventStudy:
    """Study the returns of legs around the onsets of one driver that is said to move them one way.

    :param closes: a column a leg, as :func:`nlp_rotation.align.joins.leg_closes` returns them.
    :param market: closes of what abnormal returns are measured against.
    :param direction: 1 for onsets that push up, -1 for those that push down.
    :raises AlignError: where there is no such onset, or none with enough sessions before it.
    """
    begun = onsets(narrative)
    wanted = begun[(begun["category"] == category) & (begun["direction"] == direction)]
    days = wanted["session"].dt.date
    events = [(day, str(leg)) for day, leg in zip(days, wanted["leg"], strict=True) if leg in closes]
    if not events:
        raise AlignError("no onset of this driver in this direction", where=category)
    returns = closes.pct_change(fill_method=None) * 100
    moves = market.pct_change(fill_method=None) * 100
    return event_study(returns, moves, events, design=design)


def _all(
    targets: Sequence[Target], narrative: Narrative, prices: Prices, days: int
) -> Iterator[tuple[str, str, Finding]]:
    for target in targets:
        table = target_frame(target, narrative, prices, days=days)
        for about, found in (*_granger_tests(table), *_onset_tests(target, narrative, table["ahead"], days)):
            yield target.name, about, found
    for about, found in _leg_tests(narrative, prices, days):
        yield ALL_LEGS, about, found


def _granger_tests(table: pd.DataFrame) -> Iterator[tuple[str, Finding]]:
    for name in DIRECTED:
        signal = table[f"known_{name}"]
        if len(table) > 20 and signal.nunique() > 1:
            yield from ((name, found) for found in granger(signal, table["same_day"]))


def _onset_tests(
    target: Target, narrative: Narrative, ahead: pd.Series, days: int
) -> Iterator[tuple[str, Finding]]:
    """Test what follows the onset of each category; a side's direction turns the sign for the other."""
    begun = onsets(narrative)
    begun = begun[begun["direction"] != 0]
    sides = begun["leg"].isin(subjects_near(target.over)).astype("float64")
    if target.under:
        sides -= begun["leg"].isin(subjects_near(target.under))
    begun = begun.assign(sign=begun["direction"] * sides)
    begun = begun[begun["sign"] != 0]
    for category, part in begun.groupby("category"):
        signs = part.groupby("session")["sign"].first()
        yield str(category), mean_on_dates(ahead.dropna(), signs, days=days)


def _leg_tests(narrative: Narrative, prices: Prices, days: int) -> Iterator[tuple[str, Finding]]:
    try:
        closes, _ = leg_closes(narrative, prices)
    except AlignError:  # no leg has prices
        return
    joined = foretells(narrative, closes, days=days)
    for name in DIRECTED:
        yield name, mean_ic(rank_ic(joined, signal=name, outcome="ahead"), days=days)
        yield name, permuted_ic(joined, signal=name, outcome="ahead", days=days)
