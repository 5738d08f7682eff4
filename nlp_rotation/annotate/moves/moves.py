"""Find the percentage moves of the text and bind each to its subject."""

from __future__ import annotations

from nlp_rotation.types import Move, Reading


def find_moves(reading: Reading) -> tuple[Move, ...]:
    """Find the percentage moves of the text and bind each to its subject."""
    return ()
