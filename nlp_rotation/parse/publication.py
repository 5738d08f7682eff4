"""When an article appeared: an inference with its ground, never a guess and never the machine's clock.

Order of trust: what the source says of the document, the day in its address, a stamp that the text
shows. Where none of them holds, the article gets bounds and a reason instead of a date.
"""

from __future__ import annotations

import datetime as dt
import re

from nlp_rotation.errors import ParseError
from nlp_rotation.parse.clues import choose_day, newest_past_day
from nlp_rotation.parse.stamps import EARLIEST, LATEST, MONTHS, Stamp, read_stamp
from nlp_rotation.timeline import as_utc, latest_day
from nlp_rotation.types import Basis, Given, Publication

_URL_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sep>[/_-])(?P<month>\d{1,2}|[a-z]{3})(?P=sep)(?P<day>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<year2>(?:19|20)\d\d)(?P<month2>[01]\d)(?P<day2>[0-3]\d)(?!\d)",
    re.I,
)
#: Servers' clocks run apart; a stamp this far ahead of the moment of fetching is still believed.
_SKEW = dt.timedelta(hours=1)
_IN_WORDS: dict[Basis, str] = {
    "header": "read from the header line",
    "meta": "stated beside the text by its source",
    "feed": "stated by the feed",
    "url": "read from the address",
    "text": "shown in the text",
}


def find_publication(
    given: Given, *, text: str, shown: tuple[str, ...] = (), fetched_at: dt.datetime | None = None
) -> Publication:
    """Return when the article with ``text`` was published; ``shown`` are the stamps that it shows."""
    candidates: list[tuple[str, Basis]] = [(given.published, given.basis)] if given.published else []
    candidates += [(raw, "url") for raw in days_in_url(given.url or "")]
    candidates += [(raw, "text") for raw in shown]
    refusals: list[str] = []
    unsettled: list[Publication] = []
    for raw, basis in candidates:
        try:
            found = _read(raw, basis=basis, text=text, fetched_at=fetched_at)
        except ParseError as error:
            refusals.append(str(error))
            continue
        if found.date:
            return found
        unsettled.append(found)
    return unsettled[0] if unsettled else _unknown(text, refusals, fetched_at)


def find_update(
    raws: tuple[str | None, ...],
    published: Publication,
    *,
    basis: Basis,
    fetched_at: dt.datetime | None = None,
) -> Publication | None:
    """Return the last change that ``raws`` tell of, if it came after the publication."""
    found = []
    for raw in raws:
        try:
            found.append(_read(raw or "", basis=basis, text="", fetched_at=fetched_at))
        except ParseError:
            continue
    later = [stamp for stamp in found if stamp.date and _is_later(stamp, published)]
    return max(later, key=lambda stamp: (stamp.date, stamp.at is not None), default=None)


def _is_later(update: Publication, published: Publication) -> bool:
    if update.at and published.at:
        return as_utc(update.at) > as_utc(published.at)
    return bool(update.date and published.date and update.date > published.date)


def days_in_url(url: str) -> list[str]:
    """Return the days that the path of an address names, as ISO text.

    >>> days_in_url("https://news.example/2024/jul/22/small-caps-run")
    ['2024-07-22']
    """
    path = re.sub(r"^[a-z]+://[^/]*", "", url, flags=re.I).partition("?")[0]
    found = []
    for match in _URL_DAY.finditer(path):
        month = match["month"] or match["month2"]
        number = int(month) if month.isdigit() else _month_number(month)
        try:
            day = dt.date(int(match["year"] or match["year2"]), number, int(match["day"] or match["day2"]))
        except ValueError:
            continue
        if EARLIEST <= day <= LATEST:
            found.append(day.isoformat())
    return found


def _month_number(name: str) -> int:
    return MONTHS.index(name.lower()) + 1 if name.lower() in MONTHS else 0


def _read(raw: str, *, basis: Basis, text: str, fetched_at: dt.datetime | None) -> Publication:
    stamp = read_stamp(raw)
    days = _not_in_future(stamp, fetched_at)
    if len(days) == 1:
        return _dated(stamp, days[0], basis=basis, doubt=stamp.doubt)
    choice = choose_day(days, text)
    if choice.day:
        return _dated(stamp, choice.day, basis=basis, doubt=choice.reason)
    reason = f"{stamp.raw} can mean {min(days)} or {max(days)}: {choice.reason}"
    return Publication(basis=basis, raw=stamp.raw, not_before=min(days), not_after=max(days), reason=reason)


def _not_in_future(stamp: Stamp, fetched_at: dt.datetime | None) -> tuple[dt.date, ...]:
    """Return the readings that had come when the document was fetched; a local file has no such moment."""
    if fetched_at is None:
        return stamp.days
    days = tuple(day for day in stamp.days if _had_come(stamp, day, fetched_at))
    if not days:
        raise ParseError("lies after the moment at which the document was fetched", where=repr(stamp.raw))
    return days


def _had_come(stamp: Stamp, day: dt.date, fetched_at: dt.datetime) -> bool:
    at = stamp.at(day)
    return as_utc(at) <= as_utc(fetched_at) + _SKEW if at else day <= latest_day(fetched_at)


def _dated(stamp: Stamp, day: dt.date, *, basis: Basis, doubt: str) -> Publication:
    at = stamp.at(day)
    told = [_IN_WORDS.get(basis, "stated by the source"), doubt]
    if stamp.time is not None and at is None:
        told.append(f"the clock time {stamp.time.isoformat('minutes')} has no zone")
    precision = stamp.precision if at else "day"
    return Publication(
        at=at,
        date=day,
        precision=precision,
        basis=basis,
        raw=stamp.raw,
        not_before=day,
        not_after=day,
        reason="; ".join(part for part in told if part),
    )


def _unknown(text: str, refusals: list[str], fetched_at: dt.datetime | None) -> Publication:
    floor = newest_past_day(text)
    reason = "; ".join(refusals) or "neither the source nor the text states a time"
    if floor:
        reason += f"; the text knows {floor.isoformat()} as past"
    ceiling = latest_day(fetched_at) if fetched_at else None
    return Publication(not_before=floor, not_after=ceiling, reason=reason)
