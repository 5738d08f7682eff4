"""One pass answers for the sentence and for every mention in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp_rotation.annotate.sentiment.loading import load_scorer
from nlp_rotation.annotate.sentiment.onnx import MAX_TOKENS
from nlp_rotation.annotate.sentiment.scorer import MentionScorer

ORDER = {"0": "negative", "1": "neutral", "2": "positive"}


@pytest.fixture
def scorer(tiny_model):
    return load_scorer(str(tiny_model(ORDER, outputs=["logits", "token_logits"])))


def places_of(text, *words):
    return [(text.index(word), text.index(word) + len(word)) for word in words]


def test_the_config_says_who_answers_for_mentions(tiny_model, scorer):
    assert isinstance(scorer, MentionScorer)
    assert not isinstance(load_scorer(str(tiny_model(ORDER))), MentionScorer)


def test_two_mentions_get_two_answers(scorer):
    text = "plain gain plain loss"
    (scored,) = scorer.score_mentions([text], [places_of(text, "gain", "loss")])
    gain, loss = scored.mentions
    assert gain.positive > 0.8
    assert loss.negative > 0.8
    assert scored.whole == scorer.score([text])[0]


PLACES = [
    # A mention of two words is the mean of both.
    ("gain loss", (0, 9), "even"),
    # Part of a word stands for the word.
    ("gain loss", (1, 3), "positive"),
    # White space around a word adds nothing.
    ("plain loss plain", (5, 11), "plain and loss"),
]


@pytest.mark.parametrize(("text", "place", "meant"), PLACES)
def test_a_mention_is_the_mean_of_its_tokens(scorer, text, place, meant):
    (scored,) = scorer.score_mentions([text], [[place]])
    (answer,) = scored.mentions
    if meant == "even":
        assert answer.positive == pytest.approx(answer.negative)
    elif meant == "positive":
        assert answer.positive > 0.8
    else:
        assert answer.negative == pytest.approx(answer.neutral)


def test_a_mention_past_the_reach_of_the_model_is_answered(scorer):
    text = "plain " * (2 * MAX_TOKENS) + "gain"
    (scored,) = scorer.score_mentions([text], [places_of(text, "gain")])
    assert scored.mentions[0].positive > 0.8
    assert scored.whole.neutral > 0.8


def test_a_mention_without_tokens_gets_the_answer_of_its_sentence(scorer):
    (scored,) = scorer.score_mentions(["gain"], [[(0, 0)]])
    assert scored.mentions[0] == scored.whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["gain", "loss", "plain", "€", "..", "word"]), max_size=30), st.data())
def test_any_place_gets_a_probability(scorer, words, data):
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    (scored,) = scorer.score_mentions([text], [[(start, end)]])
    (answer,) = scored.mentions
    assert answer.positive + answer.neutral + answer.negative == pytest.approx(1)


def test_company_changes_nothing(scorer):
    texts = ["gain " * n + "plain loss" for n in range(1, 20)]
    places = [places_of(text, "loss") for text in texts]
    together = scorer.score_mentions(texts, places)
    for text, place, answer in zip(texts, places, together, strict=True):
        assert scorer.score_mentions([text], [place]) == [answer]
