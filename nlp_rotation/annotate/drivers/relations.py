"""How a cause stands to its effect, and whether the text hedges."""

from __future__ import annotations

import re

from nlp_rotation.annotate.drivers.bounds import REACH
from nlp_rotation.annotate.drivers.candidates import CONDITIONAL, Candidate
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.types import Relation, Span

_IF = re.compile(r"(?:^|(?<=[\s“\"]))(?:if|unless|should|provided that|as long as|any time)\s(?!.*,)", re.I)
_DESPITE = re.compile(
    r"\b(?:despite|in spite of|even though|even given|shrugged off|brushed off)\s(?!.*,)", re.I
)
#: Words right before a cause that deny it, and a cause that begins with its own denial.
_DOUBTED = re.compile(
    r"\b(?:doubts? that|doubted that|not because(?: of)?|nothing to do with|rather than)\s+$", re.I
)
_NOT = re.compile(r"not (?!only\b|just\b|least\b|all\b|enough\b)", re.I)
_FAILED = re.compile(
    r"\b(?:failed to|did not|didn['’]t|went ignored|largely ignored|not pushing|not enough|little impact)\b",
    re.I,
)
#: How far before a cause an "if" or a "despite" still governs it.
_REACH = 60
#: "Could be weighing" tells of today, "could weigh" of tomorrow.
_NOW = re.compile(
    r"(?:could|may|might|would)\s+(?:\w+\s+)?(?:be|have)\s+(?:\w+ly\s+)?"
    r"(?:\w+(?:ing|ed)|behind|the|a|to blame)\b",
    re.I,
)
_PAST = ("ed", "fell", "rose", "sank", "slid", "shed", "lost", "sent")


def find_relation(scan: Scan, candidate: Candidate, sentence: Span) -> Relation:
    """Return the relation that the cue and the tense of its clause give."""
    text = scan.text
    _, end = clause_of(candidate, sentence)
    near = max(sentence.start, candidate.start - _REACH)
    opening = min(candidate.end, candidate.start + 8)
    if candidate.family in CONDITIONAL or _IF.search(text, near, opening):
        return "condition"
    if candidate.family == "after.despite" or _DESPITE.search(text, near, candidate.start):
        return "denied"
    if _NOT.match(text, candidate.start) or _DOUBTED.search(text, near, candidate.start):
        return "denied"
    if scan.hits["denied"].end_at(candidate.end + 1) > candidate.end + 1 or _FAILED.search(
        text, candidate.end, min(sentence.end, candidate.end + _REACH)
    ):
        return "denied"
    far = sentence.end if candidate.family == "before.role" else min(end, candidate.end + 25)
    if scan.any("ended", candidate.end, far):
        return "ended"
    if candidate.family in ("listed", "after.answer", "after.evidence"):
        return "explains"
    return "predicts" if _ahead(scan, candidate, sentence) else "explains"


def _ahead(scan: Scan, candidate: Candidate, sentence: Span) -> bool:
    """Return whether the effect side, not the cause, speaks of what is to come."""
    if _told(scan, candidate):
        return False
    sides = [(candidate.effect.start, candidate.effect.end)]
    if candidate.effect.start > candidate.end:
        sides = [(candidate.end, candidate.effect.end)]
    if candidate.effect.start >= candidate.effect.end:
        sides = [(sentence.start, candidate.start), (candidate.end, sentence.end)]
    return any(
        not _NOW.match(scan.text, hit.start)
        for start, end in sides
        for hit in scan.hits["predicts"].within(start, end)
    )


def is_hedged(scan: Scan, candidate: Candidate, sentence: Span) -> bool:
    """Return whether a hedge stands on the cause, the link or the effect."""
    start, end = clause_of(candidate, sentence)
    if candidate.family == "after.evidence" and scan.any(
        "hedge", candidate.effect.start, candidate.effect.end
    ):
        return True
    if candidate.family in CONDITIONAL:
        # What would follow stands behind the condition as often as before it.
        end = min(sentence.end, candidate.end + REACH)
    return scan.any("hedge", start, end)


def clause_of(candidate: Candidate, sentence: Span) -> tuple[int, int]:
    """Return the stretch that holds the effect, the cue and the cause, inside ``sentence``."""
    start = min(candidate.start, candidate.cue_start, candidate.effect.start)
    end = max(candidate.end, candidate.effect.end, candidate.cue_start + len(candidate.cue))
    return max(start, sentence.start), min(end, sentence.end)


def _told(scan: Scan, candidate: Candidate) -> bool:
    """Return whether the effect side tells of a price that has moved."""
    side = candidate.effect
    return any(
        scan.text[hit.start : hit.end].lower().endswith(_PAST)
        for table in ("up", "down")
        for hit in scan.hits[table].within(side.start, side.end)
    )
