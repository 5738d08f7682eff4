"""The plan of a training run: a TOML file that names stages, data and every number that matters."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from nlp_rotation.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stretch of training over one mixture of data, with a learning rate that falls in a line."""

    name: str
    #: File stems and how often each file's texts come up in one epoch.
    data: dict[str, int]
    epochs: int
    rate: float
    #: Learning rate at the end, as a share of ``rate``.
    final: float = 0.0
    warmup: float = 0.06
    #: The stage ends after this many steps, if its epochs have more.
    stop: int | None = None
    #: Layers of the encoder, counted from the input, that this stage leaves as they are.
    frozen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that fixes a run besides the data and the base model."""

    seed: int
    batch: int
    label_smoothing: float
    #: Classes weigh their inverse frequency to this power: 0 leaves them be, 1 makes them equal.
    balance: float
    weight_decay: float
    #: Files whose held-out texts the temperatures are fitted on.
    calibrate: list[str]
    stages: tuple[Stage, ...]
    #: How far a teacher's answer counts beside a label, where the data have both.
    trust: float = 0.0
    #: Of how many last stages' ends the weights are the mean.
    average: int = 1
    #: Files that a teacher answers for instead of being shipped.
    teaches: tuple[str, ...] = ()
    #: Files that no stage may learn from: all their texts are held out.
    set_aside: tuple[str, ...] = ()


def read_plan(path: Path) -> Plan:
    """Read a plan.

    :raises ConfigError: where the file is missing, lacks a key or learns from what it sets aside.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        stages = tuple(Stage(**stage) for stage in table.pop("stage"))
        lists = {key: tuple(table.get(key, ())) for key in ("teaches", "set_aside")}
        plan = Plan(**table | lists, stages=stages)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"not a training plan ({error})", where=str(path)) from error
    learnt = {name for stage in plan.stages for name in stage.data}
    if both := learnt & {*plan.set_aside}:
        raise ConfigError(f"a stage learns from what is set aside: {', '.join(both)}", where=str(path))
    return plan
