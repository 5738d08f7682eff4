"""What a word of the sentence governs: a name out of the way, a noun that is no subject."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.vocabulary import Role

#: Marks and words that end what is governed.
BOUNDS = Role.COMMA | Role.STOP | Role.QUANTITY | Role.OPENER | Role.RELATIVE
_SOFT_PREPOSITIONS = frozenset({"by", "like", "as", "including", "with"})
_PARTICIPIAL = frozenset(
    {"adjusted", "expected", "combined", "blended", "related", "listed", "projected", "estimated"}
)


def is_out_of_the_way(items: Sequence[Item], index: int, anchor: int) -> bool:
    """Tell whether a preposition, an owner or another verb keeps a name from being the subject."""
    if items[index].possessive:
        return not _owns_price(items, index, anchor)
    before = head_before(items, index)
    if before < 0:
        return False
    cue = items[before]
    if Role.GOVERNING in cue.roles:
        return not (_follows_price_noun(items, before) or _introduces(cue, index, anchor))
    return Role.TAKES_OBJECT in cue.roles


def _owns_price(items: Sequence[Item], index: int, anchor: int) -> bool:
    """Tell whether the owner's noun is the move or the price ("Tesla's stock", "the Dow's 2% fall")."""
    following = items[index + 1 : index + 4]
    return index + 1 >= anchor or any(
        item.roles & (Role.STOCK | Role.INDEX | Role.QUANTITY) for item in following
    )


def head_before(items: Sequence[Item], index: int) -> int:
    """Return the place of the word that governs ``items[index]``, past its adjectives; -1 for none."""
    for before in range(index - 1, max(index - 5, -1), -1):
        item = items[before]
        if item.roles & (Role.GOVERNING | Role.TAKES_OBJECT):
            return before
        # "In 2023 Apple rose": the preposition governs the number, and the name is free.
        if item.roles & (BOUNDS | Role.NAME) or item.text[:1].isdigit():
            break
    return -1


def _follows_price_noun(items: Sequence[Item], preposition: int) -> bool:
    """Tell whether the preposition follows a word for a price: "shares of", "futures on"."""
    if preposition == 0:
        return False
    before = items[preposition - 1]
    return Role.PRICE_NOUN in before.roles or before.text.lower().endswith("futures")


def _introduces(cue: Item, index: int, anchor: int) -> bool:
    """Tell whether the preposition brings the subject in: "led by Penn West, down 14%"."""
    return cue.text in _SOFT_PREPOSITIONS and anchor - index <= 2


def is_oblique(items: Sequence[Item], index: int, anchor: int) -> bool:
    """Tell whether a noun is governed by a preposition or is the object of a verb in the past."""
    if (
        all(item.roles & (Role.WORD | Role.LEVEL) for item in items[index + 1 : anchor])
        and anchor - index <= 3
        and items[anchor - 1].text != "to"
    ):
        return False
    for before in range(index - 1, max(index - 6, -1), -1):
        item = items[before]
        past = Role.WORD in item.roles and item.text.endswith("ed") and item.text not in _PARTICIPIAL
        if (
            item.roles & (Role.GOVERNING | Role.TAKES_OBJECT)
            or past
            or item.text in ("amid", "following", "with")
        ):
            return True
        if item.roles & BOUNDS:
            break
    return False
