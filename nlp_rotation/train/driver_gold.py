"""Annotated articles as training rows: every candidate with the share of a gold cause that it covers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nlp_rotation.annotate.drivers.candidates import Candidate, find_candidates
from nlp_rotation.annotate.drivers.features import candidate_traits, place_traits, spell, word_traits
from nlp_rotation.annotate.drivers.judging import states_outright
from nlp_rotation.annotate.drivers.lexicon import Lexicon
from nlp_rotation.annotate.drivers.places import Place, places
from nlp_rotation.annotate.drivers.scan import Scan
from nlp_rotation.annotate.sentences import find_sentences
from nlp_rotation.types import Reading

Features = dict[str, float]

_HEADER = re.compile(r"^(date|source|title|url|author):\s*(.*)$", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate, what a model reads of it, and how well it fits a cause of the gold."""

    candidate: Candidate
    features: Features
    words: tuple[str, ...]
    #: Overlap over union with the nearest gold cause, and the index of that cause; -1 for none.
    fit: float
    cause: int
    #: Whether the construction says outright that it is a cause.
    outright: bool
    #: How much the candidate counts in a fit.
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """An annotated article: its rows and its causes."""

    id: str
    rows: tuple[Row, ...]
    #: Category of each gold cause.
    categories: tuple[str, ...]


def read_examples(
    folders: Iterable[Path],
    lexicon: Lexicon,
    clusters: dict[str, tuple[int, int]],
    *,
    weight: float = 1.0,
) -> list[Example]:
    """Read every annotated article of ``folders``, in order of name; all count ``weight`` in a fit."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    return [_weighted(_example(path, lexicon, clusters), weight) for path in paths]


def _weighted(example: Example, weight: float) -> Example:
    return replace(example, rows=tuple(replace(row, weight=weight) for row in example.rows))


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated article as read, and its causes with the span of each."""

    id: str
    reading: Reading
    spans: Sequence[tuple[int, int]]
    #: The entries of ``drivers`` as the gold gives them.
    causes: Sequence[dict[str, Any]]

    def nearest(self, start: int, end: int) -> tuple[float, int]:
        """Return the overlap over union with the nearest cause and its index; 0 and -1 for none."""
        shares = [(overlap_share((start, end), span), -index) for index, span in enumerate(self.spans)]
        fit, index = max(shares, default=(0.0, 1))
        return (fit, -index) if fit else (0.0, -1)


def read_annotated(path: Path) -> Annotated:
    """Read ``NAME.txt`` and the causes of ``NAME.json`` beside it."""
    reading = _reading(path)
    gold = json.loads(path.with_suffix(".json").read_text("utf-8"))["drivers"]
    spans = [_locate(reading.text, item["quote"], item.get("nth", 1)) for item in gold]
    return Annotated(path.stem, reading, spans, gold)


def _example(path: Path, lexicon: Lexicon, clusters: dict[str, tuple[int, int]]) -> Example:
    article = read_annotated(path)
    return Example(
        id=article.id,
        rows=tuple(_rows(article, lexicon, clusters)),
        categories=tuple(item["category"] for item in article.causes),
    )


def _reading(path: Path) -> Reading:
    lines = path.read_text("utf-8").split("\n")
    head = {}
    while lines and (match := _HEADER.match(lines[0])):
        head[match[1].lower()] = match[2].strip()
        lines.pop(0)
    title = head.get("title", "")
    body = "\n".join(lines).strip()
    text = f"{title}\n\n{body}" if title else body
    return Reading(text=text, title_end=len(title), sentences=find_sentences(text))


def _locate(text: str, quote: str, nth: int) -> tuple[int, int]:
    places = [match.start() for match in re.finditer(re.escape(quote), text)]
    at = places[min(nth, len(places)) - 1] if places else -1
    return (at, at + len(quote)) if at >= 0 else (0, 0)


def _rows(article: Annotated, lexicon: Lexicon, clusters: dict[str, tuple[int, int]]) -> Iterator[Row]:
    reading = article.reading
    scan = Scan.of(reading.text, lexicon)
    for place in places(reading, scan):
        for candidate in find_candidates(place):
            fit, cause = article.nearest(candidate.start, candidate.end)
            yield Row(
                candidate,
                _features(place, candidate, clusters),
                tuple(scan.words(candidate.start, candidate.end)),
                fit,
                cause,
                states_outright(place, candidate),
            )


def _features(place: Place, candidate: Candidate, clusters: dict[str, tuple[int, int]]) -> Features:
    """Return every trait as a number, a weight for each: what a judge sums at reading time."""
    points = place.scan.points(candidate.start, candidate.end)
    traits = candidate_traits(place, candidate, points)
    found: Counter[str] = Counter(traits.names)
    for group in (*place_traits(place, candidate.family), *traits.groups):
        found.update(spell(group, clusters))
    for role, words in (("in", traits.inside), ("effect", traits.effect)):
        for word in words:
            found.update(word_traits(role, word, clusters))
    return {name: float(count) for name, count in found.items()} | dict(traits.strength)


def overlap_share(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return overlap over union of two spans."""
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (one[1] - one[0] + other[1] - other[0] - shared) if shared else 0.0
