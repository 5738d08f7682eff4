"""Find the causes that the text gives, with category, effects and relation."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace

from nlp_rotation.annotate.drivers.candidates import Candidate, find_candidates
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.annotate.drivers.effects import Scene, find_effects
from nlp_rotation.annotate.drivers.lexicon import Lexicon, lexicon
from nlp_rotation.annotate.drivers.ranking import settle
from nlp_rotation.annotate.drivers.relations import find_relation, is_hedged
from nlp_rotation.annotate.drivers.splitting import best_leaf, split_causes
from nlp_rotation.annotate.drivers.words import stems
from nlp_rotation.taxonomy import Taxonomy, builtin_taxonomy
from nlp_rotation.types import Driver, Reading, Sentence, Span, Statement

_THRESHOLD = 0.55


@dataclass(frozen=True, slots=True)
class _Scored:
    candidate: Candidate
    score: float


def find_drivers(reading: Reading, *, taxonomy: Taxonomy | None = None) -> tuple[Driver, ...]:
    """Find the causes that the text gives, with category, effects and relation."""
    words = lexicon(taxonomy or builtin_taxonomy())
    scene = Scene.of(reading)
    found = []
    for index, sentence in enumerate(reading.sentences):
        scored = [
            _Scored(c, _score(reading.text, c, words)) for c in find_candidates(reading.text, sentence, index)
        ]
        for item in _best(scored):
            for part in split_causes(
                reading.text, Span(start=item.candidate.start, end=item.candidate.end), words
            ):
                found.append(
                    _driver(
                        reading,
                        scene,
                        replace(item.candidate, start=part.start, end=part.end),
                        item.score,
                        sentence,
                        words,
                    )
                )
    return settle(found, reading.title_end)


def _score(text: str, candidate: Candidate, words: Lexicon) -> float:
    table = cues()
    score = table.trust.get(candidate.family, 0.0)
    side = candidate.effect
    moved = any(p.search(text, side.start, side.end) for p in (table.up, table.down))
    points = words.points(stems(text[candidate.start : candidate.end]))
    if not moved:
        score -= 0.3
    if not points or max(points.values()) < 1.5:
        score -= 0.3
    return score


def _best(scored: list[_Scored]) -> list[_Scored]:
    """Keep the best of those that overlap."""
    kept: list[_Scored] = []
    for item in sorted(scored, key=lambda s: -s.score):
        if item.score < _THRESHOLD:
            break
        if all(
            item.candidate.end <= other.candidate.start or other.candidate.end <= item.candidate.start
            for other in kept
        ):
            kept.append(item)
    return sorted(kept, key=lambda s: s.candidate.start)


def _driver(
    reading: Reading, scene: Scene, candidate: Candidate, score: float, sentence: Sentence, words: Lexicon
) -> Driver:
    text = reading.text[candidate.start : candidate.end]
    category = best_leaf(words.points(stems(text)), 0.0) or "company.results"
    source = _source(reading.statements, candidate.start)
    return Driver(
        start=candidate.start,
        end=candidate.end,
        text=text,
        category=category,
        effects=find_effects(scene, candidate, sentence),
        relation=find_relation(reading.text, candidate, sentence),
        hedged=is_hedged(reading.text, candidate, sentence),
        speaker=source.speaker if source else None,
        firm=source.firm if source else None,
        confidence=round(min(1.0, max(0.0, score)), 3),
    )


def _source(statements: tuple[Statement, ...], place: int) -> Statement | None:
    at = bisect_right(statements, place, key=lambda s: s.start) - 1
    return statements[at] if at >= 0 and statements[at].end > place else None
