"""Tiny exported models, made on the spot."""

from __future__ import annotations

import json

import pytest

from nlp_rotation.annotate.sentiment.labels import order_of

VOCABULARY = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "gain", "loss", "plain"]


@pytest.fixture
def tiny_model(tmp_path):
    """Save a model that counts "gain" for positive, "loss" for negative, "plain" for neutral.

    With ``outputs`` its config promises logits of each token too, which the graph has in any case.
    """

    def save(id2label, **config):
        folder = tmp_path / "tiny"
        folder.mkdir(exist_ok=True)
        save_graph(folder, order_of(id2label, where="test"))
        save_tokenizer(folder)
        (folder / "config.json").write_text(json.dumps({"id2label": id2label, **config}))
        return folder

    return save


def save_graph(folder, order):
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    weights = np.zeros((len(VOCABULARY), 3), dtype=np.float32)
    weights[4, order[0]] = weights[5, order[2]] = weights[6, order[1]] = 3.0
    inputs = ("input_ids", "attention_mask")
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
            helper.make_node("Mul", ["rows", "column"], ["token_logits"]),
            helper.make_node("ReduceSum", ["token_logits", "one"], ["logits"], keepdims=0),
        ],
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"]) for name in inputs],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 3]),
            helper.make_tensor_value_info("token_logits", TensorProto.FLOAT, ["n", "t", 3]),
        ],
        [
            numpy_helper.from_array(weights, "table"),
            numpy_helper.from_array(np.array([2]), "last"),
            numpy_helper.from_array(np.array([1]), "one"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, folder / "model.onnx")


def save_tokenizer(folder):
    import tokenizers

    vocabulary = {word: index for index, word in enumerate(VOCABULARY)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.post_processor = tokenizers.processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    tokenizer.save(str(folder / "tokenizer.json"))
