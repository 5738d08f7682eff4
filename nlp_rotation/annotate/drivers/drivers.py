"""Find the causes that the text gives, with category, effects and relation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from itertools import islice

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.effect_model import builtin_effect_model
from nlp_rotation.annotate.drivers.effects import find_effects
from nlp_rotation.annotate.drivers.emphasis import Emphasis
from nlp_rotation.annotate.drivers.encoder import Impressions, builtin_encoder
from nlp_rotation.annotate.drivers.judging import Judge, Judged, choose
from nlp_rotation.annotate.drivers.lexicon import lexicon
from nlp_rotation.annotate.drivers.model import builtin_model
from nlp_rotation.annotate.drivers.places import Place, places
from nlp_rotation.annotate.drivers.ranking import settle
from nlp_rotation.annotate.drivers.relations import find_relation, is_hedged
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.annotate.drivers.scene import Scene, Told
from nlp_rotation.taxonomy import Taxonomy, builtin_taxonomy
from nlp_rotation.types import Driver, Reading, Relation, Span, Statement

#: What a cause without a telling word is taken for: the most frequent leaf of the gold articles.
_PLAIN = "company.results"
#: "The data", "the news": such a cause has the category of the one told before it.
_LOOKS_BACK = frozenset(
    {"data", "news", "report", "announcement", "move", "decision", "comments", "deal", "warning", "reading"}
)


def find_drivers(
    reading: Reading, *, taxonomy: Taxonomy | None = None, judge: Judge | None = None
) -> tuple[Driver, ...]:
    """Find the causes that the text gives, with category, effects and relation.

    The built-in taxonomy and the bundled weights are used where none are given.
    """
    judge = judge or builtin_judge(taxonomy or builtin_taxonomy())
    scan = Scan.of(reading.text, judge.lexicon)
    scene = Scene.of(reading, scan)
    found: list[Driver] = []
    for place, judged in find_causes(reading, places(reading, scan), judge):
        told = _told(place, judged, judge, found[-1].category if found else "")
        found.append(_driver(reading, scene, place, told, judged.confidence))
    return settle(found, Emphasis.of(scene))


def told_causes(reading: Reading) -> Iterator[tuple[Scene, Told]]:
    """Yield every cause as told, with its scene: what the weights of effects are fitted on."""
    judge = builtin_judge(builtin_taxonomy())
    scan = Scan.of(reading.text, judge.lexicon)
    scene = Scene.of(reading, scan)
    category = ""
    for place, judged in find_causes(reading, places(reading, scan), judge):
        told = _told(place, judged, judge, category)
        category = told.category
        yield scene, told


#: Who has spoken before speaks on.
_GOES_ON = re.compile(
    r"\b(?:he|she)\s+(?:said|says|believes|thinks|reckons|argue[sd]|adds|added|wrote|estimates|expects|warn(?:s|ed))\b",
    re.I,
)
#: Sentences judged together: enough to fill the encoder, few enough to hold in memory.
_BLOCK = 256
#: Linear log-odds below which no answer of the encoder makes a cause: a third of the sentences lie above.
_HOPELESS = -2.5
#: What only asks for a cause or points at one: "what", "these", "three things".
_POINTER = re.compile(
    r"what|why|which|who|this|that|it|(?:the(?:se|ir)?|those|two|three|four|five|several|many|other)?\s*"
    r"(?:reasons|factors|things|points|causes|forces|drivers|those|these)",
    re.IGNORECASE,
)


def builtin_judge(taxonomy: Taxonomy) -> Judge:
    """Return the judge with all the weights that are bundled; the encoder is none without the linear ones."""
    model = builtin_model()
    return Judge(lexicon(taxonomy), model, builtin_encoder() if model else None)


def find_causes(reading: Reading, where: Iterable[Place], judge: Judge) -> Iterator[tuple[Place, Judged]]:
    """Yield the stretches of each sentence that ``judge`` takes for causes."""
    where = iter(where)
    while block := list(islice(where, _BLOCK)):
        weighed = [(place, list(judge.weigh(place, find_candidates(place)))) for place in block]
        hopeful = {place.index for place, judged in weighed if any(item.odds > _HOPELESS for item in judged)}
        seen = _impressions(reading, hopeful, judge)
        for place, judged in weighed:
            # Nobody but a construction that states a cause outright speaks for a sentence that was not read.
            read = judge.encoder is None or place.index in hopeful
            offered = [one for one in judged if read or one.outright]
            for item in choose(judge.look_again(one, seen) for one in offered):
                span = Span(start=item.candidate.start, end=item.candidate.end)
                if not _POINTER.fullmatch(place.scan.text, span.start, span.end):
                    yield place, replace(item, leaves=seen.leaves(span))


def _impressions(reading: Reading, hopeful: Set[int], judge: Judge) -> Impressions:
    """Return what the encoder makes of the ``hopeful`` sentences (by index)."""
    if judge.encoder is None:
        return Impressions()
    return judge.encoder.read(reading.text, reading.title_end, reading.sentences, hopeful)


def _told(place: Place, judged: Judged, judge: Judge, before: str) -> Told:
    candidate = judged.candidate
    category = _category(place.scan, judged, judge, before)
    relation = find_relation(place.scan, candidate, place.sentence)
    return Told.of(place.scan, candidate, place.sentence, category, relation)


def _driver(reading: Reading, scene: Scene, place: Place, told: Told, confidence: float) -> Driver:
    candidate = told.candidate
    source = _source(reading, place, candidate.start, told.relation)
    return Driver(
        start=candidate.start,
        end=candidate.end,
        text=reading.text[candidate.start : candidate.end],
        category=told.category,
        effects=find_effects(scene, told, builtin_effect_model()),
        relation=told.relation,
        hedged=is_hedged(place.scan, candidate, place.sentence),
        speaker=source.speaker if source else None,
        firm=source.firm if source else None,
        confidence=confidence,
    )


def _category(scan: Scan, judged: Judged, judge: Judge, before: str) -> str:
    start, end = judged.candidate.start, judged.candidate.end
    words = scan.text[start:end].lower().split(maxsplit=2)
    if before and len(words) == 2 and words[0] in ("the", "this", "that") and words[1] in _LOOKS_BACK:
        return before
    leaf = judge.leaf(scan.words(start, end), judged)
    return leaf or (_PLAIN if _PLAIN in judge.lexicon.leaves else _first(judge))


def _first(judge: Judge) -> str:
    return min(judge.lexicon.leaves)


def _source(reading: Reading, place: Place, start: int, relation: Relation) -> Statement | None:
    """Return who says what stands at ``start``; who has just spoken says the next condition too."""
    told = _last_before(reading.statements, start)
    if told is not None and told.end > start:
        return told
    sentence = place.sentence
    goes_on = relation == "condition" or _GOES_ON.search(reading.text, sentence.start, sentence.end)
    if not (goes_on and place.index):
        return None
    before = reading.sentences[place.index - 1]
    told = _last_before(reading.statements, before.end)
    return told if told is not None and told.end > before.start else None


def _last_before(statements: tuple[Statement, ...], at: int) -> Statement | None:
    index = bisect_right(statements, at, key=lambda s: s.start) - 1
    return statements[index] if index >= 0 else None
