"""Tell the firms that speak from the firms that are spoken of."""

from __future__ import annotations

from nlp_rotation.types import Mention, Reading


def settle_sources(reading: Reading) -> tuple[Mention, ...]:
    """Return the mentions with speakers added and mere sources turned into kind ``firm``."""
    return reading.mentions
