"""Whom a cause moves, and which way: trained weights over all that stands near, led by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nlp_rotation.annotate.drivers.directions import direction_traits
from nlp_rotation.annotate.drivers.effect_model import EffectModel
from nlp_rotation.annotate.drivers.effect_rules import rotated, told_effects
from nlp_rotation.annotate.drivers.scene import Scene, Told
from nlp_rotation.annotate.drivers.subjects import subject_traits
from nlp_rotation.types import Effect

#: No cause of the annotated articles moves more, but for a handful.
_MOST = 6


def find_effects(scene: Scene, told: Told, model: EffectModel | None) -> tuple[Effect, ...]:
    """Return whom the cause of ``told`` moves and which way.

    Without ``model``, and for the cause of a rotation with both its sides, the rules decide.
    """
    ruled = told_effects(scene, told)
    if model is None or rotated(scene, told):
        return ruled
    near = subject_traits(scene, told, ruled)
    return tuple(
        Effect(on=subject, direction=model.direction(direction_traits(scene, told, subject, ruled)))
        for subject in choose_subjects(model, near)
    )


def choose_subjects(model: EffectModel, near: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the subjects that ``model`` believes, the surest first; the best where it believes none."""
    odds = {subject: model.subject_odds(traits) for subject, traits in near.items()}
    least = min(model.threshold, max(odds.values()))
    return sorted((s for s in odds if odds[s] >= least), key=lambda s: -odds[s])[:_MOST]
