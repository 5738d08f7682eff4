"""Where the labels of a picture go: rows above the line, none over another, none across a leader.

The same rules as on the page (``page/js/pins.js``), in units of the width of the strip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A label that would like a place; the first in a list tell most."""

    #: What it points to, and how wide it is.
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A label that found a place."""

    #: Place in the list of those wanted.
    item: int
    #: 0 is the top row.
    row: int
    left: float
    x: float
    width: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width


def place_labels(
    wanted: Sequence[Wanted], *, width: float, rows: int, gap: float, most: int
) -> tuple[Placed, ...]:
    """Place up to ``most`` labels, the first ones first; what finds no room is left out.

    Rows fill from the top: leaders are thin, so labels below still find room between them. In the end all
    sink as far as the rows below are empty.
    """
    placed: list[Placed] = []
    for item, label in enumerate(wanted):
        if len(placed) == most:
            break
        spot = next(_spots(item, label, placed, width, rows, gap), None)
        if spot is not None:
            placed.append(spot)
    empty = rows - 1 - max((spot.row for spot in placed), default=rows - 1)
    return tuple(replace(spot, row=spot.row + empty) for spot in placed)


def _spots(
    item: int, label: Wanted, placed: Sequence[Placed], width: float, rows: int, gap: float
) -> Iterator[Placed]:
    """Yield every free spot: high rows first, over its point before to either side."""
    if not 0 <= label.x <= width or label.width > width:
        return
    for row in range(rows):
        for share in (0.5, 0.15, 0.85):
            left = min(max(label.x - share * label.width, 0.0), width - label.width)
            spot = Placed(item=item, row=row, left=left, x=label.x, width=label.width)
            if all(_is_apart(spot, other, gap) for other in placed):
                yield spot


def _is_apart(one: Placed, other: Placed, gap: float) -> bool:
    if one.row == other.row:
        return one.right + gap <= other.left or other.right + gap <= one.left
    upper, lower = (one, other) if one.row < other.row else (other, one)
    # The leader of the upper label passes through the row of the lower one.
    return upper.x < lower.left - gap or upper.x > lower.right + gap
