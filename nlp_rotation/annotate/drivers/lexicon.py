"""Which leaf of the taxonomy the words of a stretch speak for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The cue words of a taxonomy, found by the stem of their first word."""

    entries: Mapping[str, Sequence[_Entry]]
    leaves: frozenset[str]

    def points(self, words: Sequence[str]) -> dict[str, float]:
        """Return the points of every leaf that a phrase in ``words`` (stems) speaks for."""
        found: dict[str, float] = defaultdict(float)
        seen: set[tuple[str, str, tuple[str, ...]]] = set()
        for at, word in enumerate(words):
            for entry in self.entries.get(word, ()):
                key = (entry.leaf, word, entry.rest)
                if key not in seen and _follows(words, at + 1, entry.rest):
                    seen.add(key)
                    found[entry.leaf] += entry.points
        return dict(found)


def _follows(words: Sequence[str], at: int, rest: tuple[str, ...]) -> bool:
    for position, word in enumerate(rest):
        if word == "...":
            return any(_follows(words, at + skip, rest[position + 1 :]) for skip in range(_GAP + 1))
        if at >= len(words) or words[at] != word:
            return False
        at += 1
    return True


@lru_cache(maxsize=4)
def lexicon(taxonomy: Taxonomy) -> Lexicon:
    """Return the lexicon of ``taxonomy``, made once."""
    entries: dict[str, list[_Entry]] = defaultdict(list)
    for leaf in taxonomy.leaves:
        for phrase, points in leaf.cues:
            first, *rest = _pattern(phrase)
            weight = points * (1 + _LONGER * len(rest))
            entries[first].append(_Entry(rest=tuple(rest), leaf=leaf.id, points=weight))
    return Lexicon(entries=dict(entries), leaves=frozenset(taxonomy.ids))


def _pattern(phrase: str) -> list[str]:
    parts: list[str] = []
    for stretch in phrase.split(" ... "):
        parts.extend([*(["..."] if parts else []), *stems(stretch)])
    return parts
