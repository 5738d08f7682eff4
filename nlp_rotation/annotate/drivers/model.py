"""The trained weights: what makes a stretch a cause, and which words speak for which leaf.

They are sums over features read from ``models/driver-linear``; where the files are missing, the
rules of the cue table stand alone (see :mod:`nlp_rotation.annotate.drivers.judging`).
"""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from nlp_rotation.annotate.drivers.features import Group, Traits, spell, word_traits
from nlp_rotation.config import MODELS
from nlp_rotation.errors import ModelError
from nlp_rotation.hashing import fingerprint

FOLDER = MODELS / "driver-linear"
#: Sums of groups kept in memory; the groups of a thousand articles.
_MOST_SUMS = 200_000
_HINT = "fetch the models again, or remove the folder to read with the rules alone"


@dataclass(frozen=True)
class DriverModel:
    """Weights of the driver annotator."""

    #: Feature -> weight; the sum is the log-odds that a candidate is a cause.
    causes: Mapping[str, float]
    #: Candidates with lower log-odds are dropped.
    threshold: float
    #: Stem or pair of stems -> leaf -> points, in the unit of the lexicon.
    evidence: Mapping[str, Mapping[str, float]]
    #: Stem -> the words that are used alike, as a coarse and a fine class.
    clusters: Mapping[str, tuple[int, int]]
    version: str
    #: The probability that a candidate is a cause has the log-odds slope x margin + offset.
    slope: float = 1.0
    offset: float = 0.0
    #: Sums of the groups weighed before.
    sums: dict[Group, float] = field(default_factory=dict, repr=False, compare=False)

    def weigh_traits(self, traits: Traits) -> float:
        """Return what ``traits`` add to the log-odds that a candidate is a cause."""
        get, inside, effect = self.causes.get, self.words["in"].get, self.words["effect"].get
        total = sum([get(name, 0.0) for name in traits.names]) + self.weigh_groups(traits.groups)
        total += sum([inside(word, 0.0) for word in traits.inside])
        total += sum([effect(word, 0.0) for word in traits.effect])
        return total + sum([get(name, 0.0) * value for name, value in traits.strength.items()])

    def weigh_groups(self, groups: Iterable[Group]) -> float:
        """Return the sum of the weights of ``groups``, each summed once and kept."""
        total = 0.0
        for group in groups:
            known = self.sums.get(group)
            if known is None:
                known = sum(self.causes.get(name, 0.0) for name in spell(group, self.clusters))
                if len(self.sums) < _MOST_SUMS:
                    self.sums[group] = known
            total += known
        return total

    @cached_property
    def words(self) -> dict[str, dict[str, float]]:
        """The weight of each known word with its classes, as part of a cause and of an effect."""
        return {role: self._words_as(role) for role in ("in", "effect")}

    def _words_as(self, role: str) -> dict[str, float]:
        known = {name.partition(":")[2] for name in self.causes if name.startswith(f"{role}:")}
        return {
            word: sum(self.causes.get(name, 0.0) for name in word_traits(role, word, self.clusters))
            for word in known | set(self.clusters)
        }

    def speak_for(self, words: Sequence[str]) -> dict[str, float]:
        """Return the points that ``words`` (stems) give to each leaf, as learned."""
        found: dict[str, float] = {}
        pairs = ("_".join(pair) for pair in itertools.pairwise(words))
        for word in {*words, *pairs}:
            for leaf, points in self.evidence.get(word, {}).items():
                found[leaf] = found.get(leaf, 0.0) + points
        return found


def probability(log_odds: float) -> float:
    """Return the probability of ``log_odds``."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


def read_model(folder: Path) -> DriverModel:
    """Read the weights in ``folder``.

    :raises ModelError: where a file is missing or not what it claims to be.
    """
    try:
        raw = (folder / "weights.json").read_bytes()
        tree = json.loads(raw)
        clusters = json.loads((folder / "clusters.json").read_text("utf-8"))
        return DriverModel(
            causes=tree["causes"],
            threshold=float(tree["threshold"]),
            evidence=tree["evidence"],
            clusters={word: (int(pair[0]), int(pair[1])) for word, pair in clusters.items()},
            version=fingerprint(raw),
            slope=float(tree["calibration"]["slope"]),
            offset=float(tree["calibration"]["offset"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"cannot read the driver weights: {error}", where=str(folder), hint=_HINT) from error


@cache
def builtin_model() -> DriverModel | None:
    """Return the bundled weights, read once; None where the folder is not there."""
    return read_model(FOLDER) if FOLDER.is_dir() else None
