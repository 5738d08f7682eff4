"""Sentiment by transformers: any sequence classifier in a local folder or on the hub (extra ``torch``).

A repository of the hub that holds ONNX weights alone is fetched into the hub's own cache and runs on
ONNX Runtime, without torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp_rotation.annotate.encoding import Batch
from nlp_rotation.annotate.sentiment.batches import score_windows, windows
from nlp_rotation.annotate.sentiment.labels import order_of
from nlp_rotation.annotate.sentiment.onnx import OnnxScorer
from nlp_rotation.annotate.sentiment.scorer import Scorer
from nlp_rotation.errors import ModelError
from nlp_rotation.types import Probabilities

if TYPE_CHECKING:
    import numpy as np

_ONNX_FILES = ["config.json", "tokenizer.json", "*.onnx"]
_NO_TORCH = "pip install 'nlp-rotation[torch]', or give a folder with model.onnx"
_UNREACHED = "put config.json, tokenizer.json and the weights into a folder and name that folder"


class HubScorer:
    """A model by its hub id or folder; which way it runs shows when its first sentence comes."""

    def __init__(self, model: str) -> None:
        self.model = model

    @property
    def name(self) -> str:
        """The name that the user gave."""
        return self.model

    def score(self, texts: Sequence[str]) -> list[Probabilities]:
        """Return one triple for each text."""
        return self._scorer.score(texts) if texts else []

    @cached_property
    def _scorer(self) -> Scorer:
        try:
            import torch  # noqa: F401  # transformers needs it, and says so in many lines
        except ImportError:
            return self._exported("this model runs on PyTorch, which is not installed", _NO_TORCH)
        try:
            return TransformersScorer(self.model)
        except (OSError, ValueError):
            return self._exported("neither a model folder nor reachable on the hub", _UNREACHED)

    def _exported(self, problem: str, hint: str) -> Scorer:
        """Return a scorer for the ONNX weights of the hub's repository, where it has any.

        :raises ModelError: with ``problem`` where there are none, or the hub is out of reach.
        """
        import huggingface_hub

        try:
            folder = huggingface_hub.snapshot_download(self.model, allow_patterns=_ONNX_FILES)
            return OnnxScorer(Path(folder))
        except (OSError, ValueError, ModelError) as error:
            raise ModelError(problem, where=self.model, hint=hint) from error


class TransformersScorer:
    """Runs a PyTorch sequence classifier, such as ``ProsusAI/finbert``."""

    def __init__(self, model: str) -> None:
        import transformers

        self.name = model
        self._tokenizer = transformers.AutoTokenizer.from_pretrained(model)
        self._network: Any = transformers.AutoModelForSequenceClassification.from_pretrained(model)
        self._network.eval()

    def score(self, texts: Sequence[str]) -> list[Probabilities]:
        """Return one triple for each text."""
        config = self._network.config
        order = order_of(config.id2label, where=self.name)
        limit = min(self._tokenizer.model_max_length, config.max_position_embeddings)
        pieces = [windows(self._tokenizer(text, verbose=False)["input_ids"], limit) for text in texts]
        return score_windows(pieces, lambda batches: [self._encode(batch) for batch in batches], order)

    def _encode(self, batch: Batch) -> np.ndarray:
        import torch

        padded = self._tokenizer.pad({"input_ids": batch}, return_tensors="pt")
        with torch.inference_mode():
            logits: np.ndarray = self._network(**padded).logits.float().numpy()
        return logits
