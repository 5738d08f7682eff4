"""Dates as vendors print them, and the two traps in them: day or month first, and years of two digits."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pandas as pd

from nlp_rotation.errors import PriceError

_WHOLE = {
    re.compile(r"\d{4}-\d{1,2}-\d{1,2}"): "%Y-%m-%d",
    re.compile(r"\d{4}/\d{1,2}/\d{1,2}"): "%Y/%m/%d",
    re.compile(r"\d{4}\.\d{1,2}\.\d{1,2}"): "%Y.%m.%d",
    re.compile(r"\d{8}"): "%Y%m%d",
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"): "%d.%m.%Y",
    re.compile(r"[A-Za-z]{3} \d{1,2}, \d{4}"): "%b %d, %Y",
    re.compile(r"[A-Za-z]{4,9} \d{1,2}, \d{4}"): "%B %d, %Y",
    re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{4}"): "%d-%b-%Y",
    re.compile(r"\d{1,2}-[A-Za-z]{3}-\d{2}"): "%d-%b-%y",
    re.compile(r"\d{1,2} [A-Za-z]{3} \d{4}"): "%d %b %Y",
}
_STAMPED = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d{2}.*")
_OFFSET = re.compile(r".*(?:Z|[+-]\d{2}:?\d{2})")
_EITHER = re.compile(r"\d{1,2}([/-])\d{1,2}\1(?:\d{2}|\d{4})")
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.0)?")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.0)?|\d{13}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of a file's bars, in the order of the file."""

    #: Midnight, without a zone, named as the exchange dates its sessions.
    days: pd.Series
    #: The instants in UTC where the file stamps its bars with time and offset, else the stamps as they stand.
    stamps: pd.Series | None
    #: What had to be decided to read them; empty where the dates were plain.
    remark: str = ""


def read_days(cells: pd.Series, *, zone: dt.tzinfo, where: str) -> Days:
    """Read the dates of a price file.

    :param zone: where the exchange stands; a bar stamped with an offset belongs to the day there.
    :raises PriceError: where they are in no known form, in several, or day and month cannot be told apart.
    """
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return _from_stamps(cells, zone)
    text = cells.astype("str").str.strip()
    if text.str.fullmatch(_STAMPED).all():
        return _from_stamps(_stamps(text, where), zone)
    for pattern, form in _WHOLE.items():
        if text.str.fullmatch(pattern).all():
            remark = "years of two digits are read as the years next to today" if form.endswith("%y") else ""
            return Days(days=_parsed(text, form, where), stamps=None, remark=remark)
    if text.str.fullmatch(_EITHER).all():
        return _day_or_month_first(text, where)
    return _from_numbers(text, zone, where)


def _parsed(text: pd.Series, form: str, where: str) -> pd.Series:
    days = pd.to_datetime(text, format=form, errors="coerce")
    if days.isna().any():
        raise PriceError(f"{text[days.isna()].iloc[0]!r} is no date", where=where)
    return days.astype("datetime64[ns]")


def _stamps(text: pd.Series, where: str) -> pd.Series:
    offsets = text.str.fullmatch(_OFFSET)
    if offsets.any() and not offsets.all():
        raise PriceError(
            "some bars are stamped with a time zone and some without",
            where=where,
            hint="give all of them one",
        )
    if not offsets.any():
        return pd.to_datetime(text, format="ISO8601")
    if len(shifts := set(text.str.extract(r"([+-]\d{2}:?\d{2}|Z)$")[0])) > 2:
        raise PriceError(f"bars of {len(shifts)} time zones are mixed", where=where, hint="split the file")
    midnight = text.str[11:19].eq("00:00:00").all()
    if midnight:  # a day's label, whatever the offset: the day is the one written
        return pd.to_datetime(text.str[:10], format="ISO8601")
    return pd.to_datetime(text, format="ISO8601", utc=True)


def _from_stamps(stamps: pd.Series, zone: dt.tzinfo) -> Days:
    if getattr(stamps.dtype, "tz", None) is None:
        days = stamps.dt.normalize().astype("datetime64[ns]")
        return Days(days=days, stamps=None if stamps.eq(days).all() else stamps)
    local = stamps.dt.tz_localize(None)
    if local.eq(local.dt.normalize()).all():
        return Days(days=local.astype("datetime64[ns]"), stamps=None)
    home = stamps.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    at_home = stamps.dt.tz_convert(zone).dt.tz_localize(None)
    days = home.astype("datetime64[ns]")
    # 04:00 in UTC is midnight in New York: a label of the day, not the time of a trade.
    plain = at_home.eq(home).mean() > 0.5
    return Days(days=days, stamps=None if plain else stamps.dt.tz_convert("UTC"))


def _day_or_month_first(text: pd.Series, where: str) -> Days:
    parts = text.str.split(r"[/-]", regex=True, expand=True).astype("int64")
    years, remark = _full_years(parts[2])
    month_first = _assembled(years, parts[0], parts[1])
    day_first = _assembled(years, parts[1], parts[0])
    month_ok, day_ok = bool(month_first.notna().all()), bool(day_first.notna().all())
    if not (month_ok or day_ok):
        raise PriceError(f"{text.iloc[0]!r} and the others are no dates in one order", where=where)
    if month_ok and day_ok and not month_first.equals(day_first):
        month_ok, day_ok = _more_plausible(month_first, day_first, where)
    if month_ok:
        return Days(days=month_first, stamps=None, remark=remark)
    return Days(
        days=day_first, stamps=None, remark="; ".join(filter(None, ("dates have the day first", remark)))
    )


def _assembled(years: pd.Series, months: pd.Series, days: pd.Series) -> pd.Series:
    parts = pd.DataFrame({"year": years, "month": months, "day": days})
    return pd.to_datetime(parts, errors="coerce").astype("datetime64[ns]")


def _full_years(years: pd.Series) -> tuple[pd.Series, str]:
    """Give years of two digits their century: POSIX's for the first, the nearest one from row to row."""
    if years.max() > 99:
        return years, ""
    newest, full = (2000 if years.iloc[0] < 69 else 1900) + int(years.iloc[0]), []
    for short in years:
        newest += (short - newest + 50) % 100 - 50
        full.append(newest)
    return pd.Series(full, index=years.index), "years of two digits are given the century of their neighbours"


def _more_plausible(month_first: pd.Series, day_first: pd.Series, where: str) -> tuple[bool, bool]:
    """Tell the orders apart by what bars of days cannot be: on weekends, or out of order."""
    faults = [
        int((days.dt.day_of_week >= 5).sum()) + (0 if _ordered(days) else len(days))
        for days in (month_first, day_first)
    ]
    if faults[0] == faults[1]:
        raise PriceError(
            f"{month_first.iloc[0].date()} or {day_first.iloc[0].date()}: day and month cannot be told apart",
            where=where,
            hint="write the dates as YYYY-MM-DD",
        )
    return faults[0] < faults[1], faults[1] < faults[0]


def _ordered(days: pd.Series) -> bool:
    return bool(days.is_monotonic_increasing or days.is_monotonic_decreasing)


def _from_numbers(text: pd.Series, zone: dt.tzinfo, where: str) -> Days:
    if text.str.fullmatch(_SERIAL).all():
        days = pd.Timestamp("1899-12-30") + pd.to_timedelta(text.astype("float64"), unit="D")
        return Days(
            days=days.astype("datetime64[ns]"), stamps=None, remark="dates are a spreadsheet's serial numbers"
        )
    if text.str.fullmatch(_EPOCH).all():
        numbers = text.astype("float64")
        scale = 1000 if numbers.abs().max() > 1e11 else 1
        stamps = pd.to_datetime(numbers / scale, unit="s", utc=True)
        return _from_stamps(stamps, zone)
    forms = {re.sub(r"\d", "0", cell) for cell in text}
    what = "dates are written in several ways" if len(forms) > 1 else f"{text.iloc[0]!r} is no date"
    raise PriceError(what, where=where, hint="write them as YYYY-MM-DD")
