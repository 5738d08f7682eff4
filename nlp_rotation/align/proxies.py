"""Which series of prices answers for a subject: its own, a fund on it, a proxy, or a basket."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from nlp_rotation.align.prices import Prices
from nlp_rotation.config import TABLES
from nlp_rotation.errors import AlignError

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: ``own``: the subject's own prices; ``near``: another measure of the same thing; ``proxy``: one like it.
Closeness = Literal["own", "near", "proxy"]

_BASKET = "basket."
#: Of a subject's proxies, so many are close enough that talk of the subject is talk of them.
_NEAREST = 2
#: No two sessions of New York in a row lie further apart than this (September 2001).
_BASE = pd.Timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """One series that may stand in for a subject, and when."""

    #: A symbol, or a basket as ``basket.NAME``.
    symbol: str
    closeness: Closeness = "proxy"
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max

    @property
    def term(self) -> str:
        """The days in words: ``from 2000-05-26 on``, ``until 2018-09-21``, or both ends."""
        if self.until == dt.date.max:
            return f"from {self.since} on"
        return f"until {self.until}" if self.since == dt.date.min else f"from {self.since} to {self.until}"

    def serves(self, first: dt.date, last: dt.date) -> bool:
        """Tell whether it may stand in over the whole of a window."""
        return self.since <= first and last <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The days on which a symbol belongs to a basket, both included."""

    symbol: str
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A series that answers for a subject."""

    #: The symbol or basket that was used.
    symbol: str
    closeness: Closeness
    #: float64 by session; levels of a basket start at 100.
    close: pd.Series
    #: The whole bars; None for a basket, which has closes alone.
    bars: pd.DataFrame | None = None
    #: What its closes are corrected for; several where that changes, none for a basket.
    bases: frozenset[str] = frozenset()


@cache
def proxies_of(subject: str) -> tuple[Proxy, ...]:
    """Return what may answer for ``subject``, itself first.

    >>> [proxy.symbol for proxy in proxies_of("group:small_caps")][:2]
    ['^RUT', 'IWM']
    """
    own = () if _typed(subject) else (Proxy(symbol=subject, closeness="own"),)
    return (*own, *_listed(subject), *_by_rule(subject))


def why_none(subject: str) -> str:
    """Return one clause on why nothing stands in for ``subject``; empty where something does."""
    if proxies_of(subject):
        return ""
    return str(_table().get(subject, {}).get("none", f"no price stands in for {subject}"))


def quotes(subject: str, prices: Prices) -> Iterator[tuple[Proxy, Quote]]:
    """Yield every series of ``prices`` that may answer for ``subject``, the best first."""
    for proxy in proxies_of(subject):
        if proxy.symbol.startswith(_BASKET):
            name = proxy.symbol.removeprefix(_BASKET)
            if any(member.symbol in prices for member in members_of(name)):
                close = basket_level(prices, members_of(name)).rename(proxy.symbol)
                yield proxy, Quote(symbol=proxy.symbol, closeness=proxy.closeness, close=close)
        elif proxy.symbol in prices:
            yield proxy, _own(proxy, prices)


def _own(proxy: Proxy, prices: Prices) -> Quote:
    return Quote(
        symbol=proxy.symbol,
        closeness=proxy.closeness,
        close=prices.close(proxy.symbol),
        bars=prices.of(proxy.symbol),
        bases=prices.bases(proxy.symbol),
    )


def subjects_near(symbol: str) -> frozenset[str]:
    """Return every subject that ``symbol`` is, or may stand in for, and those that stand in for it.

    >>> sorted(subjects_near("RSP"))
    ['RSP', '^SPXEW', 'group:equal_weight']
    """
    near = {symbol, *(proxy.symbol for proxy in proxies_of(symbol))}
    listed = (key for key, entry in _table().items() if "proxies" in entry)
    near |= {key for key in listed if any(proxy.symbol in near for proxy in _listed(key)[:_NEAREST])}
    return frozenset(name for name in near if not name.startswith(_BASKET))


def series_of(name: str, prices: Prices) -> pd.Series:
    """Return closes for a symbol, a typed subject or ``basket.NAME``: the first series that answers.

    :raises AlignError: where none does.
    """
    if name.startswith(_BASKET):
        return basket_level(prices, members_of(name.removeprefix(_BASKET))).rename(name)
    for _, quote in quotes(name, prices):
        return quote.close.rename(name)
    wanted = ", ".join(proxy.symbol for proxy in proxies_of(name)) or why_none(name)
    raise AlignError("no prices answer for it", where=name, hint=f"wanted: {wanted}")


def members_of(basket: str) -> tuple[Membership, ...]:
    """Return the members of a basket with their days.

    :raises AlignError: for a basket that is not in the table; the message lists those that are.
    """
    found = _table().get(_BASKET + basket)
    if found is None:
        known = ", ".join(sorted(name.removeprefix(_BASKET) for name in _table() if name.startswith(_BASKET)))
        raise AlignError("no such basket", where=basket, hint=f"known: {known}")
    return tuple(Membership(**member) for member in found["members"])


def pairs() -> dict[str, tuple[str, str]]:
    """Return the pairs that have a name: name -> the side that leads when the ratio rises, and the other."""
    prefix = "pair."
    found = {key: entry for key, entry in _table().items() if key.startswith(prefix)}
    return {key.removeprefix(prefix): (entry["over"], entry["under"]) for key, entry in found.items()}


def pair_of(name: str) -> tuple[str, str]:
    """Return the sides of a named pair, or of any two symbols or subjects as ``A/B``.

    >>> pair_of("IWM/SPY")
    ('IWM', 'SPY')

    :raises AlignError: where it is neither.
    """
    if name in pairs():
        return pairs()[name]
    over, slash, under = name.partition("/")
    if not (slash and over and under):
        raise AlignError("no such pair", where=name, hint=f"write IWM/SPY, or one of {', '.join(pairs())}")
    return over, under


def basket_level(prices: Prices, members: tuple[Membership, ...]) -> pd.Series:
    """Return the level of an equally weighted basket, 100 before its first return.

    The return of a session is the plain mean over those who are members on it and have a bar on it and on
    the row before; sessions on which no member is priced have no level.

    .. math:: L_t = L_{t-1} \\, (1 + N_t^{-1} \\sum_i r_{i,t})
    """
    held = [member for member in members if member.symbol in prices]
    closes = prices.closes([member.symbol for member in held])
    returns = closes.pct_change(fill_method=None)
    priced = closes.notna()
    for member in held:
        since, until = _stamp(member.since), _stamp(member.until)
        returns[member.symbol] = returns[member.symbol].where(_within(closes.index, since, until))
        # The close before the first day of membership is the base that its return is measured from.
        priced[member.symbol] &= _within(closes.index, since - _BASE, until)
    level = (1 + returns.mean(axis=1).fillna(0.0)).cumprod() * 100
    return level.where(priced.any(axis=1))


def _within(days: pd.Index, first: pd.Timestamp, last: pd.Timestamp) -> NDArray[np.bool_]:
    return np.asarray((days >= first) & (days <= last))


def _stamp(day: dt.date) -> pd.Timestamp:
    """Return midnight of ``day``, an open end as a day that no bar reaches."""
    return pd.Timestamp(min(max(day, dt.date(1700, 1, 1)), dt.date(2200, 1, 1)))


def _typed(subject: str) -> bool:
    kind = subject.partition(":")[0]
    return kind in ("group", "sector", "commodity", "fx", "crypto", "country") or subject in ("cash", "bonds")


def _listed(subject: str) -> tuple[Proxy, ...]:
    return tuple(_proxy(entry) for entry in _table().get(subject, {}).get("proxies", ()))


def _by_rule(subject: str) -> tuple[Proxy, ...]:
    """Return the symbol under which vendors list any currency or coin."""
    kind, _, name = subject.partition(":")
    if subject in _table() or kind not in ("fx", "crypto"):
        return ()
    return (Proxy(symbol=f"{name}=X" if kind == "fx" else f"{name}-USD", closeness="near"),)


def _proxy(entry: Mapping[str, Any]) -> Proxy:
    days = {key: entry[key] for key in ("since", "until") if key in entry}
    symbol = entry["symbol"] if "symbol" in entry else _BASKET + entry["basket"]
    return Proxy(symbol=symbol, closeness="near" if entry.get("near") else "proxy", **days)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((TABLES / "proxies.toml").read_text("utf-8"))
