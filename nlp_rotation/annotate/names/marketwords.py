"""Indices, groups, sectors, markets, commodities, currencies and coins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp_rotation.annotate.names.lexicon import markets, sector_modifiers
from nlp_rotation.annotate.names.scan import Hit, scan
from nlp_rotation.annotate.names.tokens import Token
from nlp_rotation.types import Mention

#: Nouns that go with the name of an index.
_INDEX_NOUN = re.compile(
    r"(?:[ \n](?:stock |share |price |equity )?(?:[Ii]nd(?:ex|exes|ices)|INDEX|[Aa]verage|[Cc]omposite|[Ff]utures|[Ee]-?[Mm]inis?"
    r"|[Bb]enchmark|[Gg]auge|[Ss]ubindex)\b)+"
)
_SECTOR_INDEX_NOUN = re.compile(
    r"[ \n](?:stock |share |sector |industry |group )?(?:[Ii]nd(?:ex|exes|ices)|[Ss]ectors?|[Ss]ub-?index|[Ss]ubsector|[Gg]roup|[Gg]auge)\b"
)
#: Indices whose sectors are named after them.
_WITH_SECTORS = frozenset({"^GSPC", "^SP1500", "^STOXX", "^MID", "^RUT"})
_LONGEST_SECTOR = 4


def find_market_words(text: str, tokens: Sequence[Token]) -> tuple[list[tuple[int, int]], list[Mention]]:
    """Return the stretches that only look like a name, and the mentions."""
    hits = scan(text, tokens, markets())
    ignored = [(hit.start, hit.end) for hit in hits if not hit.entry.symbol]
    found = []
    for hit in hits:
        if hit.entry.symbol in _WITH_SECTORS and (sector := _sector_index(text, tokens, hit)):
            found.append(sector)
        elif hit.entry.kind == "index":
            found.append(_mention(text, hit, _with_nouns(text, hit.end), "index", 0.95))
        elif hit.entry.symbol:
            found.append(_mention(text, hit, hit.end, hit.entry.kind, 0.8))
    return ignored, found


def _with_nouns(text: str, end: int) -> int:
    match = _INDEX_NOUN.match(text, end)
    return match.end() if match else end


def _sector_index(text: str, tokens: Sequence[Token], hit: Hit) -> Mention | None:
    """Read "the S&P 500 energy index" as the sector."""
    words: list[str] = []
    found = None
    for token in tokens[hit.last + 1 : hit.last + 1 + _LONGEST_SECTOR]:
        words.append(token.full)
        symbol = sector_modifiers().get(" ".join(words))
        noun = _SECTOR_INDEX_NOUN.match(text, token.full_end) if symbol else None
        if symbol and noun:
            found = Mention(
                start=hit.start,
                end=noun.end(),
                text=text[hit.start : noun.end()],
                symbol=symbol,
                kind="group" if symbol.startswith("group:") else "sector",
                rule="sector_index",
                confidence=0.9,
            )
    return found


def _mention(text: str, hit: Hit, end: int, rule: str, confidence: float) -> Mention:
    return Mention(
        start=hit.start,
        end=end,
        text=text[hit.start : end],
        symbol=hit.entry.symbol,
        kind=hit.entry.kind,
        rule=rule,
        confidence=confidence,
    )
