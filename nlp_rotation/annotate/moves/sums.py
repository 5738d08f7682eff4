"""A percentage of a sum of money, which is no move of a price."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_rotation.annotate.moves.government import BOUNDS
from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.vocabulary import SIGNS, Role

_MONEY = frozenset({"million", "billion", "trillion", "mln", "bln", "bn", "crore", "lakh", "m", "b"})
#: Between a sum and the percentage that it is up or down by.
_REACH_OF_SUM = 6


def is_of_money(items: Sequence[Item], anchor: int) -> bool:
    """Tell whether the percentage goes with a sum: "revenue of $8.03 billion, up 27%"."""
    if anchor == 0 or Role.COMMA not in items[anchor - 1].roles:
        return False
    for index in range(anchor - 2, max(anchor - 2 - _REACH_OF_SUM, -1), -1):
        if items[index].roles & (BOUNDS | SIGNS):
            return False
        if items[index].text in _MONEY:
            return index == anchor - 2 or Role.PARTICLE in items[anchor].roles
    return False


def equals_sum(items: Sequence[Item], at: int) -> bool:
    """Tell whether the percentage is also given as a sum: "3.9 percent, or about $108 million"."""
    following = [item.text for item in items[at + 1 : at + 7]]
    before = [item.text for item in items[max(0, at - 3) : at]]
    behind = "or" in following[:2] and bool(_MONEY & set(following))
    return behind or (before[-1:] == ["or"] and bool(_MONEY & set(before)))
