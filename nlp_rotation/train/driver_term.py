"""The training loop of the encoder: seeded, one line of log every twenty steps, all numbers in a plan."""

from __future__ import annotations

import json
import math
import random
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from nlp_rotation.errors import ConfigError
from nlp_rotation.train.driver_lecture import loss_of
from nlp_rotation.train.driver_lessons import Lesson
from nlp_rotation.train.driver_network import DriverNetwork

_LOG_EVERY = 20
_CLIP = 1.0
#: Passages of about one length share a batch; so many tokens may lie between them by chance.
_LOOSE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that fixes a run besides the data and the base model."""

    seed: int
    epochs: int
    batch: int
    #: Learning rates of the encoder and of its heads, at their highest.
    rate: float
    head_rate: float
    warmup: float
    weight_decay: float
    dropout: float
    #: Layers, counted from the input, that stay as they are; the word vectors always do.
    frozen: int
    #: What an article of our own writing counts against a real one.
    own_weight: float


def read_plan(path: Path) -> Plan:
    """Read a plan.

    :raises ConfigError: where the file is missing, or lacks a key or has one too many.
    """
    try:
        return Plan(**tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ConfigError(f"not a training plan ({error})", where=str(path)) from error


def teach(network: DriverNetwork, lessons: Sequence[Lesson], plan: Plan, log: Path) -> None:
    """Train ``network`` on ``lessons`` as ``plan`` says."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    optimizer = _optimizer(network, plan)
    total = plan.epochs * math.ceil(len(_half(lessons, 0)) / plan.batch)
    step, told, began = 0, 0.0, time.monotonic()
    network.train()
    for epoch in range(plan.epochs):
        for batch in _batches(_half(lessons, epoch), plan.batch, chance):
            told += _step(network, optimizer, batch, share_at(step / total, plan.warmup))
            step += 1
            if step % _LOG_EVERY == 0:
                seconds = round(time.monotonic() - began)
                _log(
                    log, {"step": step, "of": total, "loss": round(told / _LOG_EVERY, 4), "seconds": seconds}
                )
                told = 0.0


def _optimizer(network: DriverNetwork, plan: Plan) -> torch.optim.Optimizer:
    inner = [weight for weight in network.encoder.parameters() if weight.requires_grad]
    known = {id(weight) for weight in network.encoder.parameters()}
    heads = [weight for weight in network.parameters() if id(weight) not in known]
    groups = [{"params": inner, "highest": plan.rate}, {"params": heads, "highest": plan.head_rate}]
    return torch.optim.AdamW(groups, lr=0.0, weight_decay=plan.weight_decay, fused=True)


def share_at(progress: float, warmup: float) -> float:
    """Return the share of the highest rate at ``progress`` (0 to 1): up in a line, then down in a line."""
    return progress / warmup if progress < warmup else max(0.0, (1 - progress) / (1 - warmup))


def _half(lessons: Sequence[Lesson], epoch: int) -> list[Lesson]:
    """Return the lessons with causes and every other one without, which counts double; in turn."""
    empty = [lesson for lesson in lessons if not lesson.causes][epoch % 2 :: 2]
    doubled = [replace(lesson, weight=2 * lesson.weight) for lesson in empty]
    return [*(lesson for lesson in lessons if lesson.causes), *doubled]


def _batches(lessons: Sequence[Lesson], size: int, chance: random.Random) -> Iterator[list[Lesson]]:
    keys = [len(lesson.passage.ids) + chance.random() * _LOOSE for lesson in lessons]
    order = sorted(range(len(lessons)), key=keys.__getitem__)
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    chance.shuffle(batches)
    for batch in batches:
        yield [lessons[index] for index in batch]


def _step(
    network: DriverNetwork, optimizer: torch.optim.Optimizer, batch: Sequence[Lesson], share: float
) -> float:
    for group in optimizer.param_groups:
        group["lr"] = group["highest"] * share
    loss = loss_of(network, batch)
    loss.backward()  # type: ignore[no-untyped-call]  # torch's own
    torch.nn.utils.clip_grad_norm_(network.parameters(), _CLIP)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def _log(path: Path, entry: dict[str, float]) -> None:
    with path.open("a", encoding="utf-8") as log:
        log.write(json.dumps(entry) + "\n")
