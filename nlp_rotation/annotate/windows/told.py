"""Which day's session a text tells of: its own words against the day that its head gives.

A text is posted the morning after its session, stamped on the evening before it, or written in Tokyo
before New York opens. What it calls past, and what it calls today, decide.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from nlp_rotation.annotate.windows.choose import is_ahead, is_planned, owns_noun
from nlp_rotation.annotate.windows.expressions import Expression, Kind, find_expressions
from nlp_rotation.annotate.windows.live import is_live
from nlp_rotation.annotate.windows.resolve import UNKNOWN, Clock, Period, last_weekday, named_day, resolve
from nlp_rotation.annotate.windows.table import window_table
from nlp_rotation.calendars.exchanges import calendar_of
from nlp_rotation.calendars.sessions import Sessions
from nlp_rotation.types import Move, Reading, Sentence

#: The session that a text tells of is named in its first sentences, if at all; tuned on gold/train.
_LEAD = 8
#: Where a day after that of the head must be called past for the text to tell of it.
_EARLY = 20
#: What is called past is looked for in so many sentences; it may stand anywhere in a report of a day.
_BODY = 400
#: No news is older than this when it is told as the day's.
FRESH = dt.timedelta(days=4)
_DAY = dt.timedelta(days=1)
_SUNDAY = 6
_WEEK = range(5)
#: Kinds that say which day a text tells of.
_NAMING = frozenset({Kind.WEEKDAY, Kind.TODAY, Kind.CLOCK})
#: New York opens at half past nine: (hour, minute).
_OPENING = (9, 30)
#: A stamp stands in the head of a text.
_HEAD = 400
_STAMP = re.compile(
    r"\b(?:20\d\d[./-]\d\d?[./-]\d\d?)[ T]+(?P<hour>[012]?\d):(?P<minute>\d\d)\b(?!\s?[ap]\.?m)"
)
#: Whether a day is past is told by the verb this close to it.
_NEAR = 45


@dataclass(frozen=True, slots=True)
class Edition:
    """When a text was written, seen from its own words."""

    #: The day on which it can be read; "Monday" is the last one up to here.
    written: dt.date
    #: The day whose session it tells of.
    told: dt.date
    #: It was written while Asia trades: New York's last session is that of the day before.
    in_asia: bool = False
    #: It tells of moves of that very day: what is longer runs up to it, and not to the close before.
    live: bool = True
    #: No day is told, and on that of the head the exchange of most moves was closed.
    adrift: bool = False


def edition_of(reading: Reading) -> Edition | None:
    """Return the edition of ``reading``; None for a text without a date."""
    published = reading.published.date
    if published is None:
        return None
    named = list(_named(reading, _BODY))
    named_until = reading.sentences[min(_EARLY, len(reading.sentences)) - 1].start if named else 0
    following = published + _DAY
    early = named[: sum(s.start <= named_until for s, _ in named)]
    if _tells_of(reading.text, early, following, published) or _closes_on_sunday(reading, named, published):
        return Edition(written=following, told=following)
    if any(e.kind is Kind.CLOCK for _, e in named):
        in_asia = _opens_in_asia(named) or _reports_from_asia(reading.text)
        return Edition(written=published, told=published, in_asia=in_asia)
    adrift = not any(e.kind in _NAMING for _, e in named) and _was_closed(reading, published)
    in_asia = _reports_from_asia(reading.text)
    told = _told(reading, published)
    live = told < published or is_live(reading, named, told)
    return Edition(written=published, told=told, in_asia=in_asia, live=live, adrift=adrift)


def _was_closed(reading: Reading, day: dt.date) -> bool:
    """Tell whether ``day`` was a holiday of the week where most of the moves were made."""
    codes = Counter(calendar_of(move.subject) for move in reading.moves).most_common(1)
    return bool(codes) and day.weekday() in _WEEK and not Sessions(codes[0][0]).holds(day)


def clock_of(text: str, move: Move, edition: Edition) -> Clock:
    """The clock of one move: in an Asian morning New York's last session is that of the day before."""
    sessions = Sessions(calendar_of(move.subject))
    futures = bool(_FUTURES.search(text, max(0, move.start - _FUTURES_BEFORE), move.start))
    told = edition.told
    if edition.in_asia and not futures and sessions.code in window_table()["calendars"]["west"]:
        told = told - _DAY if ":" not in move.subject or _OVERNIGHT.match(text, move.end) else told
    if futures and not edition.in_asia and sessions.code in window_table()["calendars"]["east"]:
        told = sessions.after(told)
    return Clock(edition.written, told, sessions)


def undated(expression: Expression | None, move: Move) -> Period:
    """The period of a phrase that needs no date of the text: each of its days has a year of its own."""
    if expression is None or expression.kind not in (Kind.DATE, Kind.SINCE_DATE) or not expression.year:
        return UNKNOWN
    sessions = Sessions(calendar_of(move.subject))
    until = expression.until
    if expression.kind is Kind.SINCE_DATE and (until is None or not until.year):
        start = named_day(expression, dt.date.max)
        return Period(sessions.last(start), None) if start else UNKNOWN
    day = named_day(until or expression, dt.date.max)
    return resolve(expression, Clock(day, day, sessions)) if day else UNKNOWN


#: Written while Asia trades, by its dateline and by what it reports on.
_FROM_ASIA = re.compile(
    r"\b(?:TOKYO|SYDNEY|HONG KONG|SINGAPORE|SEOUL|SHANGHAI|WELLINGTON|MELBOURNE)\b[^.]{0,40}?\("
)
_ON_ASIA = re.compile(r"\bAsian?\s+(?:\w+\s+)?(?:shares|stocks|markets|equities)\b", re.IGNORECASE)
_OVERNIGHT = re.compile(r"\s+(?:\w+\s+)?overnight\b", re.IGNORECASE)
_OPENING_WORDS = 1200
_OPENS_WEEK = re.compile(
    r"\b(?:kick(?:ed|ing)?\s+off|start(?:ed|ing)?|began|begin(?:ning)?|open(?:ed|ing)?)\s+the\s+(?:\w+\s+)?week\b",
    re.IGNORECASE,
)
#: "dropped 2%, after closing lower on Friday": what was before the day of the text.
_BACKDROP = re.compile(
    r"\bafter\s+(?:\w+\s+){0,2}?(?:closing|ending|finishing|falling|rising|gaining|losing|dropping|tumbling|climbing"
    r"|slipping|sliding|surging|soaring|rallying|plunging|sinking|jumping)\b[^.;,]*\Z",
    re.IGNORECASE,
)
_BACKDROP_REACH = 70
_FUTURES = re.compile(r"\b(?:futures|contracts)\b[^.;]*\Z", re.IGNORECASE)
_FUTURES_BEFORE = 60


def _told(reading: Reading, published: dt.date) -> dt.date:
    """The latest day that the lead names, else that of publication or, before the open, the one before."""
    lead = [e for _, e in _named(reading, _LEAD)]
    days = [last_weekday(e.number, published) for e in lead if e.kind is Kind.WEEKDAY]
    opens_week = published.weekday() == 0 and _OPENS_WEEK.search(reading.text, 0, _OPENING_WORDS)
    if opens_week or _has_session_of(reading.text, published):
        return published
    before_open = published - _DAY if _is_before_open(reading.text) else published
    return max((day for day in days if published - day <= FRESH), default=before_open)


def _named(reading: Reading, count: int) -> Iterator[tuple[Sentence, Expression]]:
    """Yield the days that the first ``count`` sentences name as past or present, with their sentences."""
    for sentence in islice(reading.sentences, count):
        for expression in find_expressions(reading.text, sentence.start, sentence.end):
            if not (is_ahead(reading.text, expression) or _belongs(reading.text, expression)):
                yield sentence, expression


def _belongs(text: str, expression: Expression) -> bool:
    """Tell whether a day only owns another noun ("Monday's high", "a Monday press release") or a backdrop."""
    if expression.kind is not Kind.WEEKDAY:
        return False
    before = text[max(0, expression.start - 4) : expression.start].lower()
    attribute = re.search(r"\ba\s\Z", before) and text[expression.end : expression.end + 1] == " "
    backdrop = _BACKDROP.search(text[max(0, expression.start - _BACKDROP_REACH) : expression.start])
    return owns_noun(expression) or bool(attribute) or bool(backdrop)


def _tells_of(text: str, named: list[tuple[Sentence, Expression]], day: dt.date, published: dt.date) -> bool:
    """Tell whether the text calls ``day`` past, though its head is older."""
    weekdays = [(s, e) for s, e in named if e.kind is Kind.WEEKDAY and "last" not in e.text.lower()]
    past = [
        e
        for s, e in weekdays
        if e.number == day.weekday() and e.kind is Kind.WEEKDAY and _is_past(text, s, e)
    ]
    own = [e for _, e in weekdays if e.number == published.weekday()]
    return bool(past) and not own


def _is_past(text: str, sentence: Sentence, expression: Expression) -> bool:
    start, end = max(sentence.start, expression.start - _NEAR), min(sentence.end, expression.end + _NEAR)
    if is_planned(text, sentence.start, sentence.end) or re.search(r"\blast\s", expression.text, re.I):
        return False
    before = list(_past_verbs().finditer(text, start, expression.start))
    behind = _past_verbs().match(text, min(end, expression.end + 1), end)
    return bool(behind) or any(match.end() >= expression.start - 12 for match in before)


@lru_cache(maxsize=1)
def _past_verbs() -> re.Pattern[str]:
    verbs = "|".join(window_table()["cues"]["told"])
    return re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE)


def _closes_on_sunday(reading: Reading, named: list[tuple[Sentence, Expression]], published: dt.date) -> bool:
    """A closing time in a text of a Sunday is Monday's: a review of the week names its Friday."""
    closing = any(e.kind is Kind.CLOSING for _, e in named)
    return (
        published.weekday() == _SUNDAY
        and closing
        and not any(e.kind is Kind.WEEKDAY and _is_past(reading.text, s, e) for s, e in named)
    )


def _reports_from_asia(text: str) -> bool:
    return bool(_FROM_ASIA.search(text, 0, _OPENING_WORDS) and _ON_ASIA.search(text, 0, _OPENING_WORDS))


def _opens_in_asia(named: list[tuple[Sentence, Expression]]) -> bool:
    return any(e.kind is Kind.CLOCK and e.number for _, e in named)


@lru_cache(maxsize=8)
def _session_words(weekday: int) -> re.Pattern[str]:
    moves = "|".join(window_table()["cues"]["moves"])
    names = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
    day = f"{names[weekday]}day"
    return re.compile(
        rf"\b{day}(?:['’]s)?\s(?:session|trading|trade|market|close|action|{moves})\b"
        rf"|\b(?:{moves})\s(?:on\s)?{day}\b"
    )


def _has_session_of(text: str, day: dt.date) -> bool:
    """Read "after a Tuesday selloff", "a slide on Tuesday" in a text of that Tuesday: it is over, or on."""
    return bool(_session_words(day.weekday()).search(text))


def _is_before_open(text: str) -> bool:
    stamp = _STAMP.search(text, 0, _HEAD)
    return stamp is not None and (int(stamp["hour"]), int(stamp["minute"])) < _OPENING
