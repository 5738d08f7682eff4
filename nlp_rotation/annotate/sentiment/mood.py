"""Sentiment of sentences, mentions and whole articles from one scorer.

- A sentence is scored as it stands.
- A mention is scored on its clause: the part of its sentence between the nearest breaks (semicolon,
  colon, dash, "while", "but", "although", "whereas"), so that "A fell while B rose" gives two answers.
- An article is the mean of its sentences that name something tradable, a group or a country; of all
  its sentences where none does. A title counts twice, since it sums the text up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nlp_rotation.annotate.sentiment.scorer import Scorer
from nlp_rotation.types import ArticleSentiment, Mention, Probabilities, Reading, Sentence

_CLAUSE_BREAK = re.compile(r";|: | [–—-]{1,2} |,? (?:while|but|although|whereas|even as)\b", re.I)
_SPOKEN = frozenset({"person", "firm"})
_TITLE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """The scored parts of one article."""

    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    article: ArticleSentiment


def moods(readings: Sequence[Reading], scorer: Scorer) -> list[Mood]:
    """Score many articles at once; each distinct string goes through the model a single time."""
    wanted = dict.fromkeys(text for reading in readings for text in _texts(reading))
    scores = dict(zip(wanted, scorer.score(list(wanted)), strict=True))
    return [_mood(reading, scores, scorer.name) for reading in readings]


def _texts(reading: Reading) -> Iterable[str]:
    for sentence in reading.sentences:
        yield reading.text[sentence.start : sentence.end]
    for sentence, mention in _placed(reading):
        yield clause_of(reading.text, sentence, mention)


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


def clause_of(text: str, sentence: Sentence, mention: Mention) -> str:
    """Return the clause of ``sentence`` that holds ``mention``."""
    start, end = sentence.start, max(sentence.end, mention.end)
    for match in _CLAUSE_BREAK.finditer(text, sentence.start, sentence.end):
        if match.end() <= mention.start:
            start = match.end()
        elif match.start() >= mention.end:
            end = match.start()
            break
    return text[start:end].strip()


def _mood(reading: Reading, scores: dict[str, Probabilities], model: str) -> Mood:
    sentences = tuple(
        replace(item, sentiment=scores[reading.text[item.start : item.end]]) for item in reading.sentences
    )
    placed = list(_placed(reading))
    mentions = tuple(
        replace(mention, sentiment=scores[clause_of(reading.text, sentence, mention)])
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
