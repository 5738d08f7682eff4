"""The graph computes what the weights say, and in int8 nearly that, whatever else is in the batch."""

from __future__ import annotations

import math

import numpy as np
import pytest

from nlp_rotation.train.arithmetic import Integers, Reals
from nlp_rotation.train.encoder_graph import Heads, Shape, write_encoder
from nlp_rotation.train.ranges import measured

WORDS, LONGEST, CLASSES = 60, 16, 3
SHAPE = Shape(layers=2, heads=4, width=32, epsilon=1e-12)
INNER = 64
DENSE = {
    "attention.self.query": (32, 32), "attention.self.key": (32, 32), "attention.self.value": (32, 32),
    "attention.output.dense": (32, 32), "intermediate.dense": (INNER, 32), "output.dense": (32, INNER),
}  # fmt: skip


@pytest.fixture(scope="module")
def weights():
    chance = np.random.default_rng(5)

    def some(*shape):
        return (chance.normal(size=shape) / math.sqrt(shape[-1])).astype(np.float32)

    def norm(prefix):
        return {f"{prefix}.weight": 1 + some(32), f"{prefix}.bias": some(32)}

    rows = {"word": WORDS, "position": LONGEST, "token_type": 2}
    found = {f"embeddings.{name}_embeddings.weight": some(count, 32) for name, count in rows.items()}
    found |= norm("embeddings.LayerNorm")
    for index in range(SHAPE.layers):
        prefix = f"encoder.layer.{index}"
        for name, (outputs, inputs) in DENSE.items():
            found[f"{prefix}.{name}.weight"] = some(outputs, inputs)
            found[f"{prefix}.{name}.bias"] = some(outputs)
        found |= norm(f"{prefix}.attention.output.LayerNorm") | norm(f"{prefix}.output.LayerNorm")
    return found


@pytest.fixture(scope="module")
def heads():
    chance = np.random.default_rng(6)
    matrices = {
        name: chance.normal(size=(CLASSES, 32)).astype(np.float32) for name in ("text", "token", "context")
    }
    biases = {name: chance.normal(size=CLASSES).astype(np.float32) for name in ("text_bias", "context_bias")}
    return Heads(**matrices, **biases)


TEXTS = [[3, 1, 4, 1, 5, 9, 2, 6], [5], [58, 20, 7], list(range(LONGEST))]


def arithmetic_of(kind, weights, heads):
    return Reals() if kind == "reals" else Integers(measured(weights, SHAPE, heads, TEXTS))


@pytest.fixture(scope="module", params=["reals", "integers"])
def network(request, tmp_path_factory, weights, heads):
    import onnxruntime

    path = tmp_path_factory.mktemp("graph") / "model.onnx"
    write_encoder(weights, SHAPE, heads, arithmetic_of(request.param, weights, heads), path)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return request.param, lambda texts: session.run(None, {"input_ids": np.array(texts)})


def by_hand(weights, heads, ids):
    """One text without padding through the textbook formulas of BERT."""

    def dense(name, values):
        return values @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(name, values):
        centred = values - values.mean(-1, keepdims=True)
        scaled = centred / np.sqrt(values.var(-1, keepdims=True) + SHAPE.epsilon)
        return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def gelu(values):
        return values * 0.5 * (1 + np.vectorize(math.erf)(values / math.sqrt(2)))

    def split(values):
        return values.reshape(len(ids), SHAPE.heads, -1).transpose(1, 0, 2)

    table = {
        name: weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
    }
    states = norm(
        "embeddings.LayerNorm", table["word"][ids] + table["position"][: len(ids)] + table["token_type"][0]
    )
    for index in range(SHAPE.layers):
        prefix = f"encoder.layer.{index}"
        query, key, value = (
            split(dense(f"{prefix}.attention.self.{part}", states)) for part in ("query", "key", "value")
        )
        scores = np.exp(query @ key.transpose(0, 2, 1) / math.sqrt(SHAPE.width / SHAPE.heads))
        mixed = (scores / scores.sum(-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(len(ids), -1)
        output = f"{prefix}.attention.output"
        states = norm(f"{output}.LayerNorm", dense(f"{output}.dense", mixed) + states)
        inner = gelu(dense(f"{prefix}.intermediate.dense", states))
        states = norm(f"{prefix}.output.LayerNorm", dense(f"{prefix}.output.dense", inner) + states)
    mean = states.mean(0)
    context = heads.context @ mean + heads.context_bias
    return heads.text @ mean + heads.text_bias, states @ heads.token.T + context


def test_it_computes_what_the_weights_say(network, weights, heads):
    kind, answer = network
    # Two layers of 8-bit roundings, each within a percent of the largest.
    nearness = 1e-4 if kind == "reals" else 0.3
    for text in TEXTS:
        expected_whole, expected_each = by_hand(weights, heads, np.array(text))
        wholes, tokens = answer([text])
        assert wholes[0] == pytest.approx(expected_whole, abs=nearness)
        assert tokens[0] == pytest.approx(expected_each, abs=2 * nearness)


def test_company_changes_nothing(network):
    _, answer = network
    texts = [[3, 1, 4, 1, 5], [59, 58, 57, 56, 55], [0, 0, 0, 0, 1]]
    wholes, tokens = answer(texts)
    for text, whole, each in zip(texts, wholes, tokens, strict=True):
        alone, own = answer([text])
        assert alone[0] == pytest.approx(whole, abs=1e-5)
        assert own[0] == pytest.approx(each, abs=1e-5)


def test_what_lies_beyond_the_samples_is_answered_for(tmp_path, weights, heads):
    import onnxruntime

    ranges = measured(weights, SHAPE, heads, [[1, 2, 3]])
    write_encoder(weights, SHAPE, heads, Integers(ranges), tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    wholes, _ = session.run(None, {"input_ids": np.array([TEXTS[0]])})
    expected, _ = by_hand(weights, heads, np.array(TEXTS[0]))
    # Cut at the ends of a range that three words span: rough, and no nonsense.
    assert wholes[0] == pytest.approx(expected, abs=2.5)


def test_no_samples_are_an_error(weights, heads):
    with pytest.raises(ValueError, match="no texts"):
        measured(weights, SHAPE, heads, [])


def test_ranges_hold_what_was_seen(weights, heads):
    narrow, wide = (measured(weights, SHAPE, heads, texts) for texts in (TEXTS[:1], TEXTS))
    assert set(narrow) == set(wide)
    assert len(wide) == 3 * SHAPE.layers
    for name, seen in wide.items():
        assert seen.low.shape == (SHAPE.width,)
        assert (seen.low <= narrow[name].low).all()
        assert (seen.high >= narrow[name].high).all()


def test_integers_take_a_quarter_of_the_room(tmp_path, weights, heads):
    sizes = []
    for kind in ("reals", "integers"):
        write_encoder(weights, SHAPE, heads, arithmetic_of(kind, weights, heads), tmp_path / "model.onnx")
        sizes.append((tmp_path / "model.onnx").stat().st_size)
    # The graph itself is as large as the weights of so small a network.
    assert sizes[1] < sizes[0] - 0.5 * sum(4 * matrix.size for matrix in weights.values() if matrix.ndim == 2)
