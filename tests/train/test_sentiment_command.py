"""The whole way on a tiny network: a teacher answers, a pupil learns from it, and what ships runs."""

from __future__ import annotations

import json

import pytest

torch = pytest.importorskip("torch", reason="training needs PyTorch")

from nlp_rotation.annotate.sentiment.loading import load_scorer  # noqa: E402
from nlp_rotation.errors import ConfigError  # noqa: E402
from nlp_rotation.train.sentiment import main  # noqa: E402

WORDS = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "acme", "bolt", "rose", "fell", "met", "while", "then", "again"]
PLAN = """
seed = 3
batch = 4
label_smoothing = 0.0
balance = 0.0
weight_decay = 0.0
calibrate = ["named"]
{more}

[[stage]]
name = "one"
data = {{ {data} }}
epochs = 2
rate = 1e-3
"""
MORE = """
trust = 0.5
set_aside = ["aside"]
"""


@pytest.fixture
def base(tmp_path):
    import tokenizers
    import transformers

    folder = tmp_path / "base"
    sizes = {"hidden_size": 8, "intermediate_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = transformers.BertConfig(vocab_size=len(WORDS), max_position_embeddings=512, **sizes)
    torch.manual_seed(1)
    transformers.BertModel(config).save_pretrained(folder)
    vocabulary = {word: index for index, word in enumerate(WORDS)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.post_processor = tokenizers.processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    ends = [f"{a} {b} {c}" for a in WORDS[4:] for b in WORDS[4:] for c in WORDS[4:6]]
    sides = ("positive", "negative")
    named = [
        {"text": f"Acme rose while Bolt fell {end}", "label": "neutral", "entities": [
            {"entity": name, "label": side} for name, side in zip(("Acme", "Bolt"), sides, strict=True)]}
        for end in ends
    ]  # fmt: skip
    write(folder / "named.jsonl", named)
    write(folder / "bare.jsonl", [{"text": f"Acme met {end}"} for end in ends[:20]])
    write(folder / "aside.jsonl", [{"text": f"Bolt rose {end}", "label": "positive"} for end in ends[:20]])
    return folder


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def read(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def train(tmp_path, base, out, data, folders, more=""):
    plan = tmp_path / f"{out}.toml"
    plan.write_text(PLAN.format(more=more, data=data))
    arguments = ["--plan", str(plan), "--base", str(base), "--out", str(tmp_path / out)]
    assert main([*arguments, *(part for folder in folders for part in ("--data", str(folder)))]) == 0
    return tmp_path / out


@pytest.fixture
def taught(tmp_path, base, data):
    return train(tmp_path, base, "teacher", "named = 1", [data], 'teaches = ["named", "bare"]')


def test_a_teacher_answers_for_texts_and_things_but_not_for_what_is_held_out(taught, data):
    rows, asked = read(taught / "named.jsonl"), read(data / "named.jsonl")
    assert [row["text"] for row in rows] == [row["text"] for row in asked]
    told = [row for row in rows if "probabilities" in row]
    assert len(rows) / 2 < len(told) < len(rows)
    for row in told:
        parts = [row, *row["entities"]]
        assert all(sum(part["probabilities"]) == pytest.approx(1, abs=1e-3) for part in parts)
    assert all("label" not in row for row in read(taught / "bare.jsonl"))


def test_a_pupil_of_the_teacher_ships_and_runs(tmp_path, base, data, taught):
    out = train(tmp_path, base, "pupil", "named = 1, bare = 1", [taught, data], MORE)
    figures = json.loads((out / "figures.json").read_text())
    assert set(figures) == {"int8", "fp32"}
    assert set(figures["int8"]) == {"named", "aside"}
    assert figures["int8"]["aside"]["texts"]["n"] == 20
    (scored,) = load_scorer(str(out)).score_mentions(["Acme rose while Bolt fell"], [[(0, 4), (16, 20)]])
    assert len(scored.mentions) == 2
    assert (out / "training.toml").is_file()


def test_what_is_set_aside_is_not_learnt(tmp_path, base, data):
    with pytest.raises(ConfigError, match="learns from what is set aside: aside"):
        train(tmp_path, base, "cheat", "named = 1, aside = 1", [data], MORE)
