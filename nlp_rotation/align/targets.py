"""What stories are held against: one series, or the lead of one over another, with the stories about each."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from nlp_rotation.align.narrative import Narrative
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.proxies import pair_of, pairs, series_of, subjects_near
from nlp_rotation.align.signals import SessionColumn, signals

#: Signals that have a direction, and so can be the difference of two sides.
DIRECTED = ("sentiment", "net_explains", "net_predicts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A series, or the lead of one over another."""

    name: str
    over: str
    #: Empty where the target is one series.
    under: str = ""


def target_of(name: str) -> Target:
    """Return the target called ``IWM/SPY``, ``small_large`` or ``QQQ``.

    >>> target_of("IWM/SPY").under
    'SPY'
    """
    if name in pairs() or "/" in name:
        over, under = pair_of(name)
        return Target(name=name, over=over, under=under)
    return Target(name=name, over=name)


def target_returns(target: Target, prices: Prices, *, days: int = 1) -> pd.Series:
    """Return the return of a target over ``days`` sessions, in percent or, for two sides, points."""
    closes = [series_of(side, prices) for side in (target.over, target.under) if side]
    both = pd.concat(closes, axis=1, sort=True, keys=["over", "under"][: len(closes)]).dropna()
    returns = both.pct_change(days, fill_method=None) * 100
    return (returns["over"] - returns["under"] if target.under else returns["over"]).rename(target.name)


def target_signals(target: Target, narrative: Narrative, *, session: SessionColumn) -> pd.DataFrame:
    """Return the signals of a target by session: those of its sides' subjects, over less under.

    Index ``session``; columns float64 ``volume`` (articles of both sides) and :data:`DIRECTED`. Subjects
    near a side count for it: ``group:small_caps`` and ``^RUT`` for IWM.
    """
    table = signals(narrative, session=session)
    over = _side(table, target.over)
    if not target.under:
        return over
    under = _side(table, target.under)
    index = over.index.union(under.index)
    over, under = (side.reindex(index).fillna(0.0) for side in (over, under))
    return pd.concat(
        [over[["volume"]] + under[["volume"]], over[list(DIRECTED)] - under[list(DIRECTED)]], axis=1
    )


def _side(table: pd.DataFrame, side: str) -> pd.DataFrame:
    near = table[table.index.get_level_values("leg").isin(subjects_near(side))]
    groups = near.groupby(level="session")
    columns = {"volume": groups["volume"].sum(), "sentiment": groups["sentiment"].mean().fillna(0.0)}
    columns |= {name: groups[name].sum() for name in ("net_explains", "net_predicts")}
    return pd.DataFrame(columns)


def target_frame(target: Target, narrative: Narrative, prices: Prices, *, days: int = 1) -> pd.DataFrame:
    """Return signals and returns of a target side by side, a row a session from the first story to the last.

    ``told_*`` columns are the signals of what is told of the session, beside ``same_day``, its return;
    ``known_*`` are those of what was out before its close, beside ``ahead``, the return of the ``days``
    sessions after that close. float64; 0 where nothing was said.
    """
    returns = target_returns(target, prices)
    told = target_signals(target, narrative, session="told_session").add_prefix("told_")
    known = target_signals(target, narrative, session="known_session").add_prefix("known_")
    both = told.join(known, how="outer")
    span = returns.loc[both.index.min() : both.index.max()] if len(both) else returns.iloc[:0]
    table = both.reindex(span.index).fillna(0.0)
    ahead = target_returns(target, prices, days=days).shift(-days)
    table = table.assign(same_day=span, ahead=ahead.reindex(span.index))
    return table.rename_axis(index="session").astype("float64")
