"""What a percentage is about: the subject of its verb, found by the shape of the clause.

A name is *out of the way* where a preposition governs it ("on the Dow"), where it only owns the
next noun ("the Dow's biggest drag") or where it is the object of another verb ("hurt the Dow"). The
subject is the nearest thing left of the verb that is not out of the way: a name, a word that stands
for one ("the stock", "it"), or a noun whose percentages are no prices ("sales").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlp_rotation.annotate.moves.asides import skip_asides
from nlp_rotation.annotate.moves.bonds import NOTHING, Bond, Relative, Subject
from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.salience import Salience, is_whole_market
from nlp_rotation.annotate.moves.signs import How, Sign
from nlp_rotation.annotate.moves.vocabulary import PROXIES, Role, move_table
from nlp_rotation.types import Mention

#: Items between a percentage and the name behind it that says what moved ("a 3% drop in X").
_COMPLEMENT = 7
#: No subject is looked for further away than this many items.
_REACH = 60
_COMPLEMENTS = frozenset({"in", "by", "for", "of", "on"})
_BOUNDS = Role.COMMA | Role.STOP | Role.QUANTITY | Role.OPENER | Role.RELATIVE
_OPENING = frozenset({"(", "[", ":", "|", "-", "–", "—"})
_SOFT_PREPOSITIONS = frozenset({"by", "like", "as", "including", "with"})
_PARTICIPIAL = frozenset(
    {"adjusted", "expected", "combined", "blended", "related", "listed", "projected", "estimated"}
)
_RETURNS = frozenset({"return", "returns", "gain", "gains"})
_MONEY = frozenset({"million", "billion", "trillion", "mln", "bln", "bn", "crore", "lakh", "m", "b"})


def find_relative(items: Sequence[Item], at: int, salience: Salience) -> Relative | None:
    """Read "beat the S&P 500 by 3 percentage points"; None where the number compares nothing."""
    other = at - 2 if at and items[at - 1].text == "by" else at - 1
    if other < 1 or Role.NAME not in items[other].roles:
        return None
    for verb in range(other - 1, max(other - 5, -1), -1):
        sign = _comparison(items[verb].text)
        if sign:
            subject = _leftwards(items, verb, salience)
            return Relative(sign, verb, subject, items[other].mentions[0]) if subject.mentions else None
        if items[verb].roles & (_BOUNDS | Role.NAME):
            break
    return None


def _comparison(word: str) -> int:
    table = move_table()["relative"]
    return int(word in table["ahead"]) - int(word in table["behind"])


def find_subject(items: Sequence[Item], at: int, sign: Sign, salience: Salience) -> Subject:
    """Return what the percentage ``items[at]`` with its ``sign`` is about, or ``NOTHING``."""
    gapped = sign.how is How.GAPPED
    beside = _beside(items, at, sign)
    if beside.bond is not Bond.NONE:
        return beside
    behind = _behind(items, at if gapped else max(at, sign.at), salience)
    if behind.bond is not Bond.NONE and (gapped or _is_noun(items, sign)):
        return behind if behind.mentions else NOTHING
    if behind.bond is not Bond.NONE and not behind.mentions:
        return NOTHING
    anchor = at if gapped else min(at, sign.at)
    if _is_part_of_return(items, sign):
        return _whole_of_return(items, salience)
    if _is_of_money(items, anchor):
        return NOTHING
    found = _leftwards(items, anchor, salience)
    return NOTHING if _is_advice(items, found) else found


def _is_part_of_return(items: Sequence[Item], sign: Sign) -> bool:
    """Read "six names made 55% of the total return of 16%": the return is that of the whole."""
    before = [item.text for item in items[max(0, sign.at - 3) : sign.at]]
    return items[sign.at].text in _RETURNS and "of" in before and "total" in before


def _whole_of_return(items: Sequence[Item], salience: Salience) -> Subject:
    """The index that the sentence names, or the one of the talk."""
    indexes = [item.mentions for item in items if item.mentions and item.mentions[0].kind == "index"]
    whole = indexes[-1] if indexes else salience.index
    return Subject(Bond.CARRIED, whole) if whole else NOTHING


def _is_advice(items: Sequence[Item], found: Subject) -> bool:
    """Tell whether the reader is told what to do with stocks in general."""
    general = all(is_whole_market(mention) for mention in found.mentions)
    return general and any(Role.ADVICE in item.roles for item in items)


def _is_noun(items: Sequence[Item], sign: Sign) -> bool:
    if sign.how is How.NOUN_AFTER:
        return True
    cue = items[sign.at]
    return Role.NOUN in cue.roles and (Role.VERB not in cue.roles or items[sign.at + 1].text == "of")


def _beside(items: Sequence[Item], at: int, sign: Sign) -> Subject:
    """Read "Persimmon (down 1.4%)", "Nasdaq 3.66%" and "indexes down: Dow 2.82%"."""
    index = at - 1
    opened = False
    while index >= 0 and (index == sign.at or items[index].text in _OPENING or items[index].text == "by"):
        opened |= items[index].text in _OPENING
        index -= 1
    if index < 0 or Role.NAME not in items[index].roles or items[index].possessive:
        return NOTHING
    direct = index == at - 1 or (index == at - 2 and items[at - 1].text == "by")
    return Subject(Bond.BESIDE, items[index].mentions, index) if opened or direct else NOTHING


def _behind(items: Sequence[Item], at: int, salience: Salience) -> Subject:
    """Read "a 3% drop in energy stocks"; a bond without names says "a 3% drop in sales": no price."""
    for index in range(at + 1, min(at + 4, len(items))):
        if items[index].text in _COMPLEMENTS:
            return _first_noun(items, index + 1, salience)
        if items[index].roles & (_BOUNDS | Role.VERB):
            break
    return NOTHING


def _first_noun(items: Sequence[Item], start: int, salience: Salience) -> Subject:
    for index in range(start, min(start + _COMPLEMENT, len(items))):
        item = items[index]
        if Role.HEAD in item.roles:
            return Subject(Bond.CLAUSE)
        if Role.NAME in item.roles:
            return _owner_or_name(items, index)
        if item.roles & (Role.STOCK | Role.INDEX | Role.FUND):
            return _resolve(items, index, salience)
        if item.roles & (_BOUNDS | Role.VERB | Role.PARTICIPLE | Role.PARTICLE | Role.GOVERNING):
            break
    return NOTHING


def _owner_or_name(items: Sequence[Item], index: int) -> Subject:
    """A name behind "in" or "for" is the subject unless it comes before a noun of another kind."""
    for item in items[index + 1 : index + (5 if items[index].possessive else 2)]:
        if Role.HEAD in item.roles:
            return Subject(Bond.CLAUSE)
        if item.roles & _BOUNDS:
            break
    return Subject(Bond.CLAUSE, items[index].mentions, index)


def _is_of_money(items: Sequence[Item], anchor: int) -> bool:
    """Tell whether the percentage goes with a sum: "revenue of $8.03 billion, up 27%"."""
    before = items[max(0, anchor - 2) : anchor]
    return len(before) == 2 and Role.COMMA in before[1].roles and before[0].text in _MONEY


def _leftwards(items: Sequence[Item], anchor: int, salience: Salience) -> Subject:
    for index in skip_asides(items, anchor, _REACH):
        item = items[index]
        if Role.RELATIVE in item.roles and item.text in ("which", "that", "who"):
            found = _antecedent(items, index)
        elif Role.NAME in item.roles:
            found = _named(items, index, anchor, salience)
        elif Role.HEAD in item.roles and not _is_oblique(items, index, anchor):
            return NOTHING
        elif item.roles & PROXIES and not _is_oblique(items, index, anchor):
            found = _resolve(items, index, salience)
        else:
            continue
        if found.bond is not Bond.NONE:
            return found
    return _ahead(items, anchor)


def _ahead(items: Sequence[Item], anchor: int) -> Subject:
    """Read "After rising 2% on Monday, the fund fell": the subject of the clause that follows."""
    comma = False
    for index in range(anchor + 1, min(anchor + 20, len(items))):
        comma |= Role.COMMA in items[index].roles
        if comma and Role.NAME in items[index].roles and not _is_out_of_the_way(items, index, anchor):
            opened = any(Role.OPENER in item.roles for item in items[:anchor])
            return Subject(Bond.CARRIED, items[index].mentions, index) if opened else NOTHING
    return NOTHING


def _antecedent(items: Sequence[Item], relative: int) -> Subject:
    """The name right before "which" or "that"."""
    for index in range(relative - 1, max(relative - 8, -1), -1):
        item = items[index]
        if Role.NAME in item.roles:
            return Subject(Bond.CLAUSE, item.mentions, index)
        if Role.HEAD in item.roles or item.roles & (Role.VERB | Role.PARTICIPLE):
            break
    return NOTHING


def _named(items: Sequence[Item], index: int, anchor: int, salience: Salience) -> Subject:
    """The name at ``index``, a part of it, or a member of it; ``NOTHING`` where it is out of the way."""
    following = items[index + 1] if index + 1 < len(items) else items[index]
    if Role.SET in following.roles or (
        Role.SET in items[index - 2].roles and index > 1 and items[index - 1].text in ("in", "of", "on")
    ):
        return Subject(Bond.OUT_OF_THE_WAY, _rest_of(items[index]), index)
    if index and items[index - 1].text in move_table()["rest"]["words"]:
        return Subject(Bond.CLAUSE, _rest_of(items[index]), index)
    if Role.MEMBER in following.roles and items[index].mentions[0].kind in ("index", "country"):
        return _resolve(items, index + 1, salience)
    if _is_out_of_the_way(items, index, anchor):
        return NOTHING
    return Subject(Bond.CLAUSE, items[index].mentions, index)


def _rest_of(item: Item) -> tuple[Mention, ...]:
    """A nameless part of a set: the guidelines' ``group:other``."""
    return (replace(item.mentions[0], symbol="group:other", kind="group"),)


def _is_out_of_the_way(items: Sequence[Item], index: int, anchor: int) -> bool:
    if items[index].possessive:
        return not _owns_price(items, index, anchor)
    before = _head_before(items, index)
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


def _head_before(items: Sequence[Item], index: int) -> int:
    """Return the place of the word that governs ``items[index]``, past its adjectives; -1 for none."""
    for before in range(index - 1, max(index - 5, -1), -1):
        item = items[before]
        if item.roles & (Role.GOVERNING | Role.TAKES_OBJECT):
            return before
        # "In 2023 Apple rose": the preposition governs the number, and the name is free.
        if item.roles & (_BOUNDS | Role.NAME) or item.text[:1].isdigit():
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


def _is_oblique(items: Sequence[Item], index: int, anchor: int) -> bool:
    """Tell whether a noun is governed by a preposition or is the object of a verb in the past."""
    if (
        all(item.roles & (Role.WORD | Role.LEVEL) for item in items[index + 1 : anchor])
        and anchor - index <= 3
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
        if item.roles & _BOUNDS:
            break
    return False


def _resolve(items: Sequence[Item], index: int, salience: Salience) -> Subject:
    """Give a word like "the stock" or "it" the name that it stands for."""
    proxy = items[index]
    for before in range(index - 1, max(index - _REACH, -1), -1):
        name = items[before]
        if Role.NAME not in name.roles or not salience.fits(proxy, name.mentions):
            continue
        if before == index - 1 or not _is_out_of_the_way(items, before, index):
            return Subject(Bond.PROXY, name.mentions, before)
    found = () if any(Role.ADVICE in item.roles for item in items) else salience.stands_for(proxy)
    return Subject(Bond.PROXY, found) if found else NOTHING
