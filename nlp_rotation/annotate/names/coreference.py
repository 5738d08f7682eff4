"""Words that point back to a name: "the company", "the stock", "the index"."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_rotation.annotate.names.tokens import Token
from nlp_rotation.types import Mention


def find_references(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions for the words that point back to one of ``mentions``."""
    return []
