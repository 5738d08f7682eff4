"""Which exchange a subject follows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from nlp_rotation.config import TABLES

NEW_YORK = "XNYS"


@cache
def calendar_of(subject: str) -> str:
    """Return the code of the exchange whose sessions count for ``subject``; New York if none is listed.

    >>> calendar_of("0700.HK"), calendar_of("^FTSE"), calendar_of("NVDA"), calendar_of("crypto:BTC")
    ('XHKG', 'XLON', 'XNYS', '24/7')
    """
    table = _table()
    if subject in table["symbol"]:
        return table["symbol"][subject]
    for ending, code in table["ending"].items():
        if subject.endswith(ending):
            return code
    for prefix, code in table["prefix"].items():
        if subject.startswith(prefix):
            return code
    suffix = subject.rpartition(".")[2] if "." in subject and ":" not in subject else ""
    return table["suffix"].get(suffix, NEW_YORK)


def codes() -> frozenset[str]:
    """Return the code of every exchange that some subject follows."""
    return frozenset({NEW_YORK}.union(*(part.values() for part in _table().values())))


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((TABLES / "exchanges.toml").read_text("utf-8"))
