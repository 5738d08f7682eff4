"""A word-list scorer: transparent, instant, and no more than a stand-in for a trained model.

Each word of ``tables/sentiment.toml`` carries evidence for one side; a negation within three words
turns it round, an intensifier doubles it. The evidence becomes probabilities by a softmax in which
neutral has a fixed weight, so that a text without any such word is neutral and not undecided.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp_rotation.config import TABLES
from nlp_rotation.hashing import fingerprint
from nlp_rotation.types import Probabilities

_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")

#: Log-weight of neutral. With it a single plain word of one side (evidence 1) makes that side the
#: likeliest, and a text with none is 69 % neutral. Set by hand; nothing was fitted.
_NEUTRAL = 1.5
_STEP = 2.0
_REACH = 3


@dataclass(frozen=True, slots=True)
class _Words:
    evidence: dict[str, float]
    negations: frozenset[str]
    intensifiers: frozenset[str]
    version: str


@cache
def _words() -> _Words:
    raw = (TABLES / "sentiment.toml").read_bytes()
    table = tomllib.loads(raw.decode())
    evidence = {word: 1.0 for word in table["positive"]["words"]}
    evidence |= {word: -1.0 for word in table["negative"]["words"]}
    return _Words(
        evidence=evidence,
        negations=frozenset(table["negation"]["words"]),
        intensifiers=frozenset(table["intensifier"]["words"]),
        version=fingerprint(raw),
    )


class LexiconScorer:
    """Scores by counting the words of a table."""

    @property
    def name(self) -> str:
        """``lexicon-`` and the version of the word table."""
        return f"lexicon-{_words().version}"

    def score(self, texts: Sequence[str]) -> list[Probabilities]:
        """Return one triple for each text."""
        return [_probabilities(_evidence(text)) for text in texts]


def _evidence(text: str) -> tuple[float, float]:
    """Return the evidence for positive and for negative, both >= 0."""
    table = _words()
    tokens = _WORD.findall(text.lower())
    positive = negative = 0.0
    for index, token in enumerate(tokens):
        weight = table.evidence.get(token, 0.0)
        if not weight:
            continue
        before = tokens[max(0, index - _REACH) : index]
        if any(word in table.negations for word in before):
            weight = -weight
        if before and before[-1] in table.intensifiers:
            weight *= 2
        positive += max(weight, 0.0)
        negative += max(-weight, 0.0)
    return positive, negative


def _probabilities(evidence: tuple[float, float]) -> Probabilities:
    # Saturating: a tenth good word tells less than the first.
    logits = [_STEP * math.log2(1 + side) for side in evidence]
    weights = [math.exp(logits[0]), math.exp(_NEUTRAL), math.exp(logits[1])]
    total = sum(weights)
    positive, negative = (round(weights[index] / total, 6) for index in (0, 2))
    return Probabilities(positive=positive, neutral=round(1 - positive - negative, 6), negative=negative)
