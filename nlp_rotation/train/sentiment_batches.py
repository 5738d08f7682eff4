"""Examples as tensors: tokens, places of the targets, batches of like length in a seeded order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tokenizers
import torch

from nlp_rotation.train.sentiment_data import Example

#: Texts past this many tokens are cut in training alone; the program reads long texts in windows.
MAX_TOKENS = 96
#: Batches that are sorted by length together: enough for little padding, few enough for chance.
_POOL = 40
#: What cross-entropy leaves out.
NO_LABEL = -100

_WEB_ADDRESS = r"https?://\S+"


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example in tokens: each target as the tokens it covers and its label."""

    ids: list[int]
    label: int
    targets: tuple[tuple[list[int], int], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step; ``places`` has a row of weights for each target over its text's tokens."""

    ids: torch.Tensor
    mask: torch.Tensor
    labels: torch.Tensor
    rows: torch.Tensor
    places: torch.Tensor
    target_labels: torch.Tensor


def load_tokenizer(base: Path) -> Any:
    """Return the tokenizer of the base model, which from now on reads past web addresses."""
    tokenizer = tokenizers.Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    address = tokenizers.normalizers.Replace(tokenizers.Regex(_WEB_ADDRESS), " ")
    tokenizer.normalizer = tokenizers.normalizers.Sequence([address, tokenizer.normalizer])
    return tokenizer


def encode(tokenizer: Any, examples: Sequence[Example]) -> list[Encoded]:
    """Tokenise examples; a target past the cut is left out."""
    return [_encode(tokenizer, example) for example in examples]


def _encode(tokenizer: Any, example: Example) -> Encoded:
    encoding = tokenizer.encode(example.text)
    ids, offsets = encoding.ids, encoding.offsets
    if len(ids) > MAX_TOKENS:
        ids = [*ids[: MAX_TOKENS - 1], ids[-1]]
        offsets = offsets[: MAX_TOKENS - 1]
    targets = []
    for target in example.targets:
        places = [at for at, (start, end) in enumerate(offsets) if start < target.end and end > target.start]
        if places:
            targets.append((places, target.label))
    return Encoded(ids, NO_LABEL if example.label is None else example.label, tuple(targets))


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
        labels=torch.tensor([item.label for item in items]),
        rows=torch.tensor([row for row, _, _ in placed], dtype=torch.long),
        places=places,
        target_labels=torch.tensor([label for _, _, label in placed], dtype=torch.long),
    )
