"""Phrases that fix days: where they stand and what they mean, without yet asking for a calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from nlp_rotation.annotate.windows.alternatives import alternation, by_first_word
from nlp_rotation.annotate.windows.patterns import (
    CLOCK,
    CUE_DATE,
    MONTH,
    NUMERIC_DATE,
    QUARTERS,
    SINCE,
    SUMMIT,
    TURN,
    WEEK_OF,
    WEEKDAYS,
    YEAR,
    era_pattern,
    month_pattern,
    past_pattern,
    quarter_pattern,
    weekday_pattern,
    year_pattern,
)
from nlp_rotation.annotate.windows.table import window_table
from nlp_rotation.types import Span


class Kind(Enum):
    """What sort of window a phrase names."""

    CLOCK = "a time of the day of publication, abroad; the number tells whether that is in Asia"
    CLOSING = "a time of the day in New York"
    TODAY = "the day of publication"
    PREMARKET = "before the open of that day"
    SESSION = "the session that the text tells of"
    YESTERDAY = "the session before that"
    EXTENDED = "trading after the close"
    WEEKDAY = "a named day of the week"
    DATE = "a named day of the month"
    WEEK = "the week so far"
    LAST_WEEK = "the week before"
    MONTH = "the month so far"
    LAST_MONTH = "the month before"
    NAMED_MONTH = "a month with a name"
    QUARTER = "the quarter so far"
    LAST_QUARTER = "the quarter before"
    NAMED_QUARTER = "a quarter with a number"
    YEAR = "the year so far"
    LAST_YEAR = "the year before"
    NAMED_YEAR = "a year with a number"
    TRAILING_YEAR = "the last twelve months"
    PAST_DAYS = "the past N sessions"
    PAST_WEEK = "the past seven days"
    PAST_WEEKS = "the past N weeks"
    WEEK_OF = "the week of a named day"
    PAST_MONTHS = "the past N months"
    PAST_YEARS = "the past N years"
    SINCE_WEEKDAY = "since a day of the week"
    SINCE_DATE = "since a day of the month"
    SINCE_MONTH = "since the start of a month"
    SUMMIT = "from a high or a low that has no date"
    SAME = "the window of the move before"
    VAGUE = "a time that cannot be known"


#: Kinds that name one session; a daily report carries them from statement to statement.
DAYS = frozenset(
    {
        Kind.CLOCK,
        Kind.CLOSING,
        Kind.TODAY,
        Kind.PREMARKET,
        Kind.SESSION,
        Kind.YESTERDAY,
        Kind.WEEKDAY,
        Kind.DATE,
        Kind.EXTENDED,
    }
)


#: Kinds of many days that run up to the last close known.
RUNNING = frozenset(
    {
        Kind.YEAR,
        Kind.TRAILING_YEAR,
        Kind.PAST_WEEK,
        Kind.PAST_MONTHS,
        Kind.PAST_YEARS,
        Kind.MONTH,
        Kind.QUARTER,
        Kind.SINCE_DATE,
        Kind.SINCE_MONTH,
        Kind.SUMMIT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression(Span):
    """A phrase that fixes days. ``number`` is a weekday, month, quarter, year or count, by kind."""

    kind: Kind
    text: str
    number: int = 0
    year: int = 0
    day: int = 0
    #: The day that ends the window ("as of Friday's close, up 28% this year", "from May 3 to Monday").
    until: Expression | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STARTS = frozenset({Kind.SINCE_DATE, Kind.SINCE_WEEKDAY, Kind.SINCE_MONTH, Kind.SUMMIT})
_START_CUES = frozenset({"since", "from", "of", "reached on", "made on", "notched", "below", "close on"})
#: Sentences whose phrases are remembered: those of an article are asked for twice, for its day and its moves.
_REMEMBERED = 128


@lru_cache(maxsize=_REMEMBERED)
def find_expressions(text: str, start: int, end: int) -> tuple[Expression, ...]:
    """Return the phrases of ``text[start:end]`` that fix days, in order, longest first where they meet.

    >>> [(e.kind.name, e.text) for e in find_expressions("Up 2% this week after a 1% drop on Monday.", 0, 42)]
    [('WEEK', 'this week'), ('WEEKDAY', 'on Monday')]
    """
    found = [read(match) for pattern, read in _rules() for match in pattern.finditer(text, start, end)]
    kept: list[Expression] = []
    for expression in sorted(found, key=lambda e: (e.start, -e.end)):
        if not kept or expression.start >= kept[-1].end:
            kept.append(expression)
    return tuple(_joined(text, kept))


def _joined(text: str, kept: Sequence[Expression]) -> list[Expression]:
    """Join a start and an end: "from May 3 to Monday" is one window."""
    joined: list[Expression] = []
    for expression in kept:
        last = joined[-1] if joined else None
        between = text[last.end : expression.start].lower().strip() if last else ""
        ends = last is not None and last.kind in _STARTS and expression.kind in (Kind.DATE, Kind.WEEKDAY)
        if last is not None and ends and between in ("to", "through", "until"):
            whole = text[last.start : expression.end]
            joined[-1] = replace(last, end=expression.end, text=whole, until=expression)
        else:
            joined.append(expression)
    return joined


def _make(match: re.Match[str], kind: Kind, *, number: int = 0, year: int = 0, day: int = 0) -> Expression:
    return Expression(
        start=match.start(), end=match.end(), text=match[0], kind=kind, number=number, year=year, day=day
    )


def _phrase(match: re.Match[str]) -> Expression:
    return _make(match, _phrases()[match[0].lower().replace("’", "'")])


def _clock(match: re.Match[str]) -> Expression:
    if match["home"]:
        return _make(match, Kind.CLOSING)
    return _make(match, Kind.CLOCK, number=int(bool(match["asia"])))


def _unknown_start(match: re.Match[str]) -> Expression:
    return _make(match, Kind.SUMMIT)


def _weekday(match: re.Match[str]) -> Expression:
    start = (match["cue"] or "").lower() in ("since", "from")
    kind = Kind.SINCE_WEEKDAY if start else Kind.WEEKDAY
    return _make(match, kind, number=WEEKDAYS.index(match["weekday"].lower()))


def _date(match: re.Match[str]) -> Expression:
    starts = match["turn"] or (match["cue"] or "").lower() in _START_CUES
    kind = Kind.SINCE_DATE if starts else Kind.DATE
    return _make(
        match, kind, number=_month_number(match["month"]), day=int(match["day"]), year=int(match["year"] or 0)
    )


def _numeric_date(match: re.Match[str]) -> Expression:
    year = int(match["year"])
    kind = Kind.SINCE_DATE if (match["cue"] or "").lower() in _START_CUES else Kind.DATE
    return _make(
        match,
        kind,
        number=int(match["month"]),
        day=int(match["day"]),
        year=year + 2000 if year < 100 else year,
    )


def _named_month(match: re.Match[str]) -> Expression:
    if match["bare"]:
        return _make(match, Kind.NAMED_MONTH, number=_month_number(match["bare"]))
    cue = (match["cue"] or "").lower()
    since = cue.startswith("since")
    start = (match["month"] == "January" or cue != "since") and not match["part"]
    kind = Kind.SUMMIT if since else Kind.VAGUE if match["part"] else Kind.NAMED_MONTH
    kind = Kind.SINCE_MONTH if since and start else kind
    return _make(match, kind, number=_month_number(match["month"]), year=int(match["year"] or 0))


def _named_quarter(match: re.Match[str]) -> Expression:
    return _make(
        match, Kind.NAMED_QUARTER, number=QUARTERS[match["which"].lower()], year=int(match["year"] or 0)
    )


def _named_year(match: re.Match[str]) -> Expression:
    """A year; since one that is not said to have begun, the start is unknown."""
    since = match[0].lower().startswith("since")
    kind = Kind.VAGUE if match["to"] else Kind.SUMMIT if since else Kind.NAMED_YEAR
    return _make(match, kind, year=int(match["year"] or match["plain"]))


def _week_of(match: re.Match[str]) -> Expression:
    year = int(match["year"] or 0)
    return _make(match, Kind.WEEK_OF, number=_month_number(match["month"]), day=int(match["day"]), year=year)


def _era(match: re.Match[str]) -> Expression:
    return _make(match, Kind.VAGUE)


def _past(match: re.Match[str]) -> Expression:
    single = match["one"] or match["ago"]
    if single:
        return _make(match, Kind.PAST_WEEK if single.lower() == "week" else Kind.PAST_MONTHS, number=1)
    count = (match["count"] or match["count2"]).lower()
    number = int(count) if count.isdigit() else int(window_table()["numbers"].get(count, 1))
    return _make(match, _unit_kind((match["unit"] or match["unit2"]).lower()), number=number)


def _unit_kind(unit: str) -> Kind:
    spans = window_table()["spans"]
    kinds = {
        "day": Kind.PAST_DAYS,
        "week": Kind.PAST_WEEKS,
        "month": Kind.PAST_MONTHS,
        "year": Kind.PAST_YEARS,
    }
    return next((kind for key, kind in kinds.items() if unit in spans[key]), Kind.VAGUE)


def _month_number(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Kind]:
    return {text: Kind[key.upper()] for key, texts in window_table()["phrases"].items() for text in texts}


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Expression]], ...]:
    moves = alternation(window_table()["cues"]["moves"])
    return (
        (re.compile(rf"(?<![\w-])(?:{by_first_word(_phrases())})(?![\w-])", re.IGNORECASE), _phrase),
        (re.compile(CLOCK, re.IGNORECASE), _clock),
        (re.compile(weekday_pattern()), _weekday),
        (
            re.compile(rf"{CUE_DATE}\b(?P<month>{MONTH})\s(?P<day>\d{{1,2}})(?!\d)(?:,?\s{YEAR})?{TURN}"),
            _date,
        ),
        (re.compile(NUMERIC_DATE, re.IGNORECASE), _numeric_date),
        (re.compile(WEEK_OF), _week_of),
        (re.compile(era_pattern(), re.IGNORECASE), _era),
        (re.compile(SINCE + SUMMIT, re.IGNORECASE), _unknown_start),
        (re.compile(month_pattern(moves)), _named_month),
        (re.compile(quarter_pattern(), re.IGNORECASE), _named_quarter),
        (re.compile(year_pattern(moves), re.IGNORECASE), _named_year),
        (re.compile(past_pattern(moves), re.IGNORECASE), _past),
    )
