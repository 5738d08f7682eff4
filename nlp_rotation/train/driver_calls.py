"""What a judge chose in articles that it had not seen: figures by threshold, and what its odds are worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

#: A candidate that covers this share of a gold cause is a cause, as the scorer pairs them.
FIT = 0.3
#: Log-odds below which nobody would call anything a cause.
LOWEST = -6.0
#: Thresholds that are tried, in steps of this many log-odds.
_STEP = 0.05
#: A threshold is judged by its neighbours too: one peak among few articles is chance.
_AROUND = 3
#: Calls this far below the threshold still say what odds are worth.
_NEAR = 2.0


@dataclass(frozen=True, slots=True)
class Call:
    """A stretch that a judge prefers to all it overlaps: its log-odds, and whether it is a cause."""

    odds: float
    hit: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How good the calls at and above a threshold are."""

    threshold: float
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Scale:
    """From which odds a stretch is a cause, and the probability of a margin above that."""

    threshold: float
    slope: float
    offset: float


def settle_calls(chosen: Iterable[tuple[float, float, int]]) -> list[Call]:
    """Return calls from (odds, overlap with a cause, index of that cause); each cause is hit once."""
    hit: set[int] = set()
    calls = []
    for odds, fit, cause in sorted(chosen, key=lambda item: -item[0]):
        calls.append(Call(odds, fit >= FIT and cause not in hit))
        if fit >= FIT:
            hit.add(cause)
    return calls


def figures_at(calls: Sequence[Call], wanted: int, threshold: float) -> Figures:
    """Return precision, recall and F1 of the calls from ``threshold`` upwards."""
    kept = [call for call in calls if call.odds >= threshold]
    hits = sum(call.hit for call in kept)
    precision, recall = hits / max(1, len(kept)), hits / max(1, wanted)
    f1 = 2 * hits / max(1, len(kept) + wanted)
    return Figures(round(threshold, 2), round(precision, 4), round(recall, 4), round(f1, 4))


def curve(calls: Sequence[Call], wanted: int, *, low: float = -2.0, high: float = 2.0) -> list[Figures]:
    """Return the figures of evenly spaced thresholds."""
    steps = round((high - low) / _STEP)
    return [figures_at(calls, wanted, low + at * _STEP) for at in range(steps + 1)]


def scale_of(calls: Sequence[Call], wanted: int) -> Scale:
    """Return the threshold with the best F1 among its neighbours, and Platt's fit of margins above it."""
    points = curve(calls, wanted)

    def smooth(at: int) -> float:
        around = points[max(0, at - _AROUND) : at + _AROUND + 1]
        return sum(point.f1 for point in around) / len(around)

    threshold = points[max(range(len(points)), key=smooth)].threshold
    near = [(call.odds - threshold, call.hit) for call in calls if call.odds >= threshold - _NEAR]
    return Scale(threshold, *_platt(near))


def _platt(margins: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3)
    model.fit([[margin] for margin, _ in margins], [hit for _, hit in margins])
    return round(float(model.coef_[0][0]), 4), round(float(model.intercept_[0]), 4)


def reliability(calls: Sequence[Call], scale: Scale, bins: int = 5) -> list[tuple[float, float, int]]:
    """Return mean confidence, share of hits and number of calls, by rising confidence."""
    from nlp_rotation.annotate.drivers.model import probability

    rated = sorted(
        (probability(scale.slope * (call.odds - scale.threshold) + scale.offset), call.hit)
        for call in calls
        if call.odds >= scale.threshold
    )
    size = max(1, -(-len(rated) // bins))
    parts = [rated[at : at + size] for at in range(0, len(rated), size)]
    return [(_mean(p for p, _ in part), _mean(hit for _, hit in part), len(part)) for part in parts]


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return round(sum(known) / len(known), 3)


def as_rows(points: Iterable[Figures]) -> list[dict[str, float]]:
    """Return figures as plain numbers."""
    return [asdict(point) for point in points]
