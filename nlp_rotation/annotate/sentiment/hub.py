"""Sentiment by transformers: any sequence classifier in a local folder or on the hub (extra ``torch``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nlp_rotation.annotate.sentiment.batches import score_windows, windows
from nlp_rotation.annotate.sentiment.labels import order_of
from nlp_rotation.errors import ModelError
from nlp_rotation.types import Probabilities

if TYPE_CHECKING:
    import numpy as np


class TransformersScorer:
    """Runs a PyTorch sequence classifier, such as ``ProsusAI/finbert``."""

    def __init__(self, model: str) -> None:
        self.model = model

    @property
    def name(self) -> str:
        """The name that the user gave."""
        return self.model

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        try:
            import torch  # noqa: F401  # transformers needs it, and says so in many lines
        except ImportError as error:
            raise ModelError(
                "this model runs on PyTorch, which is not installed",
                where=self.model,
                hint="pip install 'nlp-rotation[torch]', or give a folder with model.onnx",
            ) from error
        import transformers

        try:
            tokenizer = transformers.AutoTokenizer.from_pretrained(self.model)
            network = transformers.AutoModelForSequenceClassification.from_pretrained(self.model)
        except (OSError, ValueError) as error:
            raise ModelError(
                "neither a model folder nor reachable on the hub",
                where=self.model,
                hint="put config.json, tokenizer.json and the weights into a folder and name that folder",
            ) from error
        network.eval()
        return tokenizer, network

    def score(self, texts: Sequence[str]) -> list[Probabilities]:
        """Return one triple for each text."""
        if not texts:
            return []
        tokenizer, network = self._loaded
        order = order_of(network.config.id2label, where=self.model)
        limit = min(tokenizer.model_max_length, network.config.max_position_embeddings)
        pieces = [windows(tokenizer(text, verbose=False)["input_ids"], limit) for text in texts]
        return score_windows(pieces, self._encode, order)

    def _encode(self, batch: list[list[int]]) -> np.ndarray:
        import torch

        tokenizer, network = self._loaded
        padded = tokenizer.pad({"input_ids": batch}, return_tensors="pt")
        with torch.inference_mode():
            logits: np.ndarray = network(**padded).logits.float().numpy()
        return logits
