"""Sentences by themselves, mentions within their sentence, articles by what they name."""

from __future__ import annotations

import re

import pytest

from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.sentiment.mood import moods
from nlp_rotation.annotate.sentiment.questions import clause_of
from nlp_rotation.annotate.sentiment.scorer import MentionScorer, Scored
from nlp_rotation.types import Mention, Probabilities, Reading

GOOD = Probabilities(positive=0.8, neutral=0.1, negative=0.1)
BAD = Probabilities(positive=0.1, neutral=0.1, negative=0.8)
PLAIN = Probabilities(positive=0.1, neutral=0.8, negative=0.1)


def verdict(text):
    ups, downs = (len(re.findall(words, text)) for words in ("rallied|rose", "fell|plunged|sank"))
    return GOOD if ups > downs else BAD if downs > ups else PLAIN


class WordScorer:
    """Counts ups and downs, and remembers how often it was asked what."""

    name = "words"

    def __init__(self):
        self.asked = []

    def score(self, texts):
        self.asked += texts
        return [verdict(text) for text in texts]


class PlaceScorer(WordScorer):
    """Answers for a mention by the word that follows it."""

    def score_mentions(self, texts, places):
        self.asked += texts
        return [
            Scored(verdict(text), tuple(verdict(text[end : end + 8]) for _, end in asked))
            for text, asked in zip(texts, places, strict=True)
        ]


def named(text, word, kind="equity", after=0):
    start = text.index(word, after)
    return Mention(
        start=start,
        end=start + len(word),
        text=word,
        symbol=word.upper(),
        kind=kind,
        rule="test",
        confidence=1.0,
    )


def reading(text, *words, title_end=0):
    mentions = tuple(sorted((named(text, word) for word in words), key=lambda item: item.start))
    return Reading(text=text, title_end=title_end, sentences=find_sentences(text), mentions=mentions)


CLAUSES = [
    # Contrast splits.
    ("Nvidia fell while Acme rallied.", "Nvidia", "Nvidia fell"),
    ("Nvidia fell while Acme rallied.", "Acme", "Acme rallied."),
    ("Acme rose; Bolt sank.", "Bolt", "Bolt sank."),
    ("Acme rose, but Bolt sank, whereas Coil held.", "Bolt", "Bolt sank"),
    # A list has no break: all of it speaks of each name.
    ("Acme, Bolt and Coil rose.", "Bolt", "Acme, Bolt and Coil rose."),
]


@pytest.mark.parametrize(("text", "word", "clause"), CLAUSES)
def test_clause_of_a_mention(text, word, clause):
    start = text.index(word)
    assert clause_of(text, (start, start + len(word))) == clause


def test_only_a_scorer_of_mentions_counts_as_one():
    assert isinstance(PlaceScorer(), MentionScorer)
    assert not isinstance(WordScorer(), MentionScorer)


@pytest.mark.parametrize("scorer", [WordScorer(), PlaceScorer()], ids=["by clauses", "in one pass"])
def test_two_names_in_one_sentence_get_two_answers(scorer):
    (mood,) = moods([reading("Nvidia plunged while Acme rallied.", "Nvidia", "Acme")], scorer)
    fallen, risen = mood.mentions
    assert fallen.sentiment.score < 0 < risen.sentiment.score


def test_a_scorer_of_mentions_reads_each_distinct_sentence_once():
    scorer = PlaceScorer()
    same = [reading("Acme rallied. Bolt fell.", "Acme", "Bolt"), reading("Bolt fell.", "Bolt")]
    moods(same, scorer)
    assert sorted(scorer.asked) == ["Acme rallied.", "Bolt fell."]


def test_a_name_in_two_sentences_gets_the_answer_of_each():
    text = "Acme rallied. Later Acme plunged."
    mentions = (named(text, "Acme"), named(text, "Acme", after=5))
    (mood,) = moods([Reading(text=text, sentences=find_sentences(text), mentions=mentions)], PlaceScorer())
    assert [item.sentiment for item in mood.mentions] == [GOOD, BAD]


def test_a_mention_outside_every_sentence_is_read_alone():
    mentions = (named("Acme rallied", "Acme rallied"),)
    (mood,) = moods([Reading(text="Acme rallied", mentions=mentions)], WordScorer())
    assert mood.mentions[0].sentiment == GOOD


def test_article_is_the_mean_of_the_sentences_that_name_something():
    text = "Acme rallied.\nThe rain fell and fell.\nBolt is in Ohio."
    (mood,) = moods([reading(text, "Acme", "Bolt")], WordScorer())
    assert mood.article.positive == pytest.approx((GOOD.positive + PLAIN.positive) / 2, abs=1e-6)
    assert mood.article.score == pytest.approx(mood.article.positive - mood.article.negative, abs=1e-6)
    assert mood.article.model == "words"


def test_an_article_that_names_nothing_is_the_mean_of_all():
    (mood,) = moods([reading("Prices rose.\nIncomes fell.")], WordScorer())
    assert mood.article.score == pytest.approx(0)


def test_a_title_counts_twice():
    text = "Acme rallied\n\nAcme fell."
    mentions = (named(text, "Acme"), named(text, "Acme", after=5))
    both = Reading(text=text, title_end=12, sentences=find_sentences(text), mentions=mentions)
    (mood,) = moods([both], WordScorer())
    assert mood.article.positive == pytest.approx((2 * GOOD.positive + BAD.positive) / 3, abs=1e-6)


def test_an_empty_article_is_neutral():
    (mood,) = moods([Reading(text="")], WordScorer())
    assert (mood.article.neutral, mood.article.score) == (1.0, 0.0)
