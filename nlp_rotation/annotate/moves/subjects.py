"""What a percentage is about: the subject of its verb, found by the shape of the clause.

A name is *out of the way* where a preposition governs it ("on the Dow"), where it only owns the
next noun ("the Dow's biggest drag") or where it is the object of another verb ("hurt the Dow"). The
subject is the nearest thing left of the verb that is not out of the way: a name, a word that stands
for one ("the stock", "it"), or a noun whose percentages are no prices ("sales").
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp_rotation.annotate.moves.bonds import NOTHING, Bond, Subject
from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.salience import Salience
from nlp_rotation.annotate.moves.signs import How, Sign
from nlp_rotation.annotate.moves.vocabulary import PROXIES, Role

#: Items between a name and the percentage behind it that says what moved ("a 3% drop in X").
_COMPLEMENT = 7
#: No subject is looked for further away than this many items.
_REACH = 60
_SOFT_PREPOSITIONS = frozenset({"by", "like", "as", "including", "with"})
_COMPLEMENTS = frozenset({"in", "by", "for", "of", "on"})
_ABSOLUTE = frozenset({"which", "whose", "that", "who"})


def find_subject(items: Sequence[Item], at: int, sign: Sign, salience: Salience) -> Subject:
    """Return what the percentage ``items[at]`` with its ``sign`` is about, or ``NOTHING``."""
    anchor = min(at, sign.at) if sign.how is not How.GAPPED else at
    beside = _beside(items, at, sign)
    if beside.bond is not Bond.NONE:
        return beside
    if sign.how is How.NOUN_AFTER or Role.NOUN in items[sign.at].roles or sign.how is How.GAPPED:
        complement = _complement(items, max(at, sign.at if sign.how is not How.GAPPED else at), salience)
        if complement is not None:
            return complement
    return _leftwards(items, anchor, salience)


def _beside(items: Sequence[Item], at: int, sign: Sign) -> Subject:
    """Read "Persimmon (down 1.4%)", "Nasdaq 3.66%" and "indexes down: Dow 2.82%"."""
    index = at - 1
    while index >= 0 and (
        index == sign.at
        or (items[index].roles & Role.STOP and items[index].text in "(:[-–—|")
        or items[index].text == "by"
    ):
        index -= 1
    if index < 0 or Role.NAME not in items[index].roles or items[index].possessive:
        return NOTHING
    opened = any(items[i].text in {"(", "[", ":", "|", "-", "–", "—"} for i in range(index + 1, at))
    if opened or index == at - 1 or (index == at - 2 and items[at - 1].text == "by"):
        return Subject(Bond.BESIDE, items[index].mentions, index)
    return NOTHING


def _complement(items: Sequence[Item], at: int, salience: Salience) -> Subject | None:
    """Read "a 3% drop in energy stocks", "gains of 0.3% by the Russell 2000"; None where nothing follows."""
    for index in range(at + 1, min(at + 4, len(items))):
        if items[index].text in _COMPLEMENTS:
            return _first_noun(items, index + 1, salience)
        if items[index].roles & (Role.COMMA | Role.STOP | Role.QUANTITY | Role.OPENER | Role.RELATIVE):
            return None
    return None


def _first_noun(items: Sequence[Item], start: int, salience: Salience) -> Subject | None:
    for index in range(start, min(start + _COMPLEMENT, len(items))):
        item = items[index]
        if Role.HEAD in item.roles:
            return NOTHING
        if Role.NAME in item.roles:
            return _complement_name(items, index)
        if item.roles & (Role.STOCK | Role.INDEX | Role.FUND) and item.text not in {"trading"}:
            return _resolve(items, index, salience)
        if item.roles & (
            Role.COMMA | Role.STOP | Role.QUANTITY | Role.OPENER | Role.RELATIVE | Role.VERB | Role.PARTICLE
        ):
            return None
    return None


def _complement_name(items: Sequence[Item], index: int) -> Subject:
    """A name behind "in" or "for" is the subject unless it owns a noun of another kind."""
    if items[index].possessive and any(Role.HEAD in item.roles for item in items[index + 1 : index + 5]):
        return NOTHING
    return Subject(Bond.CLAUSE, items[index].mentions, index)


def _leftwards(items: Sequence[Item], anchor: int, salience: Salience) -> Subject:
    fallback = NOTHING
    index = _before_parenthesis(items, anchor) - 1
    limit = max(index - _REACH, -1)
    while index > limit:
        item = items[index]
        if Role.RELATIVE in item.roles and item.text in _ABSOLUTE and item.text != "whose":
            antecedent = _antecedent(items, index)
            if antecedent.bond is not Bond.NONE:
                return antecedent
        elif Role.NAME in item.roles:
            named = Subject(Bond.CLAUSE, item.mentions, index)
            if not _is_out_of_the_way(items, index, anchor):
                return named
            fallback = fallback if fallback.at >= 0 else Subject(Bond.OUT_OF_THE_WAY, item.mentions, index)
        elif Role.HEAD in item.roles and Role.PRICE_NOUN not in item.roles:
            if not _is_oblique(items, index):
                return NOTHING
        elif item.roles & PROXIES and not _is_oblique(items, index):
            resolved = _resolve(items, index, salience)
            if resolved.bond is not Bond.NONE:
                return resolved
        index -= 1
    return fallback if fallback.at >= 0 else salience.carried()


def _before_parenthesis(items: Sequence[Item], anchor: int) -> int:
    """Step over ", which tracks the Nasdaq 100," when a finite verb follows its closing comma."""
    comma = anchor - 1
    while comma >= 0 and items[comma].text in {
        "was",
        "were",
        "is",
        "has",
        "had",
        "have",
        "are",
        "also",
        "last",
    }:
        comma -= 1
    if (
        comma < 1
        or Role.COMMA not in items[comma].roles
        or Role.PARTICIPLE in items[anchor].roles
        or Role.PARTICLE in items[comma + 1].roles
    ):
        return anchor
    for index in range(comma - 1, max(comma - 40, -1), -1):
        opens = Role.COMMA in items[index].roles and index + 1 < comma
        if opens and (
            items[index + 1].text in {"which", "who", "whose", "a", "an", "the", "up", "down", "one", "where"}
        ):
            return (
                index if any(Role.NAME in item.roles for item in items[max(0, index - 6) : index]) else anchor
            )
        if Role.STOP in items[index].roles and items[index].text in ";:":
            return anchor
    return anchor


def _antecedent(items: Sequence[Item], relative: int) -> Subject:
    """The name (or noun) right before "which" or "that"."""
    for index in range(relative - 1, max(relative - 8, -1), -1):
        item = items[index]
        if Role.NAME in item.roles:
            return Subject(Bond.CLAUSE, item.mentions, index)
        if Role.HEAD in item.roles or item.roles & (Role.VERB | Role.PARTICIPLE):
            return NOTHING
    return NOTHING


def _is_out_of_the_way(items: Sequence[Item], index: int, anchor: int) -> bool:
    if items[index].possessive and not _owns_price(items, index, anchor):
        return True
    before = _head_before(items, index)
    if before < 0:
        return False
    cue = items[before]
    if Role.GOVERNING in cue.roles:
        return not (_follows_price_noun(items, before) or _introduces(items, cue, index, anchor))
    return Role.TAKES_OBJECT in cue.roles


def _owns_price(items: Sequence[Item], index: int, anchor: int) -> bool:
    """Tell whether the owner's noun is the move or the price itself ("Tesla's stock", "the Dow's 2% fall")."""
    following = items[index + 1 : index + 4]
    return index + 1 >= anchor or any(item.roles & (Role.STOCK | Role.QUANTITY) for item in following)


def _head_before(items: Sequence[Item], index: int) -> int:
    """Return the place of the word that governs ``items[index]``, past articles and adjectives; -1 for none."""
    for before in range(index - 1, max(index - 5, -1), -1):
        item = items[before]
        if item.roles & (Role.GOVERNING | Role.TAKES_OBJECT):
            return before
        if item.roles & (Role.COMMA | Role.STOP | Role.OPENER | Role.QUANTITY | Role.NAME | Role.RELATIVE):
            return -1
    return -1


def _follows_price_noun(items: Sequence[Item], preposition: int) -> bool:
    return preposition > 0 and Role.PRICE_NOUN in items[preposition - 1].roles


def _introduces(items: Sequence[Item], cue: Item, index: int, anchor: int) -> bool:
    """Tell whether the preposition brings the subject in: "led by Penn West, down 14%"."""
    return cue.text in _SOFT_PREPOSITIONS and anchor - index <= 2


def _is_oblique(items: Sequence[Item], index: int) -> bool:
    """Tell whether a noun is governed by a preposition or is the object of a verb in the past."""
    for before in range(index - 1, max(index - 6, -1), -1):
        item = items[before]
        if Role.GOVERNING in item.roles or item.text in {
            "after",
            "as",
            "amid",
            "with",
            "following",
            "despite",
        }:
            return item.text not in {"as", "after"} or before < index - 1
        if item.roles & Role.TAKES_OBJECT or (
            Role.WORD in item.roles
            and item.text.endswith("ed")
            and len(item.text) > 4
            and item.text not in _ADJECTIVES
        ):
            return True
        if item.roles & (Role.COMMA | Role.STOP | Role.OPENER | Role.QUANTITY | Role.RELATIVE):
            return False
    return False


_ADJECTIVES = frozenset(
    {
        "adjusted",
        "expected",
        "combined",
        "blended",
        "related",
        "listed",
        "u.s.-listed",
        "traded",
        "unadjusted",
        "continued",
        "diluted",
        "beleaguered",
        "projected",
        "estimated",
    }
)


def _resolve(items: Sequence[Item], index: int, salience: Salience) -> Subject:
    """Give a word like "the stock" or "it" the name that it stands for."""
    item = items[index]
    for before in range(index - 1, max(index - _REACH, -1), -1):
        name = items[before]
        if (
            Role.NAME in name.roles
            and salience.fits(item.roles, name.mentions)
            and (before == index - 1 or not _is_out_of_the_way(items, before, index))
        ):
            return Subject(Bond.PROXY, name.mentions, before)
    found = salience.stands_for(item)
    return Subject(Bond.PROXY, found) if found else NOTHING
