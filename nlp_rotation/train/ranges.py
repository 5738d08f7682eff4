"""From a trained network to the files that ship: in reals, and in integers whose scales are measured.

The scales of the integers come from the values that pass through the network in reals while it reads sample
texts. They are fixed before the first user's text, so no answer depends on what is read beside it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nlp_rotation.train.arithmetic import Integers, Range, Reals
from nlp_rotation.train.encoder_graph import Heads, Shape, Weights, write_encoder

if TYPE_CHECKING:
    from transformers import PreTrainedModel

#: Texts that the ranges are measured on: more of them moved no range by more than the margin.
SAMPLES = 400


def write_reals(encoder: PreTrainedModel, heads: Heads, path: Path) -> None:
    """Write ``encoder`` with ``heads`` in 32-bit reals."""
    shape, weights = _parts(encoder)
    write_encoder(weights, shape, heads, Reals(), path)


def write_integers(
    encoder: PreTrainedModel, heads: Heads, samples: Sequence[Sequence[int]], path: Path
) -> None:
    """Write the same in 8-bit integers, with the ranges that ``samples`` (token ids of texts) have.

    :raises ValueError: where there are no samples.
    """
    shape, weights = _parts(encoder)
    write_encoder(weights, shape, heads, Integers(measured(weights, shape, heads, samples)), path)


def measured(
    weights: Weights, shape: Shape, heads: Heads, samples: Sequence[Sequence[int]]
) -> Mapping[str, Range]:
    """Return the ranges of all tensors that are multiplied, over :data:`SAMPLES` texts or a few more."""
    import onnx
    import onnxruntime

    if not samples:
        raise ValueError("no texts to measure the ranges of the activations on")
    reals = Reals()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reals.onnx"
        write_encoder(weights, shape, heads, reals, path)
        model = onnx.load(str(path))
    for name in reals.multiplied:
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    low = dict.fromkeys(reals.multiplied, np.array(np.inf, np.float32))
    high = dict.fromkeys(reals.multiplied, np.array(-np.inf, np.float32))
    for ids in samples[:: max(1, len(samples) // SAMPLES)]:
        seen = session.run(reals.multiplied, {"input_ids": np.array([ids], dtype=np.int64)})
        for name, values in zip(reals.multiplied, seen, strict=True):
            low[name] = np.minimum(low[name], values.min(axis=0))
            high[name] = np.maximum(high[name], values.max(axis=0))
    return {name: Range(low[name], high[name]) for name in reals.multiplied}


def _parts(encoder: PreTrainedModel) -> tuple[Shape, Weights]:
    config = encoder.config
    shape = Shape(
        layers=config.num_hidden_layers,
        heads=config.num_attention_heads,
        width=config.hidden_size,
        epsilon=config.layer_norm_eps,
    )
    return shape, {name: np.asarray(value.detach().float()) for name, value in encoder.state_dict().items()}
