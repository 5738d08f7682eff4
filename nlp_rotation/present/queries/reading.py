"""Filters as people and programs write them, read into what a store is asked with.

One reading serves every front: a Python call, an option, a parameter of HTTP, an argument of a tool.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nlp_rotation.errors import UsageError
from nlp_rotation.store.catalogue import Filter, filters

#: Longer than any name of a thing; keeps nonsense out of the database.
LONGEST_TEXT = 100
#: More subjects than this make no question.
MOST_SUBJECTS = 20
#: No news is older or younger; days beyond stand for these, which every clock can hold.
_FIRST, _LAST = dt.date(1800, 1, 1), dt.date(2200, 1, 1)


def read_filters(known: Iterable[Filter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the filters that are given; None stands for one that is not.

    A pair becomes the subjects near either of its sides.

    :raises UsageError: for a filter that is not among ``known``, or a value that it cannot have.
    """
    allowed = {item.name: item for item in known}
    read: dict[str, Any] = {}
    for name, value in given.items():
        if name not in allowed:
            raise UsageError("no such filter here", where=name, hint=f"one of {', '.join(allowed)}")
        if value is not None:
            read[name] = _READERS[allowed[name].kind](allowed[name], value)
    return _with_pair(read)


def read_filter(name: str, value: Any) -> Any:
    """Return the value of one filter."""
    return _READERS[filters()[name].kind](filters()[name], value)


def _text(known: Filter, value: Any) -> str | tuple[str, ...]:
    if known.many:
        texts = tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
        if not 0 < len(texts) <= MOST_SUBJECTS:
            raise UsageError(f"between 1 and {MOST_SUBJECTS} values can be given", where=known.name)
        return tuple(_one_text(known, text) for text in texts)
    return _one_text(known, value)


def _one_text(known: Filter, value: Any) -> str:
    if not isinstance(value, str) or not _is_words(value):
        hint = f"a text of 1 to {LONGEST_TEXT} characters"
        raise UsageError(f"{str(value)[:40]!r} is no value", where=known.name, hint=hint)
    if known.choices and value not in known.choices:
        raise UsageError(
            f"{value!r} is no value", where=known.name, hint=f"one of {', '.join(known.choices)}"
        )
    return value


def _is_words(text: str) -> bool:
    """Whether there is something to see in a text, and nothing that a database does not take."""
    if not text.strip() or "\0" in text or len(text) > LONGEST_TEXT:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _number(known: Filter, value: Any) -> float:
    least, most = known.least or 0.0, known.most or 0.0
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not least <= number <= most:
        raise UsageError(
            f"{str(value)[:40]!r} is no value", where=known.name, hint=f"a number from {least:g} to {most:g}"
        )
    return number


def _day(known: Filter, value: Any) -> dt.date:
    try:
        day = value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        day = day.date() if isinstance(day, dt.datetime) else day
        return min(max(day, _FIRST), _LAST)
    except (TypeError, ValueError) as error:
        raise UsageError(
            f"{str(value)[:40]!r} is not a date", where=known.name, hint="write YYYY-MM-DD"
        ) from error


def _instant(known: Filter, value: Any) -> dt.datetime:
    """One without a zone is taken as UTC, as the words of the filter say."""
    try:
        moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        moment = moment.astimezone(dt.UTC)
        return min(max(moment, _midnight(_FIRST)), _midnight(_LAST))
    except (TypeError, ValueError, OverflowError) as error:
        hint = "write 2024-07-11T14:30:00Z"
        raise UsageError(f"{str(value)[:40]!r} is not a time", where=known.name, hint=hint) from error


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


_READERS: dict[str, Callable[[Filter, Any], Any]] = {
    "text": _text,
    "number": _number,
    "day": _day,
    "instant": _instant,
}


def _with_pair(read: dict[str, Any]) -> dict[str, Any]:
    if "pair" not in read:
        return read
    near = subjects_of_pair(read.pop("pair"))
    asked: Sequence[str] = read.get("subject", ())
    return {**read, "subject": tuple(sorted(near & set(asked) if asked else near)) or ("",)}


def subjects_of_pair(pair: str) -> frozenset[str]:
    """Return every subject near either side of a pair.

    :raises AlignError: where it is no pair.
    """
    from nlp_rotation.align.proxies import pair_of, subjects_near

    over, under = pair_of(pair)
    return subjects_near(over) | subjects_near(under)
