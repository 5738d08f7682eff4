"""Longest matches of a lexicon in a text, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nlp_rotation.annotate.names.lexicon import Entry, Lexicon
from nlp_rotation.annotate.names.tokens import Token, is_capital, joins

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
    place = 0
    while place < len(tokens):
        hit = _longest(text, tokens, place, lexicon)
        if hit:
            hits.append(hit)
        place = hit.last + 1 if hit else place + 1
    return hits


def _longest(text: str, tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Hit | None:
    token = tokens[place]
    reach = max(lexicon.reach.get(token.full, 0), lexicon.reach.get(token.base, 0))
    words: list[str] = []
    best = None
    for last in range(place, min(place + reach, len(tokens))):
        if last > place and not joins(text, tokens[last - 1], tokens[last]):
            break
        for form, end in _forms(tokens[last]):
            entry = lexicon.entries.get(" ".join([*words, form]))
            if entry and _case_fits(text, tokens[place : last + 1], end, entry):
                best = Hit(place, last, token.start, end, entry)
        words.append(tokens[last].full)
    return best


def _forms(token: Token) -> tuple[tuple[str, int], ...]:
    """Return a last word without and with its genitive ending; the later form wins."""
    if token.base == token.full:
        return ((token.base, token.end),)
    return (token.base, token.end), (token.full, token.full_end)


def _case_fits(text: str, words: Sequence[Token], end: int, entry: Entry) -> bool:
    if entry.trust == "plain":
        return True
    if entry.trust == "exact":
        return text[words[0].start : words[-1].end].isupper() or text[words[0].start : end] == entry.written
    if entry.written and not entry.written[0].isupper() and text.startswith(entry.written, words[0].start):
        return True
    if entry.kind == "index":
        return is_capital(text, words[0])
    return is_capital(text, words[0]) and all(
        is_capital(text, word) or word.base in _SMALL or _inside(text, word) for word in words[1:]
    )


def _inside(text: str, word: Token) -> bool:
    """Tell whether a word hangs on the one before it: ``com`` in ``Amazon.com``."""
    return word.start > 0 and text[word.start - 1] in ".-–'’/!"
