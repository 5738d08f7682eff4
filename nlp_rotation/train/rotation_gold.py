"""Annotated articles as training rows of the rotation weights: every pair of sides that a reader saw."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nlp_rotation.annotate.names.mentions import find_mentions
from nlp_rotation.annotate.rotations.frames import pairs_of
from nlp_rotation.annotate.rotations.judging import Setting
from nlp_rotation.annotate.rotations.rotations import all_frames
from nlp_rotation.annotate.rotations.sides import Pair, Sides
from nlp_rotation.annotate.speakers.sources import settle_sources
from nlp_rotation.annotate.speakers.statements import find_statements
from nlp_rotation.train.driver_gold import read_annotated
from nlp_rotation.types import Reading

#: Quotes and dashes as a typewriter has them; character for character.
_PLAIN = str.maketrans("‘’“”–—", "''\"\"--")


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of sides of one frame, what the weights see of it, and the rotations of the gold that it is."""

    start: int
    end: int
    #: Number of its frame in the article; the pairs of a frame stand or fall against others together.
    frame: int
    features: tuple[str, ...]
    hits: frozenset[int]
    weight: float
    #: Whether the rules alone take its frame for a rotation.
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article: its rows, and how many rotations it has."""

    id: str
    rows: tuple[Row, ...]
    wanted: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A rotation of the gold, with its place."""

    start: int
    end: int
    #: An unsaid side fits any.
    sides: Pair

    def fits(self, start: int, end: int, pair: Pair) -> bool:
        """Tell whether ``pair`` on these words is this rotation."""
        agree = all(mine is None or mine == theirs for mine, theirs in zip(self.sides, pair, strict=True))
        return agree and start < self.end and self.start < end


def read_examples(folders: Iterable[Path], *, weight: float = 1.0) -> list[Example]:
    """Read every annotated article of ``folders``, in order of name; all count ``weight`` in a fit."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return [_example(path, weight) for path in paths]


def _example(path: Path, weight: float) -> Example:
    reading = _annotated(read_annotated(path).reading)
    gold = json.loads(path.with_suffix(".json").read_text("utf-8")).get("rotations", [])
    goals = [_goal(reading.text, item) for item in gold]
    return Example(path.stem, tuple(_rows(reading, goals, weight)), len(gold))


def _annotated(reading: Reading) -> Reading:
    reading = replace(reading, mentions=find_mentions(reading))
    reading = replace(reading, statements=find_statements(reading))
    return replace(reading, mentions=settle_sources(reading))


def _goal(text: str, item: dict[str, Any]) -> Goal:
    words = [re.escape(word) for word in item["quote"].translate(_PLAIN).split()]
    places = list(re.finditer(r"\s+".join(words), text.translate(_PLAIN), re.IGNORECASE))
    sides = item.get("from"), item.get("to")
    if not places:
        return Goal(0, 0, sides)
    place = places[min(item.get("nth", 1), len(places)) - 1]
    return Goal(place.start(), place.end(), sides)


def _rows(reading: Reading, goals: Sequence[Goal], weight: float) -> Iterator[Row]:
    sides = Sides.of(reading)
    setting = Setting.of(sides, reading.title_end)
    for number, (sentence, frame) in enumerate(all_frames(sides, reading)):
        pairs = tuple(pairs_of(frame))
        for pair in pairs:
            hits = {i for i, goal in enumerate(goals) if goal.fits(frame.start, frame.end, pair)}
            features = tuple(dict.fromkeys(setting.features(sentence, frame, pair)))
            # A list of ten sides is no ten proofs.
            share = weight / len(pairs) ** 0.5
            yield Row(frame.start, frame.end, number, features, frozenset(hits), share, frame.chosen)
