"""The loss of a batch of lessons: tags of tokens, stretches on offer, and what is known of each cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from nlp_rotation.train.driver_calls import FIT
from nlp_rotation.train.driver_lessons import NO_LEAF, Lesson, Target
from nlp_rotation.train.driver_network import RELATIONS, DriverNetwork

_OUTSIDE, _BEGINS, _GOES_ON = range(3)
_UNMARKED = -100
#: What leaf, relation and hedge of a cause weigh against its being one.
_LEAF, _RELATION, _HEDGE = 0.5, 0.2, 0.2
_SMOOTHING = 0.05


def padded(lessons: Sequence[Lesson]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return token ids and mask of a batch."""
    ids = torch.zeros(len(lessons), max(len(lesson.passage.ids) for lesson in lessons), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, lesson in enumerate(lessons):
        ids[row, : len(lesson.passage.ids)] = torch.tensor(lesson.passage.ids)
        mask[row, : len(lesson.passage.ids)] = 1
    return ids, mask


def loss_of(network: DriverNetwork, lessons: Sequence[Lesson]) -> torch.Tensor:
    """Return the loss of one batch."""
    ids, mask = padded(lessons)
    # Half the time on processors that multiply bfloat16; the weights themselves stay in fp32.
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, answers = network(ids, mask)
    weights = torch.tensor([lesson.weight for lesson in lessons])
    loss = _of_tags(tags.float(), lessons, weights)
    loss = loss + _of_offers(network, answers.float(), lessons, weights)
    return loss + _of_causes(network, answers.float(), lessons, weights)


def _of_tags(tags: torch.Tensor, lessons: Sequence[Lesson], weights: torch.Tensor) -> torch.Tensor:
    aims = torch.full(tags.shape[:2], _UNMARKED)
    for row, lesson in enumerate(lessons):
        first = lesson.passage.first
        aims[row, first : first + len(lesson.passage.starts)] = _OUTSIDE
        for cause in lesson.causes:
            aims[row, cause.first + 1 : cause.last + 1] = _GOES_ON
        for cause in lesson.causes:
            aims[row, cause.first] = _BEGINS
    each = cross_entropy(tags.transpose(1, 2), aims, ignore_index=_UNMARKED, reduction="none")
    shares = (aims != _UNMARKED) * weights[:, None]
    return (each * shares).sum() / shares.sum()


def _of_offers(
    network: DriverNetwork, answers: torch.Tensor, lessons: Sequence[Lesson], weights: torch.Tensor
) -> torch.Tensor:
    picked = [(row, target) for row, lesson in enumerate(lessons) for target in lesson.offered]
    if not picked:
        return torch.zeros(())
    rows, logits = _logits(network, answers, picked)
    fits = torch.tensor([target.fit for _, target in picked])
    aims = (fits >= FIT).float()
    shares = weights[rows] * torch.where(fits >= FIT, fits + 0.4, torch.ones(()))
    each = binary_cross_entropy_with_logits(logits[:, 0], aims, reduction="none")
    return (each * shares).sum() / shares.sum()


def _of_causes(
    network: DriverNetwork, answers: torch.Tensor, lessons: Sequence[Lesson], weights: torch.Tensor
) -> torch.Tensor:
    picked = [(row, target) for row, lesson in enumerate(lessons) for target in lesson.causes]
    if not picked:
        return torch.zeros(())
    rows, logits = _logits(network, answers, picked)
    cut = 1 + network.leaves
    leaves, relations, hedged = logits[:, 1:cut], logits[:, cut:-1], logits[:, -1]

    def numbers(of: Callable[[Target], int]) -> torch.Tensor:
        return torch.tensor([of(target) for _, target in picked])

    each = _LEAF * cross_entropy(
        leaves,
        numbers(lambda target: target.leaf),
        ignore_index=NO_LEAF,
        label_smoothing=_SMOOTHING,
        reduction="none",
    )
    each = each + _RELATION * cross_entropy(
        relations, numbers(lambda target: RELATIONS.index(target.relation)), reduction="none"
    )
    aims = numbers(lambda target: int(target.hedged)).float()
    each = each + _HEDGE * binary_cross_entropy_with_logits(hedged, aims, reduction="none")
    return (each * weights[rows]).sum() / weights[rows].sum()


def _logits(
    network: DriverNetwork, answers: torch.Tensor, picked: Sequence[tuple[int, Target]]
) -> tuple[torch.Tensor, torch.Tensor]:
    rows = torch.tensor([row for row, _ in picked])
    first = torch.tensor([target.first for _, target in picked])
    last = torch.tensor([target.last for _, target in picked])
    return rows, network.stretches(answers, rows, first, last)
