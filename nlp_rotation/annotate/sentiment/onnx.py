"""Sentiment by ONNX Runtime: a folder with ``model.onnx``, ``tokenizer.json`` and ``config.json``.

Neither torch nor transformers is needed. Nothing is cut: a text longer than the model reads is scored
in windows, and the windows are averaged by length.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_rotation.annotate.encoding import Batch, feeds, open_session, open_tokenizer
from nlp_rotation.annotate.sentiment.batches import score_windows, windows
from nlp_rotation.annotate.sentiment.labels import label_order
from nlp_rotation.errors import ModelError
from nlp_rotation.hashing import fingerprint
from nlp_rotation.types import Probabilities

if TYPE_CHECKING:
    import numpy as np

#: Longest input in tokens, special ones included; BERT's positions end there.
MAX_TOKENS = 512

#: Where exporters put the weights, in the order in which they are looked for.
_PLACES = (
    "model.onnx", "model_quantized.onnx", "model_int8.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx",
)  # fmt: skip


class OnnxScorer:
    """Runs an exported sequence classifier on the CPU."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.order = label_order(folder)
        self.weights = _weights(folder)

    @cached_property
    def name(self) -> str:
        """Name of the folder and fingerprint of the weights."""
        return f"{self.folder.name}@{fingerprint(self.weights.read_bytes())}"

    @cached_property
    def _session(self) -> Any:
        return open_session(self.weights)

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer of the folder, without padding and without a cut."""
        return open_tokenizer(self.folder)

    def score(self, texts: Sequence[str]) -> list[Probabilities]:
        """Return one triple for each text."""
        if not texts:
            return []
        pieces = [windows(encoding.ids, MAX_TOKENS) for encoding in self.tokenizer.encode_batch(list(texts))]
        return score_windows(pieces, lambda batches: [logits for logits, *_ in self.run(batches)], self.order)

    def run(self, batches: Sequence[Batch]) -> list[list[np.ndarray]]:
        """Return all outputs of the model for each batch, in order; the cores share the batches."""
        # Loaded here, once, and not by the first of the workers, of which there may be two.
        session = self._session
        return list(self._workers.map(lambda batch: _run(session, batch), batches))

    @cached_property
    def _workers(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(_cores(), thread_name_prefix="sentiment")


def _run(session: Any, batch: Batch) -> list[np.ndarray]:
    """Return all outputs of the model for one batch of token ids."""
    outputs: list[np.ndarray] = session.run(None, feeds(session, batch))
    return outputs


def _cores() -> int:
    """Return the cores that this process may use, which a container may have fewer of than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _weights(folder: Path) -> Path:
    for name in _PLACES:
        if (folder / name).is_file():
            return folder / name
    raise ModelError("no model.onnx in the folder", where=str(folder))
