"""The cue table: what ties a cause to a price, as phrases found by their first word."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from nlp_rotation.config import TABLES

#: What a phrase begins with: the key under which it is found.
FIRST_WORD = re.compile(r"\w[\w'’-]*")
_SIDES = ("after", "before")
_PARTS = {"bounds": ("stops", "comma_stops", "openers", "leads", "trails"), "moved": ("up", "down", "still")}
_LISTS = (
    "hedge",
    "predicts",
    "denied",
    "ended",
    "company",
    "objects",
    "never",
    "alarm",
    "reasons",
    "listing",
    "asked",
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Every phrase of ``tables/causes.toml``."""

    #: First word -> phrases that begin with it, the longest first, with the tables that hold each.
    phrases: Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]
    tables: tuple[str, ...]
    #: Side and cue (``after as``) -> its families (``after.as``), in the order of the table.
    families: Mapping[str, Sequence[str]]
    trust: Mapping[str, float]
    #: Families that state a cause outright; too rare in annotated text for weights to learn them.
    outright: frozenset[str]


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern for any of ``phrases`` as whole words, the longest first."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return r"(?<![\w'’-])(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered) + r")(?![\w-])"


@cache
def cues() -> Cues:
    """Return the built-in cues, read once."""
    table = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))
    rows = {f"{side}.{name}": row for side in _SIDES for name, row in table[side].items()}
    lists = _lists(table)
    return Cues(
        phrases=_by_first_word(lists),
        tables=tuple(lists),
        families=_families(rows),
        trust={name: row["trust"] for name, row in rows.items()},
        outright=frozenset(name for name, row in rows.items() if row.get("outright")),
    )


@cache
def main_words() -> Sequence[str]:
    """Return the words that call a cause the main one."""
    found: list[str] = tomllib.loads((TABLES / "causes.toml").read_text("utf-8"))["main"]["words"]
    return found


def _families(rows: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, row in rows.items():
        for cue in row["cues"]:
            found[f"{name.partition('.')[0]} {cue}"].append(name)
    return dict(found)


def _lists(table: Mapping[str, Any]) -> dict[str, list[str]]:
    found = {side: [cue for row in table[side].values() for cue in row["cues"]] for side in _SIDES}
    found |= {name: table[part][name] for part, names in _PARTS.items() for name in names}
    found |= {name: table[name]["cues"] for name in _LISTS}
    return found | {"market": table["market"]["words"]}


def _by_first_word(lists: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    owners: dict[str, list[str]] = defaultdict(list)
    for name, phrases in lists.items():
        for phrase in dict.fromkeys(phrases):
            owners[phrase].append(name)
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for phrase in sorted(owners, key=lambda phrase: (-len(phrase), phrase)):
        if first := FIRST_WORD.match(phrase):
            found[first[0]].append((phrase, tuple(owners[phrase])))
    return dict(found)
