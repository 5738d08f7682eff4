"""One stretch, several causes: coordination and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp_rotation.annotate.drivers.bounds import trim
from nlp_rotation.annotate.drivers.lexicon import Lexicon
from nlp_rotation.annotate.drivers.words import stems
from nlp_rotation.types import Span

_JOINT = re.compile(r",?\s+(?:and|as well as|along with|plus|while|or)\s+|,\s+(?=\D)|;\s+", re.I)
#: A part must speak for its leaf this much to be a cause of its own; between the weights of a
#: ``likely`` and a ``sure`` word.
_ENOUGH = 1.5


def split_causes(text: str, cause: Span, words: Lexicon) -> tuple[Span, ...]:
    """Return the causes that ``cause`` joins: parts that each speak for a leaf of their own.

    Parts that speak for no leaf, or for that of their neighbour, stay together.
    """
    parts: list[Span] = []
    leaves: list[str] = []
    for piece in _pieces(text, cause):
        leaf = _leaf(text, piece, words)
        if parts and (not leaf or leaf == leaves[-1] or not leaves[-1]):
            parts[-1] = Span(start=parts[-1].start, end=piece.end)
            leaves[-1] = _leaf(text, parts[-1], words)
        else:
            parts.append(piece)
            leaves.append(leaf)
    return tuple(trim(text, part.start, part.end) for part in parts)


def _pieces(text: str, cause: Span) -> Iterator[Span]:
    start = cause.start
    for joint in _JOINT.finditer(text, cause.start, cause.end):
        yield Span(start=start, end=joint.start())
        start = joint.end()
    yield Span(start=start, end=cause.end)


def _leaf(text: str, span: Span, words: Lexicon) -> str:
    return best_leaf(words.points(stems(text[span.start : span.end])), _ENOUGH)


def best_leaf(points: dict[str, float], enough: float) -> str:
    """Return the leaf with the most points, the first by name among equals; empty below ``enough``."""
    ranked: Sequence[tuple[float, str]] = sorted((-value, leaf) for leaf, value in points.items())
    return ranked[0][1] if ranked and -ranked[0][0] >= enough else ""
