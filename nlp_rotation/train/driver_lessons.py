"""Annotated articles as lessons for the encoder: passages with candidates and causes by their tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp_rotation.annotate.drivers.candidates import find_candidates
from nlp_rotation.annotate.drivers.lexicon import Lexicon
from nlp_rotation.annotate.drivers.passages import Passage, Tokenize, passages
from nlp_rotation.annotate.drivers.places import places
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.train.driver_gold import Annotated, read_annotated

#: The leaf of a cause that is not in the taxonomy.
NO_LEAF = -1


@dataclass(frozen=True, slots=True)
class Target:
    """A stretch by its first and last token, and what is known of it."""

    first: int
    last: int
    #: Overlap over union with the nearest cause of the gold.
    fit: float
    leaf: int = NO_LEAF
    relation: str = ""
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """A passage with the stretches that the rules offer and the causes of the gold."""

    passage: Passage
    offered: Sequence[Target]
    causes: Sequence[Target]
    weight: float


@dataclass(frozen=True, slots=True)
class School:
    """What turns articles into lessons."""

    lexicon: Lexicon
    leaves: Sequence[str]
    tokenize: Tokenize

    def lessons(self, folders: Iterable[Path], *, weight: float = 1.0) -> list[Lesson]:
        """Return the lessons of every annotated article in ``folders``; all count ``weight``."""
        paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
        return [lesson for path in paths for lesson in self._of(read_annotated(path), weight)]

    def _of(self, article: Annotated, weight: float) -> Iterator[Lesson]:
        reading = article.reading
        spans, wanted = [], set()
        for place in places(reading, Scan.of(reading.text, self.lexicon)):
            for offer in find_candidates(place):
                spans.append((offer.start, offer.end, article.nearest(offer.start, offer.end)[0]))
                wanted.add(place.index)
        for passage in passages(reading.text, reading.title_end, reading.sentences, wanted, self.tokenize):
            offered = [
                Target(tokens[0], tokens[-1], fit)
                for start, end, fit in spans
                if (tokens := passage.tokens(start, end))
            ]
            yield Lesson(passage, offered, list(self._causes(article, passage)), weight)

    def _causes(self, article: Annotated, passage: Passage) -> Iterator[Target]:
        for (start, end), told in zip(article.spans, article.causes, strict=True):
            if tokens := passage.tokens(start, end):
                leaf = self.leaves.index(told["category"]) if told["category"] in self.leaves else NO_LEAF
                hedged = bool(told.get("hedged"))
                yield Target(tokens[0], tokens[-1], 1.0, leaf, told["relation"], hedged)
