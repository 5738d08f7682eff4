"""A trained BERT encoder as an ONNX graph of few, fused operators.

Written from the weights rather than traced from the program that trained them: the traced graph computes
the same in three times as many operators, and on a processor the time goes into the many small ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp_rotation.train.arithmetic import Arithmetic, Factor
from nlp_rotation.train.onnx_graph import GraphWriter

#: Names of weights as the transformers library gives them, with their values.
Weights = Mapping[str, np.ndarray]

#: No mask: texts that share a pass are of one length, which spares the padding and half of the attention.
_INPUTS = {"input_ids": ("batch", "tokens")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the weights do not tell of themselves."""

    layers: int
    heads: int
    width: int
    #: Keeps the division of a layer norm away from zero.
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Linear answers for a text (from the mean of its states) and for each token in the light of its text."""

    text: np.ndarray
    text_bias: np.ndarray
    token: np.ndarray
    context: np.ndarray
    context_bias: np.ndarray


def write_encoder(weights: Weights, shape: Shape, heads: Heads, arithmetic: Arithmetic, path: Path) -> None:
    """Write encoder and heads; the outputs are ``logits`` and ``token_logits``.

    :param weights: of the encoder, without a prefix (``embeddings.word_embeddings.weight`` ...), matrices
        as the trainer holds them (outputs x inputs).
    """
    graph = GraphWriter()
    encoder = _Encoder(graph, weights, shape, arithmetic)
    states = encoder.embedded()
    for index in range(shape.layers):
        states = encoder.layer(f"encoder.layer.{index}", states)
    cube = graph.node("Reshape", [states, "cube"], "states")
    _answers(graph, cube, heads)
    classes = heads.text.shape[0]
    graph.save(
        path,
        inputs=_INPUTS,
        outputs={"logits": ("batch", classes), "token_logits": ("batch", "tokens", heads.token.shape[0])},
    )


class _Encoder:
    """Writes the parts of one encoder; states are rows of tokens (batch * tokens x width)."""

    def __init__(self, graph: GraphWriter, weights: Weights, shape: Shape, arithmetic: Arithmetic) -> None:
        self.graph, self.weights, self.shape, self.arithmetic = graph, weights, shape, arithmetic

    def embedded(self) -> str:
        """Return word plus position plus (first) type, normed."""
        graph, prefix = self.graph, "embeddings"
        table = self.weights[f"{prefix}.word_embeddings.weight"]
        words = self.arithmetic.look_up(graph, "words", table, "input_ids")
        places = self.weights[f"{prefix}.position_embeddings.weight"]
        places = places + self.weights[f"{prefix}.token_type_embeddings.weight"][0]
        size = graph.node("Shape", ["input_ids"], "size")
        ends = graph.axes("first", 0), graph.axes("second", 1), graph.axes("third", 2)
        tokens = graph.node("Slice", [size, ends[1], ends[2]], "tokens")
        near = graph.node("Slice", [graph.constant("places", places), ends[0], tokens], "near_places")
        graph.node("Concat", [size, graph.axes("width", self.shape.width)], "cube", axis=0)
        rows = graph.node("Reshape", [graph.node("Add", [words, near], "placed"), self._rows()], "rows")
        return self._normed(rows, f"{prefix}.LayerNorm")

    def layer(self, prefix: str, states: str) -> str:
        """Return the states after one layer: attention, then the feed-forward part."""
        attended = self._attention(f"{prefix}.attention", states)
        states = self._joined(f"{prefix}.attention.output", attended, states)
        inner = self._products(states, f"{prefix}.intermediate.dense")
        active = self.graph.fused("Gelu", inner, f"{prefix}.active")
        product = self.arithmetic.product_after_gelu(
            self.graph, active, self._factor(f"{prefix}.output.dense")
        )
        return self._joined(f"{prefix}.output", product, states)

    def _attention(self, prefix: str, states: str) -> str:
        parts = [f"{prefix}.self.{part}" for part in ("query", "key", "value")]
        products = zip(parts, self._products(states, *parts), strict=True)
        cubes = [self.graph.node("Reshape", [rows, "cube"], f"{part}.cube") for part, rows in products]
        heads = self.shape.heads
        cube = self.graph.fused("MultiHeadAttention", cubes, f"{prefix}.cube", num_heads=heads)
        rows = self.graph.node("Reshape", [cube, self._rows()], f"{prefix}.rows")
        (product,) = self._products(rows, f"{prefix}.output.dense")
        return product

    def _joined(self, prefix: str, product: str, before: str) -> str:
        """Return norm(product + before). Added apart: the fused operator for it is the slower one."""
        return self._normed(self.graph.node("Add", [product, before], f"{prefix}.sum"), f"{prefix}.LayerNorm")

    def _normed(self, values: str, prefix: str) -> str:
        scale, bias = self._constant(f"{prefix}.weight"), self._constant(f"{prefix}.bias")
        epsilon = self.shape.epsilon
        return self.graph.node(
            "LayerNormalization", [values, scale, bias], f"{prefix}.out", axis=-1, epsilon=epsilon
        )

    def _products(self, values: str, *names: str) -> list[str]:
        return self.arithmetic.products(self.graph, values, [self._factor(name) for name in names])

    def _factor(self, name: str) -> Factor:
        return Factor(name, self.weights[f"{name}.weight"].T, self.weights[f"{name}.bias"])

    def _constant(self, name: str) -> str:
        return self.graph.constant(name, self.weights[name])

    def _rows(self) -> str:
        return self.graph.axes("all_rows", -1, self.shape.width)


def _answers(graph: GraphWriter, cube: str, heads: Heads) -> None:
    """Write the heads. They are small and stay in reals."""
    axis = graph.axes("second", 1)
    mean = graph.node("ReduceMean", [cube], "mean", axes=[1], keepdims=0)
    _linear(graph, mean, heads.text, heads.text_bias, "logits")
    own = graph.node("MatMul", [cube, graph.constant("token.weights", heads.token.T)], "own_logits")
    context = _linear(graph, mean, heads.context, heads.context_bias, "context")
    graph.node("Add", [own, graph.node("Unsqueeze", [context, axis], "shared_logits")], "token_logits")


def _linear(graph: GraphWriter, values: str, weights: np.ndarray, bias: np.ndarray, output: str) -> str:
    factors = graph.constant(f"{output}.weights", weights.T), graph.constant(f"{output}.bias", bias)
    return graph.node("Gemm", [values, *factors], output)
