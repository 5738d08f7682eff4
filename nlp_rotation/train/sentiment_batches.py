"""Examples as tensors: tokens, places of the targets, batches of like length in a seeded order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tokenizers
import torch

from nlp_rotation.train.sentiment_data import LABELS, Example, Taught

#: Texts past this many tokens are cut in training alone; the program reads long texts in windows.
MAX_TOKENS = 96
#: Batches that are sorted by length together: enough for little padding, few enough for chance.
_POOL = 40

#: What the network should answer: a probability for each class, or zeros where nothing is known.
Aim = tuple[float, ...]
UNKNOWN: Aim = (0.0,) * len(LABELS)

_WEB_ADDRESS = r"https?://\S+"


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example in tokens: each target as the tokens it covers and its aim."""

    ids: list[int]
    aim: Aim
    targets: tuple[tuple[list[int], Aim], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step; ``places`` has a row of weights for each target over its text's tokens."""

    ids: torch.Tensor
    mask: torch.Tensor
    aims: torch.Tensor
    rows: torch.Tensor
    places: torch.Tensor
    target_aims: torch.Tensor


def load_tokenizer(base: Path) -> Any:
    """Return the tokenizer of the base model, which from now on reads past web addresses."""
    tokenizer = tokenizers.Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    address = tokenizers.normalizers.Replace(tokenizers.Regex(_WEB_ADDRESS), " ")
    tokenizer.normalizer = tokenizers.normalizers.Sequence([address, tokenizer.normalizer])
    return tokenizer


def encode(tokenizer: Any, examples: Sequence[Example], *, trust: float = 0.0) -> list[Encoded]:
    """Tokenise examples; a target past the cut is left out.

    :param trust: how far a teacher's answer counts beside a label.
    """
    return [_encode(tokenizer, example, trust) for example in examples]


def _encode(tokenizer: Any, example: Example, trust: float) -> Encoded:
    encoding = tokenizer.encode(example.text)
    ids, offsets = encoding.ids, encoding.offsets
    if len(ids) > MAX_TOKENS:
        ids = [*ids[: MAX_TOKENS - 1], ids[-1]]
        offsets = offsets[: MAX_TOKENS - 1]
    targets = []
    for target in example.targets:
        places = [at for at, (start, end) in enumerate(offsets) if start < target.end and end > target.start]
        if places:
            targets.append((places, aim(target.label, target.taught, trust)))
    return Encoded(ids, aim(example.label, example.taught, trust), tuple(targets))


def aim(label: int | None, taught: Taught | None, trust: float) -> Aim:
    """Return what to learn from a label, a teacher's answer or both.

    >>> aim(2, (0.5, 0.25, 0.25), 0.5)
    (0.25, 0.125, 0.625)
    """
    if taught is None or not trust:
        return UNKNOWN if label is None else tuple(float(label == at) for at in range(len(LABELS)))
    if label is None:
        return taught
    return tuple(trust * share + (1 - trust) * (label == at) for at, share in enumerate(taught))


def batches(items: Sequence[Encoded], *, size: int, seed: str) -> Iterator[Batch]:
    """Yield all items once, in an order that ``seed`` fixes."""
    chance = random.Random(seed)
    order = list(range(len(items)))
    chance.shuffle(order)
    cuts: list[list[int]] = []
    for at in range(0, len(order), size * _POOL):
        pool = sorted(order[at : at + size * _POOL], key=lambda index: len(items[index].ids))
        cuts += [pool[cut : cut + size] for cut in range(0, len(pool), size)]
    chance.shuffle(cuts)
    for cut in cuts:
        yield collate([items[index] for index in cut])


def collate(items: Sequence[Encoded]) -> Batch:
    """Pad items to one width."""
    width = max(len(item.ids) for item in items)
    ids = torch.zeros(len(items), width, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, item in enumerate(items):
        ids[row, : len(item.ids)] = torch.tensor(item.ids)
        mask[row, : len(item.ids)] = 1
    placed = [(row, *target) for row, item in enumerate(items) for target in item.targets]
    places = torch.zeros(len(placed), width)
    for at, (_, tokens, _) in enumerate(placed):
        places[at, tokens] = 1 / len(tokens)
    return Batch(
        ids=ids,
        mask=mask,
        aims=torch.tensor([item.aim for item in items]),
        rows=torch.tensor([row for row, _, _ in placed], dtype=torch.long),
        places=places,
        target_aims=torch.tensor([aim for _, _, aim in placed]).reshape(-1, len(LABELS)),
    )
