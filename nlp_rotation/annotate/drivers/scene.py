"""What of an article tells whom a clause is about, and the clause that a cause belongs to."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from nlp_rotation.annotate.drivers.bounds import REACH
from nlp_rotation.annotate.drivers.candidates import Candidate
from nlp_rotation.annotate.drivers.cues import any_of
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.config import TABLES
from nlp_rotation.types import Mention, Move, Reading, Relation, Span

#: What the names annotator gives for "stocks"; the words beside them tell whose.
ANY_MARKET = "country:US"
#: What a price can be told of; persons and firms that only speak are no subjects.
_SPOKEN = frozenset({"person", "firm"})
#: A clause that stands before the subject of its sentence.
_FRONTED = re.compile(
    r"[\s“\"]*(?:given|after|as|with|amid|following|because(?: of)?|due to|despite|on)\b[^,;]{3,200},\s", re.I
)
#: A longer sentence is a list or a table; so far from a cause anyone looks.
_SIGHT = 1500
_BREAK = re.compile(r";|\s(?:while|but|whereas|although|though)\s|,\s+(?:and|while|but|with)\s", re.I)


@dataclass(frozen=True, slots=True)
class Told:
    """A cause as its sentence tells it: with the clause that says what it does."""

    candidate: Candidate
    #: Its sentence, as far as one can look from the cause.
    sentence: Span
    clause: Span
    category: str
    relation: Relation

    @classmethod
    def of(cls, scan: Scan, candidate: Candidate, sentence: Span, category: str, relation: Relation) -> Told:
        """Take the clause, and what of an overlong sentence stands near the cause."""
        near = Span(
            start=max(sentence.start, candidate.start - _SIGHT), end=min(sentence.end, candidate.end + _SIGHT)
        )
        return cls(candidate, near, effect_clause(scan, candidate, sentence), category, relation)

    @property
    def group(self) -> str:
        """The group of the taxonomy that the cause falls under."""
        return self.category.partition(".")[0]

    def holds(self, item: Span) -> bool:
        """Return whether ``item`` begins within the cause."""
        return self.candidate.start <= item.start < self.candidate.end


@dataclass(frozen=True, slots=True)
class Scene:
    """The subjects and moves of an article, in order of place."""

    scan: Scan
    mentions: tuple[Mention, ...]
    moves: tuple[Move, ...]
    #: The market that "stocks" without more means here.
    home: str
    title_end: int
    #: How often each subject is named.
    counts: Mapping[str, int]
    #: Which is named most often.
    most: str
    #: How many of the moves of each subject are rises, and how many there are.
    rises: Mapping[str, int]
    told_moves: Mapping[str, int]

    @classmethod
    def of(cls, reading: Reading, scan: Scan) -> Scene:
        """Take the subjects and moves out of ``reading``."""
        spoken_of = (m for m in reading.mentions if m.symbol and m.kind not in _SPOKEN)
        mentions = sorted((m for m in spoken_of if not _of_others(m, scan)), key=lambda m: m.start)
        counts = Counter(m.symbol or "" for m in mentions)
        return cls(
            scan=scan,
            mentions=tuple(mentions),
            moves=tuple(sorted(reading.moves, key=lambda m: m.start)),
            home=_home(reading.text[: reading.title_end + REACH]),
            title_end=reading.title_end,
            counts=counts,
            most=max(counts, key=lambda subject: counts[subject], default=""),
            rises=Counter(move.subject for move in reading.moves if move.pct > 0),
            told_moves=Counter(move.subject for move in reading.moves if move.pct),
        )

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.scan.text

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """Return the subjects named within ``span``."""
        first = bisect_left(self.mentions, span.start, key=lambda m: m.start)
        last = bisect_left(self.mentions, span.end, key=lambda m: m.start)
        return self.mentions[first:last]

    def moves_in(self, span: Span) -> Sequence[Move]:
        """Return the moves within ``span``."""
        first = bisect_left(self.moves, span.start, key=lambda m: m.start)
        last = bisect_left(self.moves, span.end, key=lambda m: m.start)
        return self.moves[first:last]

    def market(self, symbol: str, clause: Span) -> str:
        """Return whose market is meant where the names only say "stocks"."""
        if symbol != ANY_MARKET:
            return symbol
        return _place_in(self.text[clause.start : clause.end]) or self.home


def effect_clause(scan: Scan, candidate: Candidate, sentence: Span) -> Span:
    """Return the part of the effect side that belongs to the cue: up to the nearest break."""
    side, text = candidate.effect, scan.text
    if side.end <= sentence.start:
        return side
    if fronted := _FRONTED.match(text, side.start, side.end):
        side = Span(start=fronted.end(), end=side.end)
    if side.end > candidate.cue_start:
        cut = _BREAK.search(text, side.start, side.end)
        return Span(start=side.start, end=cut.start() if cut else side.end)
    start = side.start
    for cut in _BREAK.finditer(text, side.start, side.end):
        if scan.any("market", cut.end(), side.end) or len(text[cut.end() : side.end].split()) > 3:
            start = cut.end()
    return Span(start=start, end=side.end)


def _of_others(mention: Mention, scan: Scan) -> bool:
    """Return whether "the shares" goes on "of ..." and so is no word for the firm told before."""
    return mention.text.lower() == "the shares" and scan.text.startswith(" of ", mention.end)


def _home(head: str) -> str:
    """Return the country whose market the head of an article speaks of most; the US where it is mute."""
    counts = {home: len(pattern.findall(head)) for home, pattern in _homes().items()}
    best = max(counts, key=lambda home: counts[home])
    return best if counts[best] > counts[ANY_MARKET] else ANY_MARKET


def _place_in(text: str) -> str:
    found = [(match.start(), home) for home, pattern in _homes().items() if (match := pattern.search(text))]
    return min(found)[1] if found else ""


@cache
def _homes() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))["homes"]
    return {home: re.compile(any_of(words), re.I) for home, words in table.items()}
