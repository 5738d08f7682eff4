"""The quality gate: figures on our own corpus must not fall below floors pinned beside it.

The baseline also pins a fingerprint of texts and gold, so that a changed corpus cannot move the figures
unnoticed. It keeps the misses of the run that set the floors, so that the gate can name gains and losses.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from nlp_rotation.errors import UsageError
from nlp_rotation.evaluate.comparison import headline
from nlp_rotation.evaluate.extraction import LOWER_IS_BETTER, Miss, Score

#: How far a figure may fall below its floor before the gate shuts: about one item of the smallest class.
EPSILON = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What the gate compares with."""

    fingerprint: str
    floors: Mapping[str, float]
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """What the gate found."""

    shortfalls: tuple[str, ...]
    gains: tuple[Miss, ...]
    losses: tuple[Miss, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing fell."""
        return not self.shortfalls


def corpus_fingerprint(folder: Path) -> str:
    """Return a hash of every text and every annotation in ``folder``."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.json")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in ``path``.

    :raises UsageError: where there is none or it is not readable.
    """
    try:
        tree = json.loads(path.read_text("utf-8"))
        return Baseline(
            fingerprint=tree["fingerprint"],
            floors=tree["floors"],
            misses=tuple(Miss(*row) for row in tree["misses"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        hint = "make one with: nlp-rotation evaluate gate CORPUS --update"
        raise UsageError("no readable baseline", where=str(path), hint=hint) from error


def write_baseline(path: Path, folder: Path, score: Score) -> None:
    """Pin the figures of ``score`` as floors."""
    tree = {
        "fingerprint": corpus_fingerprint(folder),
        "floors": headlines(score),
        "misses": [list(astuple(miss)) for miss in sorted(score.misses)],
    }
    path.write_text(json.dumps(tree, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def headlines(score: Score) -> dict[str, float]:
    """Return the one number of every figure."""
    return {key: headline(figure) for key, figure in score.figures().items()}


def judge(score: Score, baseline: Baseline, folder: Path) -> GateResult:
    """Hold a score against the baseline."""
    shortfalls = []
    if corpus_fingerprint(folder) != baseline.fingerprint:
        shortfalls.append(
            "the corpus is not the one that the floors were set on; set them anew with --update"
        )
    figures = headlines(score)
    shortfalls += [
        f"{key} {figures[key]:.4f}, floor {floor:.4f}"
        for key, floor in baseline.floors.items()
        if _falls_short(key, figures[key], floor)
    ]
    before, now = Counter(baseline.misses), Counter(score.misses)
    return GateResult(
        shortfalls=tuple(shortfalls),
        gains=tuple(sorted((before - now).elements())),
        losses=tuple(sorted((now - before).elements())),
    )


def regressions(score: Score, baseline: Baseline) -> list[str]:
    """Return the figures that a new baseline would lower."""
    figures = headlines(score)
    return [key for key, floor in baseline.floors.items() if _falls_short(key, figures[key], floor)]


def _falls_short(key: str, value: float, floor: float) -> bool:
    if key in LOWER_IS_BETTER:
        return value > floor + EPSILON
    return value < floor - EPSILON
