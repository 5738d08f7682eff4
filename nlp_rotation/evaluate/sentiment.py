"""Figures of a sentiment model against labels: accuracy, F1 by class, confusion, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nlp_rotation.types import Probabilities

SIDES = ("positive", "neutral", "negative")

#: Equal stretches of confidence that the calibration error is summed over.
_BINS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFigures:
    """How well one class is found."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentimentFigures:
    """How one model did on one file."""

    model: str
    n: int
    accuracy: float
    #: Mean F1 of the classes that occur, among the labels or the answers.
    macro_f1: float
    #: Expected calibration error: how far confidence and share of right answers lie apart.
    ece: float
    classes: dict[str, ClassFigures]
    #: ``confusion[label][answer]`` counts.
    confusion: dict[str, dict[str, int]]

    def as_tree(self) -> dict[str, Any]:
        """Return the figures as JSON values."""
        return {
            "model": self.model,
            "n": self.n,
            "accuracy": self.accuracy,
            "macro_f1": self.macro_f1,
            "ece": self.ece,
            "classes": {
                side: {"precision": item.precision, "recall": item.recall, "f1": item.f1, "n": item.n}
                for side, item in self.classes.items()
            },
            "confusion": self.confusion,
        }


def measure(model: str, labels: Sequence[str], answers: Sequence[Probabilities]) -> SentimentFigures:
    """Hold ``answers`` against ``labels``, in the same order."""
    named = [likeliest(answer) for answer in answers]
    pairs = Counter(zip(labels, named, strict=True))
    classes = {side: _class_figures(side, pairs) for side in SIDES}
    occurring = [classes[side].f1 for side in SIDES if side in labels or side in named]
    right = sum(pairs[side, side] for side in SIDES)
    return SentimentFigures(
        model=model,
        n=len(labels),
        accuracy=round(_share(right, len(labels)), 4),
        macro_f1=round(_share(sum(occurring), len(occurring)), 4),
        ece=round(calibration_error(labels, answers), 4),
        classes=classes,
        confusion={side: {answer: pairs[side, answer] for answer in SIDES} for side in SIDES},
    )


def likeliest(answer: Probabilities) -> str:
    """Return the side with the highest probability."""
    return max(SIDES, key=lambda side: float(getattr(answer, side)))


def calibration_error(labels: Sequence[str], answers: Sequence[Probabilities]) -> float:
    """Return the mean gap between confidence and accuracy over stretches of confidence, by their size.

    Naeini et al. (2015), with the confidence of the likeliest class in 15 equal stretches.
    """
    stretches: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for label, answer in zip(labels, answers, strict=True):
        side = likeliest(answer)
        confidence = float(getattr(answer, side))
        stretches[min(int(confidence * _BINS), _BINS - 1)].append((confidence, side == label))
    gaps = (abs(sum(sure for sure, _ in items) - sum(right for _, right in items)) for items in stretches)
    return _share(sum(gaps), len(labels))


def _class_figures(side: str, pairs: Counter[tuple[str, str]]) -> ClassFigures:
    hit = pairs[side, side]
    answered = sum(count for (_, answer), count in pairs.items() if answer == side)
    labelled = sum(count for (label, _), count in pairs.items() if label == side)
    return ClassFigures(
        precision=round(_share(hit, answered), 4),
        recall=round(_share(hit, labelled), 4),
        f1=round(_share(2 * hit, answered + labelled), 4),
        n=labelled,
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
