"""Every scorer keeps one contract: three probabilities a text, the same alone and in company."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp_rotation.annotate.encoding import ROOM, buckets
from nlp_rotation.annotate.sentiment.batches import windows
from nlp_rotation.annotate.sentiment.labels import label_order, order_of
from nlp_rotation.annotate.sentiment.loading import OFF, load_scorer
from nlp_rotation.annotate.sentiment.onnx import MAX_TOKENS, OnnxScorer
from nlp_rotation.errors import ModelError

#: The orders in which published models write their classes.
KNOWN_ORDERS = [
    ({"0": "positive", "1": "negative", "2": "neutral"}, (0, 2, 1)),
    ({"0": "Neutral", "1": "Positive", "2": "Negative"}, (1, 0, 2)),
    ({"0": "negative", "1": "neutral", "2": "positive"}, (2, 1, 0)),
]


@pytest.mark.parametrize(("id2label", "expected"), KNOWN_ORDERS)
def test_label_order_is_read_from_the_config(tiny_model, id2label, expected):
    folder = tiny_model(id2label)
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


def test_a_text_scores_the_same_alone_and_in_a_batch(tiny_model):
    scorer = OnnxScorer(tiny_model(KNOWN_ORDERS[0][0]))
    texts = ["gain " * n + "plain loss" for n in range(1, 40)]
    together = scorer.score(texts)
    for text, score in zip(texts, together, strict=True):
        (alone,) = scorer.score([text])
        assert alone.positive == pytest.approx(score.positive, abs=1e-5)


def test_nothing_of_a_long_text_is_cut(tiny_model):
    """The loss stands past the model's reach, and still counts."""
    scorer = OnnxScorer(tiny_model(KNOWN_ORDERS[0][0]))
    long_plain = "plain " * (MAX_TOKENS - 2)
    quiet, heard = scorer.score([long_plain, long_plain + "loss " * (MAX_TOKENS - 2)])
    assert quiet.negative < 0.1
    assert heard.negative == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize(
    ("missing", "told"),
    [("config.json", "config.json"), ("tokenizer.json", "tokenizer.json"), ("model.onnx", "model.onnx")],
)
def test_missing_files_are_named(tiny_model, missing, told):
    folder = tiny_model(KNOWN_ORDERS[0][0])
    (folder / missing).unlink()
    with pytest.raises(ModelError, match=told):
        OnnxScorer(folder).score(["gain"])


def test_broken_weights_are_told(tiny_model):
    folder = tiny_model(KNOWN_ORDERS[0][0])
    (folder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="not an ONNX model"):
        OnnxScorer(folder).score(["gain"])


@given(st.lists(st.integers(), max_size=50), st.integers(3, 9))
def test_windows_lose_nothing(inner, limit):
    pieces = windows([-1, *inner, -2], limit)
    assert [item for piece in pieces for item in piece[1:-1]] == inner
    assert all(len(piece) <= limit and (piece[0], piece[-1]) == (-1, -2) for piece in pieces)


@given(st.lists(st.integers(0, 600), max_size=100))
def test_buckets_take_each_text_once(lengths):
    batches = list(buckets(lengths))
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    assert all(len({lengths[index] for index in batch}) == 1 for batch in batches)
    assert all(len(batch) == 1 or len(batch) * lengths[batch[0]] <= ROOM for batch in batches)


def test_names(tiny_model):
    assert load_scorer(OFF).name == OFF
    folder = tiny_model(KNOWN_ORDERS[0][0])
    assert load_scorer(str(folder)).name.startswith("tiny@")


def test_a_hub_model_without_torch_or_files_is_one_clear_line(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError) as caught:
        load_scorer("ProsusAI/no-such-model").score(["gain"])
    assert "\n" not in str(caught.value)
    assert "folder" in str(caught.value) or "pip install" in str(caught.value)


@pytest.mark.parametrize(("id2label", "expected"), KNOWN_ORDERS)
def test_transformers_models_keep_the_contract(tiny_model, id2label, expected):
    torch = pytest.importorskip("torch", reason="the extra 'torch' is not installed")
    import transformers

    torch.manual_seed(1)
    folder = tiny_model(id2label)
    (folder / "model.onnx").unlink()
    config = transformers.BertConfig(
        vocab_size=7, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8,
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


def test_an_export_on_the_hub_runs_without_torch_weights(tiny_model, monkeypatch):
    """A repository with ONNX weights alone is fetched and run; here the hub is a folder."""
    import huggingface_hub

    folder = tiny_model(KNOWN_ORDERS[1][0])
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr(huggingface_hub, "snapshot_download", lambda *_, **__: str(folder))
    (gain,) = load_scorer("someone/exported").score(["gain"])
    assert gain.positive > 0.8
