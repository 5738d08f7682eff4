"""Counts that become precision, recall, F1 and shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Figure = dict[str, float | int | None]


@dataclass(slots=True)
class Tally:
    """Adds up hits, predictions and gold items over articles."""

    hits: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    #: (gold relation, predicted relation) of matched drivers.
    relations: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)

    def add(self, key: str, *, hits: int, predicted: int = 0, gold: int) -> None:
        """Add counts under ``key``."""
        self.hits[key] += hits
        self.predicted[key] += predicted
        self.gold[key] += gold

    def f1(self, key: str) -> Figure:
        """Return precision, recall and F1, micro-averaged over articles."""
        hits, predicted, gold = self.hits[key], self.predicted[key], self.gold[key]
        precision = hits / predicted if predicted else 0.0
        recall = hits / gold if gold else 0.0
        both = precision + recall
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / both if both else 0.0, 4),
            "tp": hits,
            "predicted": predicted,
            "gold": gold,
        }

    def share(self, key: str) -> Figure:
        """Return hits over gold; None where there was nothing to hit."""
        gold = self.gold[key]
        return {"share": round(self.hits[key] / gold, 4) if gold else None, "n": gold}

    def macro_relations(self) -> Figure:
        """Return F1 averaged over the relations that the gold has."""
        scores = []
        for relation in {gold for gold, _ in self.relations}:
            named = sum(n for (gold, _), n in self.relations.items() if gold == relation)
            given = sum(n for (_, predicted), n in self.relations.items() if predicted == relation)
            scores.append(2 * self.relations[relation, relation] / (named + given))
        mean = round(sum(scores) / len(scores), 4) if scores else None
        return {"f1": mean, "n": sum(self.relations.values())}


Item = Mapping[str, Any]
Fit = Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Indexes of matched pairs, of gold items left over, and of predictions left over."""

    pairs: list[tuple[int, int]]
    missed: list[int]
    wrong: list[int]


def pair_up(gold: Sequence[Item], predicted: Sequence[Item], fit: Fit) -> Pairing:
    """Pair gold and predictions one to one, best fit first; a fit of 0 means that two do not match."""
    scored = [(fit(g, p), g, p) for g in range(len(gold)) for p in range(len(predicted))]
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    for score, g, p in sorted(scored, key=lambda row: -row[0]):
        if score > 0 and g not in taken_gold and p not in taken_predicted:
            taken_gold.add(g)
            taken_predicted.add(p)
            pairs.append((g, p))
    return Pairing(
        pairs=pairs,
        missed=[g for g in range(len(gold)) if g not in taken_gold],
        wrong=[p for p in range(len(predicted)) if p not in taken_predicted],
    )
