"""Annotated articles as lessons of effects: causes, whom each moves, and all that stands near."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nlp_rotation.annotate.drivers.directions import direction_traits
from nlp_rotation.annotate.drivers.drivers import told_causes
from nlp_rotation.annotate.drivers.effect_rules import rotated, told_effects
from nlp_rotation.annotate.drivers.scene import Scene, Told
from nlp_rotation.annotate.drivers.subjects import subject_traits
from nlp_rotation.annotate.moves.moves import find_moves
from nlp_rotation.annotate.names.mentions import find_mentions
from nlp_rotation.annotate.speakers.sources import settle_sources
from nlp_rotation.annotate.speakers.statements import find_statements
from nlp_rotation.train.driver_calls import FIT
from nlp_rotation.train.driver_gold import Annotated, read_annotated
from nlp_rotation.types import Reading


@dataclass(frozen=True, slots=True)
class Case:
    """A cause that was found and is one: the traits of all near it, and whom the gold says it moves."""

    subjects: Mapping[str, frozenset[str]]
    directions: Mapping[str, frozenset[str]]
    #: Subject -> direction, as the gold has it.
    wanted: Mapping[str, str]
    #: The same where rules decide, a cause of a rotation with both its sides; empty elsewhere.
    settled: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An annotated article: its cases, and how much each counts in a fit."""

    id: str
    cases: tuple[Case, ...]
    weight: float = 1.0


def read_lessons(folders: Iterable[Path], *, weight: float = 1.0) -> list[Lesson]:
    """Read every annotated article of ``folders``, in order of name."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return [_lesson(path, weight) for path in paths]


def _lesson(path: Path, weight: float) -> Lesson:
    article = read_annotated(path)
    reading = _read(article.reading)
    return Lesson(article.id, tuple(_cases(article, list(told_causes(reading)))), weight)


def _read(reading: Reading) -> Reading:
    reading = replace(reading, mentions=find_mentions(reading))
    reading = replace(reading, statements=find_statements(reading))
    reading = replace(reading, mentions=settle_sources(reading))
    return replace(reading, moves=find_moves(reading))


def _cases(article: Annotated, found: Sequence[tuple[Scene, Told]]) -> Iterator[Case]:
    """Yield a case for each cause of the gold that was found, the best fit first."""
    taken: set[int] = set()
    rated = [
        (*article.nearest(told.candidate.start, told.candidate.end), at) for at, (_, told) in enumerate(found)
    ]
    for fit, index, at in sorted(rated, key=lambda row: -row[0]):
        if fit >= FIT and index not in taken:
            taken.add(index)
            wanted = {e["on"]: e["direction"] for e in article.causes[index].get("effects", [])}
            yield case_of(*found[at], wanted)


def case_of(scene: Scene, told: Told, wanted: Mapping[str, str]) -> Case:
    """Return the traits of all that stand near a cause."""
    ruled = told_effects(scene, told)
    subjects = {s: frozenset(traits) for s, traits in subject_traits(scene, told, ruled).items()}
    directions = {s: frozenset(direction_traits(scene, told, s, ruled)) for s in subjects}
    settled = {effect.on: str(effect.direction) for effect in ruled} if rotated(scene, told) else {}
    return Case(subjects, directions, wanted, settled)
