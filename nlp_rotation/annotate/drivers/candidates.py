"""Stretches that may be a cause: what the cue grammar and the clauses of a sentence offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp_rotation.annotate.drivers.bounds import REACH, end_of_cause, start_of_cause, trim
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.annotate.drivers.listed import listed_causes
from nlp_rotation.annotate.drivers.places import Place
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.annotate.drivers.splitting import split_causes
from nlp_rotation.types import Span

#: A backward verb moves a market within this many characters, or it is another verb.
_NEAR = 70
_TIME = re.compile(
    r"\s*(?:\$|\d|(?:the|a|an|last|this|next|early|late|mid|its)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?:the\s+)?(?:very\s+)?(?:end|start|beginning|middle|close|first half|second half)\s+of\b)",
    re.I,
)


_SHORTEST = 3
_SHORTEST_CLAUSE = 12
_COMPOUND = re.compile(
    r"\b([\w.]{2,20}-(fueled|fuelled|induced|led|driven|related|sparked|inspired|triggered|linked)|(post|pre)-\w+)"
    r"(?=\s+\w)",
    re.I,
)
#: Families that need an announcement: an answer is one after a question, evidence after a warning.
_ANNOUNCED = {"after.answer": "asked", "after.evidence": "alarm"}
#: What follows opens a cause that is the subject of its clause, "and" or not.
_FACT = re.compile(r"\bthe (?:fact|idea|notion|prospect) that\s", re.I)


#: A role is a verb of its own, or a noun that "be" ties to the subject.
_VERB_OF_ROLE = re.compile(r"(?:play|help|are|is|was|were|be|lie|lay)", re.I)
_COPULA = re.compile(
    r"(?:\b(?:be|been|being|is|are|was|were|remains?|remained|become|became|seen as|acts? as|acted as)|['’]s)"
    r"\s+(?:[\w’'-]+\s+){0,3}$",
    re.I,
)
CONDITIONAL = frozenset({"after.if", "after.unless"})
#: A condition with another beside it: "unless rates rise, or demand falls".
_ALTERNATIVE = re.compile(r",\s+(?:or|and)\s+(?:if|unless|until)?\s*", re.I)
#: What these offer is one cause already.
_PARTED = frozenset({"listed", "after.evidence"})
#: Words that open a clause elsewhere, but join or widen a subject.
_INSIDE = frozenset({"and", "with", "as", "for", "in", "after", "following"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a cause, with the cue that offers it."""

    start: int
    end: int
    #: The words of the cue in lower case; empty for a clause without one.
    cue: str
    #: ``after.as``, ``before.push``, ``clause``.
    family: str
    cue_start: int
    #: The stretch that tells what is moved.
    effect: Span
    #: Index of the sentence.
    sentence: int
    #: How many causes the stretch that the cue offers joins, and whether this is all of it.
    joined: int = 1
    whole: bool = True


def find_candidates(place: Place) -> Iterator[Candidate]:
    """Yield what the cues of one sentence offer, whole and in its parts, then its clause.

    A sentence far from any word of price offers nothing.
    """
    if not (place.spoken or place.spoken_before or place.announced.kind):
        return
    seen: set[tuple[int, int, str]] = set()
    for candidate in _offers(place):
        own = Span(start=candidate.start, end=candidate.end)
        parts = (own,) if candidate.family in _PARTED else split_causes(place.scan, own)
        joined = max(len(parts), candidate.joined)
        for part in (own, *parts) if len(parts) > 1 else (own,):
            if part.end - part.start >= _SHORTEST and (part.start, part.end, candidate.family) not in seen:
                seen.add((part.start, part.end, candidate.family))
                whole = part is own
                yield (
                    candidate
                    if joined == 1
                    else replace(candidate, start=part.start, end=part.end, joined=joined, whole=whole)
                )


def _offers(place: Place) -> Iterator[Candidate]:
    yield from _listed(place)
    yield from _after(place)
    yield from _before(place)
    yield from _compounds(place)
    yield from _clauses(place)


def _listed(place: Place) -> Iterator[Candidate]:
    """Yield the items of a list of reasons."""
    for item in listed_causes(place):
        yield Candidate(
            start=item.cause.start,
            end=item.cause.end,
            cue="",
            family="listed",
            cue_start=item.cause.start,
            effect=item.effect,
            sentence=place.index,
        )


def _compounds(place: Place) -> Iterator[Candidate]:
    """Yield causes inside a compound: "Fed-fueled gains", "post-earnings slump"."""
    if place.scan.text.find("-", place.sentence.start, place.sentence.end) < 0:
        return
    for match in _COMPOUND.finditer(place.scan.text, place.sentence.start, place.sentence.end):
        yield Candidate(
            start=match.start(1),
            end=match.end(1),
            cue=(match[2] or match[3]).lower(),
            family="compound",
            cue_start=match.start(),
            effect=Span(start=match.end(1), end=min(match.end() + 30, place.sentence.end)),
            sentence=place.index,
        )


def _after(place: Place) -> Iterator[Candidate]:
    scan, sentence = place.scan, place.sentence
    for hit in scan.hits["after"].within(sentence.start, sentence.end):
        if scan.hits["never"].end_at(hit.start) > hit.start or _TIME.match(scan.text, hit.end):
            continue
        cue = _cue(scan, hit)
        family = _family(place, cue)
        if not family:
            continue
        cause = trim(scan, hit.end, end_of_cause(scan, hit.end, sentence.end))
        if cause.end - cause.start < _SHORTEST + 1:
            continue
        effect = (
            place.announced.span
            if family in _ANNOUNCED
            else _effect_around(scan, hit.start, cause.end, sentence)
        )
        yield Candidate(cause.start, cause.end, cue, family, hit.start, effect, place.index)
        other = _ALTERNATIVE.match(scan.text, cause.end, sentence.end)
        if family in CONDITIONAL and other:
            more = trim(scan, other.end(), end_of_cause(scan, other.end(), sentence.end))
            yield Candidate(more.start, more.end, cue, family, hit.start, effect, place.index)


def _family(place: Place, cue: str) -> str:
    """Return the first family of ``cue`` that may stand here; empty where none may."""
    for family in cues().families[f"after {cue}"]:
        if _ANNOUNCED.get(family, place.announced.kind) == place.announced.kind:
            return family
    return ""


def _cue(scan: Scan, hit: Span) -> str:
    return scan.flat[hit.start : hit.end]


def _effect_around(scan: Scan, cue_start: int, cause_end: int, sentence: Span) -> Span:
    """Return the clause before the cue, or, where the cue opens the sentence, the one after the cause."""
    if cue_start - sentence.start > 12:
        floor = max(sentence.start, cue_start - REACH)
        return Span(start=floor, end=cue_start)
    return Span(start=cause_end, end=end_of_cause(scan, min(cause_end + 1, sentence.end), sentence.end))


def _before(place: Place) -> Iterator[Candidate]:
    scan, sentence = place.scan, place.sentence
    for hit in scan.hits["before"].within(sentence.start, sentence.end):
        cue = _cue(scan, hit)
        family = cues().families[f"before {cue}"][0]
        if scan.text.startswith(" by ", hit.end) or not (
            family == "before.role" or _moves_something(scan, hit.end, min(hit.end + _NEAR, sentence.end))
        ):
            continue
        end = _end_of_subject(scan, sentence.start, hit) if family == "before.role" else hit.start
        cause = trim(scan, _start_of_subject(scan, sentence.start, end, family), end)
        if cause.end - cause.start > _SHORTEST:
            effect = _effect_beyond(place, hit, family)
            yield Candidate(cause.start, cause.end, cue, family, hit.start, effect, place.index)


def _start_of_subject(scan: Scan, floor: int, end: int, family: str) -> int:
    """Return where the subject of a verb that begins at ``end`` begins."""
    floor = max(floor, end - REACH)
    if fact := _FACT.search(scan.text, floor, end):
        return fact.end()
    return start_of_cause(scan, floor, end, within=_INSIDE if family == "before.role" else frozenset())


def _end_of_subject(scan: Scan, floor: int, role: Span) -> int:
    """Return where the subject of a role ends; at the floor where no verb ties the two."""
    if _VERB_OF_ROLE.match(scan.text, role.start, role.end):
        return role.start
    copula = _COPULA.search(scan.text, max(floor, role.start - _NEAR), role.start)
    return copula.start() if copula else floor


def _moves_something(scan: Scan, start: int, end: int) -> bool:
    return any(scan.any(table, start, end) for table in ("market", "up", "down", "objects"))


def _effect_beyond(place: Place, hit: Span, family: str) -> Span:
    """Return what the verb moves; for a role in what was asked, the question."""
    scan, sentence = place.scan, place.sentence
    end = end_of_cause(scan, hit.end + 1, sentence.end) if hit.end + 1 < sentence.end else sentence.end
    if family == "before.role" and not _moves_something(scan, hit.end, end):
        return (
            place.announced.span if place.announced.kind == "asked" else Span(start=hit.start, end=hit.start)
        )
    return Span(start=hit.start, end=end)


def _clauses(place: Place) -> Iterator[Candidate]:
    sentence = place.sentence
    cause = trim(place.scan, sentence.start, end_of_cause(place.scan, sentence.start, sentence.end))
    if cause.end - cause.start >= _SHORTEST_CLAUSE:
        nothing = Span(start=sentence.start, end=sentence.start)
        yield Candidate(cause.start, cause.end, "", "clause", sentence.start, nothing, place.index)
