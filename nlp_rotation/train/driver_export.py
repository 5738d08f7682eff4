"""The heads of the trained network of causes as they ship."""

from __future__ import annotations

import numpy as np

from nlp_rotation.annotate.drivers.encoder import INSIDE
from nlp_rotation.train.driver_network import DriverNetwork
from nlp_rotation.train.encoder_graph import Heads


def kept_heads(network: DriverNetwork) -> Heads:
    """Return the heads that the program asks; the output that counts is ``token_logits``.

    Tags, relations and hedges taught the network; the program does not ask for them, nor for a text's own
    answer, nor for what the whole text says of a token.
    """
    weights = {name: np.asarray(value.detach().float()) for name, value in network.state_dict().items()}
    kept = INSIDE + 1 + network.leaves
    answers = np.concatenate([weights["edge.weight"], weights["inside.weight"]])[:kept]
    width = answers.shape[1]
    return Heads(
        text=np.zeros((1, width), np.float32),
        text_bias=np.zeros(1, np.float32),
        token=answers,
        context=np.zeros_like(answers),
        context_bias=np.concatenate([weights["edge.bias"], weights["inside.bias"]])[:kept],
    )
