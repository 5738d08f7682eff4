"""From the trained network to the ONNX file that ships: what each token answers for edges, cause, leaves."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from nlp_rotation.annotate.drivers.encoder import INSIDE
from nlp_rotation.train.arithmetic import Arithmetic
from nlp_rotation.train.driver_network import DriverNetwork
from nlp_rotation.train.encoder_graph import Heads, Shape, write_encoder


def export(network: DriverNetwork, path: Path, arithmetic: Arithmetic) -> None:
    """Write ``network``; the output that counts is ``token_logits``."""
    config = network.encoder.config
    shape = Shape(
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        width=config.hidden_size,
        epsilon=config.layer_norm_eps,
    )
    weights = {name: np.asarray(value.detach().float()) for name, value in network.state_dict().items()}
    kept = INSIDE + 1 + network.leaves
    answers = np.concatenate([weights["edge.weight"], weights["inside.weight"]])[:kept]
    # Tags, relations and hedges taught the network; the program does not ask for them, nor for a text's
    # own answer, nor for what the whole text says of a token.
    heads = Heads(
        text=np.zeros((1, shape.width), np.float32),
        text_bias=np.zeros(1, np.float32),
        token=answers,
        context=np.zeros_like(answers),
        context_bias=np.concatenate([weights["edge.bias"], weights["inside.bias"]])[:kept],
    )
    encoder = {name.removeprefix("encoder."): value for name, value in weights.items()}
    write_encoder(encoder, shape, heads, arithmetic, path)
