"""Training goes on where it stopped, and its rate rises and falls as planned."""

from __future__ import annotations

from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch")

from nlp_rotation.train import sentiment_fit  # noqa: E402
from nlp_rotation.train.sentiment_batches import Encoded, aim, batches, collate  # noqa: E402
from nlp_rotation.train.sentiment_fit import Run, class_weights, rate_at  # noqa: E402
from nlp_rotation.train.sentiment_network import SentimentNetwork  # noqa: E402
from nlp_rotation.train.sentiment_plan import Plan, Stage  # noqa: E402

STAGE = Stage(name="one", data={"rows": 1}, epochs=1, rate=1.0, final=0.2, warmup=0.1)


@pytest.mark.parametrize(("progress", "rate"), [(0.0, 0.0), (0.05, 0.5), (0.1, 1.0), (0.55, 0.6), (1.0, 0.2)])
def test_rate(progress, rate):
    assert rate_at(STAGE, progress) == pytest.approx(rate)


def items(number):
    return [
        Encoded([2, 5 + index % 9, 5, 3], sure(index % 3), (([1], sure(index % 3)),))
        for index in range(number)
    ]


def sure(label):
    return aim(label, None, 0.0)


def test_every_item_comes_once_in_an_order_that_the_seed_fixes():
    first, again, other = (
        [batch.ids[:, 1].tolist() for batch in batches(items(50), size=8, seed=seed)] for seed in "aab"
    )
    assert first == again != other
    assert sorted(word for words in first for word in words) == sorted(item.ids[1] for item in items(50))


def test_rare_classes_weigh_more():
    rows = [Encoded([2, 3], sure(label), ()) for label in (0, 1, 1, 1, 1, 2, None)]
    weights = class_weights(rows, 0.5)
    assert weights[0] == weights[2] > weights[1]


TAUGHT = (0.6, 0.3, 0.1)


@pytest.mark.parametrize(
    ("label", "taught", "trust", "expected"),
    [
        (2, None, 0.5, (0, 0, 1)),  # no teacher: the label alone
        (2, TAUGHT, 0.0, (0, 0, 1)),  # a plan that trusts no teacher
        (0, TAUGHT, 0.5, (0.8, 0.15, 0.05)),  # both
        (None, TAUGHT, 0.5, TAUGHT),  # nobody labelled it
        (None, TAUGHT, 0.0, (0, 0, 0)),  # nothing that the plan trusts
    ],
)
def test_what_a_label_and_a_teacher_ask_for(label, taught, trust, expected):
    assert aim(label, taught, trust) == pytest.approx(expected)


def test_what_nobody_knows_does_not_pull(base, tmp_path):
    known, unknown = (Encoded([2, 5, 3], sure(label), ()) for label in (0, None))
    run = Run(SentimentNetwork(base, dropout=0.0), plan(), tmp_path)
    weights = torch.ones(3)
    alone, beside = (run._loss(collate(rows), weights) for rows in ([known], [known, unknown]))
    assert alone.item() == pytest.approx(beside.item(), abs=1e-2)  # bfloat16


@pytest.fixture
def base(tmp_path):
    import transformers

    config = transformers.BertConfig(
        vocab_size=20,
        hidden_size=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=8,
    )
    torch.manual_seed(1)
    transformers.BertModel(config).save_pretrained(tmp_path / "base")
    return tmp_path / "base"


def plan():
    return Plan(
        seed=3, batch=4, label_smoothing=0.0, balance=0.0, weight_decay=0.0, calibrate=[], stages=(STAGE,)
    )


def trained(base, folder):
    torch.manual_seed(2)
    run = Run(SentimentNetwork(base), plan(), folder)
    run.resume()
    run.fit({"rows": items(40)})
    return run


def test_a_resumed_run_ends_where_an_unbroken_one_does(base, tmp_path, monkeypatch):
    whole = trained(base, tmp_path)
    (tmp_path / "checkpoint.pt").unlink()
    monkeypatch.setattr(sentiment_fit, "_SAVE_EVERY", 3)
    monkeypatch.setattr(Run, "_step", breaking_at(5, Run._step))
    with pytest.raises(KeyboardInterrupt):
        trained(base, tmp_path)
    broken = trained(base, tmp_path)
    for left, right in zip(whole.network.parameters(), broken.network.parameters(), strict=True):
        assert torch.equal(left, right)


def breaking_at(number, step):
    """Break the run once, at its ``number``-th step."""
    calls = []

    def broken(self, *arguments):
        calls.append(1)
        if len(calls) == number:
            raise KeyboardInterrupt
        return step(self, *arguments)

    return broken


def test_frozen_layers_stay(base):
    network = SentimentNetwork(base)
    network.freeze(1)
    flags = {name: weight.requires_grad for name, weight in network.named_parameters()}
    assert not any(flag for name, flag in flags.items() if "layer.0." in name or "embeddings" in name)
    assert all(flag for name, flag in flags.items() if "layer.1." in name)
    network.freeze(0)
    assert network.encoder.encoder.layer[0].output.dense.weight.requires_grad
    assert not network.encoder.embeddings.word_embeddings.weight.requires_grad


def test_the_weights_are_the_mean_of_the_last_ends(base, tmp_path):
    stages = (*plan().stages, *plan().stages)
    run = Run(SentimentNetwork(base), replace(plan(), stages=stages, average=2), tmp_path)
    run.fit({"rows": items(40)})
    ends = [torch.load(tmp_path / f"stage{stage}.pt", weights_only=True) for stage in (1, 2)]
    for name, value in run.network.state_dict().items():
        assert torch.allclose(value, (ends[0][name] + ends[1][name]) / 2)
