"""From the trained network to the folder that ships: ONNX, tokenizer, config."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from torch import nn

from nlp_rotation.train.sentiment_network import SentimentNetwork

_OPSET = 17


class Calibrated(nn.Module):
    """The network with its logits divided by the temperatures of sentence and mention."""

    def __init__(self, network: SentimentNetwork, sentence: float, mention: float) -> None:
        super().__init__()
        self.network, self.sentence, self.mention = network, sentence, mention

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits of sentences and tokens whose softmax is a probability to be trusted."""
        sentences, tokens = self.network(input_ids, attention_mask)
        return sentences / self.sentence, tokens / self.mention


def export_onnx(network: nn.Module, path: Path) -> None:
    """Write ``network`` as ONNX in fp32; batch and length stay free."""
    network.eval()
    ids = torch.ones(2, 8, dtype=torch.long)
    free = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings():
        # The exporter that traces is the one whose output quantises; that it is the old one is known.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (ids, torch.ones_like(ids)),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["logits", "token_logits"],
            dynamic_axes={
                "input_ids": free, "attention_mask": free, "logits": {0: "batch"}, "token_logits": free,
            },
            opset_version=_OPSET,
            dynamo=False,
        )  # fmt: skip
