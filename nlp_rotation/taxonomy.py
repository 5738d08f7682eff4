"""The taxonomy of drivers: groups, leaves and the words that speak for them.

It is read from one TOML file, which a user may replace by one of their own (``--taxonomy``); the
format is told at the head of ``tables/taxonomy.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nlp_rotation.config import TABLES
from nlp_rotation.errors import ConfigError
from nlp_rotation.hashing import fingerprint

#: Points that a word of each list gives to its leaf.
WEIGHTS = {"sure": 3.0, "likely": 1.5, "weak": 0.6}

_LEAF_KEYS = frozenset({"means", *WEIGHTS})
_HINT = "see the head of the built-in taxonomy.toml for the format"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One category of causes."""

    #: ``group.leaf``.
    id: str
    means: str
    #: Words and phrases with the points that each gives.
    cues: tuple[tuple[str, float], ...]

    @property
    def group(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All leaves in the order of the file, and the coarser class that each group rolls up to."""

    leaves: tuple[Leaf, ...]
    #: Group -> class of Baker, Bloom, Davis and Sammon.
    bbds: tuple[tuple[str, str], ...]
    #: Changes when a leaf, a description or a cue changes: part of a record's versions.
    version: str

    @property
    def ids(self) -> tuple[str, ...]:
        """Every ``group.leaf``."""
        return tuple(leaf.id for leaf in self.leaves)

    def bbds_class(self, category: str) -> str:
        """Return the class of Baker et al. that ``category`` rolls up to.

        :raises KeyError: where the group is not in this taxonomy.
        """
        return dict(self.bbds)[category.partition(".")[0]]


def load_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy file.

    :raises ConfigError: where the file is missing, not TOML, or has a missing or unknown key.
    """
    try:
        content = path.read_text("utf-8")
        tree = tomllib.loads(content)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot read the taxonomy: {error}", where=str(path), hint=_HINT) from error
    if not tree:
        raise ConfigError("the taxonomy has no group", where=str(path), hint=_HINT)
    leaves: list[Leaf] = []
    classes = []
    for group, table in tree.items():
        bbds, found = _read_group(group, table, str(path))
        classes.append((group, bbds))
        leaves.extend(found)
    return Taxonomy(leaves=tuple(leaves), bbds=tuple(classes), version=fingerprint(content.encode()))


@cache
def builtin_taxonomy() -> Taxonomy:
    """Return the taxonomy that travels with the program, read once."""
    return load_taxonomy(TABLES / "taxonomy.toml")


def _read_group(group: str, table: Any, where: str) -> tuple[str, list[Leaf]]:
    if not isinstance(table, Mapping):
        raise ConfigError(f"unknown key {group!r}", where=where, hint=_HINT)
    if not isinstance(table.get("bbds"), str):
        raise ConfigError(f"missing key '{group}.bbds'", where=where, hint=_HINT)
    leaves = [_read_leaf(f"{group}.{name}", row, where) for name, row in table.items() if name != "bbds"]
    if not leaves:
        raise ConfigError(f"group {group!r} has no leaf", where=where, hint=_HINT)
    return table["bbds"], leaves


def _read_leaf(name: str, row: Any, where: str) -> Leaf:
    if not isinstance(row, Mapping):
        raise ConfigError(f"unknown key {name!r}", where=where, hint=_HINT)
    for key in row:
        if key not in _LEAF_KEYS:
            raise ConfigError(f"unknown key '{name}.{key}'", where=where, hint=_HINT)
    if not isinstance(row.get("means"), str):
        raise ConfigError(f"missing key '{name}.means'", where=where, hint=_HINT)
    cues = [(phrase, points) for key, points in WEIGHTS.items() for phrase in _phrases(row, name, key, where)]
    if not cues:
        raise ConfigError(f"missing key '{name}.sure': a leaf needs words", where=where, hint=_HINT)
    return Leaf(id=name, means=row["means"], cues=tuple(cues))


def _phrases(row: Mapping[str, Any], name: str, key: str, where: str) -> list[str]:
    phrases = row.get(key, [])
    if not isinstance(phrases, list) or not all(isinstance(item, str) and item.strip() for item in phrases):
        raise ConfigError(f"'{name}.{key}' is not a list of words", where=where, hint=_HINT)
    return phrases
