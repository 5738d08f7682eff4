"""Give every move the sessions that it covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp_rotation.annotate.windows.calendars import Sessions, calendar_of
from nlp_rotation.annotate.windows.choose import is_ahead, own_expressions
from nlp_rotation.annotate.windows.expressions import Expression, Kind, find_expressions
from nlp_rotation.annotate.windows.resolve import Clock, last_weekday, one_session, resolve
from nlp_rotation.types import Move, Reading, Sentence, Span, Window

#: The session that a text tells of is named in its first sentences, if at all; tuned on gold/train.
_LEAD = 8
#: No news is older than this when it is told as the day's.
_FRESH = dt.timedelta(days=4)
_LASTING = frozenset({Kind.EXTENDED, Kind.WEEKDAY, Kind.DATE})


@dataclass(frozen=True, slots=True)
class _Run:
    """What a statement leaves for the next ones to take over."""

    #: The phrase of the last move that had one of a day; None before the first.
    day: Expression | None = None
    #: The phrase that opened the sentence before, and the kinds of its subjects.
    opening: Expression | None = None


def resolve_windows(reading: Reading) -> tuple[Move, ...]:
    """Return the moves of ``reading`` with their windows, as far as text and date fix them."""
    told = _told_day(reading)
    done: list[Move] = []
    run = _Run()
    for sentence, moves in _by_sentence(reading):
        spans = sorted({(move.start, move.end) for move in moves})
        expressions = find_expressions(reading.text, sentence.start, sentence.end)
        chosen = own_expressions(
            reading.text, sentence, [Span(start=start, end=end) for start, end in spans], expressions
        )
        by_span = dict(zip(spans, chosen, strict=True))
        for move in moves:
            own = by_span[move.start, move.end]
            done.append(replace(move, window=_window(reading, move, own, run, told)))
            if own is not None and own.kind in _LASTING:
                run = replace(run, day=own)
    return tuple(done)


def _by_sentence(reading: Reading) -> Iterator[tuple[Sentence, list[Move]]]:
    """Yield each sentence that has moves with them, in order."""
    moves = sorted(reading.moves, key=lambda move: (move.start, move.end))
    at = 0
    for sentence in reading.sentences:
        inside = []
        while at < len(moves) and moves[at].start < sentence.end:
            inside.append(moves[at])
            at += 1
        if inside:
            yield sentence, inside


def _told_day(reading: Reading) -> dt.date | None:
    """The day whose session the text tells of: the first one that the lead names, else the day it appeared."""
    published = reading.published.date
    if published is None:
        return None
    for sentence in reading.sentences[:_LEAD]:
        for expression in find_expressions(reading.text, sentence.start, sentence.end):
            if expression.kind is Kind.WEEKDAY and not is_ahead(reading.text, expression):
                day = last_weekday(expression.number, published)
                if published - day <= _FRESH:
                    return day
    return published


def _window(
    reading: Reading, move: Move, own: Expression | None, run: _Run, told: dt.date | None
) -> Window | None:
    text = own.text if own else None
    published = reading.published.date
    if published is None or told is None or move.status != "reported":
        return Window(text=text, start=None, end=None) if text else None
    clock = Clock(published, told, Sessions(calendar_of(move.subject)))
    if own is not None:
        period = resolve(own, clock)
    elif run.day is not None:
        period = resolve(run.day, clock)
    else:
        period = one_session(told, clock)
    return Window(text=text, start=period.start, end=period.end)
