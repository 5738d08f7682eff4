"""Counts of drivers by day as columns: ten years of every category are arrays, not a million objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from nlp_rotation.store.days import COUNTED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64]
    Numbers = NDArray[np.int64]

Row = tuple[Any, ...]

#: Stands behind every day.
_NO_DAY = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class Counts(Sequence[Row]):
    """Rows of the answer ``timeline`` in the order of time and label, those of no day last.

    As a sequence it gives rows as a database does; :meth:`columns` gives the same at once.
    """

    #: The day of each row; not a time where none is known.
    days: Days
    #: The categories, groups or whatever is counted, each once and in order.
    labels: tuple[str, ...]
    #: Which label each row is about.
    places: Numbers
    #: What is counted of each row, in the order of :data:`COUNTED`.
    numbers: Numbers

    def columns(self) -> tuple[Days, NDArray[np.object_], *tuple[Numbers, ...]]:
        """Return days, labels and counts, an array each."""
        labels = np.array(self.labels, dtype=object)[self.places]
        return self.days, labels, *np.ascontiguousarray(self.numbers.T)

    def weekly(self) -> Counts:
        """Add up the days of each week under its Monday; an article has one day, so none counts twice."""
        days = self.days.astype("datetime64[D]")
        # day 0 of the count was a Thursday
        weekdays = (days.astype(np.int64) + 3) % 7
        mondays = np.where(np.isnat(days), days, days - weekdays)
        return added_up(mondays, self.labels, self.places, self.numbers)

    def negated(self) -> Counts:
        """Return what takes these counts away where it is added; see :func:`together`."""
        return Counts(self.days, self.labels, self.places, -self.numbers)

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> Counts: ...

    def __getitem__(self, place: int | slice) -> Row | Counts:
        if isinstance(place, slice):
            return Counts(self.days[place], self.labels, self.places[place], self.numbers[place])
        first = range(len(self))[place]
        return next(iter(self[first : first + 1]))

    def __iter__(self) -> Iterator[Row]:
        days, labels, *numbers = self.columns()
        told = (None if day == "NaT" else day for day in np.datetime_as_string(days, unit="D").tolist())
        return zip(told, labels.tolist(), *(column.tolist() for column in numbers), strict=True)


def of_rows(rows: Iterable[Row]) -> Counts:
    """Return the counts that a database gives row by row, in any order."""
    days, labels, *numbers = list(zip(*rows, strict=True)) or [()] * (2 + len(COUNTED))
    names = tuple(dict.fromkeys(labels))
    place = {name: number for number, name in enumerate(names)}
    return added_up(
        np.array(days, dtype="datetime64[D]"),
        names,
        np.array([place[label] for label in labels], dtype=np.int64),
        np.array(numbers, dtype=np.int64).T,
    )


def together(parts: Sequence[Counts]) -> Counts:
    """Add up counts; what is left without a driver falls away."""
    names = tuple(dict.fromkeys(label for part in parts for label in part.labels))
    place = {name: number for number, name in enumerate(names)}
    places = [
        np.array([place[label] for label in part.labels], dtype=np.int64)[part.places] for part in parts
    ]
    days, numbers = [part.days for part in parts], [part.numbers for part in parts]
    return added_up(np.concatenate(days), names, np.concatenate(places), np.concatenate(numbers))


def added_up(days: Days, names: Sequence[str], places: Numbers, numbers: Numbers) -> Counts:
    """Bring rows in order, and make one of those that have one day and one label."""
    labels = tuple(sorted(names))
    rank = {label: number for number, label in enumerate(labels)}
    ranks = np.array([rank[name] for name in names], dtype=np.int64)[places]
    known = np.where(np.isnat(days), _NO_DAY, days.astype("datetime64[D]").astype(np.int64))
    keys = known * len(labels) + ranks
    order = np.argsort(keys, kind="stable")
    firsts = np.flatnonzero(np.diff(keys[order], prepend=np.iinfo(np.int64).min))
    numbers = numbers[order]
    if len(firsts) < len(order):
        numbers, order = np.add.reduceat(numbers, firsts, axis=0), order[firsts]
    if (numbers[:, 0] <= 0).any():
        left = numbers[:, 0] > 0
        numbers, order = numbers[left], order[left]
    return Counts(days[order], labels, ranks[order], numbers)
