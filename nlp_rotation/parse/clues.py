"""What a text says of its own day: enough to choose between 9 January and 1 September."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from nlp_rotation.parse.stamps import MONTH_WORD, MONTHS, WEEKDAYS, find_days

#: Reports name their day in the first paragraphs; further down stand other days.
_READ = 6_000
#: A report names days of the week that is behind it.
_WEEK = 7
_FRIDAY, _MONDAY = 4, 0

_ORDINALS = tuple(
    word
    for words in (
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        ("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
        ("eighteenth", "nineteenth", "twentieth"),
    )
    for word in words
)
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_MONTH_DAY = re.compile(
    rf"\b(?P<month>{MONTH_WORD})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*%|\.\d)"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<month2>{MONTH_WORD})"
    rf"|\b(?P<word>{_ORDINAL})(?: day)? of (?P<month3>{MONTH_WORD})",
    re.I,
)
_AHEAD = re.compile(
    r"\b(?:will|would|expected|expects|scheduled|due|until|till|by|next|upcoming|ahead|before|expir\w+|matur\w+|forecast\w*"
    r"|plans?|target\w*|through)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The day that the text speaks for, with the reason; no day where it speaks for none."""

    day: dt.date | None
    reason: str


def choose_day(days: tuple[dt.date, ...], text: str) -> Choice:
    """Choose among the readings of a stamp by the days that ``text`` names."""
    head = text[:_READ]
    floor = newest_past_day(text)
    possible = tuple(day for day in days if floor is None or day >= floor) or days
    if len(possible) == 1:
        return Choice(day=possible[0], reason=f"the text already knows {floor}")
    reasons = {day: _support(day, head) for day in possible}
    best = max(reasons.values(), key=len)
    winners = [day for day in possible if len(reasons[day]) == len(best)]
    if best and len(winners) == 1:
        return Choice(day=winners[0], reason=f"the text names {' and '.join(best)}")
    return Choice(day=None, reason="day and month could change places, and the text does not decide")


def newest_past_day(text: str) -> dt.date | None:
    """Return the newest full date that the text speaks of as past: no article is older than that."""
    text = text[: _READ * 10]
    found = find_days(text)
    days = [readings[0] for start, _, readings in found if len(readings) == 1 and not _is_ahead(text, start)]
    return max(days, default=None)


def _support(day: dt.date, text: str) -> list[str]:
    """Return what in ``text`` fits an article of ``day``."""
    support = []
    if named := next((near for near in _named_days(text, day) if 0 <= (day - near).days <= _WEEK), None):
        support.append(f"{named.day} {MONTHS[named.month - 1].title()}")
    weekday = _WEEKDAY.search(text)
    if weekday and _is_fresh(day, WEEKDAYS.index(weekday[1][:3].lower())):
        support.append(weekday[0])
    return support


def _is_fresh(day: dt.date, weekday: int) -> bool:
    """Tell whether ``weekday`` is the day itself, the day before, or the Friday before the weekend."""
    back = (day.weekday() - weekday) % _WEEK
    return back <= 1 or (weekday == _FRIDAY and (day.weekday() > _FRIDAY or day.weekday() == _MONDAY))


def _named_days(text: str, near: dt.date) -> list[dt.date]:
    """Return the days that ``text`` names by month and day, in the year that lies closest before ``near``."""
    named = []
    for match in _MONTH_DAY.finditer(text):
        if _is_ahead(text, match.start()):
            continue
        month = MONTHS.index((match["month"] or match["month2"] or match["month3"])[:3].lower()) + 1
        number = match["day"] or match["day2"]
        day = int(number) if number else _ORDINALS.index(match["word"].lower()) + 1
        year = near.year if (month, day) <= (near.month, near.day) else near.year - 1
        try:
            named.append(dt.date(year, month, day))
        except ValueError:
            continue
    return named


def _is_ahead(text: str, start: int) -> bool:
    sentence = re.split(r"[.!?]\s|\n", text[max(0, start - 100) : start])[-1]
    return bool(_AHEAD.search(sentence))
