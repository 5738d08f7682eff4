"""The model that travels with the package: default, small, and right about plain cases."""

from __future__ import annotations

import json

import pytest

from nlp_rotation.annotate.annotator import Annotator
from nlp_rotation.annotate.sentiment.loading import DEFAULT, load_scorer
from nlp_rotation.config import MODELS, Settings
from nlp_rotation.types import Article, Publication


@pytest.fixture(scope="module")
def scorer():
    return load_scorer(None)


def test_records_name_the_model_and_its_weights():
    article = Article(id="a", source_path=None, text="Apple (AAPL) fell 2%.", published=Publication())
    (record,) = Annotator(Settings()).annotate([article])
    assert record.sentiment.model.startswith(f"{DEFAULT}@")
    assert record.versions["sentiment"] == record.sentiment.model
    assert record.sentences[0].sentiment.negative > 0.5


PLAIN = [
    ("Operating profit rose to EUR 12.4 mn from EUR 9.1 mn a year earlier.", "positive"),
    ("The company won an order for twelve locomotives.", "positive"),
    ("Shares of the lender jumped after its profit beat forecasts.", "positive"),
    ("Net sales fell by 14 percent as demand weakened.", "negative"),
    ("The chip maker cut its outlook and its shares tumbled.", "negative"),
    ("The retailer will close 40 stores and lay off 600 people.", "negative"),
    ("The annual general meeting will be held in Espoo on 4 April.", "neutral"),
    ("The company makes pumps and valves and is based in Ohio.", "neutral"),
]


@pytest.mark.parametrize(("text", "side"), PLAIN)
def test_plain_cases(scorer, text, side):
    (answer,) = scorer.score([text])
    assert max(("positive", "neutral", "negative"), key=lambda name: getattr(answer, name)) == side


def test_two_names_get_two_answers(scorer):
    text = "Nvidia fell while small caps rallied."
    (scored,) = scorer.score_mentions([text], [[(0, 6), (17, 27)]])
    fallen, risen = scored.mentions
    assert fallen.score < risen.score


def test_company_changes_nothing(scorer):
    texts = [text for text, _ in PLAIN]
    together = scorer.score(texts)
    for text, answer in zip(texts, together, strict=True):
        (alone,) = scorer.score([text])
        assert alone.positive == pytest.approx(answer.positive, abs=1e-5)


def test_web_addresses_are_read_past(scorer):
    bare, linked = scorer.score(["Shares fell.", "Shares fell. https://t.example/a1B2c3"])
    assert bare == linked


def test_the_card_states_licence_and_base():
    card = (MODELS / DEFAULT / "README.md").read_text("utf-8")
    assert card.startswith("---\n")
    assert "license: apache-2.0" in card
    assert "base_model: sentence-transformers/all-MiniLM-L6-v2" in card


def test_no_file_is_too_big_for_a_wheel():
    assert all(path.stat().st_size < 30_000_000 for path in (MODELS / DEFAULT).iterdir())


def test_the_config_is_in_the_hubs_format():
    config = json.loads((MODELS / DEFAULT / "config.json").read_text("utf-8"))
    assert config["id2label"] == {"0": "positive", "1": "neutral", "2": "negative"}
    assert config["label2id"] == {label: int(key) for key, label in config["id2label"].items()}
