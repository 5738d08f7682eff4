"""The trained weights of effects: whom a cause moves, and which way.

They are sums over features read from ``models/effect-linear``; where the folder is missing, the rules
of :mod:`nlp_rotation.annotate.drivers.effect_rules` stand alone.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp_rotation.config import MODELS
from nlp_rotation.errors import ModelError
from nlp_rotation.hashing import fingerprint
from nlp_rotation.types import Direction

FOLDER = MODELS / "effect-linear"
_HINT = "fetch the models again, or remove the folder to read with the rules alone"


@dataclass(frozen=True, slots=True)
class EffectModel:
    """Weights of the effects annotator, each a mapping of features to log-odds."""

    #: That a subject is one that the cause moves.
    subjects: Mapping[str, float]
    #: Subjects with lower log-odds are dropped, but for the best.
    threshold: float
    #: That a direction with a side is up.
    up: Mapping[str, float]
    #: That the text gives no direction.
    unclear: Mapping[str, float]
    version: str = ""

    def subject_odds(self, traits: Iterable[str]) -> float:
        """Return the log-odds that the cause moves a subject with ``traits``."""
        return _sum(self.subjects, traits)

    def direction(self, traits: Collection[str]) -> Direction:
        """Return the likeliest direction of a subject with ``traits``."""
        if _sum(self.unclear, traits) > 0:
            return "unclear"
        return "up" if _sum(self.up, traits) > 0 else "down"


def _sum(weights: Mapping[str, float], traits: Iterable[str]) -> float:
    # Exact, since a set has no order, and a plain sum of floats depends on it.
    return math.fsum([weights.get("bias", 0.0), *(weights.get(name, 0.0) for name in traits)])


def read_effect_model(folder: Path) -> EffectModel:
    """Read the weights in ``folder``.

    :raises ModelError: where the file is missing or not what it claims to be.
    """
    try:
        raw = (folder / "weights.json").read_bytes()
        tree = json.loads(raw)
        return EffectModel(
            subjects=tree["subjects"],
            threshold=float(tree["threshold"]),
            up=tree["up"],
            unclear=tree["unclear"],
            version=fingerprint(raw),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"cannot read the effect weights: {error}", where=str(folder), hint=_HINT) from error


@cache
def builtin_effect_model() -> EffectModel | None:
    """Return the bundled weights, read once; None where the folder is not there."""
    return read_effect_model(FOLDER) if FOLDER.is_dir() else None
