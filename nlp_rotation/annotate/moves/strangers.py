"""A subject that no table knows: "Acme Rockets shares rose 3%" is not about the name before it.

A figure whose own subject is unknown is better left out than given to a neighbour. The stranger is a
run of capitalised words right before the verb, or before a word for its price ("Acme's share price").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.vocabulary import Role, move_table

#: Words between a name and its verb or figure: a word for its price, auxiliaries, adverbs.
_BETWEEN = Role.STOCK | Role.INDEX | Role.PRICE_NOUN | Role.LEVEL
#: Above this share of capitalised words a sentence is a headline, whose capitals tell nothing.
_HEADLINE = 0.6


def strange_subject(items: Sequence[Item], anchor: int) -> Sequence[Item]:
    """Return the proper name that nobody knows and that ``items[anchor]``, a verb or figure, follows."""
    last = _end_of_name(items, anchor)
    first = _before_name(items, last)
    name = items[first + 1 : last + 1]
    if not name or _is_headline(items) or (first < 0 and last == 0 and not _has_price(items, anchor)):
        return ()
    before = items[first] if first >= 0 else None
    if before is None:
        return name
    if Role.NAME in before.roles or _follows_name(items, first):
        return ()
    return name if Role.GOVERNING not in before.roles or _is_share_of(items, first) else ()


def _has_price(items: Sequence[Item], anchor: int) -> bool:
    """Tell whether the first word of a sentence owns a price: "Acme shares rose"."""
    return any(Role.STOCK in item.roles for item in items[1:anchor])


def is_of_others(items: Sequence[Item], place: int) -> bool:
    """Tell whether a word for a price has an owner that nobody knows: "food prices", "brokerage shares"."""
    before = items[place - 1] if place else None
    if before is None or items[place].text not in _plain_prices() or before.roles != Role.WORD:
        return False
    return before.text.isalpha() and not before.text.endswith(("ed", "ly")) and before.text not in _openers()


def _end_of_name(items: Sequence[Item], anchor: int) -> int:
    """The last item before ``anchor`` that is no word for a price, no auxiliary and no adverb."""
    index = anchor - 1
    if index > 0 and Role.COMMA in items[index].roles and Role.PARTICLE in items[anchor].roles:
        index -= 1
    while index > 0 and (items[index].roles & _BETWEEN or items[index].text in _adverbs()):
        index -= 1
    return index


def _before_name(items: Sequence[Item], last: int) -> int:
    """The item before the capitalised words that end at ``last``: all of "Shanghai and Shenzhen"."""
    first = last
    while first >= 0 and _is_proper(items[first]):
        first -= 1
        if first > 0 and items[first].text in ("and", "&") and _is_proper(items[first - 1]):
            first -= 1
    return first


def _is_proper(item: Item) -> bool:
    return item.capital and item.roles == Role.WORD and item.text.removesuffix("'s") not in _dates()


def _follows_name(items: Sequence[Item], place: int) -> bool:
    """Tell whether a known name stands just before: "Apple and Acme rose", "Apple's New York shares"."""
    return any(Role.NAME in item.roles for item in items[max(0, place - 2) : place])


def _is_share_of(items: Sequence[Item], preposition: int) -> bool:
    return preposition > 0 and Role.PRICE_NOUN in items[preposition - 1].roles


def _is_headline(items: Sequence[Item]) -> bool:
    words = [item for item in items if item.text[:1].isalpha() and Role.NAME not in item.roles]
    return sum(item.capital for item in words) > _HEADLINE * len(words)


@lru_cache(maxsize=1)
def _adverbs() -> frozenset[str]:
    return frozenset(move_table()["grammar"]["between_name_and_verb"])


@lru_cache(maxsize=1)
def _plain_prices() -> frozenset[str]:
    return frozenset(move_table()["proxies"]["owned"])


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(move_table()["proxies"]["before_owned"])


@lru_cache(maxsize=1)
def _dates() -> frozenset[str]:
    return frozenset(move_table()["grammar"]["capital_words"])
