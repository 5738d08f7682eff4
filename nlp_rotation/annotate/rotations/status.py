"""Whether a rotation is told, expected, tied to a condition or denied, and how surely."""

from __future__ import annotations

import re

from nlp_rotation.annotate.rotations.frames import Frame, clause_limit, clause_start
from nlp_rotation.annotate.rotations.vocabulary import any_of, table, whole_words
from nlp_rotation.types import RotationStatus, Span

_WORDS = table()["status"]
_FORECAST = whole_words(_WORDS["forecast"])
#: Behind its verb "going to X" names where the money goes.
_FORECAST_BEHIND = whole_words(phrase for phrase in _WORDS["forecast"] if phrase != "going to")
#: "Should X happen, ..."
_INVERTED = re.compile(r"\W*Should\s")
_CONDITION_BEHIND = re.compile(
    rf"(?:\s+[\w-]+){{0,3}}?,?\s+{any_of(_WORDS['condition_behind'])}\b", re.IGNORECASE
)
_CONDITIONAL = whole_words(_WORDS["conditional"])
#: What a clause before this one can put it under.
_IF = whole_words(phrase for phrase in _WORDS["conditional"] if phrase not in ("would", "once"))
_HEDGE = whole_words(_WORDS["hedge"])
#: "n't" hangs on its verb, so a word may end before it.
_DENIED = re.compile(rf"(?:(?<!\w)|(?=n[’']t)){any_of(_WORDS['denied'])}(?!\w)", re.IGNORECASE)
#: "may have moved", "could be going": the doubt is of what has happened, not of what will.
_PAST = re.compile(
    rf"{any_of(['could', 'may', 'might'])}\s+(?:\w+ly\s+)?{any_of(_WORDS['past_behind'])}\b", re.IGNORECASE
)
#: What is told of a noun stands behind it: "the rotation into X will go on".
_NOUN = re.compile(
    rf"(?:(?:an?|the|any|this|that|of|further)\s.{{0,30}}?)?{any_of(table()['heads']['nouns'])}\b|rotating\b",
    re.IGNORECASE,
)
#: "not only X but Y" denies nothing.
_NOT_ONLY = re.compile(r"\bnot\s+(?:only|just|merely)\b", re.IGNORECASE)


def status_of(text: str, sentence: Span, frame: Frame) -> RotationStatus:
    """Return how the rotation of ``frame`` is told."""
    start = clause_start(text, sentence, frame.head)
    if _DENIED.search(text, start, frame.head) and not _NOT_ONLY.search(text, start, frame.head):
        return "denied"
    if _CONDITIONAL.search(text, start, frame.head) or _IF.search(
        text, max(sentence.start, start - 80), start
    ):
        return "conditional"
    if _INVERTED.match(text, sentence.start) or _CONDITION_BEHIND.match(text, frame.end, sentence.end):
        return "conditional"
    if _PAST.search(text, start, frame.end):
        return "reported"
    told_behind = clause_limit(text, sentence, frame.end) if _NOUN.match(text, frame.head) else frame.end
    expected = _says(_FORECAST, text, start, frame.head) or _says(
        _FORECAST_BEHIND, text, frame.head, max(frame.end, told_behind)
    )
    return "forecast" if expected else "reported"


def is_hedged(text: str, sentence: Span, frame: Frame) -> bool:
    """Tell whether the clause of ``frame`` holds a word of doubt."""
    return _says(_HEDGE, text, clause_start(text, sentence, frame.head), frame.end)


def _says(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Tell whether a word of ``pattern`` stands there; "May" with a capital is the month."""
    return any(match[0] != "May" for match in pattern.finditer(text, start, end))
