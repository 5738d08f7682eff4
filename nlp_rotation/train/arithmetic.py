"""How a network multiplies: in 32-bit reals, or in 8-bit integers with one scale a row.

ONNX Runtime's own dynamic quantisation takes one scale for a whole batch, so that an answer depends on
the other sentences of the batch. Here each token's activations get a scale of their own, and each
column of the weights; the products are exact integers. Word vectors get one scale a word.

What surrounds the products costs more than the products do, so it is laid out in few operators: one that
rounds a row by its scale (``QuantizeLinear`` along the rows), one that multiplies and applies the columns'
scales (``MatMulIntegerToFloat``), one that applies the rows'.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from onnx import TensorProto

from nlp_rotation.train.onnx_graph import GraphWriter

#: Activations become unsigned 8-bit numbers around this: unsigned times signed is what processors do fast.
_ZERO = 128
_REACH = 127.0
#: A row of zeros still has a scale.
_LEAST = 1e-9


class Arithmetic(Protocol):
    """The two operations that hold nearly all of a network's weights."""

    def look_up(self, graph: GraphWriter, name: str, table: np.ndarray, places: str) -> str:
        """Return rows of ``table`` (n x width) at ``places``."""

    def multiply(self, graph: GraphWriter, name: str, values: str, weights: np.ndarray) -> str:
        """Return ``values`` (rows x inputs) times ``weights`` (inputs x outputs)."""


class Reals:
    """32-bit reals: what was trained, and what the integers are held against."""

    def look_up(self, graph: GraphWriter, name: str, table: np.ndarray, places: str) -> str:
        """Return rows of the table."""
        return graph.node("Gather", [graph.constant(f"{name}.rows", table), places], name)

    def multiply(self, graph: GraphWriter, name: str, values: str, weights: np.ndarray) -> str:
        """Return the plain product."""
        return graph.node("MatMul", [values, graph.constant(f"{name}.weights", weights)], name)


class RowwiseIntegers:
    """8-bit integers, a quarter of the size and several times the speed."""

    def __init__(self) -> None:
        self._rounded: dict[str, tuple[str, str]] = {}

    def look_up(self, graph: GraphWriter, name: str, table: np.ndarray, places: str) -> str:
        """Return rows of the table, each from its integers and its scale."""
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), _LEAST) / _REACH
        whole = graph.constant(f"{name}.whole", np.rint(table / scale).astype(np.int8))
        scales = graph.constant(f"{name}.scale", scale.astype(np.float32))
        small = graph.node("Gather", [whole, places], f"{name}.small")
        factor = graph.node("Gather", [scales, places], f"{name}.factor")
        real = graph.node("Cast", [small], f"{name}.real", to=TensorProto.FLOAT)
        return graph.node("Mul", [real, factor], name)

    def multiply(self, graph: GraphWriter, name: str, values: str, weights: np.ndarray) -> str:
        """Return the product of rounded rows and rounded columns, scaled back."""
        scale = np.maximum(np.abs(weights).max(axis=0), _LEAST) / _REACH
        whole = graph.constant(f"{name}.whole", np.rint(weights / scale).astype(np.int8))
        columns = graph.constant(f"{name}.scale", scale.astype(np.float32))
        small, rows = self._rows_of(graph, values)
        zero, one = graph.constant("zero", np.uint8(_ZERO)), graph.constant("one", np.float32(1))
        product = graph.fused("MatMulIntegerToFloat", [small, whole, one, columns, zero], f"{name}.product")
        return graph.node("Mul", [product, rows], name)

    def _rows_of(self, graph: GraphWriter, values: str) -> tuple[str, str]:
        """Return the 8-bit form of ``values`` and its scales; made once for all who multiply it."""
        if values not in self._rounded:
            stem = f"{values}.int8"
            reach = graph.constant("reach", np.float32(1 / _REACH))
            least = graph.constant("least", np.float32(_LEAST))
            zero = graph.constant("zero", np.uint8(_ZERO))
            size = graph.node("Abs", [values], f"{stem}.size")
            largest = graph.node("ReduceMax", [size], f"{stem}.largest", axes=[-1], keepdims=1)
            raw = graph.node("Mul", [largest, reach], f"{stem}.raw_scale")
            scale = graph.node("Max", [raw, least], f"{stem}.scale")
            flat = graph.node("Reshape", [scale, graph.axes("flat", -1)], f"{stem}.flat_scale")
            count = graph.node("Shape", [flat], f"{stem}.count")
            zeros = graph.node("Expand", [zero, count], f"{stem}.zeros")
            small = graph.node("QuantizeLinear", [values, flat, zeros], f"{stem}.small", axis=0)
            self._rounded[values] = small, scale
        return self._rounded[values]
