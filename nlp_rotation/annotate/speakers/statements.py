"""Find who says what: stretches of text with their speaker and firm."""

from __future__ import annotations

from nlp_rotation.types import Reading, Statement


def find_statements(reading: Reading) -> tuple[Statement, ...]:
    """Find who says what: stretches of text with their speaker and firm."""
    return ()
