"""All names of the tables, by key, with what each stands for and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from nlp_rotation.annotate.names.listings import (
    ambiguous,
    common_words,
    fund_names,
    index_codes,
    rows,
    toml,
)
from nlp_rotation.annotate.names.tokens import key_of
from nlp_rotation.types import Kind

#: ``plain``: the words suffice. ``capital``: with a capital letter they do. ``exact``: letter by letter.
#: ``lone``: unless it is a part of a longer name. ``weak``: only with something beside it that speaks
#: for a company. ``home``: only with that, wherever it stands. ``full``: only with its legal form, its
#: ticker, talk of its shares or a sure mention.
Trust = Literal["plain", "capital", "exact", "lone", "weak", "home", "full"]

#: Tiers of members of an index of small companies or better.
_INDEX_MEMBER = 3
#: Tiers of ``securities.csv`` up to which a name may stand without its legal form.
_WELL_KNOWN = 2
_ACRONYM = 3
#: Tier of what is listed, and no more is known of it.
_MICRO = 4
#: The market of listings that are of no use to tell where an article is at home.
_NEW_YORK = "US"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a key stands for."""

    symbol: str
    kind: Kind
    trust: Trust
    #: The name as written in the table, where the case matters.
    written: str = ""

    def may_be_small(self) -> bool:
        """Tell whether the name may begin with a small letter."""
        return self.trust == "plain" or bool(self.written and not self.written[0].isupper())


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names by key; ``reach`` tells how many words the longest name has that begins with a word."""

    entries: Mapping[str, Entry]
    reach: Mapping[str, int] = field(init=False)
    #: First words of the names that may begin with a small letter ("eBay", "the yen").
    small: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        reach: dict[str, int] = {}
        for key in self.entries:
            first = key.partition(" ")[0]
            reach[first] = max(reach.get(first, 0), key.count(" ") + 1)
        small = (key for key, entry in self.entries.items() if entry.may_be_small())
        object.__setattr__(self, "reach", reach)
        object.__setattr__(self, "small", frozenset(key.partition(" ")[0] for key in small))


@cache
def companies() -> Lexicon:
    """Names of listed companies and funds; those written by hand win over generated ones."""
    entries: dict[str, Entry] = {}
    for symbol, tier, keys in _generated():
        for key in keys:
            if _may_stand_alone(key, tier):
                entries.setdefault(key, Entry(symbol, "equity", _trust(key, tier)))
    for row in rows("securities_home.csv"):
        if row["market"] == _NEW_YORK:
            for key in filter(says_enough, row["keys"].split("|")):
                entries.setdefault(key, Entry(row["symbol"], "equity", trust_at_home(key)))
    for symbol, name in _by_hand():
        key, trust = key_of(name), trust_by_hand(name)
        held = entries.get(key)
        # "NIO" beside "Nio" asks for no more than "Nio" does.
        if not (held and held.written and held.symbol == symbol and trust == "exact"):
            entries[key] = Entry(symbol, "equity", trust, name)
    for symbol, name in fund_names():
        entries[key_of(name)] = Entry(symbol, "etf", "capital", name)
    return Lexicon(entries)


def says_enough(key: str) -> bool:
    """Tell the name of a little known company from letters that may stand for anything."""
    return len(key) > _ACRONYM and _may_stand_alone(key, _MICRO)


def trust_at_home(key: str) -> Trust:
    """Return how far the generated name of a little known company can be trusted."""
    trust = _trust(key, _MICRO)
    if trust == "lone":
        return "home"
    return "lone" if trust == "capital" else trust


def _may_stand_alone(key: str, tier: int) -> bool:
    """Tell a generated key from what is only a letter, a number, or the code of an index."""
    if not key or key in ambiguous("never") or key.upper() in index_codes():
        return False
    return not key.isdigit() and (len(key) > 1 + (tier > 1) or key.isupper())


def trust_by_hand(name: str) -> Trust:
    """Return how far a name can be trusted that was written by hand."""
    if name.isupper() or key_of(name) in ambiguous("exact"):
        return "exact"
    if key_of(name) in ambiguous("sources"):
        return "full"
    return "weak" if key_of(name) in ambiguous("support") else "capital"


def _generated() -> Iterator[tuple[str, int, list[str]]]:
    for row in rows("securities.csv"):
        yield row["symbol"], int(row["tier"]), row["keys"].split("|")
    for row in rows("securities_old.csv"):
        yield row["today"], _WELL_KNOWN, row["keys"].split("|")


def _trust(key: str, tier: int) -> Trust:
    words = key.split()
    ordinary = all(word in common_words() or word.isdigit() for word in words)
    if (
        key in ambiguous("support")
        or key in ambiguous("sources")
        or (ordinary and (len(words) == 1 or tier > _INDEX_MEMBER))
    ):
        return "full"
    if len(words) > 1:
        return "lone" if ordinary and tier > _WELL_KNOWN else "capital"
    if len(key) <= _ACRONYM:
        return "exact"
    return "lone"


@cache
def markets() -> Lexicon:
    """Names of indices, groups, sectors, markets, commodities, currencies and coins."""
    entries: dict[str, Entry] = {}
    groups = dict(toml("groups.toml"))
    heads: dict[str, list[str]] = groups.pop("heads")
    for phrase in groups.pop("ignore")["phrases"]:
        entries[key_of(phrase)] = Entry("", "group", "plain")
    for symbol, row in groups.items():
        kind = _kind_of(symbol)
        for phrase, trust in _group_phrases(row, heads):
            entries.setdefault(key_of(phrase), Entry(symbol, kind, trust))
    for description in toml("aliases_context.toml")["indices"]:
        entries[key_of(description)] = Entry("", "group", "plain")
    for symbol, row in toml("indices.toml").items():
        for name in row["names"]:
            entries[key_of(name)] = Entry(symbol, "index", "exact" if name.isupper() else "capital", name)
        for phrase in row.get("phrases", ()):
            entries[key_of(phrase)] = Entry(symbol, "index", "plain")
    return Lexicon(entries)


def _group_phrases(row: dict[str, list[str]], heads: dict[str, list[str]]) -> Iterator[tuple[str, Trust]]:
    for phrase in row.get("alone", ()):
        yield phrase, "plain"
    for name in row.get("named", ()):
        yield name, "capital"
    for modifier in row.get("modifiers", ()):
        for head in heads["sector"]:
            yield f"{modifier} {head}", "plain"
    for modifier in row.get("capital", ()):
        for head in heads["market"]:
            yield f"{modifier} {head}", "capital"
    for place in row.get("after", ()):
        for head in heads["market"]:
            yield f"{head} in {place}", "plain"


def _kind_of(symbol: str) -> Kind:
    prefix = symbol.partition(":")[0]
    kinds: dict[str, Kind] = {
        "group": "group",
        "sector": "sector",
        "commodity": "commodity",
        "fx": "fx",
        "crypto": "crypto",
        "country": "country",
    }
    return kinds[prefix]


@cache
def sector_modifiers() -> Mapping[str, str]:
    """Words that make a sector of an index: ``energy`` in "the S&P energy index"."""
    groups = toml("groups.toml")
    return {
        key_of(modifier): symbol
        for symbol, row in groups.items()
        if symbol.startswith(("sector:", "group:"))
        for modifier in [*row.get("modifiers", ()), *row.get("alone", ()), *row.get("inside", ())]
    }


@cache
def descriptions() -> Lexicon:
    """Descriptions that fit one company only ("the iPhone maker")."""
    return Lexicon(
        {
            key_of(phrase): Entry(symbol, "equity", "plain")
            for name in _ALIAS_TABLES
            for symbol, phrases in toml(name).get("descriptions", {}).items()
            for phrase in phrases
        }
    )


_ALIAS_TABLES = ("aliases_old.toml", "aliases_world.toml", "aliases.toml")


def _by_hand() -> Iterator[tuple[str, str]]:
    for table in _ALIAS_TABLES:
        for symbol, names in toml(table)["names"].items():
            for name in names:
                yield symbol, name
