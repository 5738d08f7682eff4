"""The tables of securities, composed from the rows of the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nlp_rotation.refresh.names import keys_of, newspaper_name, readable, without_legal_form
from nlp_rotation.refresh.sources import MAIN_INDICES, Listing, Membership, Rename, WorldListing

#: How well known a company is, hence how short a name may stand for it: 1 (member of the S&P 500 or of
#: a main index abroad) to 4 (everything else that is listed), 5 (over the counter).
LARGE, MID, SMALL, MICRO, COUNTER = 1, 2, 3, 4, 5
_TIER_OF_INDEX = {"sp500": LARGE, "sp400": MID, "sp600": SMALL}
#: The register lists issuers by size; those before this place are as well known as a mid-sized company.
_KNOWN_BY_RANK = 1200
_OTHER_CLASS = re.compile(r".+-(?:P.?|W.?|U|R.?)$|.{4,}[WURPLMNOZ]$")
_FOREIGN_COUNTER = re.compile(r"[A-Z]{4}[FY]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """A row of ``securities.csv``."""

    symbol: str
    venue: str
    tier: int
    name: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSymbol:
    """A row of ``securities_old.csv``: a symbol that is no longer, and what it is today."""

    symbol: str
    #: Last day of the symbol; articles of later days mean something else by it.
    until: date
    #: The symbol of today; the old one itself where the company is gone.
    today: str
    name: str
    keys: tuple[str, ...]


def us_securities(listings: Iterable[Listing], members: Mapping[str, list[Listing]]) -> list[Security]:
    """Join the register with the index members, who bring tier and a readable name."""
    tiers = {row.symbol: _TIER_OF_INDEX[index] for index, rows in members.items() for row in rows}
    names = {row.symbol: row.name for rows in members.values() for row in rows}
    seen: dict[str, str] = {}
    found = []
    for rank, row in enumerate(listings):
        first = seen.setdefault(row.issuer, row.symbol)
        if _is_side_class(row, first):
            continue
        tier = tiers.get(row.symbol) or _tier_by_rank(row, rank)
        variants = [names[row.symbol], row.name] if row.symbol in names else [row.name]
        keys = _keys(variants, tier) if first == row.symbol else ()
        name = readable(variants[0])
        found.append(Security(symbol=row.symbol, venue=row.venue, tier=tier, name=name, keys=keys))
    return found


def _is_side_class(row: Listing, first: str) -> bool:
    """Tell preferred shares, warrants, units and foreign shares over the counter from common shares."""
    if row.venue == "OTC" and _FOREIGN_COUNTER.match(row.symbol):
        return True
    return row.symbol != first and bool(_OTHER_CLASS.match(row.symbol))


def _tier_by_rank(row: Listing, rank: int) -> int:
    if row.venue == "OTC":
        return COUNTER
    return MID if rank < _KNOWN_BY_RANK else MICRO


def _keys(names: Iterable[str], tier: int) -> tuple[str, ...]:
    keys: list[str] = []
    for name in names:
        keys += keys_of(without_legal_form(name))
        short = keys_of(newspaper_name(name))
        keys += [key for key in short if tier == LARGE or (tier <= SMALL and " " not in key)]
    return tuple(dict.fromkeys(keys))


def world_securities(listings: Iterable[WorldListing], us_symbols: frozenset[str]) -> list[Security]:
    """Take each company once, under its US listing where it has one on an exchange."""
    found: dict[str, Security] = {}
    for row in listings:
        american = [symbol for symbol in row.elsewhere if symbol in us_symbols]
        symbol = american[0] if american else row.symbol
        tier = LARGE if row.index in MAIN_INDICES else MID
        security = Security(
            symbol=symbol, venue=row.index, tier=tier, name=row.name, keys=_keys([row.name], tier)
        )
        found.setdefault(symbol, security)
    return list(found.values())


def old_symbols(
    renames: Iterable[Rename], members: Iterable[Membership], listed: frozenset[str]
) -> list[OldSymbol]:
    """Return renamed symbols and those of companies that are gone, each with its last day."""
    found: dict[str, OldSymbol] = {}
    names = {row.symbol: row.name for row in members}
    today = {row.old: row.new for row in renames}
    for row in sorted(renames, key=lambda rename: rename.on):
        name = row.name or names.get(row.old, "")
        keys = _keys([name], LARGE) if name else ()
        found[row.old] = OldSymbol(
            symbol=row.old, until=row.on, today=_follow(row.new, today), name=name, keys=keys
        )
    for member in members:
        if member.until and member.symbol not in listed and member.symbol not in found:
            found[member.symbol] = OldSymbol(
                symbol=member.symbol,
                until=member.until,
                today=member.symbol,
                name=member.name,
                keys=_keys([member.name], LARGE),
            )
    return sorted(found.values(), key=lambda old: old.symbol)


def _follow(symbol: str, today: Mapping[str, str]) -> str:
    """Follow a chain of renames to its end; a circle ends where it began."""
    seen = {symbol}
    while symbol in today and today[symbol] not in seen:
        symbol = today[symbol]
        seen.add(symbol)
    return symbol


def with_unique_keys(securities: Iterable[Security]) -> list[Security]:
    """Give a key that several companies claim to the best known; the first of equals keeps it."""
    ordered = sorted(securities, key=lambda security: security.tier)
    taken: dict[str, str] = {}
    for security in ordered:
        for key in security.keys:
            taken.setdefault(key, security.symbol)
    return [
        Security(
            symbol=row.symbol,
            venue=row.venue,
            tier=row.tier,
            name=row.name,
            keys=tuple(key for key in row.keys if taken[key] == row.symbol),
        )
        for row in ordered
    ]
