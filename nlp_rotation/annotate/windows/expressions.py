"""Phrases that fix days: where they stand and what they mean, without yet asking for a calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from nlp_rotation.annotate.windows.alternatives import alternation, by_first_word
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
    PAST_WEEKS = "the past N weeks"
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


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_STARTS = frozenset({Kind.SINCE_DATE, Kind.SINCE_WEEKDAY, Kind.SINCE_MONTH, Kind.SUMMIT})
_START_CUES = frozenset({"since", "from", "of", "reached on", "made on", "notched", "below", "close on"})
#: Sentences whose phrases are remembered: those of an article are asked for twice, for its day and its moves.
_REMEMBERED = 128
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}


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
    return _make(match, kind, number=_WEEKDAYS.index(match["weekday"].lower()))


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
    since = (match["cue"] or "").lower() == "since"
    start = match["month"] == "January" and not match["part"]
    kind = Kind.SUMMIT if since else Kind.VAGUE if match["part"] else Kind.NAMED_MONTH
    kind = Kind.SINCE_MONTH if since and start else kind
    return _make(match, kind, number=_month_number(match["month"]), year=int(match["year"] or 0))


def _named_quarter(match: re.Match[str]) -> Expression:
    return _make(
        match, Kind.NAMED_QUARTER, number=_QUARTERS[match["which"].lower()], year=int(match["year"] or 0)
    )


def _named_year(match: re.Match[str]) -> Expression:
    return _make(
        match, Kind.VAGUE if match["to"] else Kind.NAMED_YEAR, year=int(match["year"] or match["plain"])
    )


def _past(match: re.Match[str]) -> Expression:
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


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATE_CUES = "on|since|from|of|reached on|made on|notched|below|close on"
_CUE_DATE = rf"(?:\b(?P<cue>{_DATE_CUES})\s(?:(?:an?|its|their|the)\s)?)?"


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Expression]], ...]:
    moves = alternation(window_table()["cues"]["moves"])
    return (
        (re.compile(rf"(?<![\w-])(?:{by_first_word(_phrases())})(?![\w-])", re.IGNORECASE), _phrase),
        (re.compile(_CLOCK, re.IGNORECASE), _clock),
        (re.compile(_weekday_pattern()), _weekday),
        (
            re.compile(rf"{_CUE_DATE}\b(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?!\d)(?:,?\s{_YEAR})?{_TURN}"),
            _date,
        ),
        (re.compile(_NUMERIC_DATE, re.IGNORECASE), _numeric_date),
        (re.compile(r"\bsince\s(?:\w+ing|the|its?|they)\b|" + _SUMMIT, re.IGNORECASE), _unknown_start),
        (re.compile(_month_pattern(moves)), _named_month),
        (re.compile(_quarter_pattern(), re.IGNORECASE), _named_quarter),
        (re.compile(_year_pattern(moves), re.IGNORECASE), _named_year),
        (re.compile(_past_pattern(moves), re.IGNORECASE), _past),
    )


_SUMMIT = (
    r"\b(?:from|off|below|above)\s(?:its|their|the|a|an)\s(?:[\w-]+\s){0,2}"
    r"(?:highs?|lows?|peaks?|records?|bottom|top|all-time)\b(?!\s(?:for|of)\sthe\s(?:day|session))"
)
_CLOCK = r"\b(?:as of|at|by)\s\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?|GMT\b)?"
_CLOCK += r"(?<=[mt.])(?:(?P<home>\s(?:e[sd]?t\b|eastern|(?:in\s)?new york))"
_CLOCK += r"|(?P<asia>\s(?:in\s)?(?:tokyo|hong kong|sydney|seoul|singapore|shanghai|mumbai|taipei)))?"
#: A clock time on a named day is that day's.
_CLOCK += r"(?!\.?\s(?:[a-z]{2,3},?\s)?(?:on\s)?(?:mon|tues|wednes|thurs|fri)day)"
_TURN = r"(?P<turn>\s(?:intraday\s|closing\s)?(?:low|high|peak|bottom|top)\b)?"
_NUMERIC_DATE = (
    r"(?:\b(?P<cue>on|since|from|made on|reached on)\s)?"
    # The second stroke may be missing: a slip of the hand.
    r"(?<![\d/])(?P<month>[01]?\d)/(?P<day>[0-3]\d|\d(?=/))/?(?P<year>(?:20)?\d\d)(?![\d/])"
)


def _weekday_pattern() -> str:
    names = "|".join(name.capitalize() for name in _WEEKDAYS)
    return (
        r"(?:\b(?P<cue>[Oo]n|[Ss]ince|[Ff]rom|[Ll]ate|[Ee]arly|[Bb]y|[Ii]n)\s(?:last\s)?)?"
        rf"\b(?P<weekday>{names})\b(?:['’]s)?(?:\s(?:morning|afternoon|evening|session|night)\b)?"
    )


def _month_pattern(moves: str) -> str:
    cue = r"\b(?P<cue>[Ii]n|[Ss]ince|[Ff]or|[Dd]uring|[Oo]f|[Tt]hroughout)\s(?:the month of\s)?"
    later = r"(?!\s\d{1,2}\b|\s(?:delivery|contract|futures))"
    return (
        rf"(?:{cue}|\b(?=early|mid|late))(?:(?P<part>early|mid|late)[ -])?"
        rf"(?P<month>{_MONTH})\b{later}(?:\s{_YEAR})?"
        rf"|\b(?P<bare>{_MONTH})(?=\s(?:{moves})\b)"
    )


def _quarter_pattern() -> str:
    return rf"\b(?:in|during|over|for)\sthe\s(?P<which>{'|'.join(_QUARTERS)})\squarter(?:\sof\s{_YEAR})?"


def _year_pattern(moves: str) -> str:
    spread = r"(?P<to>\s?[-–]\s?(?:19|20)?\d\d)?(?!\d)"
    return (
        rf"\b(?:so far in|in|during|for|of|since)\s{_YEAR}{spread}"
        rf"|\b(?P<plain>(?:19|20)\d\d)(?=\s(?:{moves})\b)"
    )


def _past_pattern(moves: str) -> str:
    spans = window_table()["spans"]
    counts = rf"\d{{1,3}}|{'|'.join(window_table()['numbers'])}"
    units = alternation(spans["day"] + spans["week"] + spans["month"] + spans["year"])
    return (
        rf"\b(?:{alternation(spans['openers'])})\s(?P<count>{counts})\s(?P<unit>{units})\b"
        rf"|\b(?P<count2>{counts})-(?P<unit2>day|session|week|month|year)(?=\s(?:\w+\s)?(?:{moves})\b)"
    )
