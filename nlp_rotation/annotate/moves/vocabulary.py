"""The words of price moves, as ``tables/moves.toml`` lists them, ready for look-up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Flag, auto
from functools import lru_cache
from typing import Any

from nlp_rotation.config import TABLES


class Role(Flag):
    """What a word may do in a sentence about prices; a word can have several roles."""

    WORD = auto()
    VERB = auto()
    PARTICIPLE = auto()
    NOUN = auto()
    PARTICLE = auto()
    UNDONE = auto()
    HEAD = auto()
    LABEL = auto()
    STOCK = auto()
    INDEX = auto()
    FUND = auto()
    PRONOUN = auto()
    RELATIVE = auto()
    GOVERNING = auto()
    PRICE_NOUN = auto()
    TAKES_OBJECT = auto()
    OPENER = auto()
    JOINER = auto()
    LEVEL = auto()
    FILLER = auto()
    FORECAST = auto()
    CONDITIONAL = auto()
    INTRADAY = auto()
    SET = auto()
    MEMBER = auto()
    ADVICE = auto()
    COMMA = auto()
    STOP = auto()
    NAME = auto()
    QUANTITY = auto()


SIGNS = Role.VERB | Role.PARTICIPLE | Role.NOUN | Role.PARTICLE
PROXIES = Role.STOCK | Role.INDEX | Role.FUND | Role.PRONOUN


@dataclass(frozen=True, slots=True)
class Entry:
    """The roles of a word or phrase and the direction that it gives, 0 where it gives none."""

    roles: Role
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and phrases by their lower-case text."""

    entries: Mapping[str, Entry]
    #: For the first word of a phrase, of how many words phrases are that begin with it; the longest first.
    counts: Mapping[str, Sequence[int]]


@lru_cache(maxsize=1)
def move_table() -> Mapping[str, Any]:
    """The table as written."""
    return tomllib.loads((TABLES / "moves.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The words of the table with all their roles."""
    found: dict[str, Entry] = {}
    for words, roles, sign in _rows(move_table()):
        for word in words:
            old = found.get(word, Entry(Role(0)))
            found[word] = Entry(old.roles | roles, sign or old.sign)
    counts: dict[str, set[int]] = {}
    for phrase in found:
        words = phrase.split(" ")
        counts.setdefault(words[0], set()).add(len(words))
    return Vocabulary(found, {first: sorted(known, reverse=True) for first, known in counts.items()})


def _rows(table: Mapping[str, Any]) -> Iterable[tuple[Iterable[str], Role, int]]:
    signs = table["signs"]
    for side, sign in (("up", 1), ("down", -1)):
        for row in signs[f"{side}_verbs"]:
            for form in row.split():
                yield [form], Role.PARTICIPLE if form.endswith("ing") else Role.VERB, sign
        yield signs[f"phrases_{side}"], Role.VERB, sign
        yield signs[f"{side}_nouns"], Role.NOUN, sign
        yield signs[f"{side}_particles"], Role.PARTICLE, sign
    for section, key, role in _PLAIN_ROWS:
        yield table[section][key], role, 0


_PLAIN_ROWS = (
    ("signs", "undone", Role.UNDONE),
    ("quantity", "fillers", Role.FILLER),
    ("heads", "not_price", Role.HEAD),
    ("heads", "not_move_after", Role.LABEL),
    ("heads", "level_before", Role.LEVEL),
    ("proxies", "stock", Role.STOCK),
    ("proxies", "index", Role.INDEX),
    ("proxies", "fund", Role.FUND),
    ("proxies", "pronoun", Role.PRONOUN),
    ("proxies", "relative", Role.RELATIVE),
    ("proxies", "set", Role.SET),
    ("proxies", "member", Role.MEMBER),
    ("proxies", "advice", Role.ADVICE),
    ("grammar", "governing", Role.GOVERNING),
    ("grammar", "price_nouns", Role.PRICE_NOUN),
    ("grammar", "objects", Role.TAKES_OBJECT),
    ("grammar", "clause_openers", Role.OPENER),
    ("grammar", "joiners", Role.JOINER),
    ("status", "forecast", Role.FORECAST),
    ("status", "conditional", Role.CONDITIONAL),
    ("status", "intraday", Role.INTRADAY),
)
