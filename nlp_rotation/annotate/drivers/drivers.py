"""Find the causes that the text gives, with category, effects and relation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.effects import Scene, find_effects, lean
from nlp_rotation.annotate.drivers.judging import Judge, Judged, choose
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.model import DriverModel, builtin_model
from nlp_rotation.annotate.drivers.places import Place, places
from nlp_rotation.annotate.drivers.ranking import settle
from nlp_rotation.annotate.drivers.relations import find_relation, is_hedged
from nlp_rotation.annotate.drivers.scan import Scan
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
    scan = Scan.of(reading.text, judge.lexicon)
    scene = Scene.of(reading, scan)
    found: list[Driver] = []
    for place, judged in find_causes(places(reading, scan), judge):
        found.append(_driver(reading, scene, place, judged, judge, found[-1] if found else None))
    return settle(found, reading.title_end)


#: Words that only ask for a cause or point at one.
_POINTERS = frozenset({"what", "why", "which", "who", "this", "that", "it", "these", "those"})


def find_causes(where: Iterable[Place], judge: Judge) -> Iterator[tuple[Place, Judged]]:
    """Yield the stretches of each sentence that ``judge`` takes for causes."""
    for place in where:
        for judged in choose(judge.weigh(place, find_candidates(place))):
            words = place.scan.text[judged.candidate.start : judged.candidate.end].lower()
            if words not in _POINTERS:
                yield place, judged


def _driver(
    reading: Reading, scene: Scene, place: Place, judged: Judged, judge: Judge, before: Driver | None
) -> Driver:
    candidate = judged.candidate
    text = reading.text[candidate.start : candidate.end]
    source = _source(reading.statements, candidate.start)
    category = _category(place.scan, judged, judge, before)
    return Driver(
        start=candidate.start,
        end=candidate.end,
        text=text,
        category=category,
        effects=lean(find_effects(scene, candidate, place.sentence), category),
        relation=find_relation(place.scan, candidate, place.sentence),
        hedged=is_hedged(place.scan, candidate, place.sentence),
        speaker=source.speaker if source else None,
        firm=source.firm if source else None,
        confidence=judged.confidence,
    )


def _category(scan: Scan, judged: Judged, judge: Judge, before: Driver | None) -> str:
    start, end = judged.candidate.start, judged.candidate.end
    words = scan.text[start:end].lower().split(maxsplit=2)
    if before and len(words) == 2 and words[0] in ("the", "this", "that") and words[1] in _LOOKS_BACK:
        return before.category
    leaf = judge.leaf(scan.words(start, end), judged.points)
    return leaf or (_PLAIN if _PLAIN in judge.lexicon.leaves else _first(judge))


def _first(judge: Judge) -> str:
    return min(judge.lexicon.leaves)


def _source(statements: tuple[Statement, ...], place: int) -> Statement | None:
    at = bisect_right(statements, place, key=lambda s: s.start) - 1
    return statements[at] if at >= 0 and statements[at].end > place else None
