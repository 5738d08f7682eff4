"""Every scorer keeps one contract: three probabilities a text, the same alone and in company."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.annotate.sentiment.batches import buckets, windows
from nlp_rotation.annotate.sentiment.labels import label_order, order_of
from nlp_rotation.annotate.sentiment.lexicon import LexiconScorer
from nlp_rotation.annotate.sentiment.loading import OFF, load_scorer
from nlp_rotation.annotate.sentiment.onnx import MAX_TOKENS, OnnxScorer
from nlp_rotation.errors import ModelError

VOCABULARY = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "gain", "loss", "plain"]

#: The orders in which published models write their classes.
KNOWN_ORDERS = [
    ({"0": "positive", "1": "negative", "2": "neutral"}, (0, 2, 1)),
    ({"0": "Neutral", "1": "Positive", "2": "Negative"}, (1, 0, 2)),
    ({"0": "negative", "1": "neutral", "2": "positive"}, (2, 1, 0)),
]


def save_tiny_model(folder, id2label):
    """A model that counts "gain" for positive, "loss" for negative, everything else for neutral."""
    import numpy as np
    import onnx
    import tokenizers
    from onnx import TensorProto, helper, numpy_helper

    order = order_of(id2label, where="test")
    weights = np.zeros((len(VOCABULARY), 3), dtype=np.float32)
    weights[4, order[0]] = weights[5, order[2]] = weights[6, order[1]] = 3.0
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
            helper.make_node("Mul", ["rows", "column"], ["kept"]),
            helper.make_node("ReduceSum", ["kept", "one"], ["logits"], keepdims=0),
        ],
        "tiny",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "t"]),
            helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["n", "t"]),
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 3])],
        [
            numpy_helper.from_array(weights, "table"),
            numpy_helper.from_array(np.array([2]), "last"),
            numpy_helper.from_array(np.array([1]), "one"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    folder.mkdir(exist_ok=True)
    onnx.save(model, folder / "model.onnx")
    (folder / "config.json").write_text(json.dumps({"id2label": id2label}))
    vocabulary = {word: index for index, word in enumerate(VOCABULARY)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.post_processor = tokenizers.processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.mark.parametrize(("id2label", "expected"), KNOWN_ORDERS)
def test_label_order_is_read_from_the_config(tmp_path, id2label, expected):
    folder = save_tiny_model(tmp_path / "tiny", id2label)
    assert label_order(folder) == expected
    gain, loss, plain = OnnxScorer(folder).score(["gain", "loss", "plain"])
    assert gain.positive > 0.8
    assert loss.negative > 0.8
    assert plain.neutral > 0.8


@pytest.mark.parametrize(
    "id2label", [{}, {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}, {"0": "bull", "1": "bear"}]
)
def test_unnamed_labels_are_refused(id2label):
    with pytest.raises(ModelError, match="id2label"):
        order_of(id2label, where="config.json")


def test_a_text_scores_the_same_alone_and_in_a_batch(tmp_path):
    scorer = OnnxScorer(save_tiny_model(tmp_path / "tiny", KNOWN_ORDERS[0][0]))
    texts = ["gain " * n + "plain loss" for n in range(1, 40)]
    together = scorer.score(texts)
    for text, score in zip(texts, together, strict=True):
        (alone,) = scorer.score([text])
        assert alone.positive == pytest.approx(score.positive, abs=1e-5)


def test_nothing_of_a_long_text_is_cut(tmp_path):
    """The loss stands past the model's reach, and still counts."""
    scorer = OnnxScorer(save_tiny_model(tmp_path / "tiny", KNOWN_ORDERS[0][0]))
    long_plain = "plain " * (MAX_TOKENS - 2)
    quiet, heard = scorer.score([long_plain, long_plain + "loss " * (MAX_TOKENS - 2)])
    assert quiet.negative < 0.1
    assert heard.negative == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("missing", "told"),
    [("config.json", "config.json"), ("tokenizer.json", "tokenizer.json"), ("model.onnx", "model.onnx")],
)
def test_missing_files_are_named(tmp_path, missing, told):
    folder = save_tiny_model(tmp_path / "tiny", KNOWN_ORDERS[0][0])
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=told):
        OnnxScorer(folder).score(["gain"])


def test_broken_weights_are_told(tmp_path):
    folder = save_tiny_model(tmp_path / "tiny", KNOWN_ORDERS[0][0])
    (folder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="not an ONNX model"):
        OnnxScorer(folder).score(["gain"])


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Shares rallied to a record.", "positive"),
        ("The stock plunged after weak results.", "negative"),
        ("The company is based in Ohio.", "neutral"),
        # A negation turns the word round.
        ("There was no growth at all.", "negative"),
        # One word on each side: neither wins outright, neutral does not lose to both.
        ("Profit rose but sales fell.", "even"),
    ],
)
def test_lexicon_reads_plain_words(text, side):
    (score,) = LexiconScorer().score([text])
    if side == "even":
        assert score.positive == score.negative
    else:
        assert max(("positive", "neutral", "negative"), key=lambda name: getattr(score, name)) == side


@given(st.text())
def test_lexicon_gives_probabilities_for_any_text(text):
    (score,) = LexiconScorer().score([text])
    assert score.positive + score.neutral + score.negative == pytest.approx(1)
    assert min(score.positive, score.neutral, score.negative) >= 0


@given(st.lists(st.integers(), max_size=50), st.integers(3, 9))
def test_windows_lose_nothing(inner, limit):
    pieces = windows([-1, *inner, -2], limit)
    assert [item for piece in pieces for item in piece[1:-1]] == inner
    assert all(len(piece) <= limit and (piece[0], piece[-1]) == (-1, -2) for piece in pieces)


@given(st.lists(st.integers(0, 600), max_size=100))
def test_buckets_take_each_text_once(lengths):
    assert sorted(index for batch in buckets(lengths) for index in batch) == list(range(len(lengths)))


def test_names(tmp_path):
    assert load_scorer(None).name == load_scorer("lexicon").name
    assert load_scorer(OFF).name == OFF
    folder = save_tiny_model(tmp_path / "tiny", KNOWN_ORDERS[0][0])
    assert load_scorer(str(folder)).name.startswith("tiny@")


def test_a_hub_model_without_torch_or_files_is_one_clear_line(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError) as caught:
        load_scorer("ProsusAI/no-such-model").score(["gain"])
    assert "\n" not in str(caught.value)
    assert "folder" in str(caught.value) or "pip install" in str(caught.value)


@pytest.mark.parametrize(("id2label", "expected"), KNOWN_ORDERS)
def test_transformers_models_keep_the_contract(tmp_path, id2label, expected):
    torch = pytest.importorskip("torch", reason="the extra 'torch' is not installed")
    import transformers

    torch.manual_seed(1)
    folder = save_tiny_model(tmp_path / "tiny", id2label)
    (folder / "model.onnx").unlink()
    config = transformers.BertConfig(
        vocab_size=len(VOCABULARY), hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
        max_position_embeddings=16, id2label={int(key): name for key, name in id2label.items()},
    )  # fmt: skip
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"), pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]",
        unk_token="[UNK]", model_max_length=16,
    )  # fmt: skip
    fast.save_pretrained(folder)
    scorer = load_scorer(str(folder))
    alone = scorer.score(["gain loss"])[0]
    together = scorer.score(["plain " * 40, "gain loss"])[1]
    assert alone.positive == pytest.approx(together.positive, abs=1e-5)
    assert alone.positive + alone.neutral + alone.negative == pytest.approx(1)
