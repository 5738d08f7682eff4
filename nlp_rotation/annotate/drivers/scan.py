"""A text read once: where its words stand, and where the phrases of every table.

Everything that judges a clause asks here; nothing looks over the text a second time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from nlp_rotation.annotate.drivers.cues import FIRST_WORD, Cues, cues
from nlp_rotation.annotate.drivers.lexicon import Lexicon, LexiconHit, add_up
from nlp_rotation.annotate.drivers.words import words_of
from nlp_rotation.types import Span

#: White space and apostrophes as the tables write them; character for character.
_PLAIN = dict.fromkeys(map(ord, "\n\r\t\f\v\xa0\u2009\u202f"), " ") | {ord("’"): "'"}
#: Marks that end or open a clause, and what else counts as a word of price.
_MARKS = {
    "stops": re.compile(r"[,;:“”\"]|\s(?:--|–|—|-)\s"),
    "openers": re.compile(r"[;:,](?=\s)|\s(?:--|–|—|-)\s|[“”\"(]"),
    "percent": re.compile(r"\d\s?%|\bper\s?cent\b", re.I),
    "quote": re.compile(r"[“\"]"),
}


_KINDS = {
    kind: 1 << at for at, kind in enumerate(("up", "down", "still", "market", "percent", "hedge", "company"))
}


@dataclass(slots=True)
class Hits:
    """Where the phrases of one table stand, in order of place; of those that overlap, the first."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def within(self, start: int, end: int) -> Iterator[Span]:
        """Yield the hits that lie in ``[start, end)``."""
        for at in range(bisect_left(self.starts, start), len(self.starts)):
            if self.starts[at] >= end:
                return
            if self.ends[at] <= end:
                yield Span(start=self.starts[at], end=self.ends[at])

    def any(self, start: int, end: int) -> bool:
        """Return whether a hit lies in ``[start, end)``."""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.ends[at] <= end

    def end_at(self, start: int) -> int:
        """Return the end of the hit that begins at ``start``; ``start`` itself where none does."""
        at = bisect_left(self.starts, start)
        return self.ends[at] if at < len(self.starts) and self.starts[at] == start else start

    def start_at(self, end: int) -> int:
        """Return the start of the hit that ends at ``end``; ``end`` itself where none does."""
        at = bisect_left(self.ends, end)
        return self.starts[at] if at < len(self.ends) and self.ends[at] == end else end

    def add(self, start: int, end: int) -> None:
        """Add a hit, unless it overlaps the last."""
        if not self.ends or start >= self.ends[-1]:
            self.starts.append(start)
            self.ends.append(end)


@dataclass(frozen=True, slots=True)
class Scan:
    """The words of a text and the hits of every table."""

    text: str
    #: The text as the tables write words: lower case, plain blanks and apostrophes; same offsets.
    flat: str
    starts: Sequence[int]
    stems: Sequence[str]
    hits: Mapping[str, Hits]
    leaves: Sequence[LexiconHit]
    leaf_starts: Sequence[int]
    #: Words of price of any kind in order of place, and the kind of each as a bit.
    price_starts: Sequence[int]
    price_kinds: Sequence[int]

    @classmethod
    def of(cls, text: str, lexicon: Lexicon) -> Scan:
        """Read ``text`` once."""
        starts, stems = words_of(text)
        leaves = lexicon.hits(stems)
        flat = _lowered(text).translate(_PLAIN)
        hits = _hits(text, flat, cues())
        prices = sorted((at, bit) for kind, bit in _KINDS.items() for at in hits[kind].starts)
        return cls(
            text=text,
            flat=flat,
            starts=starts,
            stems=stems,
            hits=hits,
            leaves=leaves,
            leaf_starts=[hit.first for hit in leaves],
            price_starts=[at for at, _ in prices],
            price_kinds=[bit for _, bit in prices],
        )

    def any(self, table: str, start: int, end: int) -> bool:
        """Return whether a phrase of ``table`` lies in ``[start, end)``."""
        return self.hits[table].any(start, end)

    def price_words(self, start: int, end: int) -> tuple[str, ...]:
        """Return which kinds of words of price, market and report begin in ``[start, end)``."""
        first = bisect_left(self.price_starts, start)
        bits = 0
        for bit in self.price_kinds[first : bisect_left(self.price_starts, end, first)]:
            bits |= bit
        return _kinds(bits)

    def words(self, start: int, end: int) -> Sequence[str]:
        """Return the stems of the words that begin in ``[start, end)``."""
        first = bisect_left(self.starts, start)
        return self.stems[first : bisect_left(self.starts, end, first)]

    def points(self, start: int, end: int) -> dict[str, float]:
        """Return the points of every leaf that a phrase in ``[start, end)`` speaks for."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return add_up(
            self.leaves[bisect_left(self.leaf_starts, first) : bisect_left(self.leaf_starts, last)], last
        )


@cache
def _kinds(bits: int) -> tuple[str, ...]:
    return tuple(kind for kind, bit in _KINDS.items() if bits & bit)


def _hits(text: str, flat: str, table: Cues) -> dict[str, Hits]:
    found = {name: Hits() for name in (*table.tables, *_MARKS)}
    for word in FIRST_WORD.finditer(flat):
        first, start = word[0], word.start()
        entries = table.phrases.get(first)
        if entries is None:
            entries = table.phrases.get(first.partition("'")[0], ())
        for phrase, tables in entries:
            end = start + len(phrase)
            if flat.startswith(phrase, start) and not _goes_on(flat, end):
                for name in tables:
                    found[name].add(start, end)
    for name, marks in _MARKS.items():
        _merge(found[name], [match.span() for match in marks.finditer(text)])
    return found


def _lowered(text: str) -> str:
    """Return ``text`` in lower case with every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _goes_on(flat: str, end: int) -> bool:
    after = flat[end : end + 1]
    return after.isalnum() or after in ("-", "_")


def _merge(hits: Hits, more: list[tuple[int, int]]) -> None:
    spans = sorted([*zip(hits.starts, hits.ends, strict=True), *more])
    hits.starts, hits.ends = [], []
    for start, end in spans:
        hits.add(start, end)
