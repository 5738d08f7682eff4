"""What one statement leaves for the next: "It fell 2% this week. The other is also down 6%."."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp_rotation.annotate.windows.choose import opening_phrase
from nlp_rotation.annotate.windows.expressions import DAYS, Expression, Kind
from nlp_rotation.annotate.windows.resolve import last_weekday, named_day
from nlp_rotation.annotate.windows.told import FRESH, Edition
from nlp_rotation.types import Move, Sentence, Window

#: The verb of a move stands no more characters before it than this.
_VERB = 24
#: "is down 6%" and "has lost 3%" look back over a window; "fell 2%" tells of a day.
_STATE = re.compile(r"\b(?:is|are|has|have|remains?|still)\b[^.;:]*\Z", re.IGNORECASE)
#: "fell 3%, to $21.50" and "fell 18 points, or 1%" tell of the day, whatever window came before.
_PRICED = re.compile(r"[^.]*?(?:\bpoints\b|\b(?:to|at)\s(?:[$£€]\s?)?\d)")
#: Days that the next statements take over.
_LASTING = frozenset({Kind.WEEKDAY, Kind.DATE, Kind.CLOCK, Kind.TODAY, Kind.YESTERDAY})
#: Times of which a story tells whose later steps have dates that nobody can know.
_STORIED = frozenset({Kind.LAST_YEAR, Kind.NAMED_YEAR, Kind.NAMED_MONTH})


@dataclass(frozen=True, slots=True)
class Run:
    """What the statements so far leave for the next one to take over."""

    #: The day that the paragraph tells of; None for that of the text.
    day: Expression | None = None
    #: The longer window of the latest statement.
    period: Expression | None = None
    #: That window opened its sentence: all that follows in the paragraph shares it.
    opened: bool = False
    #: The window of the latest move.
    window: Window | None = None

    def lends(self, text: str, move: Move) -> Expression | None:
        """The phrase that a move without one of its own takes over."""
        state = _STATE.search(text, max(0, move.start - _VERB), move.start)
        dated = _PRICED.search(move.text) or _PRICED.match(text, move.end, move.end + _VERB)
        if self.period and (state or (self.opened and not dated and _is_market(move, self.period))):
            return self.period
        return None if dated and self.day and self.day.kind is Kind.VAGUE else self.day

    def through(
        self, text: str, sentence: Sentence, move: Move, phrase: Expression | None, window: Window | None
    ) -> Run:
        """The run once ``move`` has taken ``phrase``; what stands in parentheses leaves nothing."""
        if text.count("(", sentence.start, move.start) > text.count(")", sentence.start, move.start):
            return self
        if phrase is None or (phrase.kind in DAYS and phrase.kind is not Kind.EXTENDED):
            return replace(self, window=window, period=None, opened=False)
        if phrase is self.period or phrase.kind in (Kind.VAGUE, Kind.SAME):
            return replace(self, window=window)
        return replace(self, window=window, period=phrase, opened=phrase.kind is Kind.EXTENDED)


def run_after(
    run: Run, text: str, sentence: Sentence, expressions: Sequence[Expression], edition: Edition
) -> Run:
    """The run once the whole of ``sentence`` has been read."""
    opening = opening_phrase(text, sentence, expressions)
    run = replace(run, day=_day(opening, expressions, run, edition))
    if opening is not None and opening is run.period:
        run = replace(run, opened=True)
    ends = "\n" in text[sentence.end : sentence.end + 3]
    return replace(run, day=None, opened=False) if ends else run


def _is_market(move: Move, period: Expression) -> bool:
    """Tell whether ``move`` is one of a market's own, which a text tells of in a row."""
    return period.kind is Kind.EXTENDED or move.subject.startswith(("^", "INDEX:", "sector:"))


def _day(
    opening: Expression | None, expressions: Sequence[Expression], run: Run, edition: Edition
) -> Expression | None:
    """The day that the next statements are about."""
    if opening is not None and opening.kind in _LASTING:
        fresh = edition.written - age(opening, edition.written) <= FRESH
        return opening if fresh else replace(opening, kind=Kind.VAGUE)
    if opening is not None and opening.kind in _STORIED:
        return replace(opening, kind=Kind.VAGUE)
    present = next((e for e in expressions if e.kind is Kind.TODAY), None)
    return present if present or (expressions and expressions[0].kind in DAYS) else run.day


def age(expression: Expression, written: dt.date) -> dt.date:
    """The day that a lasting phrase means, near enough to compare."""
    if expression.kind is Kind.WEEKDAY:
        return last_weekday(expression.number, written)
    return named_day(expression, written) or dt.date.min if expression.kind is Kind.DATE else written
