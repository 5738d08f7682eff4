"""Arithmetic that every sentiment model shares: softmax, windows of long texts, means over windows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from nlp_rotation.annotate.encoding import Batch, buckets
from nlp_rotation.types import Probabilities

if TYPE_CHECKING:
    import numpy as np

#: Where positive, neutral and negative stand in the outputs of a model.
Order = tuple[int, int, int]
#: Batches -> the logits of each, shape (texts, 3).
Encode = Callable[[list[Batch]], "list[np.ndarray]"]


def softmax(logits: np.ndarray) -> np.ndarray:
    """Return row-wise probabilities of ``logits`` (shape n x 3)."""
    import numpy as np

    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: np.ndarray = shifted / shifted.sum(axis=1, keepdims=True)
    return probabilities


def windows(ids: Sequence[int], limit: int) -> list[list[int]]:
    """Cut a tokenised text into stretches that an encoder of ``limit`` tokens reads; nothing is lost.

    ``ids`` begins and ends with the special tokens of its model; each stretch gets them too.

    >>> windows([101, 1, 2, 3, 4, 5, 102], 4)
    [[101, 1, 2, 102], [101, 3, 4, 102], [101, 5, 102]]
    """
    if len(ids) <= limit:
        return [list(ids)]
    first, *middle, last = ids
    room = limit - 2
    return [[first, *middle[at : at + room], last] for at in range(0, len(middle), room)]


def score_windows(pieces: Sequence[list[list[int]]], encode: Encode, order: Order) -> list[Probabilities]:
    """Score texts cut into windows: each text is the mean of its windows, weighted by their length.

    :param pieces: for each text its windows of token ids, special tokens included.
    """
    import numpy as np

    flat = [window for text in pieces for window in text]
    logits = np.zeros((len(flat), 3))
    batches = list(buckets([len(window) for window in flat]))
    answers = encode([[flat[index] for index in batch] for batch in batches])
    for batch, answer in zip(batches, answers, strict=True):
        logits[batch] = answer
    return mean_of_windows(pieces, logits, order)


def mean_of_windows(
    pieces: Sequence[list[list[int]]], logits: np.ndarray, order: Order
) -> list[Probabilities]:
    """Return one triple for each text from the logits of all windows, in the order of the texts."""
    import numpy as np

    rows = softmax(logits)[:, list(order)]
    answers, at = [], 0
    for text in pieces:
        weights = np.array([max(len(window), 1) for window in text], dtype=float)
        answers.append(as_probabilities(weights @ rows[at : at + len(text)] / weights.sum()))
        at += len(text)
    return answers


def as_probabilities(row: np.ndarray) -> Probabilities:
    """Return positive, neutral and negative in this order as a triple that sums to 1 in six places."""
    positive, negative = round(float(row[0]), 6), round(float(row[2]), 6)
    return Probabilities(positive=positive, neutral=round(1 - positive - negative, 6), negative=negative)
