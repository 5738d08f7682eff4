"""``evaluate sentiment`` compares models side by side."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from nlp_rotation.annotate.sentiment import loading
from nlp_rotation.present.cli import app
from nlp_rotation.types import Probabilities

LINES = "Acme rose.@positive\nBolt fell.@negative\nCoil is in Ohio.@neutral\n"


class Fixed:
    """Answers the same to everything."""

    def __init__(self, side):
        self.name = side
        self.answer = Probabilities(**({"positive": 0.1, "neutral": 0.1, "negative": 0.1} | {side: 0.8}))

    def score(self, texts):
        return [self.answer for _ in texts]


@pytest.fixture
def labelled(tmp_path, monkeypatch):
    monkeypatch.setattr(loading, "load_scorer", Fixed)
    path = tmp_path / "lines.txt"
    path.write_text(LINES)
    return str(path)


def test_models_side_by_side_as_json(labelled):
    done = CliRunner().invoke(
        app,
        [
            "evaluate",
            "sentiment",
            labelled,
            "--sentiment-model",
            "positive",
            "--sentiment-model",
            "neutral",
            "--json",
        ],
    )
    assert done.exit_code == 0, done.output
    first, second = json.loads(done.stdout)
    assert (first["model"], second["model"]) == ("positive", "neutral")
    assert first["n"] == 3
    assert first["accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    assert first["macro_f1"] == pytest.approx(0.5 / 3, abs=1e-4)
    assert first["ece"] == pytest.approx(0.8 - 1 / 3, abs=1e-4)


def test_models_side_by_side_for_people(labelled):
    done = CliRunner().invoke(app, ["evaluate", "sentiment", labelled, "--sentiment-model", "negative"])
    assert done.exit_code == 0, done.output
    assert "macro-F1" in done.stdout
    assert "0.3333" in done.stdout


def test_a_model_that_is_off_cannot_be_measured(labelled):
    done = CliRunner().invoke(app, ["evaluate", "sentiment", labelled, "--sentiment-model", "off"])
    assert done.exit_code != 0
