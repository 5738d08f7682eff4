"""Longest matches of a lexicon in a text, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nlp_rotation.annotate.names.lexicon import Entry, Lexicon
from nlp_rotation.annotate.names.tokens import Token, hangs_on, is_capital, joins

#: Words inside a name that may be small.
_SMALL = frozenset({"of", "and", "the", "de", "for", "in", "a", "on", "e", "y", "la", "du", "to", "von"})


class Hit(NamedTuple):
    """A stretch of words that the lexicon knows."""

    first: int
    #: Index of the last word.
    last: int
    start: int
    end: int
    entry: Entry


def scan(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> list[Hit]:
    """Return the longest matches from left to right, without overlaps; their case fits the entry."""
    hits: list[Hit] = []
    reach, small = lexicon.reach, lexicon.small
    free = 0
    for place, token in enumerate(tokens):
        if place < free or (token.full not in reach and token.base not in reach):
            continue
        if text[token.start].islower() and token.full not in small and token.base not in small:
            continue
        for hit in _matches(text, tokens, place, lexicon)[-1:]:
            hits.append(hit)
            free = hit.last + 1
    return hits


def _matches(text: str, tokens: Sequence[Token], place: int, lexicon: Lexicon) -> list[Hit]:
    """Return the matches that begin at a word, the longest last."""
    token = tokens[place]
    reach = max(lexicon.reach.get(token.full, 0), lexicon.reach.get(token.base, 0))
    words: list[str] = []
    found = []
    for last in range(place, min(place + reach, len(tokens))):
        if last > place and not joins(text, tokens[last - 1], tokens[last]):
            break
        for form, end in _forms(tokens[last]):
            entry = lexicon.entries.get(" ".join([*words, form]))
            if entry and _case_fits(text, tokens[place : last + 1], end, entry):
                found.append(Hit(place, last, token.start, end, entry))
                break
        words.append(tokens[last].full)
    return found


def _forms(token: Token) -> tuple[tuple[str, int], ...]:
    """Return a last word without and with its genitive ending: "GM's" is GM, "Macy's" has no Macy."""
    if token.base == token.full:
        return ((token.base, token.end),)
    return (token.base, token.end), (token.full, token.full_end)


def _case_fits(text: str, words: Sequence[Token], end: int, entry: Entry) -> bool:
    if entry.trust == "plain":
        return True
    start = words[0].start
    if entry.trust == "exact":
        return text[start:end].isupper() or text[start:end] == entry.written
    if entry.written and not entry.written[0].isupper() and text.startswith(entry.written, start):
        return True
    if entry.kind not in ("equity", "etf"):
        return is_capital(text, words[0])
    return is_capital(text, words[0]) and all(
        is_capital(text, word) or word.base in _SMALL or hangs_on(text, word) for word in words[1:]
    )
