"""A strict reader of time stamps: every character is accounted for, or the stamp is refused.

Lenient readers turn ``2024.07.22 06:44`` into another month without a word. This one takes a stamp
apart into clock time, zone, weekday and day; whatever is left over makes it refuse. A day that can be
read in two ways gives both, and :mod:`nlp_rotation.parse.publication` asks the article.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from nlp_rotation.config import TABLES
from nlp_rotation.errors import ParseError
from nlp_rotation.timeline import UTC, from_epoch, instant
from nlp_rotation.types import Precision

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: No market report that the program is for is older; no archive of it reaches further ahead.
EARLIEST, LATEST = dt.date(1900, 1, 2), dt.date(2099, 12, 31)
#: Days that a broken clock shows: the zero of Unix time, seen from both sides of Greenwich.
_ZERO_DAYS = frozenset({dt.date(1970, 1, 1), dt.date(1969, 12, 31)})
#: Two-digit years from here on belong to the last century, as in the POSIX standard.
_CENTURY_TURN = 69
_LONGEST = 120

MONTH_WORD = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY_WORD = (
    r"(?:(?:mon|fri|sun)(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|sat(?:urday)?)"
)
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_GAP = r"(?:,[ ]{0,2}|[ -]{1,2})"
_DAY_FORMS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<!\d){_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=T?\d{6}|T\d|\D|$)",
        rf"(?<![a-z])(?P<name>{MONTH_WORD})[ -]{{1,2}}{_DAY}{_GAP}{_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}(?: of)?[ -]{{1,2}}(?P<name>{MONTH_WORD}){_GAP}{_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}[ -](?P<name>{MONTH_WORD}),?[ -](?P<short>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR}[ -](?P<name>{MONTH_WORD})[ -]{_DAY}(?!\d)",
        r"(?<!\d)(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)(?:(?P<year>\d{4})|(?P<short>\d\d))(?!\d)",
    )
)
_TIME = re.compile(
    r"(?<![\d+-])T?(?P<hour>\d{1,2})(?::|(?<=\d\d))(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?(?!\d)"
    r"\s*(?P<half>[ap]\.?m\.?)?|(?<![\d+-])(?P<only>1[0-2]|0?[1-9])\s*(?P<onlyhalf>[ap]\.?m\.?)(?![a-z])",
    re.I,
)
_OFFSET = re.compile(
    r"(?:\b(?:GMT|UTC)\s*)?(?P<sign>[+\u2212-])(?P<hours>\d\d?):?(?P<minutes>\d\d)?(?!\d)", re.I
)
#: ``Mon Jul 22 06:44:00 UTC 2024``, as the clocks of Unix print it: the year behind the time.
_C_STYLE = re.compile(
    rf"({MONTH_WORD} +\d{{1,2}}) +(\d\d:\d\d(?::\d\d)?(?: [A-Z]{{1,4}})?) +(\d{{4}})$", re.I
)
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]{1,4}(?![A-Za-z])")
_WEEKDAY = re.compile(rf"(?<![a-z]){_WEEKDAY_WORD}\b\.?", re.I)
_FILLER = re.compile(r"(?:\b(?:at|on|the)\b|[\s,|()\[\]·•–—-])+", re.I)
#: The compact form without marks (20240722) is any number in running text, so it counts in stamps alone.
_PROSE_FORMS = (_DAY_FORMS[0], *_DAY_FORMS[2:])
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time stamp taken apart."""

    raw: str
    #: The days that it can mean: one, or two where day and month can change places.
    days: tuple[dt.date, ...]
    time: dt.time | None = None
    zone: dt.tzinfo | None = None
    precision: Precision = "day"
    #: What in the stamp contradicts itself, though the day is clear.
    doubt: str = ""

    def at(self, day: dt.date) -> dt.datetime | None:
        """Return the instant, if clock time and zone are both known."""
        return instant(day, self.time, self.zone) if self.time is not None and self.zone is not None else None


def read_stamp(raw: str) -> Stamp:
    """Read ``raw``, all of it.

    :raises ParseError: with the reason why it is no time stamp.
    """
    text = raw.strip()
    if len(text) > _LONGEST:
        raise _refuse(raw[:40] + "...", "too long for a time stamp")
    if _EPOCH.fullmatch(text):
        return _from_epoch(text)
    days, rest = _take_day(_C_STYLE.sub(r"\1 \3 \2", text))
    weekday, rest = _take_weekday(rest)
    time, precision, rest = _take_time(rest, raw)
    zone, rest = _take_zone(rest)
    if left := _FILLER.sub("", rest):
        raise _refuse(raw, f"not understood: {left!r}")
    fitting = tuple(day for day in days if weekday in (None, day.weekday()))
    doubt = "" if fitting else f"the weekday does not belong to {days[0]}"
    return Stamp(raw=text, days=fitting or days, time=time, zone=zone, precision=precision, doubt=doubt)


def find_days(text: str) -> list[tuple[int, int, tuple[dt.date, ...]]]:
    """Return start, end and readings of every full date in running text, in order, none overlapping."""
    found: list[tuple[int, int, tuple[dt.date, ...]]] = []
    for form in _PROSE_FORMS:
        for match in form.finditer(text):
            if days := _readings(match):
                found.append((match.start(), match.end(), days))
    found.sort(key=lambda item: (item[0], -item[1]))
    ends = [0]
    kept = []
    for item in found:
        if item[0] >= ends[-1]:
            kept.append(item)
            ends.append(item[1])
    return kept


def _take_day(text: str) -> tuple[tuple[dt.date, ...], str]:
    for form in _DAY_FORMS:
        if match := form.search(text):
            if days := _readings(match):
                return _plausible(days, text), _without(text, match)
            raise _refuse(text, "no such day in the calendar")
    raise _refuse(text, "names no day with its year")


def _readings(match: re.Match[str]) -> tuple[dt.date, ...]:
    """Return the days that a match can mean, in the order day-month, month-day."""
    part = match.groupdict()
    year = int(part["year"]) if part.get("year") else _full_year(int(part["short"]))
    if part.get("name"):
        pairs = [(MONTHS.index(part["name"][:3].lower()) + 1, int(part["day"]))]
    elif part.get("month"):
        pairs = [(int(part["month"]), int(part["day"]))]
    else:
        first, second = int(part["first"]), int(part["second"])
        # Dots stand between numbers only where the day comes first.
        pairs = [(second, first)] if part["sep"] == "." else [(second, first), (first, second)]
    days = (_day(year, month, day) for month, day in pairs)
    return tuple(dict.fromkeys(day for day in days if day))


def _full_year(short: int) -> int:
    return 1900 + short if short >= _CENTURY_TURN else 2000 + short


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _plausible(days: tuple[dt.date, ...], raw: str) -> tuple[dt.date, ...]:
    if any(day in _ZERO_DAYS for day in days):
        raise _refuse(raw, "the zero of a computer's clock, not a day of publication")
    if not all(EARLIEST <= day <= LATEST for day in days):
        raise _refuse(raw, f"{days[0].isoformat()} is no day on which market news appeared")
    return days


def _take_weekday(text: str) -> tuple[int | None, str]:
    match = _WEEKDAY.search(text)
    return (WEEKDAYS.index(match[0][:3].lower()), _without(text, match)) if match else (None, text)


def _take_time(text: str, raw: str) -> tuple[dt.time | None, Precision, str]:
    match = _TIME.search(text)
    if not match:
        return None, "day", text
    half = (match["half"] or match["onlyhalf"] or "")[:1].lower()
    hour = int(match["hour"] or match["only"])
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
    micro = int((match["part"] or "0")[:6].ljust(6, "0"))
    try:
        time = dt.time(hour, int(match["minute"] or 0), int(match["second"] or 0), micro)
    except ValueError:
        raise _refuse(raw, "no such time of day") from None
    return time, "second" if match["second"] else "minute", _without(text, match)


def _take_zone(text: str) -> tuple[dt.tzinfo | None, str]:
    if match := _OFFSET.search(text):
        minutes = int(match["hours"]) * 60 + int(match["minutes"] or 0)
        if minutes <= 14 * 60:
            signed = minutes if match["sign"] == "+" else -minutes
            # A name in brackets behind an offset, as in "-0400 (EDT)", says the same again.
            return dt.timezone(dt.timedelta(minutes=signed)), _take_named_zone(_without(text, match))[1]
    return _take_named_zone(text)


def _take_named_zone(text: str) -> tuple[dt.tzinfo | None, str]:
    for match in _WORD.finditer(text):
        if zone := _named_zones().get(match[0].upper()):
            return zone, _without(text, match)
    return None, text


@cache
def _named_zones() -> dict[str, dt.tzinfo]:
    table = tomllib.loads((TABLES / "zones.toml").read_text("utf-8"))
    zones: dict[str, dt.tzinfo] = {name: ZoneInfo(place) for name, place in table["places"].items()}
    for name, offset in table["offsets"].items():
        zones[name] = dt.datetime.strptime(offset, "%z").tzinfo or UTC
    return zones


def _from_epoch(text: str) -> Stamp:
    digits = text.partition(".")[0]
    moment = from_epoch(int(digits) / (1000 if len(digits) == 13 else 1))
    days = _plausible((moment.date(),), text)
    return Stamp(raw=text, days=days, time=moment.time(), zone=UTC, precision="second")


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _refuse(raw: str, reason: str) -> ParseError:
    return ParseError(reason, where=repr(raw))
