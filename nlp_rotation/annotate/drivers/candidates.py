"""Stretches that may be a cause: what the cue grammar and the clauses of a sentence offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp_rotation.annotate.drivers.bounds import REACH, end_of_cause, start_of_cause, trim
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.types import Span

#: A backward verb moves a market within this many characters, or it is another verb.
_NEAR = 70
_TIME = re.compile(
    r"\s*(?:\$|\d|(?:the|a|an|last|this|next|early|late|mid|its)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)",
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


def find_candidates(text: str, sentence: Span, index: int) -> Iterator[Candidate]:
    """Yield what the cues of one sentence offer, then its clause."""
    yield from _after(text, sentence, index)
    yield from _before(text, sentence, index)
    yield from _clauses(text, sentence, index)


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
            table.market.search(after) or table.up.search(after) or table.down.search(after)
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
