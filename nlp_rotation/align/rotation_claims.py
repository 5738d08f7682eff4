"""Stated rotations held against prices: did the side that money went to beat the side that it left?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from nlp_rotation.align.measures.relative import LEAST_HISTORY, Extremeness, extremeness, relative_return
from nlp_rotation.align.prices import Prices
from nlp_rotation.align.readings import Priced, Unpriced, priced_window
from nlp_rotation.errors import AlignError
from nlp_rotation.types import Move, Record, Rotation, Verdict, Window

#: What a side that the text leaves open is compared with.
MARKET = "country:US"
#: A relative return in the upper third of its history is more than what half of all windows show.
UNUSUAL = 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationClaim:
    """One stated rotation held against the prices."""

    article_id: str
    #: Index into the record's rotations.
    rotation: int
    from_: str | None
    to: str | None
    #: Return of ``to`` less that of ``from_`` over the window, in percentage points; None if untold.
    relative: float | None = None
    #: Share of all windows of this length up to then that were not larger, and since when; None if untold.
    percentile: float | None = None
    since: dt.date | None = None
    #: The symbols or baskets whose prices were used.
    priced_by: tuple[str, str] | None = None
    window: Window | None = None
    verdict: Verdict = "cannot tell"
    #: One sentence: why the verdict is what it is.
    reason: str = ""


def check_rotations(record: Record, prices: Prices) -> tuple[RotationClaim, ...]:
    """Hold every reported rotation of ``record`` against ``prices``.

    *Confirmed*: the side that money went to did better, by more than two thirds of all windows of that
    length had shown up to then; *direction only*: better, and ordinarily so; *contradicted*: worse. A side
    that is not named is the market as a whole. Where the text fixes no window for the rotation, that of
    the moves that belong to it counts, or that of a move reported in the same sentence.
    """
    return tuple(
        _checked(rotation, record, prices, place)
        for place, rotation in enumerate(record.rotations)
        if rotation.status == "reported"
    )


def _checked(rotation: Rotation, record: Record, prices: Prices, place: int) -> RotationClaim:
    def untold(reason: str) -> RotationClaim:
        return RotationClaim(
            article_id=record.article.id,
            rotation=place,
            from_=rotation.from_,
            to=rotation.to,
            window=window,
            reason=reason,
        )

    window = _window(rotation, record)
    if window is None:
        return untold("the text fixes no window")
    sides = [priced_window(side or MARKET, window, prices) for side in (rotation.to, rotation.from_)]
    if lacking := [side.reason for side in sides if isinstance(side, Unpriced)]:
        return untold(lacking[0])
    over, under = (side for side in sides if isinstance(side, Priced))
    try:
        rare = _rarity(over, under)
    except AlignError as error:
        return untold(error.what)
    return RotationClaim(
        article_id=record.article.id,
        rotation=place,
        from_=rotation.from_,
        to=rotation.to,
        relative=round(rare.value, 4),
        percentile=round(rare.percentile, 6),
        since=rare.since,
        priced_by=(over.quote.symbol, under.quote.symbol),
        window=Window(text=window.text, start=over.start.date(), end=over.end.date()),
        verdict=_verdict(rare),
        reason=_reason(rare, over, under),
    )


def _window(rotation: Rotation, record: Record) -> Window | None:
    """Return the first whole window: of the rotation, its moves, or a move that its sentence reports."""
    beside = (move.window for move in _moves_beside(rotation, record) if move.status == "reported")
    known = [rotation.window, *(record.moves[place].window for place in rotation.moves), *beside]
    whole = (window for window in known if window and window.start and window.end)
    return next(whole, rotation.window)


def _moves_beside(rotation: Rotation, record: Record) -> Iterator[Move]:
    """Yield the moves of the sentence in which the rotation begins."""
    spans = [one for one in record.sentences if one.start <= rotation.start < one.end]
    for move in record.moves:
        if any(one.start <= move.start < one.end for one in spans):
            yield move


def _rarity(over: Priced, under: Priced) -> Extremeness:
    if over.quote.symbol == under.quote.symbol:
        raise AlignError(f"both sides are priced by {over.quote.symbol}")
    both = pd.concat([over.quote.close, under.quote.close], axis=1, sort=True).dropna().index
    start, end = (int(both.get_indexer(pd.DatetimeIndex([day]))[0]) for day in (over.start, over.end))
    if min(start, end) < 0:
        raise AlignError("the two sides share no bars on the ends of the window")
    values = relative_return(over.quote.close, under.quote.close, days=end - start)
    if values.loc[: over.end].count() < LEAST_HISTORY:
        raise AlignError(f"the history of {over.quote.symbol} is too short for a percentile")
    return extremeness(values, over.end.date())


def _verdict(rare: Extremeness) -> Verdict:
    if rare.value <= 0:
        return "contradicted"
    return "confirmed" if rare.percentile > UNUSUAL else "direction only"


def _reason(rare: Extremeness, over: Priced, under: Priced) -> str:
    sides = f"{over.quote.symbol} less {under.quote.symbol}"
    days = f"{over.start:%Y-%m-%d} to {over.end:%Y-%m-%d}"
    return f"{sides} {rare.value:+.2f} points, {days}; percentile {rare.percentile:.1%} since {rare.since}"
