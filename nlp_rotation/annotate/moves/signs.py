"""Which way a percentage goes: the word that gives its sign, and whether there is one at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.vocabulary import SIGNS, Role, move_table


class How(Enum):
    """How a percentage got its sign."""

    WRITTEN = "a plus or minus at the number"
    NOUN_AFTER = "a 3% gain"
    PARTICLE_AFTER = "3% higher"
    BEFORE = "rose 3%, up 3%, a gain of 3%"
    GAPPED = "the Dow rose 2% and the Nasdaq 3%"
    UNDIRECTED = "moved less than 3%"
    NONE = "no sign: a level, a share of something, or no price at all"


@dataclass(frozen=True, slots=True)
class Sign:
    """The direction of a percentage, and the place of the word that gives it."""

    how: How
    value: int = 0
    #: Index of the item that gives the sign; that of the percentage itself where it is written there.
    at: int = 0


UNSIGNED = Sign(How.NONE)

#: How many items may stand between the sign and the number, on either side; tuned on gold/train.
_REACH_BEFORE = 7
_REACH_AFTER = 4
#: A heading with a colon is no longer than this.
_HEADING = 5
_COMPARATIVES = frozenset({"higher", "lower", "stronger", "weaker"})
_DISTANCE = frozenset({"above", "below", "ahead"})
_SUMMITS = frozenset(
    {
        "high",
        "highs",
        "record",
        "peak",
        "peaks",
        "close",
        "low",
        "lows",
        "closing",
        "all-time",
        "52-week",
        "top",
        "bottom",
        "session",
    }
)
_NOUN_LINKS = frozenset({"of", "to", "at", "is", "was", "by", "in", "for", "faded"})
_LIST_LINKS = frozenset({"and", "or", ","})
_LOWS = frozenset({"low", "lows", "bottom", "trough"})


def find_sign(items: Sequence[Item], at: int, carried: Sign) -> Sign:
    """Return the sign of the percentage ``items[at]``; ``carried`` is that of the one before it.

    The nearest cue wins: a sign at the number, a noun or particle behind it, then a verb, noun or
    particle before it, then the verb that the clause shares with the one before.
    """
    quantity = items[at].quantity
    if quantity is None or quantity.points or _is_of_something_else(items, at):
        return UNSIGNED
    if quantity.sign:
        return Sign(How.WRITTEN, quantity.sign, at)
    after = _sign_after(items, at)
    if after.how is How.NONE:
        after = _shared_after(items, at)
    if after.how is not How.NONE or _is_label(items, at):
        return after
    if quantity.bounded and at and items[at - 1].text in move_table()["undirected"]["verbs"]:
        return Sign(How.UNDIRECTED, 0, at - 1)
    before = _sign_before(items, at)
    if before.how is not How.NONE:
        return before if not _is_level(items, at, before) else UNSIGNED
    return _gapped(items, at, carried)


def _is_of_something_else(items: Sequence[Item], at: int) -> bool:
    return _is_distance(items, at) or _is_frequency(items, at) or _qualifies(items, at)


def _is_distance(items: Sequence[Item], at: int) -> bool:
    """Read "5% above its 50-day average": how far from a line the price stands, whatever brought it there."""
    following = items[at + 1 : at + 2]
    if not following or following[0].text not in _DISTANCE:
        return False
    reference = {word for item in items[at + 2 : at + 9] for word in item.text.split()}
    return not reference.isdisjoint(move_table()["heads"]["lines"]) and not reference & _SUMMITS


def _is_frequency(items: Sequence[Item], at: int) -> bool:
    """Read "closed higher 78% of the time"."""
    return [item.text for item in items[at + 1 : at + 4]] == ["of", "the", "time"]


def _shared_after(items: Sequence[Item], at: int) -> Sign:
    """Read "were 1% and 2% lower, respectively": the sign stands behind the last of a list."""
    index = at
    while index + 2 < len(items) and items[index + 1].text in _LIST_LINKS:
        index += 2 if Role.QUANTITY in items[index + 2].roles else 3
        if index >= len(items) or Role.QUANTITY not in items[index].roles:
            return UNSIGNED
        if index + 1 < len(items) and Role.PARTICLE in items[index + 1].roles:
            before = _sign_before(items, at)
            return _particle_after(items, index, index + 1) if before.how is How.NONE else UNSIGNED
    return UNSIGNED


def _sign_after(items: Sequence[Item], at: int) -> Sign:
    for index in range(at + 1, min(at + 1 + _REACH_AFTER, len(items))):
        item = items[index]
        if Role.NOUN in item.roles:
            return Sign(How.NOUN_AFTER, item.sign, index)
        if Role.PARTICLE in item.roles and index <= at + 2:
            return _particle_after(items, at, index)
        if item.roles & (
            Role.COMMA | Role.STOP | Role.QUANTITY | Role.OPENER | Role.RELATIVE | Role.HEAD | Role.GOVERNING
        ):
            break
        if item.roles & (Role.VERB | Role.PARTICIPLE | Role.LEVEL):
            break
    return UNSIGNED


def _particle_after(items: Sequence[Item], at: int, index: int) -> Sign:
    """Read "3% lower", "3% off its high"; but "3% above its average" is a distance, no move."""
    item = items[index]
    reference = {word.text for word in items[index + 1 : index + 7]} & _SUMMITS
    if item.text in _DISTANCE and not reference:
        return UNSIGNED
    if item.text == "off" and reference:
        return Sign(How.PARTICLE_AFTER, 1 if reference & _LOWS else -1, index)
    if item.text == "up" and _sign_before(items, at).how is not How.NONE:
        return UNSIGNED
    return Sign(How.PARTICLE_AFTER, item.sign, index)


def _qualifies(items: Sequence[Item], at: int) -> bool:
    """Read "in 2% higher volume": the comparative belongs to the noun behind it."""
    if [item.text in _COMPARATIVES for item in items[at + 1 : at + 2]] != [True]:
        return False
    for item in items[at + 2 : at + 4]:
        if Role.HEAD in item.roles:
            return True
        if Role.WORD not in item.roles:
            return False
    return False


def _is_label(items: Sequence[Item], at: int) -> bool:
    """Tell whether the number only labels the noun behind it: "a 5% stake", "12% sales growth"."""
    if at + 1 >= len(items) or _sign_before(items, at, reach=1).how is not How.NONE:
        return False
    following = items[at + 1]
    return bool(following.roles & (Role.LABEL | Role.HEAD))


def _sign_before(items: Sequence[Item], at: int, reach: int = _REACH_BEFORE) -> Sign:
    for index in range(at - 1, max(at - 1 - reach, -1), -1):
        item = items[index]
        if item.roles & SIGNS and _signs_ahead(items, index, at):
            return Sign(How.BEFORE, item.sign, index)
        if item.roles & (Role.STOP | Role.QUANTITY | Role.RELATIVE | Role.NAME | Role.HEAD):
            break
        alternative = Role.COMMA in item.roles and items[index + 1].text == "or"
        opens = Role.OPENER in item.roles and item.text != "with"
        if opens or (Role.COMMA in item.roles and not alternative):
            break
    return UNSIGNED


def _signs_ahead(items: Sequence[Item], index: int, at: int) -> bool:
    """Tell whether a sign word reaches the number behind it: "off 3%", "a gain of 3%", "fell by 3%"."""
    item = items[index]
    if item.text in _DISTANCE or (Role.GOVERNING in item.roles and index < at - 1):
        return False
    if item.text in move_table()["signs"]["behind_the_number"]:
        return False
    pure_noun = Role.NOUN in item.roles and not item.roles & (Role.VERB | Role.PARTICLE)
    return not pure_noun or items[index + 1].text in _NOUN_LINKS or _is_range_of(items[index + 1 : at])


def _is_range_of(between: Sequence[Item]) -> bool:
    """Read "its decline for the week to nearly 9%"."""
    return any(item.text in ("to", "of") for item in between)


def _is_level(items: Sequence[Item], at: int, sign: Sign) -> bool:
    """Tell whether the number is a level reached ("rose to 4%") and not the size of the move."""
    if at - 1 == sign.at:
        return False
    before = items[at - 1]
    noun = Role.NOUN in items[sign.at].roles
    return Role.LEVEL in before.roles and not (noun and before.text in {"to", "of", "at", "is", "was"})


def heading_sign(items: Sequence[Item]) -> Sign:
    """Read "Indexes down: Dow 2%, S&P 3%": the direction that a heading gives to its list."""
    for index, item in enumerate(items[:_HEADING]):
        if Role.PARTICLE in item.roles and index + 1 < len(items) and items[index + 1].text == ":":
            return Sign(How.GAPPED, item.sign, index)
    return UNSIGNED


def _gapped(items: Sequence[Item], at: int, carried: Sign) -> Sign:
    """Read "the Nasdaq rose 2% and the S&P 500 1%" and "indexes down: Dow 2%": the cue before it."""
    if carried.how is How.NONE or at == 0:
        return UNSIGNED
    before = items[at - 1]
    after = items[at + 1] if at + 1 < len(items) else None
    closed = after is None or not after.roles & Role.WORD or after.text in {"respectively", "each", "apiece"}
    if closed and before.roles & (Role.NAME | Role.QUANTITY | Role.COMMA | Role.STOCK | Role.JOINER):
        return Sign(How.GAPPED, carried.value, carried.at)
    return UNSIGNED
