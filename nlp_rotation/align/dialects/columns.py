"""What the heads of a price file mean, and which vendor writes such heads."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import pandas as pd

from nlp_rotation.config import TABLES

#: What the prices of a file are corrected for: splits and dividends, splits alone, nothing; levels of an
#: index need no correction.
Basis = Literal["all", "split", "raw", "index", "unknown"]

PRICES = ("open", "high", "low", "close", "adj_close")
NUMBERS = (*PRICES, "volume", "split")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A price file once its dialect is known: a row a bar, cells as they stand in the file.

    Columns of ``cells``: ``date``, where given ``symbol`` and ``basis``, and any of ``NUMBERS``.
    """

    dialect: str
    basis: Basis
    cells: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Reuse:
    """A symbol that passed from one security to another."""

    was: str
    until: dt.date
    now: str


def field_of(head: object) -> str | None:
    """Return the field that a head means (``close``, ``other`` ...); None for a name we do not know.

    >>> field_of("Close/Last"), field_of("NASDAQCOM")
    ('close', None)
    """
    return _fields().get(str(head).strip().lower())


def signature(heads: Sequence[object], first_date: object = "") -> tuple[str, Basis]:
    """Return the vendor's name and the basis of its prices, by the header and how the first date is written.

    >>> heads = ["Date", "Open", "High", "Low", "Close", "Volume"]
    >>> signature(heads, "2025-03-10 20:00:02"), signature(heads, "2025-03-10")
    (('Yahoo chart service', 'split'), ('plain', 'unknown'))
    """
    wanted = [str(head).strip().lower() for head in heads]
    for known in _table()["dialect"]:
        if known["header"] == wanted and re.fullmatch(known.get("date", ".*"), str(first_date)):
            return known["name"], known["basis"]
    basis: Basis = "split" if any(field_of(head) == "adj_close" for head in heads) else "unknown"
    return "plain", basis


def basis_of(name: object) -> Basis:
    """Return the basis that a file calls ``name``."""
    word = str(name).strip().lower()
    basis: Basis = _table()["bases"].get(word, word)
    return basis if basis in ("all", "split", "raw", "index") else "unknown"


def symbol_of(name: str) -> str:
    """Return our symbol for a vendor's or a file's name of a series.

    >>> symbol_of("spy.us"), symbol_of("NASDAQCOM")
    ('SPY', '^IXIC')
    """
    plain = name.strip()
    plain = plain[:-3] if plain.lower().endswith(".us") else plain
    typed = ":" in plain
    plain = plain if typed else plain.upper()
    return str(_table()["symbols"].get(plain, plain))


def reuse_of(symbol: str) -> Reuse | None:
    """Return how ``symbol`` passed on to another security; None for one that did not."""
    found = _table().get("reused", {}).get(symbol)
    return Reuse(found["was"], found["until"], found["now"]) if found else None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((TABLES / "price_files.toml").read_text("utf-8"))


@cache
def _fields() -> dict[str, str]:
    return {head: field for field, heads in _table()["columns"].items() for head in heads}
