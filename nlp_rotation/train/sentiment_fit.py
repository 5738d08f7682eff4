"""The training loop: seeded, resumable at any checkpoint, one line of log every hundred steps."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy

from nlp_rotation.train.sentiment_batches import Batch, Encoded, batches
from nlp_rotation.train.sentiment_data import LABELS
from nlp_rotation.train.sentiment_network import SentimentNetwork
from nlp_rotation.train.sentiment_plan import Plan, Stage

_LOG_EVERY = 50
_SAVE_EVERY = 50
_CLIP = 1.0


@dataclass(slots=True)
class Place:
    """Where a run stands: stage, and step within the stage."""

    stage: int = 0
    step: int = 0


class Run:
    """One training run with its folder of checkpoint and log."""

    def __init__(self, network: SentimentNetwork, plan: Plan, folder: Path) -> None:
        self.network, self.plan, self.folder = network, plan, folder
        self.place = Place()
        trained = [weight for weight in network.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.AdamW(trained, lr=0.0, weight_decay=plan.weight_decay, fused=True)
        self._checkpoint = folder / "checkpoint.pt"

    def resume(self) -> None:
        """Go on from the checkpoint in the folder, where there is one."""
        if self._checkpoint.exists():
            state = torch.load(self._checkpoint, weights_only=True)
            self.network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.place = Place(**state["place"])

    def save(self) -> None:
        """Write the checkpoint; a run killed meanwhile keeps the one before."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "place": {"stage": self.place.stage, "step": self.place.step},
        }
        draft = self._checkpoint.with_suffix(".draft")
        torch.save(state, draft)
        draft.replace(self._checkpoint)

    def fit(self, data: dict[str, list[Encoded]]) -> None:
        """Train through all stages of the plan that are not done yet."""
        self.network.train()
        while self.place.stage < len(self.plan.stages):
            stage = self.plan.stages[self.place.stage]
            items = [item for name, times in stage.data.items() for item in data[name] * times]
            self._fit_stage(stage, items)
            self.place = Place(self.place.stage + 1)
            self.save()
            torch.save(self.network.state_dict(), self._end(self.place.stage))
        if self.plan.average > 1:
            self._average()

    def _end(self, stage: int) -> Path:
        return self.folder / f"stage{stage}.pt"

    def _average(self) -> None:
        """Take the mean of the weights at the ends of the last stages: steadier than any one of them."""
        last = len(self.plan.stages)
        stages = range(last - self.plan.average + 1, last + 1)
        ends = [torch.load(self._end(stage), weights_only=True) for stage in stages]
        means = {name: torch.stack([end[name] for end in ends]).mean(0) for name in ends[0]}
        self.network.load_state_dict(means)

    def _fit_stage(self, stage: Stage, items: Sequence[Encoded]) -> None:
        self.network.freeze(stage.frozen)
        weights = class_weights(items, self.plan.balance)
        total = stage.epochs * -(-len(items) // self.plan.batch)
        total = min(total, stage.stop or total)
        loss_sum, began = 0.0, time.monotonic()
        for step, batch in enumerate(islice(self._batches(stage, items), total)):
            if step < self.place.step:
                continue
            # Dropout depends on the step alone, so that a resumed run is the same run.
            torch.manual_seed(self.plan.seed * 1_000_003 + self.place.stage * 100_003 + step)
            rate = rate_at(stage, step / total)
            loss_sum += self._step(batch, weights, rate)
            self.place.step = step + 1
            if self.place.step % _LOG_EVERY == 0:
                seconds = round(time.monotonic() - began)
                self._log(stage.name, total, loss=loss_sum / _LOG_EVERY, rate=rate, seconds=seconds)
                loss_sum = 0.0
            if self.place.step % _SAVE_EVERY == 0:
                self.save()

    def _batches(self, stage: Stage, items: Sequence[Encoded]) -> Iterator[Batch]:
        for epoch in range(stage.epochs):
            seed = f"{self.plan.seed} {stage.name} {epoch}"
            yield from batches(items, size=self.plan.batch, seed=seed)

    def _step(self, batch: Batch, weights: torch.Tensor, rate: float) -> float:
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        loss = self._loss(batch, weights)
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _loss(self, batch: Batch, weights: torch.Tensor) -> torch.Tensor:
        # Half the time on processors that multiply bfloat16; the weights themselves stay in fp32.
        with torch.autocast("cpu", dtype=torch.bfloat16):
            sentences, tokens = self.network(batch.ids, batch.mask)
        sentences, tokens = sentences.float(), tokens.float()
        mentions = torch.einsum("et,etc->ec", batch.places, tokens[batch.rows])
        return self._distance(sentences, batch.aims, weights) + self._distance(
            mentions, batch.target_aims, weights
        )

    def _distance(self, logits: torch.Tensor, aims: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        known = aims.sum(1) > 0
        if not known.any():
            return torch.zeros(())
        smoothing = self.plan.label_smoothing
        return cross_entropy(logits[known], aims[known], weights, label_smoothing=smoothing)

    def _log(self, stage: str, total: int, *, loss: float, rate: float, seconds: int) -> None:
        entry = {"stage": stage, "step": self.place.step, "of": total}
        entry |= {"loss": round(loss, 4), "rate": round(rate, 8), "seconds": seconds}
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")


def rate_at(stage: Stage, progress: float) -> float:
    """Return the learning rate at ``progress`` (0 to 1): up in a line, then down in a line."""
    if progress < stage.warmup:
        return stage.rate * progress / stage.warmup
    left = (1 - progress) / (1 - stage.warmup)
    return stage.rate * (stage.final + (1 - stage.final) * left)


def class_weights(items: Sequence[Encoded], balance: float) -> torch.Tensor:
    """Return a weight for each class, 1 on average over the items."""
    aims = torch.tensor([item.aim for item in items]).reshape(-1, len(LABELS))
    share = aims.sum(0) / aims.sum()
    raw = share.clamp_min(1e-6) ** -balance
    return raw / (raw * share).sum()
