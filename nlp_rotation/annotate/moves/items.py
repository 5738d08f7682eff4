"""A sentence as the rules see it: names, percentages and the words that matter, in order.

Names that are joined into one ("the Dow and the S&P 500", "Home Depot (HD), Lowe's (LOW)") become a
single item, so that the rules can ask for *the* subject left of a verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nlp_rotation.annotate.moves.multiples import find_multiples
from nlp_rotation.annotate.moves.quantities import Quantity, find_quantities
from nlp_rotation.annotate.moves.vocabulary import Entry, Role, Vocabulary, vocabulary
from nlp_rotation.types import Mention, Sentence, Span

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_](?:[\w&]|['’.-](?=\w))*|\d+(?:[.,/:]\d+)*|[^\w\s]")
#: What stands in parentheses or as a code beside a name and says nothing of prices: "( BAC.N )", ".SPX".
_CODE = re.compile(
    r"\(\s*(?:[A-Z][A-Za-z]{1,9}:\s?)?\**[\^.]?[A-Z0-9][A-Za-z0-9.^:=_-]{0,14}\**\s*(?:[,;/]\s*[A-Z0-9.^:]{1,12}\s*)?\)"
    r"|(?<=\s)\.[A-Z]{2,}[A-Z0-9]*\b|\*\*|(?<=\w)\s-\sGet\sReport\b"
)
_STOPS = frozenset(";:()[]|—–.!?")
_POSSESSIVE = re.compile(r"[*)\s]{0,3}(?:['’]s\b|(?<=s)['’](?=\s))")
_WORD = Entry(Role.WORD)
#: No more words than these stand between two names of one list.
_JOIN_REACH = 8
_NARROW_FIRST = frozenset({"good", "money", "coin"})
_LINKS = frozenset({"and", "or", "&", "plus", "with"})
_FAMILY = {
    "equity": "share", "firm": "share", "person": "person", "etf": "fund", "index": "market",
    "country": "market",
    "group": "market", "sector": "market", "commodity": "good", "fx": "money", "crypto": "coin",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Span):
    """One word, phrase, mark, percentage or name of a sentence, with the roles that it may have."""

    text: str
    roles: Role
    sign: int = 0
    quantity: Quantity | None = None
    #: The names of a NAME item, in order, each once.
    mentions: tuple[Mention, ...] = ()
    #: It is followed by a possessive mark.
    possessive: bool = False
    #: It is written with a capital.
    capital: bool = False


def read_items(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> tuple[Item, ...]:
    """Return the items of ``sentence``; ``mentions`` are those that lie inside it, in order."""
    words = vocabulary()
    found: list[Item] = []
    at = sentence.start
    for part in _fixed(text, sentence, mentions):
        found += _plain(text, at, part.start, words)
        found.append(part)
        at = part.end
    found += _plain(text, at, sentence.end, words)
    return tuple(_join_names(found))


def _fixed(text: str, sentence: Sentence, mentions: Sequence[Mention]) -> list[Item]:
    """Return names and percentages in order; where two overlap, the percentage stays."""
    spans = (sentence.start, sentence.end)
    quantities = [
        Item(start=q.start, end=q.end, text=text[q.start : q.end], roles=Role.QUANTITY, quantity=q)
        for q in (*find_quantities(text, *spans), *find_multiples(text, *spans))
    ]
    names = [_name(text, mention) for mention in mentions]
    kept: list[Item] = []
    for item in sorted(quantities + names, key=lambda item: (item.start, item.quantity is None)):
        if kept and item.start < kept[-1].end:
            if item.quantity and not kept[-1].quantity and item.quantity.number_start >= kept[-1].end:
                kept.append(replace(item, start=kept[-1].end))
            elif item.quantity and not kept[-1].quantity:
                kept[-1] = item
            continue
        kept.append(item)
    return kept


def _name(text: str, mention: Mention) -> Item:
    owner = _POSSESSIVE.match(text, mention.end)
    return Item(
        start=mention.start,
        end=owner.end() if owner else mention.end,
        text=mention.text,
        roles=Role.NAME,
        mentions=(mention,),
        possessive=bool(owner),
    )


def _plain(text: str, start: int, end: int, words: Vocabulary) -> Iterator[Item]:
    """Yield the words and marks between two fixed items, longest phrase first."""
    tokens = list(_TOKEN.finditer(_blank_codes(text[start:end])))
    forms = [token[0].lower().replace("’", "'") for token in tokens]
    at = 0
    while at < len(tokens):
        count, entry = _longest(forms, at, words)
        first, last = tokens[at], tokens[at + count - 1]
        yield Item(
            start=start + first.start(),
            end=start + last.end(),
            text=text[start + first.start() : start + last.end()].lower(),
            roles=entry.roles,
            sign=entry.sign,
            capital=first[0][0].isupper(),
        )
        at += count


def _blank_codes(text: str) -> str:
    return _CODE.sub(lambda match: " " * len(match[0]), text)


def _longest(forms: Sequence[str], at: int, words: Vocabulary) -> tuple[int, Entry]:
    mark = forms[at]
    for count in words.counts.get(mark, ()):
        entry = words.entries.get(" ".join(forms[at : at + count]))
        if entry and at + count <= len(forms):
            return count, entry
    if mark == ",":
        return 1, Entry(Role.COMMA)
    return 1, Entry(Role.STOP) if mark in _STOPS or mark == "-" else _WORD


def _join_names(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items with joined names made into one."""
    at = 0
    while at < len(items):
        item = items[at]
        first = at
        at += 1
        if Role.NAME in item.roles:
            while (place := _joined(items, at, item, opens=first == 0)) > 0:
                item = _merge(item, items[place], adjacent=place == at)
                at = place + 1
        yield item


def _joined(items: Sequence[Item], at: int, name: Item, *, opens: bool) -> int:
    """Return where the name stands that is joined to the one before ``at``; 0 for none."""
    link = ""
    for index in range(at, min(at + _JOIN_REACH, len(items))):
        item = items[index]
        if Role.NAME in item.roles:
            if index == at:
                return index if _is_same(name, item) or _are_alike(name, item) or _is_futures(item) else 0
            sure = link in _LINKS or opens or len(name.mentions) > 1 or _goes_on(items, index)
            return index if link and sure and _are_alike(name, item) else 0
        if Role.COMMA not in item.roles and Role.JOINER not in item.roles:
            return 0
        link = item.text if item.text in _LINKS or (Role.COMMA in item.roles and not link) else link
    return 0


def _goes_on(items: Sequence[Item], index: int) -> bool:
    """Tell whether a list goes on behind a name: a lone comma before it may end another clause."""
    following = items[index + 1] if index + 1 < len(items) else None
    return following is not None and (following.text in _LINKS or Role.COMMA in following.roles)


def _is_futures(name: Item) -> bool:
    """Tell whether a name is the bare word "futures", which means those of the name before it."""
    return name.text.lower() == "futures" and name.mentions[0].kind == "country"


def _is_same(name: Item, other: Item) -> bool:
    return bool({m.symbol for m in name.mentions} & {m.symbol for m in other.mentions})


def _are_alike(name: Item, other: Item) -> bool:
    """Tell whether two names may be one subject: an index and a share seldom are."""
    return not name.possessive and _FAMILY[name.mentions[-1].kind] == _FAMILY[other.mentions[0].kind]


def _merge(name: Item, other: Item, *, adjacent: bool) -> Item:
    """Join two names; of two side by side the narrower is meant ("WTI" + "crude", "S&P" + "banks")."""
    if adjacent and not _is_same(name, other):
        first = _FAMILY[name.mentions[-1].kind] in _NARROW_FIRST or _is_futures(other)
        narrow = name if first else other
        return replace(narrow, start=name.start, end=other.end, possessive=other.possessive)
    known = {m.symbol for m in name.mentions}
    fresh = tuple(m for m in other.mentions if m.symbol not in known)
    return replace(name, end=other.end, mentions=name.mentions + fresh, possessive=other.possessive)
