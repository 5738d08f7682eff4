"""``python -m nlp_rotation.train effects``: weights of whom a cause moves, and which way."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp_rotation.annotate.drivers.effect_model import FOLDER, EffectModel
from nlp_rotation.annotate.drivers.effects import choose_subjects
from nlp_rotation.train.driver_fit import write_weights
from nlp_rotation.train.effect_gold import Case, Lesson, read_lessons
from nlp_rotation.train.logistic import fit_logistic

#: What an article of our own writing counts against a real one.
_OWN_WEIGHT = 0.6
#: Inverse strength of the L2 penalty, for subjects and for directions.
_STRENGTH, _TURN_STRENGTH = 0.1, 0.1
#: A feature must stand on this many rows.
_LEAST = 4
_FOLDS = 6
#: From these log-odds on a subject is one; -0.8 to -0.2 are alike by cross-validation.
THRESHOLD = -0.5
#: Weights this small are left out.
_FAINT = 0.015


@dataclass(frozen=True, slots=True)
class Row:
    """Something that is so or not, with its traits."""

    traits: frozenset[str]
    so: bool
    weight: float


@dataclass(slots=True)
class Tally:
    """Effects found and wanted, and how many of the found are right."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.found + self.wanted)


def main(arguments: list[str]) -> int:
    """Fit on the gold folders given, after measuring on articles left out in turn."""
    given = _parser().parse_args(arguments)
    lessons = read_lessons(given.gold)
    own = read_lessons(given.own, weight=_OWN_WEIGHT)
    figures = {
        "articles": {"measured": len(lessons), "own": len(own)},
        "causes": sum(len(lesson.cases) for lesson in lessons),
        "effects_f1": round(out_of_fold(lessons, own, given.seed).f1, 4),
    }
    sys.stdout.write(f"{write_weights(tree_of(fit([*lessons, *own], given.seed)), given.out)}\n")
    (given.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlp_rotation.train effects", description=__doc__)
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="folders of NAME.txt + NAME.json")
    parser.add_argument("--own", type=Path, nargs="*", default=[], help="the same, of our own writing")
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder of the weights")
    parser.add_argument("--seed", type=int, default=7)
    return parser


def tree_of(model: EffectModel) -> dict[str, Any]:
    """Return the tree of ``weights.json``."""
    return {
        "subjects": dict(model.subjects),
        "threshold": model.threshold,
        "up": dict(model.up),
        "unclear": dict(model.unclear),
    }


def fit(lessons: Sequence[Lesson], seed: int) -> EffectModel:
    """Return the weights that tell whom the causes of ``lessons`` move, and which way."""
    turns = list(_turns(lessons))
    sided = [(traits, turn, weight) for traits, turn, weight in turns if turn != "unclear"]
    return EffectModel(
        subjects=_weights(list(_subjects(lessons)), _STRENGTH, seed),
        threshold=THRESHOLD,
        up=_weights([Row(t, turn == "up", w) for t, turn, w in sided], _TURN_STRENGTH, seed),
        unclear=_weights([Row(t, turn == "unclear", w) for t, turn, w in turns], _TURN_STRENGTH, seed),
    )


def _subjects(lessons: Iterable[Lesson]) -> Iterator[Row]:
    for lesson in lessons:
        for case in lesson.cases:
            for subject, traits in case.subjects.items():
                yield Row(traits, subject in case.wanted, lesson.weight)


def _turns(lessons: Iterable[Lesson]) -> Iterator[tuple[frozenset[str], str, float]]:
    for lesson in lessons:
        for case in lesson.cases:
            for subject, direction in case.wanted.items():
                if subject in case.directions:
                    yield case.directions[subject], direction, lesson.weight


def _weights(rows: Sequence[Row], strength: float, seed: int) -> dict[str, float]:
    odds, intercept = fit_logistic(
        [dict.fromkeys(sorted(row.traits), 1.0) for row in rows],
        [row.so for row in rows],
        [row.weight for row in rows],
        least=_LEAST,
        strength=strength,
        seed=seed,
    )
    found = {name: round(weight, 3) for name, weight in odds.items() if abs(weight) >= _FAINT}
    return found | {"bias": round(intercept, 3)}


def out_of_fold(lessons: Sequence[Lesson], own: Sequence[Lesson], seed: int) -> Tally:
    """Return how good the effects are that weights give which have not seen an article."""
    order = list(range(len(lessons)))
    random.Random(seed).shuffle(order)
    tally = Tally()
    for fold in range(_FOLDS):
        unseen = set(order[fold::_FOLDS])
        model = fit([*(lesson for i, lesson in enumerate(lessons) if i not in unseen), *own], seed)
        for index in sorted(unseen):
            measure(lessons[index], model, tally)
    return tally


def measure(lesson: Lesson, model: EffectModel, tally: Tally) -> None:
    """Count into ``tally`` what ``model`` makes of the causes of ``lesson``."""
    for case in lesson.cases:
        found = _found(case, model)
        tally.right += len(found & set(case.wanted.items()))
        tally.found += len(found)
        tally.wanted += len(case.wanted)


def _found(case: Case, model: EffectModel) -> set[tuple[str, str]]:
    if case.settled:
        return set(case.settled.items())
    chosen = choose_subjects(model, case.subjects)
    return {(subject, model.direction(case.directions[subject])) for subject in chosen}
