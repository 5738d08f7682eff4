"""One stretch, several causes: coordination and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp_rotation.annotate.drivers.bounds import trim
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.types import Span

_JOINT = re.compile(r",?\s+(?:and|as well as|along with|plus|while|or)\s+|,\s+(?=\D)|;\s+", re.I)
#: A part must speak for its leaf this much to be a cause of its own; between the weights of a
#: ``likely`` and a ``sure`` word.
_ENOUGH = 1.5


def split_causes(scan: Scan, cause: Span) -> tuple[Span, ...]:
    """Return the causes that ``cause`` joins: parts that each speak for a leaf of their own.

    Parts that speak for no leaf, or for that of their neighbour, stay together.
    """
    parts: list[Span] = []
    leaves: list[str] = []
    for piece in pieces(scan.text, cause):
        leaf = _leaf(scan, piece)
        if parts and (not leaf or leaf == leaves[-1] or not leaves[-1]):
            parts[-1] = Span(start=parts[-1].start, end=piece.end)
            leaves[-1] = _leaf(scan, parts[-1])
        else:
            parts.append(piece)
            leaves.append(leaf)
    return tuple(trim(scan, part.start, part.end) for part in parts)


def pieces(text: str, cause: Span) -> Iterator[Span]:
    """Yield what stands between the joints of ``cause``."""
    start = cause.start
    for joint in _JOINT.finditer(text, cause.start, cause.end):
        yield Span(start=start, end=joint.start())
        start = joint.end()
    yield Span(start=start, end=cause.end)


def _leaf(scan: Scan, span: Span) -> str:
    return best_leaf(scan.points(span.start, span.end), _ENOUGH)


def best_leaf(points: dict[str, float], enough: float) -> str:
    """Return the leaf with the most points, the first by name among equals; empty below ``enough``."""
    ranked: Sequence[tuple[float, str]] = sorted((-value, leaf) for leaf, value in points.items())
    return ranked[0][1] if ranked and -ranked[0][0] >= enough else ""
