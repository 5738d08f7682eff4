"""From a code as it is printed to the symbol of today."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from nlp_rotation.annotate.names.listings import funds, index_codes, listed, old_symbols, toml
from nlp_rotation.annotate.names.tokens import key_of

_CLASS = re.compile(r"^([A-Z]{1,4})[./ ]([AB])$")
#: Codes of Seoul are numbers; some sources set an A in front.
_KOREAN = (".KS", ".KQ")
_UNIT = re.compile(r"_?[a-z]$|_[a-z]+$")


@cache
def _suffixes() -> Mapping[str, str]:
    return _strings("suffix")


@cache
def _prefixes() -> Mapping[str, str]:
    return _strings("prefix")


@cache
def _american() -> Mapping[str, str]:
    """Home symbols of companies whose shares trade in New York too."""
    return _strings("american")


def _strings(section: str) -> Mapping[str, str]:
    return {key: str(value) for key, value in toml("venues.toml").get(section, {}).items()}


def suffix_known(suffix: str) -> bool:
    """Tell whether a code may end in a full stop and ``suffix``."""
    return suffix in _suffixes()


def venue_known(prefix: str) -> bool:
    """Tell whether ``prefix`` names an exchange in front of a colon."""
    return prefix.upper() in _prefixes()


def from_suffix(code: str, suffix: str) -> str:
    """Return Yahoo's symbol for a code with a suffix.

    >>> from_suffix("700", "HK"), from_suffix("BARC", "L"), from_suffix("GE", "N")
    ('0700.HK', 'BARC.L', 'GE')
    """
    return _at_home(code, _suffixes()[suffix])


def from_venue(prefix: str, code: str) -> str:
    """Return Yahoo's symbol for a code behind the name of an exchange."""
    stem, _, suffix = code.rpartition(".")
    if stem and suffix_known(suffix):
        return from_suffix(stem, suffix)
    ending = _prefixes()[prefix.upper()]
    if ending == ".TO" and code.isdigit():
        # "TSE" is Toronto for some and Tokyo for others; only Tokyo counts.
        ending = ".T"
    return _at_home(code.removeprefix("A") if ending in _KOREAN else code, ending)


def _at_home(code: str, ending: str) -> str:
    code = _UNIT.sub("", code).replace("/", "")
    if ending == ".HK":
        code = code.zfill(4)
    symbol = code.replace(".", "-") + ending
    return _american().get(symbol, symbol)


def today(symbol: str, on: date | None) -> str:
    """Return what a US symbol of the day ``on`` is called today; itself where nothing has changed.

    A symbol that has been given to another company since is read as of the article's day; where
    the day is unknown, the present meaning wins.
    """
    shares = _CLASS.match(symbol)
    if shares:
        return f"{shares[1]}-{shares[2]}"
    old = old_symbols().get(symbol)
    if old is None or (on and on > old.until):
        return symbol
    if on is None and symbol in listed():
        return symbol
    return old.today


def exists(symbol: str) -> bool:
    """Tell whether a symbol is in any table of securities."""
    return (
        symbol in listed() or symbol in old_symbols() or symbol in funds() or _CLASS.match(symbol) is not None
    )


def is_bare_ticker(word: str) -> bool:
    """Tell whether a word in capitals can be a ticker without any mark: listed, no abbreviation."""
    return (
        2 <= len(word) <= 5
        and word.isupper()
        and word not in abbreviations()
        and (word in listed() or word in funds())
    )


@cache
def abbreviations() -> frozenset[str]:
    """Words in capitals that are no tickers, though some of them are listed as such."""
    return frozenset(toml("venues.toml")["abbreviations"]["words"])


def index_of(code: str) -> str | None:
    """Return the symbol of an index for its code, with or without a leading dot or caret."""
    return index_codes().get(code.lstrip(".^"))


def belongs(symbol: str, name: str) -> bool:
    """Tell whether a register name of ``symbol`` shares its first word with ``name``."""
    words = key_of(name).split()
    known = [key_of(listed()[symbol])] if symbol in listed() else []
    if symbol in old_symbols():
        known += old_symbols()[symbol].keys
    return any(word in words for key in known for word in key.split()[:1])


def same_issuer(one: str, other: str) -> bool:
    """Tell whether two symbols are share classes of one company."""
    names = [re.sub(r" \(.*", "", listed().get(symbol, symbol)) for symbol in (one, other)]
    return key_of(names[0]) == key_of(names[1])
