"""Rules for the pages of single publishers, from ``tables/publishers.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from nlp_rotation.config import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How the pages of one publisher differ."""

    headline: str = "meta"
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


def rule_for(url: str | None) -> Rule:
    """Return the rule for the host of ``url``; the general one where none is written."""
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    rules = _rules()
    while host:
        if host in rules:
            return rules[host]
        host = host.partition(".")[2]
    return Rule()


@cache
def _rules() -> dict[str, Rule]:
    table = tomllib.loads((TABLES / "publishers.toml").read_text("utf-8"))
    rules: dict[str, Rule] = {}
    for entry in table["publisher"]:
        rule = Rule(
            headline=entry.get("headline", "meta"),
            body=tuple(entry.get("body", ())),
            drop=tuple(entry.get("drop", ())),
        )
        rules |= dict.fromkeys(entry["hosts"], rule)
    return rules
