"""Words that point back to a name: "the company", "the stock", "the blue-chip index"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from nlp_rotation.annotate.names.listings import toml
from nlp_rotation.types import Kind, Mention

#: How far back an antecedent may lie, in characters: about the paragraph before.
_REACH = 500
_CONFIDENCE = 0.6
#: A firm that speaks or counts is not what "the stock" means.
_SPEAKS = re.compile(
    r"(?:['’]s)?[ \n](?:[A-Za-z-]+[ \n]){0,3}(?:analysts?|strategists?|economists?|(?:up|down)grade[ds]?"
    r"|(?:raised|cut|lowered|boosted|hiked) (?:its|their|the) (?:rating|price target|target)"
    r"|initiated|reiterated|maintains?|maintained|adjusted|raised its (?:price )?target|cut its"
    r"|lowered its|data|consensus|polls?|surveys?|estimates|said in a note|Securities|Research|Capital)\b"
)
_SPOKEN = re.compile(
    r"(?:according to|(?:analysts?|strategists?|economists?|officer|manager|note) (?:at|with|from|for|of)"
    r"|(?:compiled|polled|surveyed) by|data from)(?: the)?[ \n]$",
    re.I,
)
_TRADED: frozenset[Kind] = frozenset({"equity", "etf"})


def find_references(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return mentions for the words that point back to one of ``mentions``, which are in order."""
    found = []
    starts = [mention.start for mention in mentions]
    for match in _pattern().finditer(text):
        before = mentions[
            max(0, bisect_left(starts, match.start()) - 12) : bisect_left(starts, match.start())
        ]
        antecedents = [m for m in before if match.start() - m.end <= _REACH]
        for antecedent in _resolve(text, match, antecedents)[:1]:
            found.append(_pointing(match, antecedent))
    return found


@cache
def _pattern() -> re.Pattern[str]:
    nouns = _nouns()
    either = {
        name: "|".join(re.escape(noun) for noun in sorted(nouns[name], key=len, reverse=True))
        for name in nouns
    }
    return re.compile(
        rf"\b(?:[Tt]he|[Tt]his|[Ii]ts)[ \n](?:(?P<company>{either['company']})|(?P<index>{either['index']})"
        rf"|(?P<group>{either['group']}))\b(?![-'’]?\w*[ ]?(?:{either['not_before']})\b)"
    )


@cache
def _nouns() -> dict[str, list[str]]:
    return toml("aliases_context.toml")["pointing"]


def _resolve(text: str, match: re.Match[str], before: Sequence[Mention]) -> list[Mention]:
    """Return the possible antecedents, the best first."""
    if match["company"]:
        return _companies(text, match.start(), before)
    if match["index"]:
        wanted = _nouns_of_index(match["index"])
        indices = [m for m in reversed(before) if m.kind == "index"]
        return [m for m in indices if not wanted or m.symbol in wanted]
    return [m for m in reversed(before) if m.kind in ("sector", "group")]


def _nouns_of_index(noun: str) -> list[str]:
    return toml("aliases_context.toml")["indices"].get(" ".join(noun.split()), [])


def _companies(text: str, place: int, before: Sequence[Mention]) -> list[Mention]:
    """Take the subject of the nearest sentence that names a company; nothing where it names many."""
    traded = [m for m in before if m.kind in _TRADED and not _only_speaks(text, m)]
    if not traded:
        return []
    last = traded[-1]
    opening = max(text.rfind(". ", 0, last.start), text.rfind("\n", 0, last.start))
    same = [m for m in traded if m.start > opening]
    symbols = dict.fromkeys(m.symbol for m in same)
    if len(symbols) > 2:
        return []
    return [last] if text.find(". ", last.end, place) < 0 else [same[0]]


def _only_speaks(text: str, mention: Mention) -> bool:
    return bool(
        _SPEAKS.match(text, mention.end) or _SPOKEN.search(text[max(0, mention.start - 40) : mention.start])
    )


def _pointing(match: re.Match[str], antecedent: Mention) -> Mention:
    return Mention(
        start=match.start(),
        end=match.end(),
        text=match[0],
        symbol=antecedent.symbol,
        kind=antecedent.kind,
        rule="coreference",
        confidence=_CONFIDENCE,
    )
