"""The encoder of causes learns, and what is exported answers as the network that was trained."""

from __future__ import annotations

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch")
transformers = pytest.importorskip("transformers")

from nlp_rotation.annotate.drivers.passages import Passage  # noqa: E402
from nlp_rotation.errors import ConfigError  # noqa: E402
from nlp_rotation.train.driver_export import kept_heads  # noqa: E402
from nlp_rotation.train.driver_lecture import loss_of, padded  # noqa: E402
from nlp_rotation.train.driver_lessons import Lesson, Target  # noqa: E402
from nlp_rotation.train.driver_network import DriverNetwork  # noqa: E402
from nlp_rotation.train.driver_term import Plan, read_plan, share_at, teach  # noqa: E402
from nlp_rotation.train.ranges import write_reals  # noqa: E402

PLAN = Plan(seed=3, epochs=6, batch=2, rate=1e-2, head_rate=1e-2, warmup=0.1, weight_decay=0.0, dropout=0.0,
            frozen=0, own_weight=0.3)  # fmt: skip
LEAVES = 3


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    config = transformers.BertConfig(
        vocab_size=120, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=32,
    )  # fmt: skip
    torch.manual_seed(1)
    transformers.BertModel(config).save_pretrained(folder)
    return folder


def network(base):
    torch.manual_seed(2)
    return DriverNetwork(base, LEAVES, frozen=0, dropout=0.0)


def lessons():
    """Word 7 opens a cause of two words; nothing else does."""
    with_cause = Lesson(
        Passage([101, 5, 7, 8, 102], 1, [0, 3, 6], [2, 5, 8]),
        [Target(2, 3, 1.0), Target(1, 1, 0.0)],
        [Target(2, 3, 1.0, leaf=1, relation="explains")],
        1.0,
    )
    without = Lesson(Passage([101, 5, 9, 102], 1, [0, 3], [2, 5]), [Target(1, 2, 0.0)], [], 0.5)
    return [with_cause, without, with_cause, without]


def test_the_loss_falls_and_every_run_is_the_same(base, tmp_path):
    def after(log):
        taught = network(base)
        before = float(loss_of(taught, lessons()).detach())
        teach(taught, lessons() * 4, PLAN, log)
        return before, float(loss_of(taught.eval(), lessons()).detach())

    (before, end), again = after(tmp_path / "one.jsonl"), after(tmp_path / "two.jsonl")
    assert end < 0.5 * before
    assert (before, end) == again
    entries = [json.loads(line) for line in (tmp_path / "one.jsonl").read_text().splitlines()]
    assert all(entry["of"] >= entry["step"] for entry in entries)


def test_what_is_exported_answers_as_the_network_does(base, tmp_path):
    onnxruntime = pytest.importorskip("onnxruntime")
    taught = network(base).eval()
    write_reals(taught.encoder, kept_heads(taught), tmp_path / "model.onnx")
    ids, mask = padded(lessons()[:1])
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    (got,) = session.run(["token_logits"], {"input_ids": ids.numpy()})
    with torch.no_grad():
        wanted = taught(ids, mask)[1][:, :, : got.shape[2]].numpy()
    assert got.shape[2] == 4 + 1 + LEAVES
    np.testing.assert_allclose(got, wanted, atol=1e-4)


@pytest.mark.parametrize(("progress", "share"), [(0.0, 0.0), (0.05, 0.5), (0.1, 1.0), (1.0, 0.0), (1.2, 0.0)])
def test_the_rate_rises_and_falls(progress, share):
    assert share_at(progress, 0.1) == pytest.approx(share)


def test_a_plan_with_a_key_too_many_is_refused(tmp_path):
    (tmp_path / "plan.toml").write_text("seed = 1\ncolour = 2\n", "utf-8")
    with pytest.raises(ConfigError):
        read_plan(tmp_path / "plan.toml")
