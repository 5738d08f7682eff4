"""What every sentiment model looks like to the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from nlp_rotation.types import Probabilities

#: Start and end of a mention within its sentence.
Place = tuple[int, int]


class Scorer(Protocol):
    """Turns sentences into probabilities of positive, neutral and negative.

    A scorer is a pure function of the text: the same sentence gets the same three numbers alone, in
    a batch and in another run.
    """

    @property
    def name(self) -> str:
        """Name and version of the model, as it stands in the record."""

    def score(self, texts: Sequence[str]) -> list[Probabilities]:
        """Return one triple for each text, in order; each triple sums to 1."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One text's answer, and the answer for each mention that was asked for."""

    whole: Probabilities
    mentions: tuple[Probabilities, ...]


@runtime_checkable
class MentionScorer(Scorer, Protocol):
    """A scorer that also tells, in the same pass, what a text means for each thing that it names."""

    def score_mentions(self, texts: Sequence[str], places: Sequence[Sequence[Place]]) -> list[Scored]:
        """Return one answer for each text, with one for each of its places, in order."""
