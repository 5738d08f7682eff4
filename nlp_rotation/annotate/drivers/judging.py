"""Which candidates are causes: by trained weights, or by the rules where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.annotate.drivers.features import Place, candidate_features
from nlp_rotation.annotate.drivers.lexicon import Lexicon
from nlp_rotation.annotate.drivers.model import DriverModel, probability
from nlp_rotation.annotate.drivers.words import stems

#: Without weights: the trust that a candidate needs, and what a missing price or category costs.
#: Set on gold/train.
_TRUSTED = 0.55
_NO_PRICE = 0.3
_NO_LEAF = 0.3
_CLEAR_LEAF = 1.5
#: How much less a stretch that joins several causes is worth than its parts, in log-odds; tuned by
#: cross-validation over gold/train and gold/dev.
_JOINED = 1.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its leaves and how sure it is."""

    candidate: Candidate
    #: Points of every leaf that the words speak for.
    points: Mapping[str, float]
    #: What orders the candidates; at least 0 for those that are kept.
    margin: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs candidates with the words of a taxonomy and, where there, with trained weights."""

    lexicon: Lexicon
    model: DriverModel | None

    def weigh(self, place: Place, candidate: Candidate) -> Judged:
        """Return ``candidate`` with its margin and confidence."""
        words = stems(place.text[candidate.start : candidate.end])
        points = self.lexicon.points(words)
        if self.model is None:
            trust = _trust(place.text, candidate, points)
            return Judged(candidate, points, trust - _TRUSTED, round(max(0.0, min(1.0, trust)), 3))
        odds = self.model.log_odds(candidate_features(place, candidate, points, self.model.clusters))
        margin = odds - self.model.threshold
        if candidate.joined > 1 and candidate.whole:
            margin -= _JOINED
        return Judged(candidate, points, margin, round(probability(odds), 3))

    def leaf(self, text: str, points: Mapping[str, float]) -> str:
        """Return the leaf that the words of a cause speak for most; empty where they are mute."""
        total = dict(points)
        if self.model is not None:
            for leaf, more in self.model.speak_for(stems(text)).items():
                if leaf in self.lexicon.leaves:
                    total[leaf] = total.get(leaf, 0.0) + more
        return max(sorted(total), key=lambda leaf: total[leaf]) if total else ""


def _trust(text: str, candidate: Candidate, points: Mapping[str, float]) -> float:
    """Return how far the rules alone trust a candidate."""
    table, side = cues(), candidate.effect
    trust = table.trust.get(candidate.family, 0.0)
    if not any(pattern.search(text, side.start, side.end) for pattern in (table.up, table.down)):
        trust -= _NO_PRICE
    if max(points.values(), default=0.0) < _CLEAR_LEAF:
        trust -= _NO_LEAF
    if candidate.joined > 1 and candidate.whole:
        trust -= _NO_LEAF
    return trust


def choose(judged: Iterable[Judged]) -> list[Judged]:
    """Keep the surest of those that overlap, in order of place."""
    kept: list[Judged] = []
    for item in sorted(judged, key=lambda j: (-j.margin, j.candidate.start, j.candidate.end)):
        if item.margin < 0:
            break
        if not any(_overlap(item.candidate, other.candidate) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda j: j.candidate.start)


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start < other.end and other.start < one.end
