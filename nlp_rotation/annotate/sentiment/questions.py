"""What an article asks of a scorer: each distinct sentence once, with the mentions that stand in it.

A scorer that answers for mentions gets both in one pass. Any other scorer reads for each mention its
clause: the part of the sentence between the nearest breaks (semicolon, colon, dash, "while", "but",
"although", "whereas"), so that "A fell while B rose" gets two answers all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from nlp_rotation.annotate.sentiment.scorer import MentionScorer, Place, Scorer
from nlp_rotation.types import Probabilities

_CLAUSE_BREAK = re.compile(r";|: | [–—-]{1,2} |,? (?:while|but|although|whereas|even as)\b", re.I)

#: Answers by sentence, and by sentence and place of a mention in it.
Answers = Mapping[tuple[str, Place | None], Probabilities]

#: Something that puts questions to a scorer: ``ask``, or one that remembers.
Asker = Callable[[Iterable[tuple[str, Place | None]], Scorer], Answers]


def ask(questions: Iterable[tuple[str, Place | None]], scorer: Scorer) -> Answers:
    """Answer for every sentence (place None) and every mention in a sentence."""
    places: dict[str, dict[Place, None]] = {}
    for text, place in questions:
        known = places.setdefault(text, {})
        if place is not None:
            known[place] = None
    asked = {text: tuple(known) for text, known in places.items()}
    return _in_one_pass(asked, scorer) if isinstance(scorer, MentionScorer) else _by_clauses(asked, scorer)


def _in_one_pass(asked: Mapping[str, Sequence[Place]], scorer: MentionScorer) -> Answers:
    answers: dict[tuple[str, Place | None], Probabilities] = {}
    scored = scorer.score_mentions(list(asked), list(asked.values()))
    for (text, places), answer in zip(asked.items(), scored, strict=True):
        answers[text, None] = answer.whole
        answers |= {(text, place): own for place, own in zip(places, answer.mentions, strict=True)}
    return answers


def _by_clauses(asked: Mapping[str, Sequence[Place]], scorer: Scorer) -> Answers:
    clauses = {(text, place): clause_of(text, place) for text, places in asked.items() for place in places}
    wanted = dict.fromkeys([*asked, *clauses.values()])
    scores = dict(zip(wanted, scorer.score(list(wanted)), strict=True))
    answers: dict[tuple[str, Place | None], Probabilities] = {(text, None): scores[text] for text in asked}
    return answers | {key: scores[clause] for key, clause in clauses.items()}


def clause_of(sentence: str, place: Place) -> str:
    """Return the clause of ``sentence`` that holds the mention at ``place``."""
    start, end = 0, len(sentence)
    for match in _CLAUSE_BREAK.finditer(sentence):
        if match.end() <= place[0]:
            start = match.end()
        elif match.start() >= place[1]:
            end = match.start()
            break
    return sentence[start:end].strip()
