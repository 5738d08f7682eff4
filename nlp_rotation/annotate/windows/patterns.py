"""How phrases that fix days are written: the patterns of dates, months, years, spans and highs."""

from __future__ import annotations

from nlp_rotation.annotate.windows.alternatives import alternation
from nlp_rotation.annotate.windows.table import window_table

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATE_CUES = "on|since|from|of|reached on|made on|notched|below|close on"
CUE_DATE = rf"(?:\b(?P<cue>{_DATE_CUES})\s(?:(?:an?|its|their|the)\s)?)?"
SINCE = (
    r"\bsince\s(?:(?:\w+ing|the|its?|they|their)\b"
    r"|(?:[\w’'-]+\s){1,5}?(?:highs?|lows?|peaks?|levels?|close|election|listing|launch)\b"
    rf"|[\w’'-]+(?:\s[\w’'-]+){{0,5}}?(?=\son\s{MONTH}))|"
)
SUMMIT = (
    r"\b(?:from|off|below|above)\s(?:its|their|the|a|an)\s(?:[\w-]+\s){0,2}"
    r"(?:highs?|lows?|peaks?|records?|bottom|top|all-time)\b(?!\s(?:for|of)\sthe\s(?:day|session))"
    r"|\bfrom\s(?:[\w.,’'-]+\s){1,4}(?:levels?|buy\spoints?|entry|breakout)\b"
)
WEEK_OF = r"\b(?:in\sthe\s|the\s|during\sthe\s|for\sthe\s)?[Ww]eek\s(?:of|ended|ending)\s"
WEEK_OF += rf"(?P<month>{MONTH})\s(?P<day>\d{{1,2}})(?!\d)"
WEEK_OF += rf"(?:,?\s{YEAR})?"
CLOCK = r"\b(?:as of|at|by)\s\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?|GMT\b)?"
CLOCK += r"(?<=[mt.])(?:(?P<home>\s(?:e[sd]?t\b|eastern|(?:in\s)?new york))"
CLOCK += r"|(?P<asia>\s(?:in\s)?(?:tokyo|hong kong|sydney|seoul|singapore|shanghai|mumbai|taipei)))?"
#: A clock time on a named day is that day's.
CLOCK += r"(?!\.?\s(?:[a-z]{2,3},?\s)?(?:on\s)?(?:mon|tues|wednes|thurs|fri)day)"
TURN = r"(?P<turn>\s(?:intraday\s|closing\s)?(?:low|high|peak|bottom|top)\b)?"
NUMERIC_DATE = (
    r"(?:\b(?P<cue>on|since|from|made on|reached on)\s)?"
    # The second stroke may be missing: a slip of the hand.
    r"(?<![\d/])(?P<month>[01]?\d)/(?P<day>[0-3]\d|\d(?=/))/?(?P<year>(?:20)?\d\d)(?![\d/])"
)


def weekday_pattern() -> str:
    """A day of the week, with the word that makes it a start."""
    names = "|".join(name.capitalize() for name in WEEKDAYS)
    return (
        r"(?:\b(?P<cue>[Oo]n|[Ss]ince|[Ff]rom|[Ll]ate|[Ee]arly|[Bb]y|[Ii]n)\s(?:last\s)?)?"
        rf"\b(?P<weekday>{names})\b(?:['’]s)?(?:\s(?:morning|afternoon|evening|session|night)\b)?"
    )


def month_pattern(moves: str) -> str:
    """A month, from its start or a part of it."""
    since = r"[Ss]ince(?:\sthe\s(?:start|beginning)\sof)?"
    cue = rf"\b(?P<cue>[Ii]n|{since}|[Ff]or|[Dd]uring|[Oo]f|[Tt]hroughout)\s(?:the month of\s)?"
    later = r"(?!\s\d{1,2}\b|\s(?:delivery|contract|futures))"
    return (
        rf"(?:{cue}|\b(?=early|mid|late))(?:(?P<part>early|mid|late)[ -])?"
        rf"(?P<month>{MONTH})\b{later}(?:\s{YEAR})?"
        rf"|\b(?P<bare>{MONTH})(?=\s(?:{moves})\b)"
    )


def era_pattern() -> str:
    """A time with a name and without dates."""
    eras = alternation(window_table()["cues"]["eras"])
    return rf"\bduring\s(?:the|that|this)\s(?:[\w’'-]+\s){{0,4}}?(?:{eras})\b"


def quarter_pattern() -> str:
    """A quarter with a number."""
    return rf"\b(?:in|during|over|for)\sthe\s(?P<which>{'|'.join(QUARTERS)})\squarter(?:\sof\s{YEAR})?"


def year_pattern(moves: str) -> str:
    """A year with a number."""
    spread = r"(?P<to>\s?[-–]\s?(?:19|20)?\d\d)?(?!\d)"
    return (
        rf"\b(?:so far in|in|during|for|of|since)\s{YEAR}{spread}"
        rf"|\b(?P<plain>(?:19|20)\d\d)(?=\s(?:{moves})\b|['’]s\s)"
    )


def past_pattern(moves: str) -> str:
    """The past N days, weeks, months or years."""
    spans = window_table()["spans"]
    counts = rf"\d{{1,3}}|{'|'.join(window_table()['numbers'])}"
    units = alternation(spans["day"] + spans["week"] + spans["month"] + spans["year"])
    return (
        rf"\b(?:{alternation(spans['openers'])})\s(?P<count>{counts})\s(?P<unit>{units})\b"
        r"|\b(?:(?:in|over|for|during|within)\sthe|this)\s(?:past|last)\s(?P<one>week|month)\b(?!\sof\b)"
        r"|\b(?:than|from)\sa\s(?P<ago>week|month)\s(?:ago|earlier)\b"
        rf"|\b(?P<count2>{counts})-(?P<unit2>day|session|week|month|year)(?=\s(?:\w+\s)?(?:{moves})\b)"
    )
