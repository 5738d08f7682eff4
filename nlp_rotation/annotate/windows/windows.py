"""Give every move the sessions that it covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp_rotation.annotate.windows.calendars import Sessions, calendar_of
from nlp_rotation.annotate.windows.choose import is_ahead, opening_day, own_expressions, owns_noun
from nlp_rotation.annotate.windows.expressions import Expression, Kind, find_expressions
from nlp_rotation.annotate.windows.resolve import Clock, last_weekday, named_day, one_session, resolve
from nlp_rotation.types import Move, Reading, Sentence, Span, Window

#: The session that a text tells of is named in its first sentences, if at all; tuned on gold/train.
_LEAD = 8
#: No news is older than this when it is told as the day's.
_FRESH = dt.timedelta(days=4)
#: "After" so many characters before a move opens a clause that looks back.
_LOOK_BACK = 12
#: Days that the next statements take over, and those that bring the text back to its own day.
_LASTING = frozenset({Kind.WEEKDAY, Kind.DATE, Kind.CLOCK})
_PRESENT = frozenset({Kind.SESSION})


@dataclass(frozen=True, slots=True)
class _Run:
    """What the statements so far leave for the next one to take over."""

    #: The named day of the latest move that had one; None before the first.
    day: Expression | None = None
    #: The window of the latest move.
    window: Window | None = None

    def after(self, days: Sequence[Expression], published: dt.date) -> _Run:
        """The run once a sentence has been read that told of ``days``; the latest of them lasts."""
        lasting = [e for e in days if e.kind in _LASTING and _is_fresh(e, published)]
        if lasting:
            return replace(self, day=max(lasting, key=lambda e: _age(e, published)))
        return replace(self, day=None) if days and days[0].kind is Kind.SESSION else self


def _age(expression: Expression, published: dt.date) -> dt.date:
    """The day that a lasting phrase means, near enough to compare."""
    if expression.kind is Kind.WEEKDAY:
        return last_weekday(expression.number, published)
    return named_day(expression, published) or dt.date.min if expression.kind is Kind.DATE else published


def _is_fresh(expression: Expression, published: dt.date) -> bool:
    return published - _age(expression, published) <= _FRESH


def resolve_windows(reading: Reading) -> tuple[Move, ...]:
    """Return the moves of ``reading`` with their windows, as far as text and date fix them."""
    told = _told_day(reading)
    done: list[Move] = []
    run = _Run()
    for sentence, moves in _by_sentence(reading):
        opening = opening_day(reading.text, sentence) if not moves else None
        chosen = _choose(reading.text, sentence, moves)
        for move, own in zip(moves, chosen, strict=True):
            window = _window(reading, move, own, run, told)
            run = replace(run, window=window)
            done.append(replace(move, window=window))
        if reading.published.date is not None:
            days = [opening] if opening else _days_told(reading.text, moves, chosen)
            run = run.after(days, reading.published.date)
    return tuple(done)


def _days_told(text: str, moves: Sequence[Move], chosen: Sequence[Expression | None]) -> list[Expression]:
    """The days of the moves that the sentence is about, not of those it looks back to ("after a 1% rise")."""
    return [
        own
        for move, own in zip(moves, chosen, strict=True)
        if own is not None and "after" not in text[max(0, move.start - _LOOK_BACK) : move.start]
    ]


def _by_sentence(reading: Reading) -> Iterator[tuple[Sentence, list[Move]]]:
    """Yield each sentence with its moves, in order."""
    moves = sorted(reading.moves, key=lambda move: (move.start, move.end))
    at = 0
    for sentence in reading.sentences:
        inside = []
        while at < len(moves) and moves[at].start < sentence.end:
            inside.append(moves[at])
            at += 1
        yield sentence, inside


def _choose(text: str, sentence: Sentence, moves: Sequence[Move]) -> list[Expression | None]:
    """The phrase of each move; moves of one span share theirs."""
    if not moves:
        return []
    spans = sorted({(move.start, move.end) for move in moves})
    expressions = find_expressions(text, sentence.start, sentence.end)
    distinct = [Span(start=start, end=end) for start, end in spans]
    by_span = dict(zip(spans, own_expressions(text, sentence, distinct, expressions), strict=True))
    return [by_span[move.start, move.end] for move in moves]


def _told_day(reading: Reading) -> dt.date | None:
    """The day whose session the text tells of: the latest that the lead names, else that of publication."""
    published = reading.published.date
    if published is None:
        return None
    days = [
        last_weekday(expression.number, published)
        for sentence in reading.sentences[:_LEAD]
        for expression in find_expressions(reading.text, sentence.start, sentence.end)
        if expression.kind is Kind.WEEKDAY
        and not (is_ahead(reading.text, expression) or owns_noun(expression))
    ]
    return max((day for day in days if published - day <= _FRESH), default=published)


def _window(
    reading: Reading, move: Move, own: Expression | None, run: _Run, told: dt.date | None
) -> Window | None:
    text = own.text if own else None
    published = reading.published.date
    if published is None or told is None or move.status != "reported":
        return Window(text=text, start=None, end=None) if text else None
    if own is not None and own.kind is Kind.SAME and run.window is not None:
        return replace(run.window, text=text)
    clock = Clock(published, told, Sessions(calendar_of(move.subject)))
    expression = own or run.day
    period = resolve(expression, clock) if expression else one_session(told, clock)
    return Window(text=text, start=period.start, end=period.end)
