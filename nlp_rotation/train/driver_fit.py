"""Fit the weights of the driver annotator, and measure them on articles that they have not seen."""

from __future__ import annotations

import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nlp_rotation.annotate.drivers.judging import OUTRIGHT, Judged, choose, joined_cost
from nlp_rotation.train.driver_calls import FIT, LOWEST, Call, Scale, settle_calls
from nlp_rotation.train.driver_gold import Example, Row
from nlp_rotation.train.logistic import fit_logistic


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The choices of a fit; the defaults were picked by cross-validation."""

    seed: int = 7
    folds: int = 4
    #: Inverse strength of the L2 penalty.
    strength: float = 0.05
    #: A feature must stand on this many candidates.
    least: int = 3
    #: Share of the learned points of a word for a leaf.
    evidence: float = 0.25


def fit(examples: Sequence[Example], plan: Plan, scale: Scale) -> dict[str, Any]:
    """Return the weights, fitted on all ``examples``, as the tree of ``weights.json``."""
    return {
        "causes": _cause_weights([row for example in examples for row in example.rows], plan),
        "threshold": scale.threshold,
        "calibration": {"slope": scale.slope, "offset": scale.offset},
        "evidence": _evidence(examples, plan),
    }


def _cause_weights(rows: Sequence[Row], plan: Plan) -> dict[str, float]:
    odds, intercept = fit_logistic(
        [row.features for row in rows],
        [row.fit >= FIT for row in rows],
        [row.weight * (0.4 + row.fit if row.fit >= FIT else 1.0) for row in rows],
        least=plan.least,
        strength=plan.strength,
        seed=plan.seed,
    )
    found = {name: round(weight, 3) for name, weight in odds.items()}
    found["bias"] = round(found.get("bias", 0.0) + intercept, 3)
    return {name: weight for name, weight in found.items() if abs(weight) >= 0.002}


def _evidence(examples: Sequence[Example], plan: Plan) -> dict[str, dict[str, float]]:
    """Return for each word how much more often than by chance it stands in causes of each leaf."""
    leaves: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for example in examples:
        for row in _best_rows(example):
            leaf = example.categories[row.cause]
            leaves[leaf] += 1
            pairs = {"_".join(pair) for pair in zip(row.words, row.words[1:], strict=False)}
            for word in {*row.words, *pairs}:
                counts[word][leaf] += 1
    total = sum(leaves.values())
    found: dict[str, dict[str, float]] = {}
    for word, by_leaf in sorted(counts.items()):
        if (seen := sum(by_leaf.values())) < 2:
            continue
        points = {
            leaf: round(plan.evidence * _surprise(count, seen, (leaves[leaf] + 0.5) / total), 3)
            for leaf, count in sorted(by_leaf.items())
        }
        if kept := {leaf: value for leaf, value in points.items() if value >= 0.02}:
            found[word] = kept
    return found


def _surprise(count: int, seen: int, share: float) -> float:
    return max(0.0, math.log(count / (seen + 1.5) / share)) * min(1.0, count / 3)


def _best_rows(example: Example) -> list[Row]:
    best: dict[int, Row] = {}
    for row in example.rows:
        if row.fit >= FIT and (row.cause not in best or row.fit > best[row.cause].fit):
            best[row.cause] = row
    return list(best.values())


def out_of_fold(examples: Sequence[Example], beside: Sequence[Example], plan: Plan) -> list[Call]:
    """Return what weights that have not seen an article choose in it, for every article.

    :param beside: articles that every fold is fitted on and none is measured on.
    """
    always = [row for example in beside for row in example.rows]
    order = list(range(len(examples)))
    random.Random(plan.seed).shuffle(order)
    calls: list[Call] = []
    for fold in range(plan.folds):
        unseen = {index for place, index in enumerate(order) if place % plan.folds == fold}
        rows = [row for i, example in enumerate(examples) if i not in unseen for row in example.rows]
        weights = _cause_weights([*rows, *always], plan)
        for index in sorted(unseen):
            calls.extend(calls_of(examples[index], weights))
    return calls


def calls_on(held: Sequence[Example], taught: Sequence[Example], plan: Plan) -> list[Call]:
    """Return what weights fitted on all of ``taught`` choose in the articles ``held`` back."""
    weights = _cause_weights([row for example in taught for row in example.rows], plan)
    return [call for example in held for call in calls_of(example, weights)]


def calls_of(example: Example, weights: dict[str, float]) -> list[Call]:
    """Return the stretches that ``weights`` prefer to those they overlap, however low their odds."""
    judged = []
    for number, row in enumerate(example.rows):
        odds = sum(weights.get(name, 0.0) * value for name, value in row.features.items())
        odds = max(odds, OUTRIGHT) if row.outright else odds
        margin = odds - joined_cost(row.candidate) - LOWEST
        judged.append(Judged(replace(row.candidate, cue_start=number), {}, margin, 0.0))
    chosen = [(item.margin + LOWEST, example.rows[item.candidate.cue_start]) for item in choose(judged)]
    return settle_calls((odds, row.fit, row.cause) for odds, row in chosen)


def write_weights(tree: dict[str, Any], folder: Path) -> Path:
    """Write ``weights.json`` into ``folder``: one feature a line, so that changes can be read."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "weights.json"
    path.write_text(json.dumps(tree, indent=0, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    return path
