"""A currency told against another: "rose 0.2% and 0.7% against the pound and the euro"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nlp_rotation.annotate.moves.bonds import Subject
from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.vocabulary import Role
from nlp_rotation.types import Mention

_AGAINST = frozenset({"against", "versus", "vs"})
#: The other currency stands no further behind the figure than this, and this far behind "against".
_REACH = 7
_NEAR = 4
_BOUNDS = Role.STOP | Role.VERB | Role.PARTICIPLE
#: Units of a price that tell the other currency: "slipped 0.1 percent to 119.83 yen".
_UNITS = {"yen": "JPY", "yuan": "CNY", "rupees": "INR"}


def against_others(items: Sequence[Item], at: int, subject: Subject) -> Subject:
    """Return a currency as the pair that the clause of the percentage ``items[at]`` makes of it."""
    base = _currency(subject.mentions[0].symbol) if len(subject.mentions) == 1 else ""
    others = list(_others(items, at)) if base else []
    pairs = tuple(_pair(subject.mentions[0], base, other) for other in others if other != base)
    return replace(subject, mentions=pairs) if pairs else subject


def _currency(symbol: str | None) -> str:
    """The currency that a subject is about: that of ``fx:EURUSD`` is the euro."""
    return symbol[3:6] if symbol and symbol.startswith("fx:") else ""


def _pair(mention: Mention, base: str, other: str) -> Mention:
    return replace(mention, symbol=f"fx:{base}{other}")


def _others(items: Sequence[Item], at: int) -> Iterator[str]:
    """The currencies behind "against", or that of the price reached."""
    if items[0].text in _AGAINST:
        yield from _named(items[1 : 1 + _NEAR])
        return
    for index in range(at + 1, min(at + 1 + _REACH, len(items))):
        if items[index].roles & _BOUNDS:
            break
        if items[index].text in _AGAINST or items[index].text[:1].isdigit():
            yield from _named(items[index + 1 : index + 1 + _NEAR])
            return
    unit = items[at].text.rpartition(" ")[2].lower()
    if unit in _UNITS:
        yield _UNITS[unit]


def _named(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if Role.NAME in item.roles:
            yield from filter(None, (_currency(mention.symbol) for mention in item.mentions))
            return
        if item.roles & (_BOUNDS | Role.PRICE_NOUN):
            return
