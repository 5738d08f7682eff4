"""Give every move the sessions that it covers."""

from __future__ import annotations

from nlp_rotation.types import Move, Reading


def resolve_windows(reading: Reading) -> tuple[Move, ...]:
    """Return the moves of ``reading`` with their windows, as far as text and date fix them."""
    return reading.moves
