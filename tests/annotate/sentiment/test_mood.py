"""Sentences by themselves, mentions by their clause, articles by what they name."""

from __future__ import annotations

import pytest

from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.annotate.sentiment.lexicon import LexiconScorer
from nlp_rotation.annotate.sentiment.mood import clause_of, moods
from nlp_rotation.types import Mention, Reading, Sentence


def named(text, word, kind="equity"):
    start = text.index(word)
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
    assert clause_of(text, Sentence(start=0, end=len(text)), named(text, word)) == clause


def test_two_names_in_one_sentence_get_two_answers():
    (mood,) = moods([reading("Nvidia plunged while Acme rallied.", "Nvidia", "Acme")], LexiconScorer())
    fallen, risen = mood.mentions
    assert fallen.sentiment.score < 0 < risen.sentiment.score


def test_article_is_the_mean_of_the_sentences_that_name_something():
    text = "Acme rallied.\nThe weather was terrible and sad, a failure.\nBolt fell."
    (mood,) = moods([reading(text, "Acme", "Bolt")], LexiconScorer())
    first, _, last = (item.sentiment for item in mood.sentences)
    assert mood.article.positive == pytest.approx((first.positive + last.positive) / 2, abs=1e-6)
    assert mood.article.score == pytest.approx(mood.article.positive - mood.article.negative, abs=1e-6)


def test_a_title_counts_twice():
    text = "Acme rallied\n\nAcme fell."
    (mood,) = moods([reading(text, "Acme", title_end=len("Acme rallied"))], LexiconScorer())
    title, body = (item.sentiment for item in mood.sentences)
    assert title.score > 0 > body.score
    single = reading(text, "Acme")
    both = Reading(
        text=text, title_end=12, sentences=single.sentences, mentions=(named(text, "Acme"), _second(text))
    )
    (mood,) = moods([both], LexiconScorer())
    assert mood.article.positive == pytest.approx((2 * title.positive + body.positive) / 3, abs=1e-6)


def _second(text):
    start = text.rindex("Acme")
    return Mention(
        start=start, end=start + 4, text="Acme", symbol="ACME", kind="equity", rule="test", confidence=1.0
    )


def test_an_empty_article_is_neutral():
    (mood,) = moods([Reading(text="")], LexiconScorer())
    assert (mood.article.neutral, mood.article.score) == (1.0, 0.0)
