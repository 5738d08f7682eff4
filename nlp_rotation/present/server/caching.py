"""Answers that a client holds already need not be made again."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_rotation.hashing import content_id
from nlp_rotation.version import VERSION


def etag_of(state: str, path: str, query: Sequence[tuple[str, str]]) -> str:
    """Return the tag of an answer: it follows from the store's state, the question and the program.

    Weak, since the same rows may be written with other spaces between them.
    """
    asked = "&".join(f"{name}={value}" for name, value in sorted(query))
    return f'W/"{content_id(chr(31).join((VERSION, state, path, asked)))}"'


def is_held(etag: str, if_none_match: str) -> bool:
    """Tell whether the client says that it has this answer."""
    return etag in {tag.strip() for tag in if_none_match.split(",")}
