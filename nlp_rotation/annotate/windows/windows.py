"""Give every move the sessions that it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp_rotation.annotate.windows.choose import own_expressions
from nlp_rotation.annotate.windows.expressions import DAYS, RUNNING, Expression, Kind, find_expressions
from nlp_rotation.annotate.windows.resolve import UNKNOWN, Clock, Period, one_session, resolve
from nlp_rotation.annotate.windows.runs import Run, run_after
from nlp_rotation.annotate.windows.told import Edition, clock_of, edition_of, undated
from nlp_rotation.calendars.exchanges import calendar_of
from nlp_rotation.calendars.sessions import Sessions
from nlp_rotation.types import Move, Reading, Sentence, Span, Window

#: What is left of a move's confidence where only the week says which days were sessions.
_GUESSED = 0.9


def resolve_windows(reading: Reading) -> tuple[Move, ...]:
    """Return the moves of ``reading`` with their windows, as far as text and date fix them."""
    edition = edition_of(reading)
    done: list[Move] = []
    run = Run()
    for sentence, moves in _by_sentence(reading):
        expressions = find_expressions(reading.text, sentence.start, sentence.end)
        for move, own in zip(moves, _choose(reading.text, sentence, moves, expressions), strict=True):
            phrase = own or run.lends(reading.text, move)
            window = _window(reading, move, own, phrase, run, edition)
            run = run.through(reading.text, sentence, move, phrase, window)
            done.append(replace(move, window=window, confidence=_confidence(move, window)))
        if edition is not None:
            run = run_after(run, reading.text, sentence, expressions, edition)
    return tuple(done)


def _confidence(move: Move, window: Window | None) -> float:
    """Return the confidence of ``move``, lowered where a holiday may lie unseen at an end of its window."""
    sessions = Sessions(calendar_of(move.subject))
    ends = (day for day in (window.start, window.end) if day) if window else ()
    return move.confidence if all(map(sessions.knows, ends)) else round(move.confidence * _GUESSED, 4)


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


def _choose(
    text: str, sentence: Sentence, moves: Sequence[Move], expressions: Sequence[Expression]
) -> list[Expression | None]:
    """The phrase of each move; moves of one span share theirs."""
    spans = sorted({(move.start, move.end) for move in moves})
    distinct = [Span(start=start, end=end) for start, end in spans]
    by_span = dict(zip(spans, own_expressions(text, sentence, distinct, expressions), strict=True))
    return [by_span[move.start, move.end] for move in moves]


def _window(
    reading: Reading,
    move: Move,
    own: Expression | None,
    phrase: Expression | None,
    run: Run,
    edition: Edition | None,
) -> Window | None:
    quote = own.text if own else None
    if phrase is not None and phrase.kind is Kind.SAME and run.window is not None:
        return replace(run.window, text=quote)
    if move.status != "reported" or edition is None:
        period = undated(own, move) if move.status == "reported" else UNKNOWN
        return Window(text=quote, start=period.start, end=period.end) if quote else None
    clock = clock_of(reading.text, move, edition)
    period = _known(_period(phrase, clock), phrase, clock, edition)
    if edition.adrift and (phrase is None or phrase.kind in DAYS):
        period = UNKNOWN
    if edition.adrift or _ends_unsaid(move, phrase):
        period = replace(period, end=None)
    return Window(text=quote, start=period.start, end=period.end)


def _period(phrase: Expression | None, clock: Clock) -> Period:
    return resolve(phrase, clock) if phrase else one_session(clock.told, clock)


def _known(period: Period, phrase: Expression | None, clock: Clock, edition: Edition) -> Period:
    """End a window of many days with the last close that the text can know."""
    if edition.live or phrase is None or phrase.kind not in RUNNING or phrase.until:
        return period
    if period.end != clock.told:
        return period
    end = clock.sessions.before(clock.told)
    if phrase.kind is Kind.PAST_WEEK:
        return resolve(phrase, replace(clock, told=end))
    return replace(period, end=end) if period.start is None or period.start < end else UNKNOWN


def _ends_unsaid(move: Move, phrase: Expression | None) -> bool:
    """Tell whether an extreme lies somewhere in a window, or a story is told ("a 21% drop off its peak")."""
    if phrase is None or phrase.kind in DAYS:
        return False
    noun = move.text.lower().startswith(("a ", "an "))
    return move.intraday or (phrase.kind is Kind.SUMMIT and noun)
