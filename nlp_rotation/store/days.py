"""Drivers counted by subject, day and category while they are written: what timelines read.

Only whole editions come and go, so adding one and taking it away again are exact opposites.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from nlp_rotation.store.flatten import OUT_OF_FORCE, Row

#: Stands for all drivers, whatever they move.
ANY_SUBJECT = ""
#: Stands for an article whose day is not known.
NO_DAY = ""

#: The counts of a row of ``driver_day``, in the order of its columns.
_COUNTS = ("drivers", "articles", "hedged", "ended", "up", "down")

_Key = tuple[str, str, str]


class DayCounts:
    """Changes to the table ``driver_day`` that a batch brings."""

    def __init__(self) -> None:
        self._changes: defaultdict[_Key, Counter[str]] = defaultdict(Counter)

    def add(self, day: str | None, parts: Mapping[str, Sequence[Row]]) -> None:
        """Count the drivers of an edition that becomes current."""
        for key, counts in _counted(day, parts).items():
            self._changes[key].update(counts)

    def remove(self, day: str | None, parts: Mapping[str, Sequence[Row]]) -> None:
        """Take away the drivers of an edition that stops being current."""
        for key, counts in _counted(day, parts).items():
            self._changes[key].subtract(counts)

    def rows(self) -> Iterator[tuple[str | int, ...]]:
        """Yield the changes as rows of the table."""
        for key, counts in self._changes.items():
            if any(counts.values()):
                yield (*key, *(counts[name] for name in _COUNTS))


def _counted(day: str | None, parts: Mapping[str, Sequence[Row]]) -> dict[_Key, Counter[str]]:
    effects = defaultdict(list)
    for effect in parts["effect"]:
        effects[effect["driver"]].append((effect["subject"], effect["direction"]))
    counted: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for driver in parts["driver"]:
        of_driver = effects[driver["n"]]
        for subject in {ANY_SUBJECT, *(subject for subject, _ in of_driver)}:
            directions = [way for on, way in of_driver if subject in (ANY_SUBJECT, on)]
            counted[subject, day or NO_DAY, driver["category"]].update(_one(driver, directions))
    for counts in counted.values():
        counts["articles"] = 1
    return counted


def _one(driver: Row, directions: Sequence[str]) -> dict[str, int]:
    in_force = driver["relation"] not in OUT_OF_FORCE
    return {
        "drivers": 1,
        "hedged": int(driver["hedged"]),
        "ended": int(not in_force),
        "up": directions.count("up") if in_force else 0,
        "down": directions.count("down") if in_force else 0,
    }
