"""Find statements that money or leadership moves from one group to another."""

from __future__ import annotations

from nlp_rotation.types import Reading, Rotation


def find_rotations(reading: Reading) -> tuple[Rotation, ...]:
    """Find statements that money or leadership moves from one group to another."""
    return ()
