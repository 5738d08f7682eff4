"""Walk left through a sentence, past what is only said in passing.

"The trust, which tracks the Nasdaq 100, gained 0.6%": seen from "gained", the stretch between the
commas does not exist. So it is with parentheses, with dashes, and with descriptions of the name
before them ("Meta, another of the seven, rallied").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.vocabulary import Role

_DASHES = frozenset({"-", "–", "—"})
_DESCRIBING = frozenset(
    {"a", "an", "the", "another", "one", "whose", "where", "up", "down", "along", "including", "led"}
)
_AUXILIARIES = frozenset(
    {"was", "were", "is", "are", "has", "had", "have", "also", "last", "then", "ended", "closed", "finished"}
)


def skip_asides(items: Sequence[Item], anchor: int, reach: int) -> Iterator[int]:
    """Yield the indexes left of ``anchor``, nearest first, ``reach`` items at most, without the asides."""
    index = anchor - 1
    low = max(anchor - reach, 0)
    while index >= low:
        opening = _opening(items, index, low, anchor)
        if opening < index:
            index = opening - 1
            continue
        yield index
        index -= 1


def _opening(items: Sequence[Item], index: int, low: int, anchor: int) -> int:
    """Where the aside opens that ``items[index]`` closes; ``index`` itself where it closes none."""
    item = items[index]
    if item.text == ")":
        return _last(items, index, low, frozenset({"("}))
    if item.text in _DASHES and index < anchor - 1:
        return _last(items, index, low, _DASHES)
    if Role.COMMA in item.roles:
        return _opening_comma(items, index, low, anchor)
    return index


def _last(items: Sequence[Item], index: int, low: int, marks: frozenset[str]) -> int:
    for before in range(index - 1, low, -1):
        if items[before].text in marks:
            return before
    return index


def _opening_comma(items: Sequence[Item], index: int, low: int, anchor: int) -> int:
    if Role.NAME in items[index - 1].roles and Role.PARTICLE in items[index + 1].roles:
        return index
    for before in range(index - 2, low, -1):
        item = items[before]
        if Role.STOP in item.roles and item.text in ";:":
            break
        if Role.COMMA not in item.roles:
            continue
        first = items[before + 1]
        if Role.RELATIVE in first.roles and first.text != "that":
            return before
        if Role.NAME in items[before - 1].roles and _describes(first) and _finite(items, index, anchor):
            return before
    return index


def _describes(first: Item) -> bool:
    described = first.text in _DESCRIBING or first.text.endswith(("ing", "ed"))
    return described and not first.roles & (Role.VERB | Role.PARTICIPLE)


def _finite(items: Sequence[Item], comma: int, anchor: int) -> bool:
    """Tell whether a finite verb follows the closing comma: the clause before it goes on."""
    following = items[comma + 1 : anchor + 1]
    return any(
        item.text in _AUXILIARIES or Role.VERB in item.roles or item.text.endswith("ed")
        for item in following[:2]
    )
