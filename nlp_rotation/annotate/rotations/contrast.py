"""Two groups told against each other where the article speaks of a rotation: "X fell while Y rose"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nlp_rotation.annotate.rotations.frames import Frame
from nlp_rotation.annotate.rotations.sides import Side, Sides
from nlp_rotation.annotate.rotations.vocabulary import table, whole_words
from nlp_rotation.types import Span

_WORDS = table()["contrast"]
_UP = whole_words(_WORDS["up"])
_DOWN = whole_words(_WORDS["down"])
_ROTATION = re.compile(
    r"\brotat(?:ion|ing|ed)\b|\brole\s+reversal\b|\broles\b[^.]{0,20}\breversed\b", re.IGNORECASE
)
_REVERSAL = whole_words(table()["leadership"]["reversal"])
_JOINT = re.compile(r",?\s+(?:while|whereas|but|even\s+as|in\s+contrast)\s|[,;]\s+(?:and\s+)?", re.IGNORECASE)
#: Figures make two moves of a contrast.
_FIGURE = re.compile(r"\d\s?%|\bper\s?cent\b|\bpoints?\b")
#: Where a contrast is told over two sentences, they stand no farther apart.
NEAR = 250


@dataclass(frozen=True, slots=True)
class _Told:
    """One group told to go up or down."""

    start: int
    end: int
    side: Side
    up: bool


def speaks_of_rotation(text: str) -> bool:
    """Tell whether the article presents what it tells as money or leadership that shifts."""
    return bool(_ROTATION.search(text))


def contrasting(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X fell while Y rose" as X giving to Y."""
    if _FIGURE.search(sides.text, sentence.start, sentence.end):
        return
    told = list(_told(sides, sentence))
    for one, other in pairwise(told):
        if one.up != other.up and one.side != other.side:
            falling, rising = (other, one) if one.up else (one, other)
            yield Frame(one.start, one.start, other.end, (falling.side,), (rising.side,))
            return


def _told(sides: Sides, sentence: Span) -> Iterator[_Told]:
    """Yield each clause of ``sentence`` that tells a group to rise or to fall."""
    start = sentence.start
    for joint in [*_JOINT.finditer(sides.text, sentence.start, sentence.end), None]:
        end = joint.start() if joint else sentence.end
        signs = [
            match
            for match in (_UP.search(sides.text, start, end), _DOWN.search(sides.text, start, end))
            if match
        ]
        if signs:
            sign = min(signs, key=lambda match: match.start())
            named = sides.read(Span(start=start, end=sign.start())) or sides.read(
                Span(start=sign.end(), end=end)
            )
            if named and named[0] not in (None, sides.home):
                yield _Told(start, end, named[0], sign.re is _UP)
        start = joint.end() if joint else end
