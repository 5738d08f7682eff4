"""Which causes are one: the statements of a cause are merged, then ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp_rotation.annotate.drivers.emphasis import Emphasis, ranked
from nlp_rotation.annotate.drivers.words import stems
from nlp_rotation.types import Driver

#: Share of the shorter cause's words that must stand in the other for the two to be one; a title
#: is one with whatever in the body has its category and moves the same thing.
_SAME = 0.5
#: A cause is compared with this many told before it: keeps long texts linear.
_LOOKED_AT = 60
_EMPTY = frozenset(
    stems("a the of in on its their to and that after as for by with from at an is was has over said")
)


@dataclass(frozen=True, slots=True)
class _Known:
    driver: Driver
    words: frozenset[str]


def settle(drivers: Iterable[Driver], emphasis: Emphasis) -> tuple[Driver, ...]:
    """Return one driver a cause, in order of place, ranked by weight in the article.

    The body's first statement stands for a cause; the title's only where the body has none, and that
    of a firm only where none of its speakers says the same.
    """
    title_end = emphasis.title_end
    ordered = sorted(drivers, key=lambda d: (d.start < title_end, d.start))
    kept: list[_Known] = []
    for driver in ordered:
        words = frozenset(stems(driver.text)) - _EMPTY
        share = 0.0 if driver.start < title_end else _SAME
        new = _Known(driver, words)
        told = next((at for at in _recent(kept) if _same(new, kept[at], share)), -1)
        if told < 0:
            kept.append(new)
        elif driver.speaker and not kept[told].driver.speaker and driver.start >= title_end:
            kept[told] = new
    titled = frozenset(d.category for d in ordered if d.start < title_end)
    return ranked(sorted((item.driver for item in kept), key=lambda d: d.start), titled, emphasis)


def _recent(kept: Sequence[_Known]) -> range:
    return range(max(0, len(kept) - _LOOKED_AT), len(kept))


def _same(one: _Known, other: _Known, share: float) -> bool:
    if one.driver.category != other.driver.category:
        return False
    if not _one_source(one.driver, other.driver):
        return False
    if not {e.on for e in one.driver.effects} & {e.on for e in other.driver.effects}:
        return False
    shorter = min(len(one.words), len(other.words))
    return not shorter or len(one.words & other.words) >= share * shorter


def _one_source(one: Driver, other: Driver) -> bool:
    """Return whether both may have one source: a firm and a speaker of that firm are one."""
    if one.firm and one.firm == other.firm:
        return one.speaker == other.speaker or not (one.speaker and other.speaker)
    return (one.speaker, one.firm) == (other.speaker, other.firm)
