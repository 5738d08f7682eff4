"""Signals beside returns: what fits the day, and what comes after it. Two questions, two functions."""

from __future__ import annotations

import pandas as pd

from nlp_rotation.align.measures.checking import checked
from nlp_rotation.align.narrative import Narrative
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import series_of
from nlp_rotation.align.signals import signals
from nlp_rotation.errors import AlignError


def fits_the_day(narrative: Narrative, closes: pd.DataFrame) -> pd.DataFrame:
    """Join what is told of a session with that session's own return: the contemporaneous join.

    It answers whether the stories fit the day, and nothing about what follows: an evening's market report
    is joined with the day that it reports. Index ``session`` and ``leg``; the columns of
    :func:`nlp_rotation.align.signals.signals` and ``same_day`` (float64, percent).

    :param closes: a column a leg, float64, by session.
    """
    table = signals(narrative, session="told_session")
    returns = checked(closes).pct_change(fill_method=None) * 100
    return _beside(table, returns, "same_day")


def foretells(narrative: Narrative, closes: pd.DataFrame, *, days: int = 1) -> pd.DataFrame:
    """Join what was known before a close with the return from that close on: the predictive join.

    Every article counted on a session was certainly out strictly before its close; the return runs from
    that close to the one ``days`` sessions later. Index ``session`` and ``leg``; the columns of
    :func:`nlp_rotation.align.signals.signals` and ``ahead`` (float64, percent; NaN where it is not over).

    :param closes: a column a leg, float64, by session.
    """
    if days < 1:
        raise AlignError("what follows takes one session at least", where=f"days={days}")
    table = signals(narrative, session="known_session")
    ahead = (checked(closes).shift(-days) / closes - 1) * 100
    return _beside(table, ahead, "ahead")


def leg_closes(narrative: Narrative, prices: Prices) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return closes of every leg that a price answers for, and of every other leg why none does.

    The frame has a float64 column a leg, typed subjects by the first proxy that is there.
    """
    legs = sorted(set(narrative.statements["leg"]) - {""})
    found, missing = {}, {}
    for leg in legs:
        try:
            found[leg] = series_of(leg, prices)
        except AlignError as error:
            missing[leg] = error.what
    if not found:
        raise AlignError("no leg of the narrative has prices", where=f"{len(legs)} legs")
    return pd.concat(found, axis=1, sort=True).sort_index(), missing


def _beside(table: pd.DataFrame, returns: pd.DataFrame, name: str) -> pd.DataFrame:
    """Add the returns as a column, keeping the rows whose leg has prices."""
    column = pd.DataFrame({name: returns.stack()}).rename_axis(["session", "leg"])
    kept = table[table.index.get_level_values("leg").isin(list(returns.columns))]
    return kept.join(column)
