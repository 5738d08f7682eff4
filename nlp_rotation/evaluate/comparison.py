"""Gains and losses, item by item, between a run and one that was saved before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nlp_rotation.evaluate.extraction import Miss, Score
from nlp_rotation.evaluate.tally import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed from an earlier score to a later one."""

    #: Wrong before, right now.
    gains: Sequence[Miss]
    #: Right before, wrong now.
    losses: Sequence[Miss]
    #: Figure by name -> (before, after), for those that differ.
    changed: dict[str, tuple[float, float]]


def compare(before: Score, after: Score) -> Comparison:
    """Return the difference between two scores over the same gold."""
    old, new = Counter(before.misses), Counter(after.misses)
    olds, news = before.figures(), after.figures()
    changed = {
        key: (headline(olds[key]), headline(news[key]))
        for key in news
        if headline(olds[key]) != headline(news[key])
    }
    return Comparison(
        gains=sorted((old - new).elements()), losses=sorted((new - old).elements()), changed=changed
    )


def headline(figure: Figure) -> float:
    """Return the one number of a figure: F1, or the share."""
    value = figure.get("f1", figure.get("share"))
    return 0.0 if value is None else float(value)
