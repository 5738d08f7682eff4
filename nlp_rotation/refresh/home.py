"""Companies as they are listed at home, outside the United States, and those that left New York."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nlp_rotation.refresh.names import keys_of, readable, without_legal_form
from nlp_rotation.refresh.sources import HomeListing

#: A venture board whose codes end otherwise lists most of these; the source does not tell the boards apart.
_VENTURE = re.compile(
    r"\b(?:Resources?|Minerals?|Gold|Mining|Mines|Explorations?|Metals?|Silver|Ventures?|Uranium|Lithium"
    r"|Copper|Nickel|Petroleum|Cannabis|Pharma|Capital|Blockchain)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSecurity:
    """A row of ``securities_home.csv``."""

    market: str
    symbol: str
    name: str
    keys: tuple[str, ...]


def _ending(pattern: str, ending: str) -> Callable[[HomeListing], str]:
    fits = re.compile(pattern)
    return lambda row: row.symbol + ending if fits.fullmatch(row.symbol) else ""


def _canadian(row: HomeListing) -> str:
    if not re.fullmatch(r"[A-Z]{1,4}(?:_u)?", row.symbol) or _VENTURE.search(row.full_name):
        return ""
    return row.symbol.replace("_u", "-UN") + ".TO"


def _chinese(row: HomeListing) -> str:
    board = {"6": ".SS", "0": ".SZ", "3": ".SZ"}.get(row.symbol[:1], "")
    return row.symbol + board if board and len(row.symbol) == 6 else ""


#: Shares of others that are traded there too, and shares with a fixed dividend.
_NO_COMMON_SHARE = re.compile(
    r"\b(?:ADR|Adr|GDR|DRC|CDI|Pref|Pref\.|Prf|Pr|Series|Warrants?|Rights?|Notes?|Units?)\b"
)


#: Country as the source writes it -> our name for its market and how a symbol of Yahoo is made.
_MARKETS: Mapping[str, tuple[str, Callable[[HomeListing], str]]] = MappingProxyType(
    {
        "united states": ("US", _ending(r"[A-Z]{1,4}", "")),
        "australia": ("AU", _ending(r"[A-Z0-9]{3}", ".AX")),
        "united kingdom": ("UK", _ending(r"[A-Z0-9]{2,4}", ".L")),
        "canada": ("CA", _canadian),
        "hong kong": ("HK", _ending(r"\d{4}", ".HK")),
        "japan": ("JP", _ending(r"\d{4}", ".T")),
        "china": ("CN", _chinese),
    }
)


def home_securities(
    listings: Iterable[HomeListing], taken_keys: frozenset[str], taken_symbols: frozenset[str]
) -> list[HomeSecurity]:
    """Return the companies that no other table has, each key once in a market."""
    found: dict[tuple[str, str], HomeSecurity] = {}
    seen: set[tuple[str, str]] = set()
    for row in listings:
        market, symbol_of = _MARKETS.get(row.country, ("", None))
        symbol = symbol_of(row) if symbol_of else ""
        if _NO_COMMON_SHARE.search(row.full_name):
            continue
        if not symbol or symbol in taken_symbols or (market, symbol) in found:
            continue
        keys = tuple(
            key for key in _keys(row) if key not in taken_keys and (market, key) not in seen and len(key) > 2
        )
        seen.update((market, key) for key in keys)
        if keys:
            found[market, symbol] = HomeSecurity(
                market=market, symbol=symbol, name=readable(row.full_name), keys=keys
            )
    return sorted(found.values(), key=lambda row: (row.market, row.symbol))


def _keys(row: HomeListing) -> Iterator[str]:
    yield from dict.fromkeys(
        key for name in (row.full_name, row.name) for key in keys_of(without_legal_form(name))
    )
