"""A pen for ONNX graphs: constants and nodes are written in the order in which they compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

#: Operators of ONNX Runtime that ONNX itself lacks.
MICROSOFT = "com.microsoft"
_OPSET = 17
_IR_VERSION = 9


class GraphWriter:
    """Collects a graph; every method returns the name of the tensor that it made."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: np.ndarray | np.generic) -> str:
        """Keep ``value``; the same name means the same constant."""
        if name not in self._constants:
            array = np.ascontiguousarray(value) if value.shape else np.asarray(value)
            self._constants[name] = numpy_helper.from_array(array, name)
        return name

    def axes(self, name: str, *values: int) -> str:
        """Keep integers that say a shape or a place in one."""
        return self.constant(name, np.array(values, dtype=np.int64))

    def node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        """Add an operator of ONNX."""
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def fused(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        """Add an operator of ONNX Runtime."""
        return self.node(kind, inputs, output, domain=MICROSOFT, **attributes)

    def save(
        self, path: Path, *, inputs: Mapping[str, Sequence[str]], outputs: Mapping[str, Sequence[str | int]]
    ) -> None:
        """Write the graph; ``inputs`` are integers, ``outputs`` real numbers, both with their axes."""
        graph = helper.make_graph(
            self._nodes,
            "network",
            [helper.make_tensor_value_info(name, TensorProto.INT64, axes) for name, axes in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, axes) for name, axes in outputs.items()],
            list(self._constants.values()),
        )
        operators = [helper.make_opsetid("", _OPSET), helper.make_opsetid(MICROSOFT, 1)]
        onnx.save(helper.make_model(graph, opset_imports=operators, ir_version=_IR_VERSION), str(path))
