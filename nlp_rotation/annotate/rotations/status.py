"""Whether a rotation is told, expected, tied to a condition or denied, and how surely."""

from __future__ import annotations

import re

from nlp_rotation.annotate.rotations.frames import Frame, clause_limit, clause_start
from nlp_rotation.annotate.rotations.vocabulary import any_of, table, whole_words
from nlp_rotation.types import RotationStatus, Span

_WORDS = table()["status"]
_FORECAST = whole_words(_WORDS["forecast"])
_CONDITIONAL = whole_words(_WORDS["conditional"])
_HEDGE = whole_words(_WORDS["hedge"])
#: "n't" hangs on its verb, so a word may end before it.
_DENIED = re.compile(rf"(?:(?<!\w)|(?=n[’']t)){any_of(_WORDS['denied'])}(?!\w)", re.IGNORECASE)
#: "may have moved", "could be going": the doubt is of what has happened, not of what will.
_PAST = re.compile(
    rf"{any_of(['could', 'may', 'might'])}\s+(?:\w+ly\s+)?{any_of(_WORDS['past_behind'])}\b", re.IGNORECASE
)
#: What is told of a noun stands behind it: "the rotation into X will go on".
_NOUN = re.compile(
    r"rotation|rotating|shift\b|flight|exodus|migration|inflows|outflows|move\b", re.IGNORECASE
)
#: "not only X but Y" denies nothing.
_NOT_ONLY = re.compile(r"\bnot\s+(?:only|just|merely)\b", re.IGNORECASE)


def status_of(text: str, sentence: Span, frame: Frame) -> RotationStatus:
    """Return how the rotation of ``frame`` is told."""
    start = clause_start(text, sentence, frame.head)
    if _DENIED.search(text, start, frame.head) and not _NOT_ONLY.search(text, start, frame.head):
        return "denied"
    if _CONDITIONAL.search(text, max(sentence.start, start - 80), frame.head):
        return "conditional"
    if _PAST.search(text, start, frame.end):
        return "reported"
    told_behind = clause_limit(text, sentence, frame.end) if _NOUN.match(text, frame.head) else frame.end
    return "forecast" if _FORECAST.search(text, start, max(frame.end, told_behind)) else "reported"


def is_hedged(text: str, sentence: Span, frame: Frame) -> bool:
    """Tell whether the clause of ``frame`` holds a word of doubt."""
    return bool(_HEDGE.search(text, clause_start(text, sentence, frame.head), frame.end))
