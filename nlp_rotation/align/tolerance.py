"""How far a price may lie from a stated figure: by its last digit, its wording, and what stands in for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlp_rotation.align.proxies import Closeness
from nlp_rotation.config import TABLES
from nlp_rotation.types import Move

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.(\d+))?")
#: Characters before a move in which the wording of its figure is looked for, and how far from the figure.
_LEAD, _NEXT_TO = 32, 10


@dataclass(frozen=True, slots=True)
class Allowance:
    """Percentage points by which the computed move may fall short of the stated one or go beyond it."""

    below: float
    above: float

    @property
    def widest(self) -> float:
        """The larger of the two."""
        return max(self.below, self.above)

    def wider(self, by: float) -> Allowance:
        """Return an allowance that is ``by`` percentage points wider on both sides."""
        return Allowance(self.below + by, self.above + by)

    def holds(self, *, stated: float, computed: float) -> bool:
        """Tell whether ``computed`` lies within the allowance of ``stated``; sizes count along its sign."""
        beyond = (computed - stated) * (-1 if stated < 0 else 1)
        return -self.below - 1e-9 <= beyond <= self.above + 1e-9


def allowance_of(move: Move, text: str) -> Allowance:
    """Return what rounding and wording of a move allow.

    Half a unit of the last digit stated, always; ``about`` adds a tenth of the size on both sides,
    ``nearly`` below, ``more than`` a quarter of it above, and ``less than`` everything below.

    :param text: the article's text, in which the words before the figure are read.
    """
    size, limits = abs(move.pct), _table()["limits"]
    half = _half_unit(move.text, size)
    if move.range is not None:
        spread = (move.range[1] - move.range[0]) / 2
        return Allowance(spread + half, spread + half)
    if size == 0:
        return Allowance(limits["unchanged"], limits["unchanged"])
    vague, worded = limits["vague"] * size, _wording(move, text)
    if worded == "over":
        return Allowance(half, half + limits["beyond"] * size)
    if worded == "nearly":
        return Allowance(half + vague, half)
    if worded == "under":
        return Allowance(size + half, half)
    if worded == "about" or move.approx:
        return Allowance(half + vague, half + vague)
    return Allowance(half, half)


def _wording(move: Move, text: str) -> str:
    """Return the kind of the words that stand just before the figure; empty where there are none."""
    figure = _figure(move.text, abs(move.pct))
    before = (
        f"{text[max(0, move.start - _LEAD) : move.start]} {move.text[: figure.start() if figure else None]}"
    )
    return next((kind for kind, pattern in _before_figure() if pattern.search(before)), "")


@cache
def _before_figure() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            kind,
            re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b[^.;\d]{{0,{_NEXT_TO}}}$", re.IGNORECASE),
        )
        for kind, listed in _table()["words"].items()
    )


def slack_of(closeness: Closeness, size: float) -> float:
    """Return the percentage points that a stand-in may differ by over a move of ``size`` percent."""
    if closeness == "own":
        return float(_table()["limits"]["vendor"])
    points, part = _table()["limits"][closeness]
    return float(points + part * abs(size))


def dividend_slack(years: float) -> float:
    """Return the percentage points by which prices corrected for dividends may run ahead of plain ones."""
    return float(_table()["limits"]["dividends"] * years)


def readings(text: str) -> frozenset[str]:
    """Return what besides close to close a text allows: ``from_high``, ``from_low``, ``to_open``, ``total``.

    >>> sorted(readings("since its all-time high of 20 June"))
    ['from_high']
    """
    return frozenset(name for name, pattern in _reading_patterns() if pattern.search(text))


@cache
def _reading_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE))
        for name, listed in _table()["readings"].items()
    )


def _half_unit(text: str, size: float) -> float:
    """Return half a unit of the last digit of the figure of this size; a tenth of it where it is in words."""
    if figure := _figure(text, size):
        return 0.5 * 10.0 ** -len(figure[1] or "")
    if numbers := list(_NUMBER.finditer(text)):  # a range: its own ends tell the unit
        return 0.5 * 10.0 ** -max(len(found[1] or "") for found in numbers)
    return 0.1 * size


def _figure(text: str, size: float) -> re.Match[str] | None:
    """Return where the figure of this size stands in the move's own text."""
    close = 1e-6 * max(1.0, size)
    return next(
        (it for it in _NUMBER.finditer(text) if abs(float(it[0].replace(",", "")) - size) < close), None
    )


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((TABLES / "wordings.toml").read_text("utf-8"))
