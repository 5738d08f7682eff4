"""An exported network in int8, one scale a row: a sentence gets the same answer in any company.

ONNX Runtime's own dynamic quantisation takes one scale for a whole batch, so that an answer depends on
the other sentences of the batch. Here each token's activations get a scale of their own, and each
column of the weights; the products are exact integers. Word vectors get one scale a word.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

#: Activations become unsigned 8-bit numbers around this: unsigned times signed is what processors do fast.
_ZERO = 128
_REACH = 127.0
#: Tensors with fewer numbers than this stay as they are.
_WORTH = 10_000


class Quantizer:
    """Rewrites the graph of one model in place."""

    def __init__(self, model: onnx.ModelProto) -> None:
        self.graph = model.graph
        self.weights = {tensor.name: tensor for tensor in self.graph.initializer}
        self.rows: dict[str, tuple[str, str]] = {}
        self.made: list[onnx.NodeProto] = []

    def rewrite(self) -> None:
        """Replace multiplications by constant weights, and look-ups of word vectors."""
        self._constant("zero", np.array(_ZERO, dtype=np.uint8))
        self._constant("reach", np.array(1 / _REACH, dtype=np.float32))
        self._constant("shift", np.array(float(_ZERO), dtype=np.float32))
        self._constant("least", np.array(1e-9, dtype=np.float32))
        for node in self.graph.node:
            if node.op_type == "MatMul" and self._worth(node.input[1]):
                self._multiply(node)
            elif node.op_type == "Gather" and self._worth(node.input[0]):
                self._look_up(node)
            else:
                self.made.append(node)
        del self.graph.node[:]
        self.graph.node.extend(self.made)
        self._drop_unused()

    def _worth(self, name: str) -> bool:
        return name in self.weights and int(np.prod(self.weights[name].dims)) >= _WORTH

    def _constant(self, name: str, value: np.ndarray) -> str:
        self.graph.initializer.append(numpy_helper.from_array(value, f"int8.{name}"))
        return f"int8.{name}"

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.made.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def _multiply(self, node: onnx.NodeProto) -> None:
        values, weights = node.input
        matrix = numpy_helper.to_array(self.weights[weights])
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-9) / _REACH
        whole = np.clip(np.rint(matrix / scale), -_REACH, _REACH).astype(np.int8)
        small, row_scale = self._rows_of(values)
        out = node.output[0]
        integers = self._constant(f"{weights}.whole", whole)
        factors = self._constant(f"{weights}.scale", scale.astype(np.float32))
        product = self._node("MatMulInteger", [small, integers, "int8.zero"], f"{out}.product")
        real = self._node("Cast", [product], f"{out}.real", to=TensorProto.FLOAT)
        partly = self._node("Mul", [real, row_scale], f"{out}.rows")
        self._node("Mul", [partly, factors], out)

    def _rows_of(self, values: str) -> tuple[str, str]:
        """Return the 8-bit form of ``values`` and its scales; made once for all who multiply it."""
        if values not in self.rows:
            stem = f"{values}.int8"
            size = self._node("Abs", [values], f"{stem}.abs")
            largest = self._node("ReduceMax", [size], f"{stem}.largest", axes=[-1], keepdims=1)
            scale = self._node("Mul", [largest, "int8.reach"], f"{stem}.scale_raw")
            scale = self._node("Max", [scale, "int8.least"], f"{stem}.scale")
            ratio = self._node("Div", [values, scale], f"{stem}.ratio")
            whole = self._node("Round", [ratio], f"{stem}.whole")
            moved = self._node("Add", [whole, "int8.shift"], f"{stem}.moved")
            small = self._node("Cast", [moved], f"{stem}.small", to=TensorProto.UINT8)
            self.rows[values] = small, scale
        return self.rows[values]

    def _look_up(self, node: onnx.NodeProto) -> None:
        table, places = node.input
        matrix = numpy_helper.to_array(self.weights[table])
        scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-9) / _REACH
        whole = np.rint(matrix / scale).astype(np.int8)
        out = node.output[0]
        words = self._constant(f"{table}.whole", whole)
        factors = self._constant(f"{table}.scale", scale.astype(np.float32))
        small = self._node("Gather", [words, places], f"{out}.small", axis=0)
        factor = self._node("Gather", [factors, places], f"{out}.factor", axis=0)
        real = self._node("Cast", [small], f"{out}.real", to=TensorProto.FLOAT)
        self._node("Mul", [real, factor], out)

    def _drop_unused(self) -> None:
        used = Counter(name for node in self.graph.node for name in node.input)
        kept = [tensor for tensor in self.graph.initializer if used[tensor.name]]
        del self.graph.initializer[:]
        self.graph.initializer.extend(kept)


def quantize(source: Path, target: Path) -> None:
    """Write the int8 form of the model in ``source``."""
    model = onnx.load(str(source))
    Quantizer(model).rewrite()
    onnx.checker.check_model(model)
    onnx.save(model, str(target))
