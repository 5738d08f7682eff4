"""What a trained model reads of a candidate: words, cue and the look of its clause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.places import Place

Classes = Mapping[str, tuple[int, int]]
#: A kind of traits and what they are about.
Group = tuple[str, ...]

_LENGTHS = (1, 2, 3, 5, 8, 12, 18, 26, 40)
_MOST_INSIDE = 20
_MOST_PAIRED = 12
_SOME_WORDS = 10
_TOP_POINTS = 6.0


@dataclass(frozen=True, slots=True)
class Traits:
    """What is read of one candidate; a weight speaks for each trait."""

    #: Traits that a candidate has or has not.
    names: Sequence[str]
    #: Traits that always come together, unspelt: few groups recur, so their sums can be kept.
    groups: Sequence[Group]
    #: Words of the cause and of the effect, each once; they count with their classes.
    inside: Sequence[str]
    effect: Sequence[str]
    #: How strongly the words speak for a leaf, from 0 to 1; alone and with the family.
    strength: Mapping[str, float]


def candidate_traits(place: Place, candidate: Candidate, points: Mapping[str, float]) -> Traits:
    """Return the traits of ``candidate`` itself, without those of its place."""
    scan, side, family = place.scan, candidate.effect, candidate.family
    inside = scan.words(candidate.start, candidate.end)
    effect = scan.words(max(side.start, side.end - 120), side.end)[-_SOME_WORDS:]
    before = scan.words(max(place.sentence.start, candidate.cue_start - 40), candidate.cue_start)[-2:]
    head = inside[0] if inside else ""
    names = [
        f"cue={candidate.cue}",
        f"lead2={'_'.join(before)}|{candidate.cue}",
        f"opening={candidate.cue}|{head}",
        f"length={_bucket(len(inside))}|{family}",
        *(f"pair:{one}_{other}" for one, other in itertools.pairwise(inside[:_MOST_PAIRED])),
        *_leaf(candidate, points),
        *_position(place, candidate),
    ]
    groups: list[Group] = [
        ("beside", "first", head, candidate.cue),
        ("beside", "lead", before[-1] if before else "", candidate.cue),
        ("prices", "effect", family, *scan.price_words(side.start, side.end)),
        ("prices", "cause", family, *scan.price_words(candidate.start, candidate.end)),
    ]
    most = min(max(points.values(), default=0.0), _TOP_POINTS) / _TOP_POINTS
    strength = {"points": most, f"points|{family}": most}
    return Traits(
        names, groups, list(dict.fromkeys(inside[:_MOST_INSIDE])), list(dict.fromkeys(effect)), strength
    )


def place_traits(place: Place, family: str) -> list[Group]:
    """Return what the place says of any candidate of ``family``."""
    quoted = place.scan.any("quote", place.sentence.start, place.sentence.end)
    return [
        ("place", "bias", f"family={family}"),
        ("whole", family, *place.whole),
        ("prices", "sentence", family, *place.spoken),
        ("prices", "previous", family, *place.spoken_before),
        ("place", f"title={place.sentence.start < place.title_end}|{family}"),
        ("place", f"early={min(place.index, 12) // 3}|{family}"),
        ("place", f"quoted={quoted}|{family}"),
        ("place", f"announced={place.announced.kind}|{family}"),
    ]


def spell(group: Group, classes: Classes) -> Iterator[str]:
    """Yield the traits that ``group`` stands for."""
    kind, *rest = group
    if kind == "prices":
        yield from _prices(rest[0], rest[1], rest[2:])
    elif kind == "beside":
        yield from _beside(*rest, classes=classes)
    elif kind == "whole":
        for name in rest[1:]:
            yield name
            yield f"{name}|{rest[0]}"
    else:
        yield from rest


def word_traits(role: str, word: str, classes: Classes) -> Iterator[str]:
    """Yield the traits of one word as part of a cause (``in``) or of an ``effect``."""
    yield f"{role}:{word}"
    if word in classes:
        coarse, fine = classes[word]
        yield f"{role}.coarse:{coarse}"
        yield f"{role}.fine:{fine}"


def _beside(name: str, word: str, cue: str, *, classes: Classes) -> Iterator[str]:
    """Yield a word on either side of the cue's end, alone and with the cue."""
    yield f"{name}={word}"
    if word in classes:
        for grain, cluster in zip(("coarse", "fine"), classes[word], strict=True):
            yield f"{name}.{grain}:{cluster}"
            yield f"{name}.{grain}:{cluster}|{cue}"


def _bucket(length: int) -> int:
    return sum(length > limit for limit in _LENGTHS)


def _leaf(candidate: Candidate, points: Mapping[str, float]) -> tuple[str, str]:
    leaf = min(points, key=lambda name: (-points[name], name)) if points else "none"
    return f"leaf={leaf}", f"group={leaf.partition('.')[0]}|{candidate.family}"


def _prices(side: str, kind: str, seen: Sequence[str]) -> Iterator[str]:
    for name in seen:
        yield f"{side}.{name}"
        yield f"{side}.{name}|{kind}"
    moves = "up" in seen or "down" in seen
    yield f"{side}.moves={moves}.{'market' in seen}.{'percent' in seen}|{kind}"


def _position(place: Place, candidate: Candidate) -> Iterator[str]:
    yield f"joined={min(candidate.joined, 3)}.{candidate.whole}"
    length = max(1, place.sentence.end - place.sentence.start)
    yield f"share={(candidate.cue_start - place.sentence.start) * 4 // length}|{candidate.family}"
    after = place.scan.text[candidate.end : candidate.end + 12].split(maxsplit=1)
    yield f"next={after[0].lower() if after else ''}"
