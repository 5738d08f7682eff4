"""Stated moves held against prices: what no article checks of itself."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from nlp_rotation.align.nearest import nearest_window, reached_at
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.readings import (
    Measured,
    Priced,
    Unpriced,
    close_to_close,
    measured,
    priced_window,
    said_of,
)
from nlp_rotation.align.tolerance import Allowance, allowance_of, dividend_slack, slack_of
from nlp_rotation.types import Claim, Move, Record, Verdict, Window

_WITHOUT_DIVIDENDS = {"split", "raw", "index"}


def check_moves(record: Record, prices: Prices) -> tuple[Claim, ...]:
    """Hold every reported move of ``record`` against ``prices``.

    A move is *confirmed* where the computed one lies within what rounding, wording and stand-in allow;
    *direction only* where the sign is right and the size is not; *contradicted* where the sign is wrong;
    and it *cannot be told* where subject, window or prices are missing. Forecasts and conditions are no
    claims about the past and are left out.
    """
    return tuple(
        check_move(move, prices, article_id=record.article.id, place=place, text=record.article.text)
        for place, move in enumerate(record.moves)
        if move.status == "reported"
    )


def check_move(move: Move, prices: Prices, *, article_id: str, place: int, text: str) -> Claim:
    """Hold one move against ``prices``.

    :param place: index of the move in its record.
    :param text: the article's text, for the words around the figure.
    """
    allowance = allowance_of(move, text)
    untold = Claim(
        article_id=article_id,
        move=place,
        subject=move.subject,
        stated=move.pct,
        computed=None,
        tolerance=allowance.widest,
        verdict="cannot tell",
        reason="",
        window=move.window,
    )
    if move.window is None:
        return replace(untold, reason="the text fixes no window")
    priced = priced_window(move.subject, move.window, prices)
    if isinstance(priced, Unpriced):
        return replace(untold, reason=_open_end(move, prices, allowance) or priced.reason)
    return _judged(move, priced, prices, allowance, untold)


def _judged(move: Move, priced: Priced, prices: Prices, allowance: Allowance, untold: Claim) -> Claim:
    quote = priced.quote
    allowance = allowance.wider(slack_of(quote.closeness, move.pct) + _dividends(move, priced))
    ways = measured(move, priced)
    if not ways:
        return replace(untold, reason=f"the prices of {quote.symbol} have no highs and lows")
    if move.relative_to is not None:
        other = _benchmark(move, prices)
        if isinstance(other, Unpriced):
            return replace(untold, reason=other.reason)
        ways = tuple(Measured(f"{way.how}, less {move.relative_to}", way.pct - other) for way in ways)
    best = min(ways, key=lambda way: abs(way.pct - move.pct))
    verdict = _verdict(move, best.pct, allowance)
    searched = verdict != "confirmed" and move.relative_to is None and not move.intraday
    return Claim(
        article_id=untold.article_id,
        move=untold.move,
        subject=untold.subject,
        stated=move.pct,
        computed=round(best.pct, 4),
        tolerance=round(allowance.widest, 4),
        verdict=verdict,
        reason=_reason(best, ways, priced, move),
        nearest=nearest_window(move, priced, allowance) if searched else None,
        window=_window(priced, untold.window),
        priced_by=quote.symbol,
    )


def _verdict(move: Move, computed: float, allowance: Allowance) -> Verdict:
    if allowance.holds(stated=move.pct, computed=computed):
        return "confirmed"
    return "direction only" if move.pct * computed > 0 else "contradicted"


def _benchmark(move: Move, prices: Prices) -> float | Unpriced:
    """Return the move in percent of what a relative move is measured against."""
    assert move.relative_to is not None
    assert move.window is not None
    priced = priced_window(move.relative_to, move.window, prices)
    return priced if isinstance(priced, Unpriced) else close_to_close(priced)


def _dividends(move: Move, priced: Priced) -> float:
    """Return the slack for dividends, where the text counts them and the prices do not, or the other way."""
    counted = priced.quote.bars is None or not priced.bases <= _WITHOUT_DIVIDENDS
    return dividend_slack(priced.years) if counted != ("total" in said_of(move)) else 0.0


def _open_end(move: Move, prices: Prices, allowance: Allowance) -> str:
    """Say where a move with a first day and no last would have been true; empty for any other."""
    window = move.window
    if window is None or window.start is None or window.end is not None or move.intraday:
        return ""
    return reached_at(move, prices, allowance)


def _reason(best: Measured, ways: tuple[Measured, ...], priced: Priced, move: Move) -> str:
    days = f"{priced.start:%Y-%m-%d} to {priced.end:%Y-%m-%d}"
    by = "" if priced.quote.symbol == move.subject else f" by {priced.quote.symbol}"
    others = "".join(f"; {way.pct:+.2f} % {way.how}" for way in ways if way is not best)
    return f"{best.pct:+.2f} % {best.how}{by}, {days}{others}{_adjusted(priced)}"


def _adjusted(priced: Priced) -> str:
    return "; the adjustment of the prices changes inside" if len(priced.bases) > 1 else ""


def _window(priced: Priced, stated: Window | None) -> Window:
    start, end = (stamp.date() for stamp in (priced.start, priced.end))
    return Window(text=stated.text if stated else None, start=start, end=end)


def accuracy_by_source(claims: pd.DataFrame) -> pd.DataFrame:
    """Return how often each source's figures are confirmed.

    :param claims: frame with ``source`` and ``verdict``, a row a claim.
    :returns: index ``source``; int64 ``confirmed``, ``direction only``, ``contradicted``, ``cannot tell``,
        ``claims``; float64 ``confirmed share`` among those that could be told (NaN where none could).
    """
    verdicts = ("confirmed", "direction only", "contradicted", "cannot tell")
    counts = pd.crosstab(claims["source"].fillna("(no source)"), claims["verdict"])
    counts = counts.reindex(columns=list(verdicts), fill_value=0).astype("int64")
    told = counts[list(verdicts[:3])].sum(axis=1)
    counts["claims"] = counts.sum(axis=1)
    counts["confirmed share"] = (counts["confirmed"] / told.where(told > 0)).astype("float64")
    return counts.sort_values("claims", ascending=False).rename_axis(columns=None)
