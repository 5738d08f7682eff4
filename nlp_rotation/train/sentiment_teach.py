"""A trained network as a teacher: its calibrated answers, written beside the texts that it was asked about.

A larger network that learnt from the same labels tells how sure one may be of each, and answers for texts
that nobody labelled; a small network learns more from that than from the labels alone (Hinton et al., 2015).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from nlp_rotation.train.sentiment_batches import collate, encode
from nlp_rotation.train.sentiment_data import LABELS, Example, Target
from nlp_rotation.train.sentiment_network import SentimentNetwork

_BATCH = 128
#: Decimals of a probability that a file keeps.
_PLACES = 4


class Teacher:
    """A network with its tokenizer and the temperatures of its two outputs."""

    def __init__(self, network: SentimentNetwork, tokenizer: Any, *, sentence: float, mention: float) -> None:
        # Twice as fast on processors that multiply bfloat16, and exact enough for a probability.
        self.network, self.tokenizer = network.eval().bfloat16(), tokenizer
        self.sentence, self.mention = sentence, mention

    def write(self, examples: Sequence[Example], path: Path) -> None:
        """Write the examples with the teacher's answers; what is held out stays untaught."""
        asked = [example for example in examples if example.split == "train"]
        answers = dict(self._answers(asked))
        with path.open("w", encoding="utf-8") as lines:
            for example in examples:
                row = _row(example, answers.get(id(example), []))
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")

    def _answers(self, examples: Sequence[Example]) -> Iterator[tuple[int, list[list[float]]]]:
        """Yield for each example its answer and those of its targets."""
        # In order of length, so that little is padded.
        order = sorted(examples, key=lambda example: len(example.text))
        for at in range(0, len(order), _BATCH):
            group = order[at : at + _BATCH]
            for example, answers in zip(group, self._batch(group), strict=True):
                yield id(example), answers

    def _batch(self, examples: Sequence[Example]) -> list[list[list[float]]]:
        batch = collate(encode(self.tokenizer, examples))
        with torch.inference_mode():
            sentences, tokens = self.network(batch.ids, batch.mask)
        mentions = torch.einsum("et,etc->ec", batch.places, tokens.float()[batch.rows])
        answers = [[row] for row in _shares(sentences.float() / self.sentence)]
        for row, answer in zip(batch.rows.tolist(), _shares(mentions / self.mention), strict=True):
            answers[row].append(answer)
        return answers


def _shares(logits: torch.Tensor) -> list[list[float]]:
    return [[round(share, _PLACES) for share in row] for row in logits.softmax(-1).tolist()]


def _row(example: Example, answers: list[list[float]]) -> dict[str, Any]:
    """Return an example as a line of a data file; targets past the cut of training have no answer."""
    row: dict[str, Any] = {"text": example.text}
    if example.label is not None:
        row["label"] = LABELS[example.label]
    if example.targets:
        row["entities"] = [_entity(example.text, target) for target in example.targets]
    for part, answer in zip([row, *row.get("entities", ())], answers, strict=False):
        part["probabilities"] = answer
    return row


def _entity(text: str, target: Target) -> dict[str, Any]:
    name = text[target.start : target.end]
    return {"start": target.start, "end": target.end, "entity": name, "label": LABELS[target.label]}
