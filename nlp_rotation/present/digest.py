"""The telling part of a run, gathered article by article in bounded memory."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from nlp_rotation.types import Article, Claim, Driver, Move, Record, Rotation, Sentence

if TYPE_CHECKING:
    from nlp_rotation.pipeline import Outcome

#: Items of each sort that a report can hold; past that the strongest stay.
KEEP = 400

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited(Generic[Item]):
    """An extracted item with the article and the sentence it stands in."""

    item: Item
    article: Article
    sentence: str


class Strongest(Generic[Item]):
    """Keeps the ``KEEP`` items of greatest weight; ties go to the first come."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Cited[Item]]] = []
        self.seen = 0

    def add(self, weight: float, cited: Cited[Item]) -> None:
        """Take one item in, perhaps to drop the weakest."""
        self.seen += 1
        entry = (weight, -self.seen, cited)
        if len(self._heap) < KEEP:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    def in_order(self) -> list[Cited[Item]]:
        """Return the kept items in the order in which they came."""
        return [cited for _, _, cited in sorted(self._heap, key=lambda entry: -entry[1])]


@dataclass(slots=True)
class Digest:
    """What the terminal table and the page are made from."""

    articles: int = 0
    written: int = 0
    first_day: date | None = None
    last_day: date | None = None
    models: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    rotation_pairs: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    moves: Strongest[Move] = field(default_factory=Strongest)
    drivers: Strongest[Driver] = field(default_factory=Strongest)
    rotations: Strongest[Rotation] = field(default_factory=Strongest)
    claims: Strongest[Claim] = field(default_factory=Strongest)

    def add(self, outcome: Outcome) -> None:
        """Take one article in."""
        record = outcome.record
        self.articles += 1
        self.written += outcome.state == "written"
        self._add_day(record.article.published.date)
        if record.sentiment:
            self.models[record.sentiment.model] += 1
        self._add_items(record)
        self._add_claims(outcome)

    def _add_day(self, day: date | None) -> None:
        if day is not None:
            self.first_day = min(self.first_day or day, day)
            self.last_day = max(self.last_day or day, day)

    def _add_items(self, record: Record) -> None:
        sentences = Sentences(record)
        for move in record.moves:
            if move.status == "reported":
                self.moves.add(abs(move.pct), sentences.cite(move, move.start))
        for driver in record.drivers:
            self.categories[driver.category] += 1
            self.drivers.add(driver.confidence - driver.rank / 100, sentences.cite(driver, driver.start))
        for rotation in record.rotations:
            self.rotation_pairs[rotation.from_, rotation.to] += 1
            self.rotations.add(rotation.confidence, sentences.cite(rotation, rotation.start))

    def _add_claims(self, outcome: Outcome) -> None:
        sentences = Sentences(outcome.record)
        for claim in outcome.claims:
            self.verdicts[claim.verdict] += 1
            move = outcome.record.moves[claim.move]
            weight = {"contradicted": 2.0, "direction only": 1.5, "confirmed": 1.0}.get(claim.verdict, 0.0)
            self.claims.add(weight, sentences.cite(claim, move.start))


class Sentences:
    """Finds the sentence that an offset of one record stands in."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def cite(self, item: Item, start: int) -> Cited[Item]:
        """Return ``item`` with its sentence."""
        return Cited(item=item, article=self.record.article, sentence=self._around(start))

    def _around(self, start: int) -> str:
        text = self.record.article.text
        return next((text[s.start : s.end] for s in self._holding(start)), text[start : start + 160])

    def _holding(self, start: int) -> Iterator[Sentence]:
        return (item for item in self.record.sentences if item.start <= start < item.end)
