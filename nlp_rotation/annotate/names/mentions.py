"""Find everything tradable, every group and every country that the text names."""

from __future__ import annotations

from nlp_rotation.types import Mention, Reading


def find_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Find everything tradable, every group and every country that the text names."""
    return ()
