"""The heads of the trained sentiment network as they ship: their answers calibrated."""

from __future__ import annotations

import numpy as np

from nlp_rotation.train.encoder_graph import Heads
from nlp_rotation.train.sentiment_network import SentimentNetwork


def calibrated_heads(network: SentimentNetwork, *, sentence: float = 1.0, mention: float = 1.0) -> Heads:
    """Return the heads of ``network``, so that the softmax of their answers is a probability to be trusted.

    :param sentence: temperature that the logits of sentences are divided by.
    :param mention: the same for those of tokens.
    """
    weights = {name: np.asarray(value.detach().float()) for name, value in network.state_dict().items()}
    return Heads(
        text=weights["sentence.weight"] / sentence,
        text_bias=weights["sentence.bias"] / sentence,
        token=weights["token.weight"] / mention,
        context=weights["context.weight"] / mention,
        context_bias=weights["context.bias"] / mention,
    )
