"""How a network multiplies: in 32-bit reals, or in 8-bit integers.

An answer must not depend on what is read beside it, so no scale is taken from a batch, as ONNX Runtime's own
dynamic quantisation does. What surrounds the products costs as much as they do; so most values are rounded by
scales that were measured beforehand (``ranges.py``), one for the whole matrix, which the product itself
applies along with the bias. A layer norm has a few columns ten times as large as the rest; each column is
divided by a factor first, and the weights are multiplied by it ("smoothing", Xiao et al., SmoothQuant, 2023).
The outputs of GELU reach too far on single tokens for that: each row of them gets a scale of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from onnx import TensorProto

from nlp_rotation.train.onnx_graph import GraphWriter

#: Weights become signed 8-bit numbers up to this, activations unsigned ones: what processors multiply fast.
_REACH = 127.0
_STEPS = 255
#: A column of zeros still has a scale.
_LEAST = 1e-9
#: How much of the unevenness of columns goes from the values into the weights: on 1,500 texts the sentiment
#: model changed fewer labels at 0.65 than at 0.5 and 0.8.
_SHARE = 0.65
#: Room above and below what was measured.
_MARGIN = 1.05
#: GELU is never below this; so its 8-bit zero lies this far above the bottom, and the rest is for the top.
_GELU_LOW, _GELU_ZERO = 0.17, 16


@dataclass(frozen=True, slots=True)
class Factor:
    """A matrix that values are multiplied by (inputs x outputs), and what is added then (outputs)."""

    name: str
    weights: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest value seen in each column of a tensor."""

    low: np.ndarray
    high: np.ndarray


class Arithmetic(Protocol):
    """The operations that hold nearly all of a network's weights."""

    def look_up(self, graph: GraphWriter, name: str, table: np.ndarray, places: str) -> str:
        """Return rows of ``table`` (n x width) at ``places``."""

    def products(self, graph: GraphWriter, values: str, factors: Sequence[Factor]) -> list[str]:
        """Return ``values`` (rows x inputs) times each of ``factors``, biases added."""

    def product_after_gelu(self, graph: GraphWriter, values: str, factor: Factor) -> str:
        """Return ``values`` that came out of GELU times ``factor``, its bias added."""


class Reals:
    """32-bit reals: what was trained, and what the integers are held against."""

    def __init__(self) -> None:
        #: The tensors that were multiplied, but for those after GELU: whose ranges integers need.
        self.multiplied: list[str] = []

    def look_up(self, graph: GraphWriter, name: str, table: np.ndarray, places: str) -> str:
        """Return rows of the table."""
        return graph.node("Gather", [graph.constant(f"{name}.rows", table), places], name)

    def products(self, graph: GraphWriter, values: str, factors: Sequence[Factor]) -> list[str]:
        """Return the plain products."""
        self.multiplied.append(values)
        return [self.product_after_gelu(graph, values, factor) for factor in factors]

    def product_after_gelu(self, graph: GraphWriter, values: str, factor: Factor) -> str:
        """Return the plain product."""
        weights = graph.constant(f"{factor.name}.weights", factor.weights)
        product = graph.node("MatMul", [values, weights], f"{factor.name}.product")
        return graph.node("Add", [product, graph.constant(f"{factor.name}.bias", factor.bias)], factor.name)


class Integers:
    """8-bit integers, a quarter of the size and several times the speed."""

    def __init__(self, ranges: Mapping[str, Range]) -> None:
        self.ranges = ranges

    def look_up(self, graph: GraphWriter, name: str, table: np.ndarray, places: str) -> str:
        """Return rows of the table, each from its integers and its scale."""
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), _LEAST) / _REACH
        whole = graph.constant(f"{name}.whole", np.rint(table / scale).astype(np.int8))
        scales = graph.constant(f"{name}.scale", scale.astype(np.float32))
        small = graph.node("Gather", [whole, places], f"{name}.small")
        factor = graph.node("Gather", [scales, places], f"{name}.factor")
        real = graph.node("Cast", [small], f"{name}.real", to=TensorProto.FLOAT)
        return graph.node("Mul", [real, factor], name)

    def products(self, graph: GraphWriter, values: str, factors: Sequence[Factor]) -> list[str]:
        """Return the products of evened, rounded values and rounded columns."""
        seen = self.ranges[values]
        even = _evening(seen, factors)
        low, high = _MARGIN * (seen.low / even).min(), _MARGIN * (seen.high / even).max()
        step = np.float32((high - low) / _STEPS)
        scale = graph.constant(f"{values}.step", step)
        zero = graph.constant(f"{values}.zero", np.uint8(np.clip(np.rint(-low / step), 0, _STEPS)))
        inverse = graph.constant(f"{values}.inverse", (1 / even).astype(np.float32))
        evened = graph.node("Mul", [values, inverse], f"{values}.even")
        small = graph.node("QuantizeLinear", [evened, scale, zero], f"{values}.small")
        return [self._product(graph, small, scale, zero, factor, even) for factor in factors]

    def product_after_gelu(self, graph: GraphWriter, values: str, factor: Factor) -> str:
        """Return the product of rounded rows and rounded columns; the scales of the rows come last."""
        zero, one = graph.constant("gelu.zero", np.uint8(_GELU_ZERO)), graph.constant("one", np.float32(1))
        reach = graph.constant("gelu.reach", np.float32(1 / (_STEPS - _GELU_ZERO)))
        least = graph.constant("gelu.least", np.float32(_GELU_LOW / _GELU_ZERO))
        highest = graph.node("ReduceMax", [values], f"{values}.highest", axes=[-1], keepdims=1)
        raw = graph.node("Mul", [highest, reach], f"{values}.raw_step")
        steps = graph.node("Max", [raw, least], f"{values}.steps")
        flat = graph.node("Reshape", [steps, graph.axes("flat", -1)], f"{values}.flat_steps")
        count = graph.node("Shape", [flat], f"{values}.count")
        zeros = graph.node("Expand", [zero, count], f"{values}.zeros")
        small = graph.node("QuantizeLinear", [values, flat, zeros], f"{values}.small", axis=0)
        whole, columns = _rounded(graph, factor.name, factor.weights)
        inputs = [small, whole, one, columns, zero]
        product = graph.fused("MatMulIntegerToFloat", inputs, f"{factor.name}.product")
        scaled = graph.node("Mul", [product, steps], f"{factor.name}.scaled")
        return graph.node("Add", [scaled, graph.constant(f"{factor.name}.bias", factor.bias)], factor.name)

    def _product(
        self, graph: GraphWriter, small: str, scale: str, zero: str, factor: Factor, even: np.ndarray
    ) -> str:
        whole, columns = _rounded(graph, factor.name, factor.weights * even[:, None])
        bias = graph.constant(f"{factor.name}.bias", factor.bias)
        inputs = [small, whole, scale, columns, zero, "", bias]
        return graph.fused("MatMulIntegerToFloat", inputs, factor.name)


def _evening(seen: Range, factors: Sequence[Factor]) -> np.ndarray:
    """Return what each column of the values is divided by, and each row of the weights multiplied by."""
    values = np.maximum(np.maximum(np.abs(seen.low), np.abs(seen.high)), 1e-6)
    weights = np.maximum(np.max([np.abs(factor.weights).max(axis=1) for factor in factors], axis=0), 1e-6)
    even: np.ndarray = values**_SHARE / weights ** (1 - _SHARE)
    even /= np.exp(np.log(even).mean())
    return even


def _rounded(graph: GraphWriter, name: str, weights: np.ndarray) -> tuple[str, str]:
    """Keep the integers of ``weights`` and the scale of each column."""
    scale = np.maximum(np.abs(weights).max(axis=0), _LEAST) / _REACH
    whole = graph.constant(f"{name}.whole", np.rint(weights / scale).astype(np.int8))
    return whole, graph.constant(f"{name}.scale", scale.astype(np.float32))
