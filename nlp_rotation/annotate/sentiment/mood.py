"""Sentiment of sentences, mentions and whole articles from one scorer.

- A sentence is scored as it stands.
- A mention is scored within its sentence (see ``questions.py``), so that "A fell while B rose" gives
  two answers.
- An article is the mean of its sentences that name something tradable, a group or a country; of all
  its sentences where none does. A title counts twice, since it sums the text up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nlp_rotation.annotate.sentiment.questions import Answers, Asker, ask
from nlp_rotation.annotate.sentiment.scorer import Place, Scorer
from nlp_rotation.types import ArticleSentiment, Mention, Reading, Sentence

_SPOKEN = frozenset({"person", "firm"})
_TITLE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """The scored parts of one article."""

    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    article: ArticleSentiment


def moods(readings: Sequence[Reading], scorer: Scorer, ask: Asker = ask) -> list[Mood]:
    """Score many articles at once; each distinct sentence goes through the model a single time."""
    answers = ask((question for reading in readings for question in _questions(reading)), scorer)
    return [_mood(reading, answers, scorer.name) for reading in readings]


def _questions(reading: Reading) -> Iterable[tuple[str, Place | None]]:
    for sentence in reading.sentences:
        yield reading.text[sentence.start : sentence.end], None
    for sentence, mention in _placed(reading):
        yield _question(reading, sentence, mention)


def _question(reading: Reading, sentence: Sentence, mention: Mention) -> tuple[str, Place]:
    place = (mention.start - sentence.start, min(mention.end, sentence.end) - sentence.start)
    return reading.text[sentence.start : sentence.end], place


def _placed(reading: Reading) -> Iterable[tuple[Sentence, Mention]]:
    """Pair every mention with the sentence it begins in; both are sorted by offset."""
    sentences = iter(reading.sentences)
    sentence = next(sentences, None)
    for mention in reading.mentions:
        while sentence is not None and sentence.end <= mention.start:
            sentence = next(sentences, None)
        if sentence is not None and sentence.start <= mention.start:
            yield sentence, mention
        else:
            yield Sentence(start=mention.start, end=mention.end), mention


def _mood(reading: Reading, answers: Answers, model: str) -> Mood:
    sentences = tuple(
        replace(item, sentiment=answers[reading.text[item.start : item.end], None])
        for item in reading.sentences
    )
    placed = list(_placed(reading))
    mentions = tuple(
        replace(mention, sentiment=answers[_question(reading, sentence, mention)])
        for sentence, mention in placed
    )
    naming = {sentence.start for sentence, mention in placed if mention.kind not in _SPOKEN}
    return Mood(sentences=sentences, mentions=mentions, article=_article(reading, sentences, naming, model))


def _article(
    reading: Reading, sentences: Sequence[Sentence], naming: set[int], model: str
) -> ArticleSentiment:
    chosen = [item for item in sentences if item.start in naming] or list(sentences)
    weights = [_TITLE_WEIGHT if item.end <= reading.title_end else 1.0 for item in chosen]
    total = sum(weights)
    if not total:
        return ArticleSentiment(positive=0.0, neutral=1.0, negative=0.0, score=0.0, model=model)
    sums = {
        side: sum(
            weight * getattr(item.sentiment, side) for item, weight in zip(chosen, weights, strict=True)
        )
        for side in ("positive", "negative")
    }
    positive, negative = (round(sums[side] / total, 6) for side in ("positive", "negative"))
    return ArticleSentiment(
        positive=positive,
        neutral=round(1 - positive - negative, 6),
        negative=negative,
        score=round(positive - negative, 6),
        model=model,
    )
