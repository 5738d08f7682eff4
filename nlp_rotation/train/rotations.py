"""``python -m nlp_rotation.train rotations``: weights of the rotation annotator, and their figures."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from nlp_rotation.annotate.rotations.judging import FOLDER
from nlp_rotation.train.driver_calls import Call, Scale, as_rows, curve, figures_at, reliability, scale_of
from nlp_rotation.train.driver_fit import write_weights
from nlp_rotation.train.logistic import fit_logistic
from nlp_rotation.train.rotation_gold import Example, Row, read_examples

#: What an article of our own writing counts against a real one.
_OWN_WEIGHT = 0.6
#: Inverse strength of the L2 penalty; 0.05 to 0.5 are alike by cross-validation.
_STRENGTH = 0.5
#: A feature must stand on this many pairs.
_LEAST = 3
_FOLDS = 6
#: From these log-odds on a loose reader is believed; by cross-validation, 0 to -1 are alike.
_THRESHOLD = -0.5

Weights = Mapping[str, float]


def main(arguments: list[str]) -> int:
    """Fit on the gold folders given, after measuring on articles left out in turn."""
    given = _parser().parse_args(arguments)
    examples = read_examples(given.gold)
    own = read_examples(given.own, weight=_OWN_WEIGHT)
    calls = out_of_fold(examples, own, given.seed)
    wanted = sum(example.wanted for example in examples)
    scale = scale_at(_THRESHOLD, calls, wanted)
    figures = {
        "articles": {"measured": len(examples), "own": len(own)},
        "rotations": {"measured": wanted, "own": sum(example.wanted for example in own)},
        "chosen": asdict(figures_at(calls, wanted, scale.threshold)),
        "curve": as_rows(curve(calls, wanted)[::5]),
        "reliability": reliability(calls, scale),
    }
    tree = tree_of(fit([*examples, *own], given.seed), scale)
    sys.stdout.write(f"{write_weights(tree, given.out)}\n")
    (given.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlp_rotation.train rotations", description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="folders of NAME.txt + NAME.json")
    parser.add_argument("--own", type=Path, nargs="*", default=[], help="the same, of our own writing")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the weights")
    parser.add_argument("--seed", type=int, default=7)
    return parser


def scale_at(threshold: float, calls: Sequence[Call], wanted: int) -> Scale:
    """Return what odds are worth, told from ``threshold``."""
    best = scale_of(calls, wanted)
    offset = best.offset + best.slope * (threshold - best.threshold)
    return Scale(threshold, best.slope, round(offset, 4))


def tree_of(weights: Weights, scale: Scale) -> dict[str, Any]:
    """Return the tree of ``weights.json``."""
    calibration = {"slope": scale.slope, "offset": scale.offset}
    return {"weights": dict(weights), "threshold": scale.threshold, "calibration": calibration}


def fit(examples: Iterable[Example], seed: int) -> dict[str, float]:
    """Return the weights that tell the pairs of the gold from the others in ``examples``."""
    rows = [row for example in examples for row in example.rows]
    odds, intercept = fit_logistic(
        [dict.fromkeys(row.features, 1.0) for row in rows],
        [bool(row.hits) for row in rows],
        [row.weight for row in rows],
        least=_LEAST,
        strength=_STRENGTH,
        seed=seed,
    )
    found = {name: round(weight, 3) for name, weight in odds.items()}
    found["bias"] = round(intercept, 3)
    return {name: weight for name, weight in found.items() if abs(weight) >= 0.002}


def out_of_fold(examples: Sequence[Example], own: Sequence[Example], seed: int) -> list[Call]:
    """Return what weights that have not seen an article choose in it, for every article."""
    order = list(range(len(examples)))
    random.Random(seed).shuffle(order)
    calls: list[Call] = []
    for fold in range(_FOLDS):
        unseen = set(order[fold::_FOLDS])
        weights = fit([*(e for i, e in enumerate(examples) if i not in unseen), *own], seed)
        for index in sorted(unseen):
            calls.extend(calls_of(examples[index], weights))
    return calls


def calls_of(example: Example, weights: Weights) -> list[Call]:
    """Return the pairs of the frames that stand; each rotation is hit once.

    What the rules chose is always kept, so that it counts at the threshold at least.
    """
    rated = sorted(((odds_of(row, weights), row) for row in _chosen(example, weights)), key=lambda it: -it[0])
    taken: set[int] = set()
    calls = []
    for odds, row in rated:
        free = sorted(row.hits - taken)
        calls.append(Call(max(odds, _THRESHOLD) if row.chosen else odds, bool(free)))
        taken.update(free[:1])
    return calls


def odds_of(row: Row, weights: Weights) -> float:
    """Return the log-odds of ``row``."""
    return weights.get("bias", 0.0) + sum(weights.get(name, 0.0) for name in row.features)


def _chosen(example: Example, weights: Weights) -> list[Row]:
    frames = [list(rows) for _, rows in groupby(example.rows, key=lambda row: row.frame)]
    kept: list[list[Row]] = []
    for rows in sorted(frames, key=lambda rows: _rank(rows, weights)):
        start, end = rows[0].start, rows[0].end
        if all(end <= other[0].start or other[0].end <= start for other in kept):
            kept.append(rows)
    return [row for rows in kept for row in rows]


def _rank(rows: Sequence[Row], weights: Weights) -> tuple[bool, float]:
    return not rows[0].chosen, -max(odds_of(row, weights) for row in rows)
