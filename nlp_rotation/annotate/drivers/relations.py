"""How a cause stands to its effect, and whether the text hedges."""

from __future__ import annotations

from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.types import Relation, Span


def find_relation(text: str, candidate: Candidate, sentence: Span) -> Relation:
    """Return the relation that the cue and the tense of its clause give."""
    table = cues()
    start, end = clause_of(candidate, sentence)
    if candidate.family == "after.despite" or table.denied.search(text, candidate.end, end):
        return "denied"
    if candidate.family == "after.if":
        return "condition"
    if table.ended.search(text, candidate.end, min(end, candidate.end + 40)):
        return "ended"
    if table.predicts.search(text, start, end) and not _told(text, candidate):
        return "predicts"
    return "explains"


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
