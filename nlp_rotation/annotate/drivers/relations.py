"""How a cause stands to its effect, and whether the text hedges."""

from __future__ import annotations

import re

from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.types import Relation, Span

_IF = re.compile(r"(?:^|(?<=[\s“\"]))(?:if|unless|should|provided that|as long as|any time)\s(?!.*,)", re.I)
_DESPITE = re.compile(
    r"\b(?:despite|in spite of|even though|even given|shrugged off|brushed off)\s(?!.*,)", re.I
)
_FAILED = re.compile(
    r"\b(?:failed to|did not|didn['’]t|went ignored|largely ignored|not pushing|not enough|little impact)\b",
    re.I,
)
#: How far before a cause an "if" or a "despite" still governs it.
_REACH = 60


def find_relation(text: str, candidate: Candidate, sentence: Span) -> Relation:
    """Return the relation that the cue and the tense of its clause give."""
    table = cues()
    _, end = clause_of(candidate, sentence)
    near = max(sentence.start, candidate.start - _REACH)
    opening = min(candidate.end, candidate.start + 8)
    if candidate.family == "after.if" or _IF.search(text, near, opening):
        return "condition"
    if candidate.family == "after.despite" or _DESPITE.search(text, near, candidate.start):
        return "denied"
    if table.denied.match(text, candidate.end + 1) or _FAILED.search(
        text, candidate.end, min(sentence.end, candidate.end + _REACH)
    ):
        return "denied"
    if table.ended.search(text, candidate.end, min(end, candidate.end + 25)):
        return "ended"
    return "predicts" if _ahead(text, candidate, sentence) else "explains"


def _ahead(text: str, candidate: Candidate, sentence: Span) -> bool:
    """Return whether the effect side, not the cause, speaks of what is to come."""
    if _told(text, candidate):
        return False
    table = cues()
    sides = [(candidate.effect.start, candidate.effect.end)]
    if candidate.effect.start > candidate.end:
        sides = [(candidate.end, candidate.effect.end)]
    if candidate.effect.start >= candidate.effect.end:
        sides = [(sentence.start, candidate.start), (candidate.end, sentence.end)]
    return any(table.predicts.search(text, start, end) for start, end in sides if start < end)


def is_hedged(text: str, candidate: Candidate, sentence: Span) -> bool:
    """Return whether a hedge stands on the cause, the link or the effect."""
    start, end = clause_of(candidate, sentence)
    return bool(cues().hedge.search(text, start, end))


def clause_of(candidate: Candidate, sentence: Span) -> tuple[int, int]:
    """Return the stretch that holds the effect, the cue and the cause, inside ``sentence``."""
    start = min(candidate.start, candidate.effect.start)
    return max(start, sentence.start), min(max(candidate.end, candidate.effect.end), sentence.end)


def _told(text: str, candidate: Candidate) -> bool:
    """Return whether the effect side tells of a price that has moved."""
    side = candidate.effect
    table = cues()
    return any(
        match[0].lower().endswith(("ed", "fell", "rose", "sank", "slid", "shed", "lost", "sent"))
        for pattern in (table.up, table.down)
        for match in pattern.finditer(text, side.start, side.end)
    )
