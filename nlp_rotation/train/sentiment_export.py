"""From the trained network to the ONNX file that ships, its answers calibrated."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from nlp_rotation.train.arithmetic import Arithmetic
from nlp_rotation.train.encoder_graph import Heads, Shape, write_encoder
from nlp_rotation.train.sentiment_network import SentimentNetwork


def export_onnx(
    network: SentimentNetwork,
    path: Path,
    arithmetic: Arithmetic,
    *,
    sentence: float = 1.0,
    mention: float = 1.0,
) -> None:
    """Write ``network`` so that the softmax of its outputs is a probability to be trusted.

    :param sentence: temperature that the logits of sentences are divided by.
    :param mention: the same for those of tokens.
    """
    config = network.encoder.config
    shape = Shape(
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        width=config.hidden_size,
        epsilon=config.layer_norm_eps,
    )
    weights = {name: np.asarray(value.detach().float()) for name, value in network.state_dict().items()}
    heads = Heads(
        text=weights["sentence.weight"] / sentence,
        text_bias=weights["sentence.bias"] / sentence,
        token=weights["token.weight"] / mention,
        context=weights["context.weight"] / mention,
        context_bias=weights["context.bias"] / mention,
    )
    encoder = {name.removeprefix("encoder."): value for name, value in weights.items()}
    write_encoder(encoder, shape, heads, arithmetic, path)
