"""Companies named in an article about their home market: "Next" in London, "Reliance" in Mumbai."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TypedDict, cast

from nlp_rotation.annotate.names.lexicon import (
    Entry,
    Lexicon,
    Trust,
    says_enough,
    trust_at_home,
    trust_by_hand,
)
from nlp_rotation.annotate.names.listings import common_words, rows
from nlp_rotation.annotate.names.scan import Hit, scan
from nlp_rotation.annotate.names.tokens import Token, key_of
from nlp_rotation.config import TABLES

#: So many signs of a market make it the market of an article; a short one needs fewer.
_ENOUGH = 3
_ENOUGH_IN_SHORT = 2
_SHORT = 2500
#: A text speaks of no more markets than these; a tour of the world has no home.
_MOST_MARKETS = 2
#: How much of a very long text is looked at.
_LOOKED_AT = 20_000


class _Table(TypedDict):
    """What ``aliases_home.toml`` holds for each market."""

    signs: dict[str, list[str]]
    names: dict[str, dict[str, list[str]]]


def find_home_hits(text: str, tokens: Sequence[Token]) -> list[Hit]:
    """Return what the lexicons of the article's own markets know in it."""
    return [hit for market in markets_of(text) for hit in scan(text, tokens, home_lexicon(market))]


def markets_of(text: str) -> list[str]:
    """Return the markets that a text speaks of, the most spoken of first.

    >>> markets_of("The Sensex gained 200 points and the Nifty closed at a record in Mumbai.")
    ['IN']
    """
    count = Counter(
        match.lastgroup for match in _signs().finditer(text, 0, min(len(text), _LOOKED_AT)) if match.lastgroup
    )
    enough = _ENOUGH_IN_SHORT if len(text) < _SHORT else _ENOUGH
    return [market for market, times in count.most_common(_MOST_MARKETS) if times >= enough]


@cache
def _signs() -> re.Pattern[str]:
    groups = (
        f"(?P<{market}>{'|'.join(re.escape(sign) for sign in sorted(signs, key=len, reverse=True))})"
        for market, signs in _by_hand()["signs"].items()
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?![a-z])")


def with_home(hits: Sequence[Hit], home: Sequence[Hit]) -> list[Hit]:
    """Join the hits of both tables: the longer wins, of equals the one that was written by hand."""
    if not home:
        return list(hits)
    ranked = sorted([*home, *hits], key=lambda hit: (hit.first - hit.last, not hit.entry.written))
    kept: list[Hit] = []
    for hit in ranked:
        place = bisect_left(kept, hit.first, key=lambda other: other.last)
        if place == len(kept) or kept[place].first > hit.last:
            kept.insert(place, hit)
    return kept


@cache
def home_lexicon(market: str) -> Lexicon:
    """Names that stand for a company in an article about this market only."""
    entries: dict[str, Entry] = {}
    for row in rows("securities_home.csv"):
        if row["market"] == market:
            for key in filter(says_enough, row["keys"].split("|")):
                entries.setdefault(key, Entry(row["symbol"], "equity", trust_at_home(key)))
    for symbol, names in _by_hand()["names"].get(market, {}).items():
        for name in names:
            entries[key_of(name)] = Entry(symbol, "equity", _trust_by_hand(name), name)
    return Lexicon(entries)


def _trust_by_hand(name: str) -> Trust:
    trust = trust_by_hand(name)
    return "weak" if trust == "capital" and key_of(name) in common_words() else trust


@cache
def _by_hand() -> _Table:
    return cast(_Table, tomllib.loads((TABLES / "aliases_home.toml").read_text(encoding="utf-8")))
