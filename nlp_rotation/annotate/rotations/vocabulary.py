"""The words of ``tables/rotations.toml`` and of the groups, ready for matching."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from nlp_rotation.config import TABLES

#: Words as they stand between spaces, a possessive 's cut off.
TOKEN = re.compile(r"[^\W_](?:[\w&-]|[.’'](?=\w)(?![’']s\b))*")


_SIEVED = re.compile(r"[a-z][\w-]*")


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """Return the vocabulary of rotations as it stands in its table."""
    return _toml("rotations.toml")


def _toml(name: str) -> dict[str, dict[str, list[str]]]:
    tree: dict[str, Any] = tomllib.loads((TABLES / name).read_text("utf-8"))
    return tree


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that matches one of ``phrases``, the longest that fits, over a line break too."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered) + ")"


def whole_words(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds one of ``phrases`` as whole words, in any case."""
    return re.compile(rf"(?<![\w-]){any_of(phrases)}(?![\w-])", re.IGNORECASE)


@cache
def named_sides() -> dict[tuple[str, ...], str]:
    """Return the subjects that words name as a side of a rotation: words in lower case -> subject.

    Beside "into" or "out of", a mere modifier is a side ("from growth to value", "into energy").
    """
    found: dict[tuple[str, ...], str] = {}
    vague = {phrase for phrases in table()["vague"].values() for phrase in phrases}
    for subject, phrase in [*_group_words(), *_own_words()]:
        if phrase not in vague:
            found[tuple(key_of(token) for token in TOKEN.findall(phrase))] = subject
    return found


def key_of(token: str) -> str:
    """Return how a word is looked up: in lower case, but "IT" and "EM" only as they stand."""
    return token if token.isupper() and len(token) == 2 else token.lower()


def _own_words() -> Iterator[tuple[str, str]]:
    for subject, phrases in table()["sides"].items():
        yield from ((subject, phrase) for phrase in phrases)


def _group_words() -> Iterator[tuple[str, str]]:
    for subject, rows in _toml("groups.toml").items():
        if ":" in subject:
            keys = (
                ("alone", "modifiers")
                if subject.startswith(("group", "sector"))
                else ("alone", "named", "capital", "after")
            )
            yield from (
                ("bonds" if subject == "group:bonds" else subject, p)
                for key in keys
                for p in rows.get(key, [])
            )


@cache
def longest_side() -> int:
    """Return how many words the longest name of a side has."""
    return max(map(len, named_sides()))


def first_words(*lists: str) -> frozenset[str]:
    """Return the first words of the phrases in ``lists``; a sentence with none of them holds no phrase."""
    phrases = (phrase for name in lists for phrase in table()[name.partition(".")[0]][name.partition(".")[2]])
    return frozenset(phrase.split()[0].lower() for phrase in phrases)


def telling_words(*lists: str) -> frozenset[str]:
    """Return the longest word of each phrase in ``lists``: a finer sieve where the first is "in" or "a"."""
    phrases = (phrase for name in lists for phrase in table()[name.partition(".")[0]][name.partition(".")[2]])
    return frozenset(max(_SIEVED.findall(phrase.lower()), key=len) for phrase in phrases)
