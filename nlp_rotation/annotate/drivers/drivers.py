"""Find the causes that the text gives, with category, effects and relation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.effects import Scene, find_effects
from nlp_rotation.annotate.drivers.features import Place, price_words, text_features
from nlp_rotation.annotate.drivers.judging import Judge, Judged, choose
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.model import DriverModel, builtin_model
from nlp_rotation.annotate.drivers.ranking import settle
from nlp_rotation.annotate.drivers.relations import find_relation, is_hedged
from nlp_rotation.taxonomy import Taxonomy, builtin_taxonomy
from nlp_rotation.types import Driver, Reading, Statement

#: What a cause without a telling word is taken for: the most frequent leaf of the gold articles.
_PLAIN = "company.results"
#: "The data", "the news": such a cause has the category of the one told before it.
_LOOKS_BACK = frozenset(
    {"data", "news", "report", "announcement", "move", "decision", "comments", "deal", "warning", "reading"}
)


def find_drivers(
    reading: Reading, *, taxonomy: Taxonomy | None = None, model: DriverModel | None = None
) -> tuple[Driver, ...]:
    """Find the causes that the text gives, with category, effects and relation.

    The built-in taxonomy and the bundled weights are used where none are given.
    """
    tree = taxonomy or builtin_taxonomy()
    judge = Judge(lexicon=lexicon(tree), model=model or builtin_model())
    scene = Scene.of(reading)
    found: list[Driver] = []
    for place, judged in find_causes(reading, judge):
        found.append(_driver(reading, scene, place, judged, judge, found[-1] if found else None))
    return settle(found, reading.title_end)


def find_causes(reading: Reading, judge: Judge) -> Iterator[tuple[Place, Judged]]:
    """Yield the stretches of each sentence that ``judge`` takes for causes."""
    for place in places(reading):
        offers = find_candidates(reading.text, place.sentence, place.index, judge.lexicon)
        for judged in choose(judge.weigh(place, candidate) for candidate in offers):
            yield place, judged


def places(reading: Reading) -> Iterator[Place]:
    """Yield each sentence with what a model reads around it."""
    whole = text_features(reading.text)
    before: tuple[str, ...] = ()
    for index, sentence in enumerate(reading.sentences):
        spoken = price_words(reading.text, sentence)
        yield Place(
            text=reading.text,
            title_end=reading.title_end,
            sentence=sentence,
            index=index,
            spoken=spoken,
            spoken_before=before,
            whole=whole,
        )
        before = spoken


def _driver(
    reading: Reading, scene: Scene, place: Place, judged: Judged, judge: Judge, before: Driver | None
) -> Driver:
    candidate = judged.candidate
    text = reading.text[candidate.start : candidate.end]
    source = _source(reading.statements, candidate.start)
    return Driver(
        start=candidate.start,
        end=candidate.end,
        text=text,
        category=_category(text, judged, judge, before),
        effects=find_effects(scene, candidate, place.sentence),
        relation=find_relation(reading.text, candidate, place.sentence),
        hedged=is_hedged(reading.text, candidate, place.sentence),
        speaker=source.speaker if source else None,
        firm=source.firm if source else None,
        confidence=judged.confidence,
    )


def _category(text: str, judged: Judged, judge: Judge, before: Driver | None) -> str:
    words = text.lower().split()
    if before and len(words) == 2 and words[0] in ("the", "this", "that") and words[1] in _LOOKS_BACK:
        return before.category
    return judge.leaf(text, judged.points) or (_PLAIN if _PLAIN in judge.lexicon.leaves else _first(judge))


def _first(judge: Judge) -> str:
    return min(judge.lexicon.leaves)


def _source(statements: tuple[Statement, ...], place: int) -> Statement | None:
    at = bisect_right(statements, place, key=lambda s: s.start) - 1
    return statements[at] if at >= 0 and statements[at].end > place else None
