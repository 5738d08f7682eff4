"""Which candidates are causes: by trained weights, or by the rules where there are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from nlp_rotation.annotate.drivers.candidates import CONDITIONAL, Candidate
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.annotate.drivers.encoder import DriverEncoder, Impressions
from nlp_rotation.annotate.drivers.features import candidate_traits, place_traits
from nlp_rotation.annotate.drivers.lexicon import Lexicon
from nlp_rotation.annotate.drivers.model import DriverModel, probability
from nlp_rotation.annotate.drivers.places import Place
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.types import Span

#: Without weights: the trust that a candidate needs, and what a missing price or category costs.
#: Set on gold/train.
_TRUSTED = 0.55
_NO_PRICE = 0.3
_NO_LEAF = 0.3
_CLEAR_LEAF = 1.5
#: How much less a stretch that joins several causes is worth than its parts, in log-odds; tuned by
#: cross-validation over gold/train and gold/dev.
_JOINED = 1.5
#: The log-probability that a leaf has by chance, turned round.
_NO_IDEA = 4.3
#: The log-odds of what a construction states outright, whatever its words.
OUTRIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its leaves and how sure it is."""

    candidate: Candidate
    #: Points of every leaf that the words speak for.
    points: Mapping[str, float]
    #: What orders the candidates; at least 0 for those that are kept.
    margin: float
    confidence: float
    #: Log-odds by the linear weights alone, and whether the construction states a cause outright.
    odds: float = 0.0
    outright: bool = False
    #: Log-probability of each leaf by the encoder; empty where it has not read the stretch.
    leaves: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs candidates with the words of a taxonomy and, where there, with trained weights."""

    lexicon: Lexicon
    model: DriverModel | None
    encoder: DriverEncoder | None = None

    def weigh(self, place: Place, candidates: Iterable[Candidate]) -> Iterator[Judged]:
        """Yield the ``candidates`` of one place with margin and confidence."""
        if self.model is None:
            return map(partial(_weigh_by_rules, place), candidates)
        return map(_Scale(place, self.model).weigh, candidates)

    def look_again(self, judged: Judged, seen: Impressions) -> Judged:
        """Return ``judged`` as the linear weights and the encoder's impression judge it together."""
        if self.encoder is None:
            return judged
        span = Span(start=judged.candidate.start, end=judged.candidate.end)
        weights = self.encoder.weights
        odds = weights.linear * judged.odds + weights.encoder * seen.cause(span) + weights.bias
        margin = (max(odds, OUTRIGHT) if judged.outright else odds) - joined_cost(judged.candidate)
        confidence = round(probability(weights.slope * margin + weights.offset), 3)
        return replace(judged, margin=margin, confidence=confidence)

    def leaf(self, words: Sequence[str], judged: Judged) -> str:
        """Return the leaf that a cause with the stems ``words`` speaks for most; empty where all is mute."""
        total = Counter(judged.points)
        if self.model is not None:
            total.update(self.model.speak_for(words))
        if self.encoder is not None:
            # Every leaf has a logarithm: what counts is how far it lies above that of no idea at all.
            share = self.encoder.weights.leaf_points
            total.update({leaf: share * (log + _NO_IDEA) for leaf, log in judged.leaves.items()})
        known = sorted(leaf for leaf in total if leaf in self.lexicon.leaves)
        return max(known, key=lambda leaf: total[leaf]) if known else ""


class _Scale:
    """The weights at one place: what the place says is summed once a family."""

    def __init__(self, place: Place, model: DriverModel) -> None:
        self.place = place
        self.model = model
        self.families: dict[str, float] = {}

    def weigh(self, candidate: Candidate) -> Judged:
        """Return ``candidate`` with its margin and confidence."""
        points = self.place.scan.points(candidate.start, candidate.end)
        odds = self._of_place(candidate.family) + self.model.weigh_traits(
            candidate_traits(self.place, candidate, points)
        )
        outright = states_outright(self.place, candidate)
        margin = (max(odds, OUTRIGHT) if outright else odds) - self.model.threshold - joined_cost(candidate)
        confidence = round(probability(self.model.slope * margin + self.model.offset), 3)
        return Judged(candidate, points, margin, confidence, odds, outright)

    def _of_place(self, family: str) -> float:
        if family not in self.families:
            self.families[family] = self.model.weigh_groups(place_traits(self.place, family))
        return self.families[family]


def joined_cost(candidate: Candidate) -> float:
    """Return what a stretch that joins several causes loses against its parts."""
    return _JOINED if candidate.joined > 1 and candidate.whole else 0.0


def states_outright(place: Place, candidate: Candidate) -> bool:
    """Return whether the construction itself says that this is a cause of what prices do."""
    family, scan, side = candidate.family, place.scan, candidate.effect
    if family == "listed":
        return _speaks_of_price(scan, side)
    if family not in cues().outright:
        return False
    if family in CONDITIONAL:
        return _is_clear_condition(scan, candidate)
    return bool(place.announced.kind or {"up", "down", "market"} & {*place.spoken, *place.spoken_before})


def _is_clear_condition(scan: Scan, candidate: Candidate) -> bool:
    """Return whether a move to come hangs on a known cause, not on what "you" do."""
    side = candidate.effect
    if candidate.cue == "should" or scan.flat.startswith("you", candidate.start):
        return False
    points = scan.points(candidate.start, candidate.end)
    clear = max(points.values(), default=0.0) >= _CLEAR_LEAF
    return clear and scan.any("predicts", side.start, side.end) and _speaks_of_price(scan, side)


def _speaks_of_price(scan: Scan, side: Span) -> bool:
    return any(scan.any(table, side.start, side.end) for table in ("market", "up", "down"))


def _weigh_by_rules(place: Place, candidate: Candidate) -> Judged:
    """Return ``candidate`` as the rules alone trust it."""
    table, side = cues(), candidate.effect
    points = place.scan.points(candidate.start, candidate.end)
    trust = table.trust.get(candidate.family, 0.0)
    if not any(place.scan.any(name, side.start, side.end) for name in ("up", "down")):
        trust -= _NO_PRICE
    if max(points.values(), default=0.0) < _CLEAR_LEAF:
        trust -= _NO_LEAF
    if states_outright(place, candidate):
        trust = max(trust, _TRUSTED)
    if candidate.joined > 1 and candidate.whole:
        trust -= _NO_LEAF
    return Judged(candidate, points, trust - _TRUSTED, round(max(0.0, min(1.0, trust)), 3))


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
