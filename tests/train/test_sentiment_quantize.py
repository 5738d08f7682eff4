"""The int8 form of a network answers nearly as the network does, and the same in any company."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from nlp_rotation.train.sentiment_quantize import quantize

WORDS, WIDTH = 120, 128


@pytest.fixture
def network(tmp_path):
    """Word vectors times a matrix: the two kinds of weights that are rewritten."""
    chance = np.random.default_rng(5)
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["words", "ids"], ["vectors"]),
            helper.make_node("MatMul", ["vectors", "matrix"], ["answer"]),
        ],
        "net",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "t"])],
        [helper.make_tensor_value_info("answer", TensorProto.FLOAT, ["n", "t", WIDTH])],
        [
            numpy_helper.from_array(chance.normal(size=(WORDS, WIDTH)).astype(np.float32), "words"),
            numpy_helper.from_array(chance.normal(size=(WIDTH, WIDTH)).astype(np.float32), "matrix"),
        ],
    )
    path = tmp_path / "net.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)
    return path


def run(path, ids):
    import onnxruntime

    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(
        None, {"ids": ids}
    )[0]


def test_int8_is_small_and_near(network, tmp_path):
    small = tmp_path / "small.onnx"
    quantize(network, small)
    assert small.stat().st_size < 0.4 * network.stat().st_size
    ids = np.arange(WORDS).reshape(4, -1)
    exact, near = run(network, ids), run(small, ids)
    assert np.abs(exact - near).mean() < 0.02 * np.abs(exact).mean()


def test_company_changes_nothing(network, tmp_path):
    small = tmp_path / "small.onnx"
    quantize(network, small)
    ids = np.arange(WORDS).reshape(4, -1)
    together = run(small, ids)
    for row in range(len(ids)):
        assert np.array_equal(run(small, ids[row : row + 1])[0], together[row])
