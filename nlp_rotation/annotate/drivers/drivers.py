"""Find the causes that the text gives, with category, effects and relation."""

from __future__ import annotations

from nlp_rotation.types import Driver, Reading


def find_drivers(reading: Reading) -> tuple[Driver, ...]:
    """Find the causes that the text gives, with category, effects and relation."""
    return ()
