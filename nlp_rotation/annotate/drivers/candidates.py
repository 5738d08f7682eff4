"""Stretches that may be a cause: what the cue grammar and the clauses of a sentence offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nlp_rotation.annotate.drivers.bounds import REACH, end_of_cause, start_of_cause, trim
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.annotate.drivers.lexicon import Lexicon
from nlp_rotation.annotate.drivers.splitting import split_causes
from nlp_rotation.types import Span

#: A backward verb moves a market within this many characters, or it is another verb.
_NEAR = 70
_TIME = re.compile(
    r"\s*(?:\$|\d|(?:the|a|an|last|this|next|early|late|mid|its)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)",
    re.I,
)


_SHORTEST = 3
_COMPOUND = re.compile(
    r"\b([\w.]{2,20}-(fueled|fuelled|induced|led|driven|related|sparked|inspired|triggered|linked)|(post|pre)-\w+)"
    r"(?=\s+\w)",
    re.I,
)


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


def find_candidates(text: str, sentence: Span, index: int, words: Lexicon) -> Iterator[Candidate]:
    """Yield what the cues of one sentence offer, whole and in its parts, then its clause."""
    seen: set[tuple[int, int, str]] = set()
    for candidate in _offers(text, sentence, index):
        parts = split_causes(text, Span(start=candidate.start, end=candidate.end), words)
        joined = len(parts)
        own = Span(start=candidate.start, end=candidate.end)
        for part in (own, *parts) if joined > 1 else (own,):
            whole = part is own
            if part.end - part.start >= _SHORTEST and (part.start, part.end, candidate.family) not in seen:
                seen.add((part.start, part.end, candidate.family))
                yield replace(candidate, start=part.start, end=part.end, joined=joined, whole=whole)


def _offers(text: str, sentence: Span, index: int) -> Iterator[Candidate]:
    yield from _after(text, sentence, index)
    yield from _before(text, sentence, index)
    yield from _compounds(text, sentence, index)
    yield from _clauses(text, sentence, index)


def _compounds(text: str, sentence: Span, index: int) -> Iterator[Candidate]:
    """Yield causes inside a compound: "Fed-fueled gains", "post-earnings slump"."""
    for match in _COMPOUND.finditer(text, sentence.start, sentence.end):
        yield Candidate(
            start=match.start(1),
            end=match.end(1),
            cue=(match[2] or match[3]).lower(),
            family="compound",
            cue_start=match.start(),
            effect=Span(start=match.end(1), end=min(match.end() + 30, sentence.end)),
            sentence=index,
        )


def _after(text: str, sentence: Span, index: int) -> Iterator[Candidate]:
    table = cues()
    for match in table.after.finditer(text, sentence.start, sentence.end):
        if table.never.match(text, match.start()) or _TIME.match(text, match.end()):
            continue
        cause = trim(text, match.end(), end_of_cause(text, match.end(), sentence.end))
        if cause.end - cause.start < 4:
            continue
        cue = " ".join(match[0].lower().split())
        yield Candidate(
            start=cause.start,
            end=cause.end,
            cue=cue,
            family=table.families[f"after {cue}"],
            cue_start=match.start(),
            effect=_effect_around(text, match.start(), cause.end, sentence),
            sentence=index,
        )


def _effect_around(text: str, cue_start: int, cause_end: int, sentence: Span) -> Span:
    """Return the clause before the cue, or, where the cue opens the sentence, the one after the cause."""
    left = Span(start=start_of_cause(text, sentence.start, cue_start), end=cue_start)
    if cue_start - sentence.start > 12:
        return Span(start=max(sentence.start, cue_start - REACH), end=left.end)
    return Span(start=cause_end, end=end_of_cause(text, min(cause_end + 1, sentence.end), sentence.end))


def _before(text: str, sentence: Span, index: int) -> Iterator[Candidate]:
    table = cues()
    for match in table.before.finditer(text, sentence.start, sentence.end):
        after = text[match.end() : min(match.end() + _NEAR, sentence.end)]
        if after.startswith(" by ") or not (
            any(pattern.search(after) for pattern in (table.market, table.up, table.down, table.objects))
        ):
            continue
        cause = trim(text, start_of_cause(text, sentence.start, match.start()), match.start())
        if cause.end - cause.start < 4:
            continue
        cue = " ".join(match[0].lower().split())
        yield Candidate(
            start=cause.start,
            end=cause.end,
            cue=cue,
            family=table.families[f"before {cue}"],
            cue_start=match.start(),
            effect=Span(
                start=match.start(),
                end=end_of_cause(text, match.end() + 1, sentence.end)
                if match.end() + 1 < sentence.end
                else sentence.end,
            ),
            sentence=index,
        )


def _clauses(text: str, sentence: Span, index: int) -> Iterator[Candidate]:
    cause = trim(text, sentence.start, end_of_cause(text, sentence.start, sentence.end))
    if cause.end - cause.start >= 12:
        yield Candidate(
            start=cause.start,
            end=cause.end,
            cue="",
            family="clause",
            cue_start=sentence.start,
            effect=Span(start=sentence.start, end=sentence.start),
            sentence=index,
        )
