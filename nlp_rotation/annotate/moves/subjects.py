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
from nlp_rotation.annotate.moves.government import BOUNDS, head_before, is_oblique, is_out_of_the_way
from nlp_rotation.annotate.moves.items import Item
from nlp_rotation.annotate.moves.salience import Salience, is_whole_market
from nlp_rotation.annotate.moves.signs import How, Sign
from nlp_rotation.annotate.moves.strangers import is_of_others, strange_subject
from nlp_rotation.annotate.moves.sums import equals_sum, is_of_money
from nlp_rotation.annotate.moves.vocabulary import PROXIES, Role, move_table
from nlp_rotation.types import Mention

#: Items between a percentage and the name behind it that says what moved ("a 3% drop in X").
_COMPLEMENT = 7
#: No subject is looked for further away than this many items.
_REACH = 60
_COMPLEMENTS = frozenset({"in", "by", "for", "of", "on"})
_DETERMINERS = frozenset({"a", "an"})
_AFTER_NOUN = BOUNDS | Role.VERB | Role.PARTICIPLE | Role.PARTICLE | Role.GOVERNING
_OPENING = frozenset({"(", "[", ":", "|", "-", "–", "—"})
_RETURNS = frozenset({"return", "returns", "gain", "gains"})


def find_relative(items: Sequence[Item], at: int, salience: Salience) -> Relative | None:
    """Read "beat the S&P 500 by 3 percentage points"; None where the number compares nothing."""
    other = at - 2 if at and items[at - 1].text == "by" else at - 1
    if other < 1 or Role.NAME not in items[other].roles or items[other].possessive:
        return None
    for verb in range(other - 1, max(other - 5, -1), -1):
        sign = _comparison(items[verb].text)
        if sign:
            subject = _leftwards(items, verb, salience)
            return Relative(sign, verb, subject, items[other].mentions[0]) if subject.mentions else None
        if items[verb].roles & (BOUNDS | Role.NAME):
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
    priced = _price_noun_between(items, at, sign)
    if priced >= 0:
        return _resolve(items, priced, salience)
    behind = _behind(items, at if gapped else max(at, sign.at), salience)
    if behind.bond is not Bond.NONE and (gapped or _is_noun(items, sign)):
        return behind if behind.mentions else NOTHING
    if behind.bond is not Bond.NONE and not behind.mentions:
        return NOTHING
    anchor = at if gapped else min(at, sign.at)
    if _is_part_of_return(items, sign):
        return _whole_of_return(items, salience)
    if is_of_money(items, anchor) or equals_sum(items, at):
        return NOTHING
    stranger = strange_subject(items, anchor)
    if stranger:
        return _short_form(stranger, salience)
    pushed = _pushed(items, anchor)
    found = pushed if pushed.bond is not Bond.NONE else _leftwards(items, anchor, salience)
    return NOTHING if _is_advice(items, found) else found


def _short_form(name: Sequence[Item], salience: Salience) -> Subject:
    """The company of the text that a name unknown by itself is short for."""
    whole = salience.shares.get(name[0].text.removesuffix("'s")) if len(name) == 1 else None
    return Subject(Bond.PROXY, (whole,)) if whole else NOTHING


def _pushed(items: Sequence[Item], anchor: int) -> Subject:
    """Read "helped push the Nasdaq down 1%": what is pushed is what moves."""
    if anchor < 2 or Role.NAME not in items[anchor - 1].roles or not items[anchor].roles & Role.PARTICLE:
        return NOTHING
    pushing = any(
        item.text in move_table()["grammar"]["pushing"] for item in items[max(0, anchor - 4) : anchor - 1]
    )
    return Subject(Bond.CLAUSE, items[anchor - 1].mentions, anchor - 1) if pushing else NOTHING


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
    general = all(is_whole_market(mention) or mention.rule == "coreference" for mention in found.mentions)
    return general and any(Role.ADVICE in item.roles for item in items)


def _is_noun(items: Sequence[Item], sign: Sign) -> bool:
    if sign.how is How.NOUN_AFTER:
        return True
    cue = items[sign.at]
    if Role.NOUN not in cue.roles:
        return False
    determined = any(item.text in _DETERMINERS for item in items[max(0, sign.at - 2) : sign.at])
    return Role.VERB not in cue.roles or items[sign.at + 1].text == "of" or determined


def _beside(items: Sequence[Item], at: int, sign: Sign) -> Subject:
    """Read "Persimmon (down 1.4%)", "Nasdaq 3.66%" and "indexes down: Dow 2.82%"."""
    index = at - 1
    opened = sign.how is How.WRITTEN and index > 0 and Role.COMMA in items[index].roles
    index -= int(opened)
    while index >= 0 and (index == sign.at or items[index].text in _OPENING or items[index].text == "by"):
        opened |= items[index].text in _OPENING
        index -= 1
    if index < 0 or Role.NAME not in items[index].roles or items[index].possessive:
        return NOTHING
    direct = index == at - 1 or (index == at - 2 and items[at - 1].text == "by")
    return Subject(Bond.BESIDE, items[index].mentions, index) if opened or direct else NOTHING


def _price_noun_between(items: Sequence[Item], at: int, sign: Sign) -> int:
    """Read "locked in a 61% share price decline": the place of the word for a price; -1 for none."""
    between = range(at + 1, sign.at) if sign.how is How.NOUN_AFTER else range(0)
    named = Role.NAME in items[at - 1].roles if at else False
    return next((index for index in between if Role.STOCK in items[index].roles and not named), -1)


def _behind(items: Sequence[Item], at: int, salience: Salience) -> Subject:
    """Read "a 3% drop in energy stocks"; a bond without names says "a 3% drop in sales": no price."""
    at = _end_of_list(items, at)
    for index in range(at + 1, min(at + 4, len(items))):
        if items[index].text in _COMPLEMENTS:
            return _first_noun(items, index + 1, salience)
        if items[index].roles & (BOUNDS | Role.VERB):
            break
    return NOTHING


def _end_of_list(items: Sequence[Item], at: int) -> int:
    """The last percentage of "6.4% and 6.9% respectively", else ``at`` itself."""
    following = items[at + 1 : at + 4]
    listed = [item.text for item in following[:1]] == ["and"] and following[-1].text == "respectively"
    return at + 3 if listed and len(following) == 3 else at


def _first_noun(items: Sequence[Item], start: int, salience: Salience) -> Subject:
    for index in range(start, min(start + _COMPLEMENT, len(items))):
        item = items[index]
        if Role.HEAD in item.roles:
            return Subject(Bond.CLAUSE)
        if Role.NAME in item.roles:
            return _owner_or_name(items, index)
        if item.roles & (Role.STOCK | Role.INDEX | Role.FUND):
            return NOTHING if is_of_others(items, index) else _resolve(items, index, salience)
        if (
            item.roles & (BOUNDS | Role.VERB | Role.PARTICIPLE | Role.PARTICLE | Role.GOVERNING)
            and not item.capital
        ):
            break
    return NOTHING


def _owner_or_name(items: Sequence[Item], index: int) -> Subject:
    """A name behind "in" or "for" is the subject unless it comes before a noun of another kind."""
    for item in items[index + 1 : index + (5 if items[index].possessive else 2)]:
        if Role.HEAD in item.roles:
            return Subject(Bond.CLAUSE)
        if item.roles & BOUNDS:
            break
    return Subject(Bond.CLAUSE, items[index].mentions, index)


def _leftwards(items: Sequence[Item], anchor: int, salience: Salience) -> Subject:
    for index in skip_asides(items, anchor, _REACH):
        item = items[index]
        if Role.RELATIVE in item.roles and item.text in ("which", "that", "who", "whose"):
            found = _antecedent(items, index)
        elif Role.NAME in item.roles:
            found = _named(items, index, anchor, salience)
        elif Role.HEAD in item.roles and not is_oblique(items, index, anchor):
            return NOTHING
        elif item.roles & PROXIES and not is_oblique(items, index, anchor):
            if is_of_others(items, index) and head_before(items, index) >= 0:
                continue
            if _means_figure(items, index) or is_of_others(items, index):
                return NOTHING
            found = _resolve(items, index, salience)
        else:
            continue
        if found.bond is not Bond.NONE:
            return found
    return _ahead(items, anchor)


def _means_figure(items: Sequence[Item], pronoun: int) -> bool:
    """Read "says earnings will recover by 2019, when it should rise 5%": "it" is a figure named before."""
    if items[pronoun].text != "it":
        return False
    for index in range(pronoun - 1, -1, -1):
        if Role.NAME in items[index].roles or Role.STOP in items[index].roles:
            return False
        if Role.HEAD in items[index].roles and not is_oblique(items, index, pronoun):
            return True
    return False


def _ahead(items: Sequence[Item], anchor: int) -> Subject:
    """Read "After rising 2% on Monday, the fund fell": the subject of the clause that follows."""
    comma = False
    for index in range(anchor + 1, min(anchor + 20, len(items))):
        comma |= Role.COMMA in items[index].roles
        if comma and Role.NAME in items[index].roles and not is_out_of_the_way(items, index, anchor):
            opened = any(Role.OPENER in item.roles for item in items[:anchor])
            return Subject(Bond.CARRIED, items[index].mentions, index) if opened else NOTHING
    return NOTHING


def _antecedent(items: Sequence[Item], relative: int) -> Subject:
    """The name right before "which" or "that"."""
    for index in range(relative - 1, max(relative - 8, -1), -1):
        item = items[index]
        if Role.NAME in item.roles:
            return Subject(Bond.CLAUSE, item.mentions, index)
        if Role.HEAD in item.roles or item.text in ("price", "prices"):
            return Subject(Bond.CLAUSE)
        if item.roles & (Role.VERB | Role.PARTICIPLE):
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
    if is_out_of_the_way(items, index, anchor):
        return NOTHING
    return Subject(Bond.CLAUSE, items[index].mentions, index)


def _rest_of(item: Item) -> tuple[Mention, ...]:
    """A nameless part of a set: the guidelines' ``group:other``."""
    return (replace(item.mentions[0], symbol="group:other", kind="group"),)


def _resolve(items: Sequence[Item], index: int, salience: Salience) -> Subject:
    """Give a word like "the stock" or "it" the name that it stands for."""
    proxy = items[index]
    for before in range(index - 1, max(index - _REACH, -1), -1):
        name = items[before]
        direct = before == index - 1 and not name.possessive and Role.STOCK not in proxy.roles
        if Role.NAME not in name.roles or not (direct or salience.fits(proxy, name.mentions)):
            continue
        if before == index - 1 or not is_out_of_the_way(items, before, index):
            return Subject(Bond.PROXY, name.mentions, before)
    found = () if any(Role.ADVICE in item.roles for item in items) else salience.stands_for(proxy)
    return Subject(Bond.PROXY, found) if found else NOTHING
