"""Labelled sentences: what is read, and who is held out."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from nlp_rotation.errors import ConfigError
from nlp_rotation.train.sentiment_data import Example, Target, read_examples
from nlp_rotation.train.sentiment_plan import read_plan


def read(tmp_path, *rows):
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return read_examples([path])


def test_labels_of_text_and_things(tmp_path):
    row = {
        "text": "Acme rose, Bolt fell.",
        "label": "mixed",
        "entities": [{"entity": "acme", "label": "positive"}, {"entity": "Bolt", "label": "negative"}],
    }
    (example,) = read(tmp_path, row)
    assert example.label is None
    assert example.targets == (Target(start=0, end=4, label=0), Target(start=11, end=15, label=2))


def test_a_text_without_label_takes_that_of_all_it_names(tmp_path):
    row = {
        "text": "Acme and Bolt rose.",
        "entities": [{"entity": name, "label": "positive"} for name in ("Acme", "Bolt")],
    }
    assert read(tmp_path, row)[0].label == 0


def test_a_thing_that_is_not_spelt_out_is_left_out(tmp_path):
    row = {"text": "It rose.", "label": "positive", "entities": [{"entity": "Acme", "label": "positive"}]}
    assert read(tmp_path, row)[0].targets == ()


def example(text):
    return Example(source="test", text=text, label=0)


def test_reprints_stay_together():
    texts = ["Acme rose 3% https://t.example/a", "ACME ROSE 4%", "Acme rose, 5 %"]
    assert len({example(text).split for text in texts}) == 1


def test_shares_of_the_splits():
    letters = (f"{a}{b}{c}" for a in "abcdefghijkl" for b in "mnopqrstuvwx" for c in "abcdefghijklmnop")
    counts = Counter(example(text).split for text in letters)
    total = sum(counts.values())
    assert counts["test"] / total == pytest.approx(0.10, abs=0.02)
    assert counts["dev"] / total == pytest.approx(0.05, abs=0.02)


def test_the_plan_that_ships_can_be_read(root):
    plan = read_plan(root / "models" / "finbert-mini" / "training.toml")
    assert plan.stages


def test_a_broken_plan_is_told(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("seed = 1\n")
    with pytest.raises(ConfigError, match=r"plan\.toml"):
        read_plan(path)
