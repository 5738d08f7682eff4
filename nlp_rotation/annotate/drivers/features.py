"""What a trained model reads of a candidate: words, cue and the look of its clause."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.cues import cues
from nlp_rotation.annotate.drivers.words import stems
from nlp_rotation.types import Span

Features = dict[str, float]

_PERCENT = re.compile(r"\d\s?%|\bper\s?cent\b", re.I)
_QUOTE = re.compile(r"[“\"]")
_LENGTHS = (1, 2, 3, 5, 8, 12, 18, 26, 40)
_SOME_WORDS = 10
_TOP_POINTS = 6.0
#: The head of a text that is counted over, and the head that is taken for its title.
_MUCH = 40_000
_TITLE = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate stands: its sentence, and what the text tells around it."""

    text: str
    title_end: int
    sentence: Span
    index: int
    #: Words of price in the sentence and in the one before it.
    spoken: tuple[str, ...] = ()
    spoken_before: tuple[str, ...] = ()
    #: Features of the text as a whole: how much it is about prices.
    whole: tuple[str, ...] = ()


def text_features(text: str) -> tuple[str, ...]:
    """Return what tells a market report from other texts: its length and how often it speaks of prices."""
    table = cues()
    head = text[:_MUCH]
    length = max(1, len(head.split()))
    moved = sum(1 for pattern in (table.up, table.down) for _ in pattern.finditer(head))
    percent = sum(1 for _ in _PERCENT.finditer(head))
    market = sum(1 for _ in table.market.finditer(head))
    title = text[:_TITLE]
    return (
        f"text.length={min(length // 250, 6)}",
        f"text.percent={min(200 * percent // length, 6)}",
        f"text.market={min(40 * market // length, 6)}",
        f"text.moved={min(40 * moved // length, 6)}",
        f"text.title={bool(table.market.search(title))}.{_moves(title)}",
    )


def _moves(text: str) -> bool:
    return bool(cues().up.search(text) or cues().down.search(text))


def candidate_features(
    place: Place, candidate: Candidate, points: Mapping[str, float], clusters: Mapping[str, tuple[int, int]]
) -> Features:
    """Return the features by which a cause is told from another clause."""
    text = place.text
    found: Features = {"bias": 1.0, f"family={candidate.family}": 1.0, f"cue={candidate.cue}": 1.0}
    inside = stems(text[candidate.start : candidate.end])
    effect = stems(text[candidate.effect.start : candidate.effect.end][-120:])
    before = stems(text[max(place.sentence.start, candidate.cue_start - 40) : candidate.cue_start])[-2:]
    head = inside[0] if inside else ""
    lead = before[-1] if before else ""
    _add_words(found, "in", inside[:20])
    _add_words(found, "effect", effect[-_SOME_WORDS:])
    _add_pairs(found, "pair", inside[:12])
    _add_clusters(found, clusters, inside[:20], effect[-_SOME_WORDS:])
    _add_opening(found, clusters, candidate.cue, {"first": head, "lead": lead})
    found[f"opening={candidate.cue}|{head}"] = 1.0
    found[f"lead2={'_'.join(before)}|{candidate.cue}"] = 1.0
    found[f"length={_bucket(len(inside))}|{candidate.family}"] = 1.0
    _add_leaf(found, candidate, points)
    _add_prices(found, place, candidate)
    _add_place(found, place, candidate)
    return found


def _add_words(found: Features, name: str, words: list[str]) -> None:
    for word in words:
        found[f"{name}:{word}"] = 1.0


def _add_pairs(found: Features, name: str, words: list[str]) -> None:
    for pair in itertools.pairwise(words):
        found[f"{name}:{'_'.join(pair)}"] = 1.0


def _add_clusters(
    found: Features, clusters: Mapping[str, tuple[int, int]], inside: list[str], effect: list[str]
) -> None:
    for name, words in (("in", inside), ("effect", effect)):
        for word in words:
            if word in clusters:
                coarse, fine = clusters[word]
                found[f"{name}.coarse:{coarse}"] = 1.0
                found[f"{name}.fine:{fine}"] = 1.0


def _add_opening(
    found: Features, clusters: Mapping[str, tuple[int, int]], cue: str, words: Mapping[str, str]
) -> None:
    """Add the word on either side of the cue's end, alone and with the cue."""
    for name, word in words.items():
        found[f"{name}={word}"] = 1.0
        if word in clusters:
            for grain, cluster in zip(("coarse", "fine"), clusters[word], strict=True):
                found[f"{name}.{grain}:{cluster}"] = 1.0
                found[f"{name}.{grain}:{cluster}|{cue}"] = 1.0


def _bucket(length: int) -> int:
    return sum(length > limit for limit in _LENGTHS)


def _add_leaf(found: Features, candidate: Candidate, points: Mapping[str, float]) -> None:
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    leaf, most = ranked[0] if ranked else ("none", 0.0)
    kind = candidate.family
    found[f"leaf={leaf}"] = 1.0
    found[f"group={leaf.partition('.')[0]}|{kind}"] = 1.0
    found["points"] = min(most, _TOP_POINTS) / _TOP_POINTS
    found[f"points|{kind}"] = min(most, _TOP_POINTS) / _TOP_POINTS


def price_words(text: str, span: Span) -> tuple[str, ...]:
    """Return which kinds of words of price, market and report stand in ``span``."""
    table = cues()
    patterns = {
        "up": table.up,
        "down": table.down,
        "still": table.still,
        "market": table.market,
        "percent": _PERCENT,
        "hedge": table.hedge,
        "company": table.company,
    }
    return tuple(name for name, pattern in patterns.items() if pattern.search(text, span.start, span.end))


def _add_prices(found: Features, place: Place, candidate: Candidate) -> None:
    kind = candidate.family
    sides = {
        "effect": price_words(place.text, candidate.effect),
        "cause": price_words(place.text, Span(start=candidate.start, end=candidate.end)),
        "sentence": place.spoken,
        "previous": place.spoken_before,
    }
    for side, seen in sides.items():
        for name in seen:
            found[f"{side}.{name}"] = 1.0
            found[f"{side}.{name}|{kind}"] = 1.0
        moves = "up" in seen or "down" in seen
        found[f"{side}.moves={moves}.{'market' in seen}.{'percent' in seen}|{kind}"] = 1.0


def _add_place(found: Features, place: Place, candidate: Candidate) -> None:
    kind = candidate.family
    title = candidate.start < place.title_end
    found[f"title={title}|{kind}"] = 1.0
    found[f"joined={min(candidate.joined, 3)}.{candidate.whole}"] = 1.0
    found[f"early={min(place.index, 12) // 3}|{kind}"] = 1.0
    quoted = bool(_QUOTE.search(place.text, place.sentence.start, place.sentence.end))
    found[f"quoted={quoted}|{kind}"] = 1.0
    share = (
        (candidate.cue_start - place.sentence.start) * 4 // max(1, place.sentence.end - place.sentence.start)
    )
    found[f"share={share}|{kind}"] = 1.0
    after = place.text[candidate.end : candidate.end + 12].split()
    found[f"next={after[0].lower() if after else ''}"] = 1.0
    for name in place.whole:
        found[name] = 1.0
        found[f"{name}|{kind}"] = 1.0
