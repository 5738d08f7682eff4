"""Temperatures that make the model's confidence what it says (Guo et al., 2017), fitted on held-out text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch.nn.functional import cross_entropy

from nlp_rotation.train.sentiment_batches import batches, encode
from nlp_rotation.train.sentiment_data import Example
from nlp_rotation.train.sentiment_network import SentimentNetwork

_BATCH = 32
#: Temperatures tried, 0.30 to 3.00: the loss has one valley, and a hundredth is finer than the data.
_GRID = torch.arange(0.3, 3.0, 0.01)


def temperatures(
    network: SentimentNetwork, tokenizer: Any, examples: Sequence[Example]
) -> tuple[float, float]:
    """Return the temperatures of sentences and of mentions that fit ``examples`` best."""
    network.eval()
    sentences: list[tuple[torch.Tensor, torch.Tensor]] = []
    mentions: list[tuple[torch.Tensor, torch.Tensor]] = []
    with torch.inference_mode():
        for batch in batches(encode(tokenizer, examples), size=_BATCH, seed="calibration"):
            whole, tokens = network(batch.ids, batch.mask)
            labelled = batch.aims.sum(1) > 0
            sentences.append((whole[labelled], batch.aims[labelled].argmax(1)))
            pooled = torch.einsum("et,etc->ec", batch.places, tokens[batch.rows])
            mentions.append((pooled, batch.target_aims.argmax(1)))
    return best_temperature(sentences), best_temperature(mentions)


def best_temperature(parts: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> float:
    """Return the temperature under which the labels are likeliest; 1 where there are none."""
    logits, labels = (torch.cat(column) for column in zip(*parts, strict=True))
    if not len(labels):
        return 1.0
    losses = torch.stack([cross_entropy(logits / temperature, labels) for temperature in _GRID])
    return float(_GRID[losses.argmin()])
