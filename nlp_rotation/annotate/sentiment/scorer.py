"""What every sentiment model looks like to the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from nlp_rotation.types import Probabilities


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
