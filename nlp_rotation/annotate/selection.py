"""Leave out what the annotators are not sure enough of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nlp_rotation.types import Reading, Rotation


def confident(reading: Reading, *, at_least: float) -> Reading:
    """Return ``reading`` without items under ``at_least``; rotations keep pointing at the right ones."""
    if at_least <= 0:
        return reading
    drivers = [index for index, item in enumerate(reading.drivers) if item.confidence >= at_least]
    moves = [index for index, item in enumerate(reading.moves) if item.confidence >= at_least]
    return replace(
        reading,
        mentions=tuple(item for item in reading.mentions if item.confidence >= at_least),
        moves=tuple(reading.moves[index] for index in moves),
        drivers=tuple(
            replace(reading.drivers[index], rank=rank)
            for index, rank in zip(drivers, _ranks(reading, drivers), strict=True)
        ),
        rotations=tuple(
            _renumbered(item, drivers, moves) for item in reading.rotations if item.confidence >= at_least
        ),
    )


def _ranks(reading: Reading, kept: list[int]) -> list[int]:
    """Close the gaps that left-out drivers leave in the order of weight."""
    by_weight = sorted(kept, key=lambda index: reading.drivers[index].rank)
    place = {index: rank for rank, index in enumerate(by_weight, start=1)}
    return [place[index] for index in kept]


def _renumbered(rotation: Rotation, drivers: list[int], moves: list[int]) -> Rotation:
    return replace(
        rotation, drivers=_positions(rotation.drivers, drivers), moves=_positions(rotation.moves, moves)
    )


def _positions(wanted: Iterable[int], kept: list[int]) -> tuple[int, ...]:
    place = {index: position for position, index in enumerate(kept)}
    return tuple(place[index] for index in wanted if index in place)
