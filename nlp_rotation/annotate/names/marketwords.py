"""Indices, groups, sectors, markets, commodities, currencies and coins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from nlp_rotation.annotate.names.indexnames import find_index_names, is_trading_place
from nlp_rotation.annotate.names.lexicon import Entry, markets, sector_modifiers
from nlp_rotation.annotate.names.scan import Hit, scan
from nlp_rotation.annotate.names.tokens import Token
from nlp_rotation.types import Mention

#: Nouns that go with the name of an index.
_INDEX_NOUN = re.compile(
    r"(?:[ \n](?:stock |share |price |equity )?"
    r"(?:[Ii]nd(?:ex|exes|ices)|INDEX|[Aa]verage|[Cc]omposite|[Ff]utures"
    r"|[Ee]-?[Mm]inis?|[Bb]enchmark|[Gg]auge|[Ss]ubindex)\b)+"
)
_SECTOR_INDEX_NOUN = re.compile(
    r"[ \n](?:stock |share |sector |industry |group )?"
    r"(?:ind(?:ex|exes|ices)|[Ss]ectors?|sub-?index|subsector|group|gauge)\b"
)
#: Indices whose sectors are named after them.
_WITH_SECTORS = frozenset({"^GSPC", "^SP1500", "^STOXX", "^MID", "^RUT"})
_LONGEST_SECTOR = 4
#: "the dollar rose against the yen" is about the pair.
_AGAINST = re.compile(
    r"\b(?:against|versus|vs\.?)[ \n](?:the[ \n])?(?:Japanese[ \n]|British[ \n]|Swiss[ \n]|Canadian[ \n])?"
    r"(?P<other>[A-Za-z]+)"
)
_PAIR_DISTANCE = 60


class MarketWords(NamedTuple):
    """What a text says in the vocabulary of markets."""

    #: Stretches that look like a name and are none.
    ignored: list[tuple[int, int]]
    #: Indices and sectors of an index: proper names.
    proper: list[Mention]
    #: Groups, sectors, markets, commodities, currencies: common nouns.
    common: list[Mention]


def find_market_words(text: str, tokens: Sequence[Token]) -> MarketWords:
    """Read the market vocabulary of a text."""
    hits = scan(text, tokens, markets())
    ignored = [(hit.start, hit.end) for hit in hits if not hit.entry.symbol]
    ignored += [(hit.start, hit.end) for hit in hits if is_trading_place(text, tokens, hit)]
    proper: list[Mention] = []
    common = []
    for hit in hits:
        if hit.entry.symbol in _WITH_SECTORS and (sectors := _sector_index(text, tokens, hit)):
            proper += sectors[-1:]
        elif hit.entry.kind == "index":
            proper.append(_index(text, hit))
        elif hit.entry.symbol:
            common.append(_mention(text, hit, hit.end, _symbol(text, hit), hit.entry.kind, 0.8))
    return MarketWords(ignored, [*proper, *find_index_names(text, tokens, proper)], common)


def _index(text: str, hit: Hit) -> Mention:
    match = _INDEX_NOUN.match(text, hit.end)
    end = match.end() if match else hit.end
    symbol = hit.entry.symbol
    if symbol == "INDEX:":
        symbol += " ".join(text[hit.start : hit.end].split())
    return _mention(text, hit, end, symbol, "index", 0.95)


def _symbol(text: str, hit: Hit) -> str:
    """Read "the dollar ... against the yen" as the pair; everything else as it stands in the table."""
    if hit.entry.symbol != "fx:USD":
        return hit.entry.symbol
    match = _AGAINST.search(text, hit.end, hit.end + _PAIR_DISTANCE) or _AGAINST.search(
        text, max(0, hit.start - 30), hit.start
    )
    other = _currencies().get(match["other"].lower()) if match else None
    return f"fx:USD{other}" if other else hit.entry.symbol


def _currencies() -> dict[str, str]:
    return {"yen": "JPY", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "franc": "CHF", "yuan": "CNY"}


def _sector_index(text: str, tokens: Sequence[Token], hit: Hit) -> list[Mention]:
    """Read "the S&P 500 energy index" as the sector; the longest reading comes last."""
    found = []
    inner: list[str] = []
    for token in tokens[hit.last + 1 : hit.last + 1 + _LONGEST_SECTOR]:
        inner.append(token.full)
        symbol = sector_modifiers().get(" ".join(inner))
        noun = _SECTOR_INDEX_NOUN.match(text, token.full_end) if symbol else None
        if symbol and noun:
            entry = Entry(symbol, "group" if symbol.startswith("group:") else "sector", "plain")
            whole = Hit(hit.first, hit.last, hit.start, noun.end(), entry)
            found.append(_mention(text, whole, noun.end(), symbol, "sector_index", 0.9))
    return found


def _mention(text: str, hit: Hit, end: int, symbol: str, rule: str, confidence: float) -> Mention:
    return Mention(
        start=hit.start,
        end=end,
        text=text[hit.start : end],
        symbol=symbol,
        kind=hit.entry.kind,
        rule=rule,
        confidence=confidence,
    )
