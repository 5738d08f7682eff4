"""Echoes of a rotation told before: "that shift has further to run", "it will reverse"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp_rotation.annotate.rotations.frames import Frame, clause_start
from nlp_rotation.annotate.rotations.sides import Sides
from nlp_rotation.annotate.rotations.vocabulary import any_of, table
from nlp_rotation.types import Span

_WORDS = table()["echoes"]
_NOUN = rf"(?:this|that|the|\w+[’']s|such\s+an?)\s+(?:[\w-]+\s+){{0,2}}?{any_of(_WORDS['nouns'])}"
_AUXILIARIES = rf"(?:\s+{any_of(_WORDS['auxiliaries'])}){{0,4}}"
_GOING_ON = re.compile(
    rf"\b(?:{_NOUN}|(?P<it>it)){_AUXILIARIES}\s+(?:(?P<back>{any_of(_WORDS['back'])})|{any_of(_WORDS['on'])})(?!\w)",
    re.IGNORECASE,
)


def echoing(sides: Sides, sentence: Span, last: Frame | None, before: Span | None) -> Iterator[Frame]:
    """Read what goes on or turns round with the sides of the rotation that was told last.

    A mere "it" must follow at once: ``before`` is the sentence in front of this one.
    """
    if last is None or last.fullness < 2:
        return
    for match in _GOING_ON.finditer(sides.text, sentence.start, sentence.end):
        if match["it"] and not (before and last.start >= before.start):
            continue
        out_of, into = (last.into, last.out_of) if match["back"] else (last.out_of, last.into)
        start = clause_start(sides.text, sentence, match.start())
        yield Frame(start, match.start() + 1, match.end(), out_of, into)
