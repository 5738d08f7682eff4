"""Which leaf of the taxonomy the words of a stretch speak for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp_rotation.annotate.drivers.words import stems
from nlp_rotation.taxonomy import Taxonomy

#: ``...`` in a phrase stands for up to this many words.
_GAP = 3
#: A phrase of n words gives its points times 1 + _LONGER * (n - 1): the longer says more.
_LONGER = 0.35


@dataclass(frozen=True, slots=True)
class _Entry:
    rest: tuple[str, ...]
    leaf: str
    points: float
    #: Number of the phrase in its taxonomy: however often it stands in a stretch, it counts once.
    number: int


@dataclass(frozen=True, slots=True)
class LexiconHit:
    """A phrase that speaks for a leaf, from word ``first`` up to word ``last``."""

    first: int
    last: int
    leaf: str
    points: float
    number: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cue words of a taxonomy, found by the stem of their first word."""

    entries: Mapping[str, Sequence[_Entry]]
    leaves: frozenset[str]

    def hits(self, words: Sequence[str]) -> list[LexiconHit]:
        """Return where the phrases stand in ``words`` (stems), in order of place."""
        found: list[LexiconHit] = []
        for at, word in enumerate(words):
            for entry in self.entries.get(word, ()):
                if (last := _end_of(words, at + 1, entry.rest)) >= 0:
                    found.append(LexiconHit(at, last, entry.leaf, entry.points, entry.number))
        return found

    def points(self, words: Sequence[str]) -> dict[str, float]:
        """Return the points of every leaf that a phrase in ``words`` (stems) speaks for."""
        return add_up(self.hits(words), len(words))


def add_up(hits: Iterable[LexiconHit], last: int) -> dict[str, float]:
    """Return the points a leaf of those ``hits`` that end by word ``last``."""
    found: dict[str, float] = {}
    seen: set[int] = set()
    for hit in hits:
        if hit.last <= last and hit.number not in seen:
            seen.add(hit.number)
            found[hit.leaf] = found.get(hit.leaf, 0.0) + hit.points
    return found


def _end_of(words: Sequence[str], at: int, rest: tuple[str, ...]) -> int:
    """Return after which word a phrase ends whose ``rest`` is to follow at ``at``; -1 where it does not."""
    for position, word in enumerate(rest):
        if word == "...":
            ends = (_end_of(words, at + skip, rest[position + 1 :]) for skip in range(_GAP + 1))
            return next((end for end in ends if end >= 0), -1)
        if at >= len(words) or words[at] != word:
            return -1
        at += 1
    return at


@lru_cache(maxsize=4)
def lexicon(taxonomy: Taxonomy) -> Lexicon:
    """Return the lexicon of ``taxonomy``, made once."""
    entries: dict[str, list[_Entry]] = defaultdict(list)
    known: set[tuple[str, ...]] = set()
    for leaf in taxonomy.leaves:
        for phrase, points in leaf.cues:
            first, *rest = _pattern(phrase)
            if (key := (leaf.id, first, *rest)) in known:
                continue
            known.add(key)
            weight = points * (1 + _LONGER * len(rest))
            entries[first].append(_Entry(tuple(rest), leaf.id, weight, len(known)))
    return Lexicon(entries=dict(entries), leaves=frozenset(taxonomy.ids))


def _pattern(phrase: str) -> list[str]:
    parts: list[str] = []
    for stretch in phrase.split(" ... "):
        parts.extend([*(["..."] if parts else []), *stems(stretch)])
    return parts
