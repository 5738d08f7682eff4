"""Tell the firms that speak from the firms that are spoken of, and mark the speakers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from nlp_rotation.annotate.speakers.parts import Part, part_of
from nlp_rotation.annotate.speakers.vocabulary import RUN_PATTERN
from nlp_rotation.types import Kind, Mention, Reading

#: How sure a name is that has a statement of its own.
CONFIDENCE = 0.9


def settle_sources(reading: Reading) -> tuple[Mention, ...]:
    """Return the mentions with speakers added, and with mere sources turned into kind ``firm``.

    Whether a listed firm is only a source is one question per article: a single mention of its
    shares or business keeps it listed.
    """
    sources = _mere_sources(reading)
    settled = [
        replace(item, kind="firm", symbol=None) if item.kind == "equity" and item.symbol in sources else item
        for item in reading.mentions
    ]
    speakers = _outside(settled, _speaker_mentions(reading))
    return tuple(sorted([*settled, *speakers], key=lambda item: (item.start, item.end)))


def _mere_sources(reading: Reading) -> set[str]:
    named: dict[str, set[Part]] = defaultdict(set)
    pointed: dict[str, set[Part]] = defaultdict(set)
    for item in reading.mentions:
        if item.kind == "equity" and item.symbol:
            seen = pointed if item.rule == "coreference" else named
            seen[item.symbol].add(part_of(reading, item))
    return {symbol for symbol, seen in named.items() if _is_mere_source(seen, pointed[symbol])}


def _is_mere_source(named: set[Part], pointed: set[Part]) -> bool:
    """Tell whether a firm only gives its word.

    Behind a rater, "the stock" and "its sales" are those of the company that it rates.
    """
    if Part.BUSINESS in named:
        return False
    own = named | pointed
    return Part.RATER in named or (Part.SOURCE in named and not own & {Part.BUSINESS, Part.OWN_NEWS})


def _speaker_mentions(reading: Reading) -> Iterator[Mention]:
    """Yield every place where a person or firm is named that makes a statement somewhere in the article."""
    kinds = dict(_speaker_names(reading))
    for run in RUN_PATTERN.finditer(reading.text if kinds else ""):
        for start, end, kind in _names_within(run[0], kinds):
            yield Mention(
                start=run.start() + start,
                end=run.start() + end,
                text=run[0][start:end],
                symbol=None,
                kind=kind,
                rule="speaker",
                confidence=CONFIDENCE,
            )


def _speaker_names(reading: Reading) -> Iterator[tuple[str, Kind]]:
    for statement in reading.statements:
        if statement.firm:
            yield statement.firm, "firm"
        for person in (statement.speaker or "").split(" and "):
            # A crowd ("several analysts") has no name to be marked.
            if len(person.split()) > 1 and person.split()[-1][:1].isupper():
                yield from ((person, "person"), (person.split()[-1], "person"))


def _names_within(run: str, kinds: dict[str, Kind]) -> Iterator[tuple[int, int, Kind]]:
    """Yield the names that stand in a run of capitals, the longest first where several begin at one word."""
    parts = list(re.finditer(r"\S+", run))
    index = 0
    while index < len(parts):
        for last in range(len(parts) - 1, index - 1, -1):
            start, end = parts[index].start(), parts[last].end()
            if kind := kinds.get(" ".join(run[start:end].split())):
                yield start, end, kind
                index = last
                break
        index += 1


def _outside(taken: list[Mention], found: Iterator[Mention]) -> Iterator[Mention]:
    """Yield what is found outside the mentions ``taken`` already."""
    ordered = sorted(taken, key=lambda item: item.end)
    ends = [item.end for item in ordered]
    for item in found:
        index = bisect_left(ends, item.start + 1)
        if index == len(ordered) or ordered[index].start >= item.end:
            yield item
