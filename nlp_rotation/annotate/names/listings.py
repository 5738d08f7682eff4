"""What the tables of securities list: symbols of today and of other days, funds, words, indices."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from nlp_rotation.annotate.names.tokens import key_of
from nlp_rotation.config import TABLES


@dataclass(frozen=True, slots=True)
class OldSymbol:
    """A symbol that is no longer: its last day and what it is today."""

    until: date
    today: str
    keys: tuple[str, ...]


@cache
def index_codes() -> Mapping[str, str]:
    """Codes of indices, without the leading dot, to their symbol."""
    return {code: symbol for symbol, row in toml("indices.toml").items() for code in row.get("codes", ())}


@cache
def listed() -> Mapping[str, str]:
    """Symbols that are listed today, with the name of the company."""
    return {row["symbol"]: row["name"] for row in rows("securities.csv")}


@cache
def old_symbols() -> Mapping[str, OldSymbol]:
    """Symbols that are no longer."""
    return {
        row["symbol"]: OldSymbol(
            date.fromisoformat(row["until"]), row["today"], tuple(filter(None, row["keys"].split("|")))
        )
        for name in ("securities_old.csv", "securities_renamed.csv")
        for row in rows(name)
    }


@cache
def deaths() -> Mapping[str, date]:
    """Last day of companies that are gone, as far as it is known for certain."""
    return {
        row["symbol"]: date.fromisoformat(row["until"])
        for row in rows("securities_renamed.csv")
        if row["today"] == row["symbol"] and row["symbol"] not in listed()
    }


@cache
def merged_names() -> Mapping[str, OldSymbol]:
    """Names that stood for a company that is gone, and stand for its successor since: Mylan, Raytheon."""
    return {
        key: old
        for symbol, old in old_symbols().items()
        if old.today == symbol and symbol in deaths()
        for key in old.keys
    }


@cache
def common_words() -> frozenset[str]:
    """Words of company names that are ordinary English words too."""
    text = (TABLES / "securities_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def funds() -> frozenset[str]:
    """Symbols of exchange-traded funds."""
    return frozenset(row["symbol"] for row in rows("funds.csv"))


def fund_names() -> Iterator[tuple[str, str]]:
    """Return (symbol, name) of each fund."""
    for row in rows("funds.csv"):
        for name in row["names"].split("|"):
            if name:
                yield row["symbol"], name


@cache
def ambiguous(which: str) -> frozenset[str]:
    """Return the keys of a row of ``aliases_ambiguous.toml``."""
    table: dict[str, list[str]] = tomllib.loads(
        (TABLES / "aliases_ambiguous.toml").read_text(encoding="utf-8")
    )
    return frozenset(key_of(name) for name in table[which])


def rows(name: str) -> Iterator[dict[str, str]]:
    """Return the rows of a CSV table; its first line says where it comes from."""
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(islice(lines, 1, None))


@cache
def toml(name: str) -> dict[str, dict[str, list[str]]]:
    """Return a TOML table."""
    return tomllib.loads((TABLES / name).read_text(encoding="utf-8"))
