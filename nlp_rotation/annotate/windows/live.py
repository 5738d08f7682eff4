"""Whether a text tells of the moves of its own day: then "this year" runs up to that day's close.

A report of a firm's results that adds "the shares are up 3% this year" knows the close before only.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable

from nlp_rotation.annotate.windows.expressions import Expression, Kind, find_expressions
from nlp_rotation.types import Reading, Sentence

_OF_THE_DAY = frozenset({Kind.TODAY, Kind.CLOCK, Kind.CLOSING, Kind.SESSION, Kind.PREMARKET, Kind.EXTENDED})
#: So many moves without any time make a report of the day, which need not name it.
_REPORT = 2


def is_live(reading: Reading, named: Iterable[tuple[Sentence, Expression]], told: dt.date) -> bool:
    """Tell whether a sentence with a move names the day ``told``, or moves are told without a time."""
    starts = sorted({move.start for move in reading.moves if move.status == "reported"})
    timeless = (
        bisect_left(starts, sentence.end) - bisect_left(starts, sentence.start)
        for sentence in reading.sentences
        if _holds(sentence, starts) and not find_expressions(reading.text, sentence.start, sentence.end)
    )
    return sum(timeless) >= _REPORT or any(
        _is_of(expression, told) and _holds(sentence, starts) for sentence, expression in named
    )


def _is_of(expression: Expression, day: dt.date) -> bool:
    weekday = expression.kind is Kind.WEEKDAY and expression.number == day.weekday()
    return weekday or expression.kind in _OF_THE_DAY


def _holds(sentence: Sentence, starts: list[int]) -> bool:
    at = bisect_left(starts, sentence.start)
    return at < len(starts) and starts[at] < sentence.end
