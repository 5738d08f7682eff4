"""Groups told to rise or to fall: contrasts that are rotations, and sides that a rotation leaves unsaid."""

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
_ROTATION = whole_words(_WORDS["presented"])
_JOINT = re.compile(
    r",?\s+(?:while|whereas|but|even\s+as|as|amid|in\s+contrast)\s|[,;:]\s+(?:and\s+)?", re.IGNORECASE
)
_AND = re.compile(r"\s+and\s+")
_DATELINE = re.compile(r"[()“”\"]|\s[–—-]+\s")
#: Figures make two moves of a contrast.
_FIGURE = re.compile(r"\d\s?%|\bper\s?cent\b|\bpoints?\b")


#: What was so before a change is no rotation, but its starting point.
FORMERLY = whole_words(_WORDS["formerly"])
_PREPOSITION = re.compile(r"\s*(?:for|of|in|on|at|across|among|by)\s+")
#: "a sell-off in X", "recent falls on X": whose fall it is stands behind.
_NOUN_BEFORE = re.compile(r"\b(?:an?|the|this|recent|sharp|steep|broad|big|further|heavy)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """One group told to go up or down."""

    start: int
    #: Where the word stands that tells it.
    at: int
    end: int
    side: Side
    up: bool


def speaks_of_rotation(text: str) -> bool:
    """Tell whether the article presents what it tells as money or leadership that shifts."""
    return bool(_ROTATION.search(text))


def contrasting(sides: Sides, sentence: Span) -> Iterator[Frame]:
    """Read "X fell while Y rose" as X giving to Y."""
    if _FIGURE.search(sides.text, sentence.start, sentence.end) or FORMERLY.match(sides.text, sentence.start):
        return
    told = [clause for clause in tell(sides, sentence) if _is_held(clause.side, sides.home)]
    for one, other in pairwise(told):
        if one.up != other.up and one.side != other.side:
            falling, rising = (other, one) if one.up else (one, other)
            yield Frame(one.start, one.start, other.end, (falling.side,), (rising.side,))
            return


def _is_held(side: Side, home: str) -> bool:
    """Tell whether money rotates through ``side``: not a currency, and not the market as a whole."""
    return side not in (None, home) and not str(side).startswith("fx:")


def tell(sides: Sides, sentence: Span) -> Iterator[Told]:
    """Yield each clause of ``sentence`` that tells a group to rise or to fall."""
    for clause in _clauses(sides.text, sentence):
        if sign := _sign(sides.text, clause):
            before = _past_dateline(sides.text, clause.start, sign.start())
            behind = _past_preposition(sides.text, sign.end())
            subject, other = sides.phrase(before, sign.start()), sides.phrase(behind, clause.end)
            if behind > sign.end() and _NOUN_BEFORE.search(sides.text, clause.start, sign.start()):
                subject, other = other, subject
            named = sides.read(subject) or sides.read(other)
            if named:
                yield Told(clause.start, sign.start(), clause.end, named[0], sign.re is _UP)


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    for joint in [*_JOINT.finditer(text, sentence.start, sentence.end), None]:
        end = joint.start() if joint else sentence.end
        # "and" joins two clauses where something is told on its left already.
        for joined in _AND.finditer(text, start, end):
            if _sign(text, Span(start=start, end=joined.start())):
                yield Span(start=start, end=joined.start())
                start = joined.end()
        yield Span(start=start, end=end)
        start = joint.end() if joint else end


def _sign(text: str, clause: Span) -> re.Match[str] | None:
    """Return the first word of ``clause`` that tells of a rise or a fall."""
    signs = [sign for pattern in (_UP, _DOWN) if (sign := pattern.search(text, clause.start, clause.end))]
    return min(signs, key=lambda match: match.start(), default=None)


def _past_dateline(text: str, start: int, end: int) -> int:
    """Return where the subject may begin behind a place, an agency in brackets or a quoted word."""
    return max((mark.end() for mark in _DATELINE.finditer(text, start, end)), default=start)


def _past_preposition(text: str, position: int) -> int:
    preposition = _PREPOSITION.match(text, position)
    return preposition.end() if preposition else position
