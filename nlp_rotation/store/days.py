"""Drivers counted by day and category while they are written: what timelines read.

A *facet* is what a timeline may be narrowed to and still be read off: one subject, or one source;
each is counted by category, by group of categories, and as a whole.
Only whole editions come and go, so adding one and taking it away again are exact opposites.
"""

from __future__ import annotations

import string
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from nlp_rotation.store.flatten import OUT_OF_FORCE, Row

#: The facet of all drivers.
ALL = ""

#: The day of articles without one; sorts behind every day.
NO_DAY = "undated"

#: What is counted, in the order of the columns of a timeline.
COUNTED = ("drivers", "articles", "hedged", "ended", "up", "down")

#: What ``lower`` does in SQLite, which folds no other letters.
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

_Key = tuple[str, str, str]


#: The same facet, counted by group and as a whole: what stands before it, by level.
LEVELS = {"category": "", "group": "group ", "all": "all "}


def on_subject(subject: str) -> str:
    """The facet of drivers with an effect on ``subject``."""
    return f"on {subject}"


def by_source(source: str) -> str:
    """The facet of drivers stated in ``source``."""
    return f"by {source.translate(_LOWER)}"


class DayCounts:
    """Changes to the counts by day that a batch brings."""

    def __init__(self) -> None:
        self._changes: defaultdict[_Key, Counter[str]] = defaultdict(Counter)

    def add(self, edition: Row, parts: Mapping[str, Sequence[Row]]) -> None:
        """Count the drivers of an edition that becomes current."""
        for key, counts in _counted(edition, parts).items():
            self._changes[key].update(counts)

    def remove(self, edition: Row, parts: Mapping[str, Sequence[Row]]) -> None:
        """Take away the drivers of an edition that stops being current."""
        for key, counts in _counted(edition, parts).items():
            self._changes[key].subtract(counts)

    def changes(self) -> Iterator[tuple[str, str, str, tuple[int, ...]]]:
        """Yield facet, day, label, and by how much each count changes."""
        for key, counts in self._changes.items():
            if any(counts.values()):
                yield (*key, tuple(counts[name] for name in COUNTED))


def _counted(edition: Row, parts: Mapping[str, Sequence[Row]]) -> dict[_Key, Counter[str]]:
    day = edition["day"] or NO_DAY
    whole = [ALL] if edition["source"] is None else [ALL, by_source(edition["source"])]
    effects = _effects_by_driver(parts["effect"])
    counted: defaultdict[_Key, Counter[str]] = defaultdict(Counter)
    for driver in parts["driver"]:
        subjects = effects.get(driver["n"], {})
        every_way = [way for ways in subjects.values() for way in ways]
        facets = dict.fromkeys(whole, every_way)
        facets.update({on_subject(subject): ways for subject, ways in subjects.items()})
        for facet, directions in facets.items():
            one = _one(driver, directions)
            for prefix, label in _labels(driver["category"]):
                counted[prefix + facet, day, label].update(one)
    for counts in counted.values():
        counts["articles"] = 1
    return counted


def _labels(category: str) -> tuple[tuple[str, str], ...]:
    group = category.partition(".")[0]
    return ((LEVELS["category"], category), (LEVELS["group"], group), (LEVELS["all"], ""))


def _effects_by_driver(effects: Sequence[Row]) -> dict[int, dict[str, list[str]]]:
    """Directions by the number of the driver, then by subject."""
    found: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    for effect in effects:
        found[effect["driver"]].setdefault(effect["subject"], []).append(effect["direction"])
    return found


def _one(driver: Row, directions: Sequence[str]) -> dict[str, int]:
    in_force = driver["relation"] not in OUT_OF_FORCE
    return {
        "drivers": 1,
        "hedged": int(driver["hedged"]),
        "ended": int(not in_force),
        "up": directions.count("up") if in_force else 0,
        "down": directions.count("down") if in_force else 0,
    }
