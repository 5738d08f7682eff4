"""Which cause weighs most: what the title stresses, what moves whom it is about, order of mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nlp_rotation.annotate.drivers.cues import any_of, main_words
from nlp_rotation.annotate.drivers.scene import Scene
from nlp_rotation.annotate.drivers.signs import sign
from nlp_rotation.types import Direction, Driver, Span

#: What each thing adds to the weight of a cause, chosen by hand on reports of days of large moves.
_IN_TITLE = 2.0
_AS_TITLED = 1.0
_STRESSED = 0.7
_MOVES_HERO = 1.0
_RIGHT_WAY = 0.5
_CALLED_MAIN = 1.0
_SURE = 1.0
_OF_TRADING = -0.6
_NOT_IN_FORCE = -2.5
_TO_COME = -1.0
#: Each cause told before takes this much, up to so many.
_LATER, _MOST_LATER = -0.2, 10
#: What trading itself does explains less than news.
_TRADING = frozenset({"positioning", "flows", "valuation"})
#: A leaf with these points in the title is stressed by it.
_POINTS = 3.0
#: Words that call a cause the main one stand within so many characters of it.
_NEAR = 70
#: Where no title is, the head of the text tells what it is about.
_HEAD = 160


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What an article stresses."""

    title_end: int = 0
    text: str = ""
    #: Leaves of the taxonomy that the title's words speak for.
    leaves: frozenset[str] = frozenset()
    #: Whom the article is about.
    heroes: frozenset[str] = frozenset()
    #: Whether it is about a market as a whole, so that every index stands for it.
    of_market: bool = False
    #: Which way it tells its heroes to go.
    way: Direction | None = None
    _main: re.Pattern[str] = field(default_factory=lambda: re.compile(any_of(main_words()), re.I), repr=False)

    @classmethod
    def of(cls, scene: Scene) -> Emphasis:
        """Take it from the title of ``scene``, or from its head where it has none."""
        head = Span(start=0, end=scene.title_end or min(len(scene.text), _HEAD))
        points = scene.scan.points(0, scene.title_end)
        named = {mention.symbol or "" for mention in scene.mentions_in(head)}
        of_market = scene.scan.any("market", head.start, head.end) or any(map(_is_market, named))
        return cls(
            title_end=scene.title_end,
            text=scene.text,
            leaves=frozenset(leaf for leaf, value in points.items() if value >= _POINTS),
            heroes=frozenset({scene.home} if of_market or not named else named),
            of_market=of_market or not named,
            way=_way(scene, named) or sign(scene.scan, head),
        )

    def moves_hero(self, driver: Driver) -> bool:
        """Return whether ``driver`` moves whom the article is about."""
        moved = {effect.on for effect in driver.effects}
        return not self.heroes.isdisjoint(moved) or (self.of_market and any(map(_is_market, moved)))

    def calls_main(self, driver: Driver) -> bool:
        """Return whether the text beside ``driver`` calls it the main cause."""
        start, end = max(0, driver.start - _NEAR), driver.end + _NEAR
        return bool(self._main.search(self.text, start, end))


def ranked(drivers: Sequence[Driver], titled: frozenset[str], emphasis: Emphasis) -> tuple[Driver, ...]:
    """Return ``drivers`` with their ranks; ``titled`` are the categories of the title's causes."""
    weights = [_weight(driver, number, titled, emphasis) for number, driver in enumerate(drivers)]
    order = sorted(range(len(drivers)), key=lambda i: (-weights[i], drivers[i].start))
    ranks = {index: rank for rank, index in enumerate(order, start=1)}
    return tuple(replace(driver, rank=ranks[i]) for i, driver in enumerate(drivers))


def _weight(driver: Driver, number: int, titled: frozenset[str], emphasis: Emphasis) -> float:
    ways = {effect.direction for effect in driver.effects}
    weight = _SURE * driver.confidence + _LATER * min(number, _MOST_LATER)
    weight += _IN_TITLE * (driver.start < emphasis.title_end)
    weight += _AS_TITLED * (driver.category in titled) + _STRESSED * (driver.category in emphasis.leaves)
    weight += _CALLED_MAIN * emphasis.calls_main(driver)
    if emphasis.moves_hero(driver):
        weight += _MOVES_HERO + _RIGHT_WAY * (emphasis.way in ways)
    weight += _OF_TRADING * (driver.category.partition(".")[0] in _TRADING)
    if driver.relation in ("denied", "ended", "condition"):
        weight += _NOT_IN_FORCE
    return weight + _TO_COME * (driver.relation == "predicts")


def _way(scene: Scene, named: set[str]) -> Direction | None:
    """Return which way the moves of the indices go, or of those ``named``; None where they part."""
    subjects = [s for s in scene.told_moves if _is_market(s)] or [s for s in scene.told_moves if s in named]
    rises = sum(scene.rises.get(subject, 0) for subject in subjects)
    falls = sum(scene.told_moves[subject] for subject in subjects) - rises
    return None if rises == falls else "up" if rises > falls else "down"


def _is_market(subject: str) -> bool:
    return subject.startswith(("^", "country:", "group:world"))
