"""Indices that no table has, and exchanges that only look like an index."""

from __future__ import annotations

from collections.abc import Sequence

from nlp_rotation.annotate.names.evidence import words
from nlp_rotation.annotate.names.lexicon import sector_modifiers
from nlp_rotation.annotate.names.scan import Hit
from nlp_rotation.annotate.names.tokens import Token, is_capital, joins
from nlp_rotation.types import Mention

_LONGEST = 11
_NOUNS = frozenset({"index", "subindex"})
_JOINTS = frozenset({"and", "of", "the", "for", "&"})


def find_index_names(text: str, tokens: Sequence[Token], known: Sequence[Mention]) -> list[Mention]:
    """Return indices that are named in full after who computes them, or after a stock exchange.

    ``known`` are the names that the tables have; only a longer name is worth more than they are.
    """
    ends = {mention.end: mention for mention in known}
    found = []
    for place, token in enumerate(tokens):
        if token.base not in _NOUNS or not place:
            continue
        first = _head(text, tokens, place)
        start, table = tokens[first].start, ends.get(token.end)
        if table and table.start <= start:
            continue
        if _is_index_name([tokens[at].base for at in range(first, place)]):
            found.append(_named(text, start, token.end))
    return found


def _head(text: str, tokens: Sequence[Token], noun: int) -> int:
    """Walk left from the noun to the first word of the name."""
    first = noun
    while first > 0 and noun - first < _LONGEST and joins(text, tokens[first - 1], tokens[first]):
        word = tokens[first - 1]
        if not (is_capital(text, word) or word.base in _JOINTS or word.base in _sector_words()):
            break
        first -= 1
    while first < noun and tokens[first].base not in words("index_houses"):
        first += 1
    return first if first < noun else _exchange_head(text, tokens, noun)


def _exchange_head(text: str, tokens: Sequence[Token], noun: int) -> int:
    """Find the head of "Karachi Stock Exchange Composite Index": capitals only."""
    first = noun
    while first > 0 and is_capital(text, tokens[first - 1]) and joins(text, tokens[first - 1], tokens[first]):
        if tokens[first - 1].base != tokens[first - 1].full:
            break
        first -= 1
    inner = {tokens[at].base for at in range(first, noun)}
    return first if {"stock", "exchange"} <= inner else noun


def _is_index_name(name: Sequence[str]) -> bool:
    """Tell a stock index from a statistic ("consumer price index") and from two names in a row."""
    if len(name) < 2 or any(word in words("statistics") for word in name):
        return False
    house = name[0]
    return not any(word in words("index_houses") and word != house for word in name[2:])


def _sector_words() -> frozenset[str]:
    if not _SECTOR_WORDS:
        _SECTOR_WORDS.update(word for key in sector_modifiers() for word in key.split())
    return frozenset(_SECTOR_WORDS)


_SECTOR_WORDS: set[str] = set()


def _named(text: str, start: int, end: int) -> Mention:
    name = " ".join(text[start:end].split())
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        symbol=f"INDEX:{name}",
        kind="index",
        rule="index_name",
        confidence=0.8,
    )


def is_trading_place(text: str, tokens: Sequence[Token], hit: Hit) -> bool:
    """Tell whether "Nasdaq" is the exchange ("listed on the Nasdaq") rather than its index.

    "Russell" alone is the index only behind an article; elsewhere it is a person or the index house.
    """
    if text[hit.end : hit.end + 1] == ":" and text[hit.end + 1 : hit.end + 2].isalnum():
        return True
    if hit.entry.symbol == "^RUT" and hit.first == hit.last and tokens[hit.first].base == "russell":
        return not hit.first or tokens[hit.first - 1].base != "the"
    if hit.entry.symbol not in ("^IXIC", "^AXJO", "^GSPTSE") or hit.first != hit.last:
        return False
    after = [token.base for token in tokens[hit.last + 1 : hit.last + 2]]
    if after and after[0] in words("exchange_after") and joins(text, tokens[hit.last], tokens[hit.last + 1]):
        return True
    if after and after[0] in words("moves"):
        return False
    before = [token.base for token in tokens[max(0, hit.first - 4) : hit.first]]
    if words("exchange_near").intersection(before[-3:]):
        return True
    while before and before[-1] in ("the", "and", "or", "its"):
        before.pop()
    return bool(before) and before[-1] in words("exchange_before")
