"""Find everything tradable, every group and every country that the text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nlp_rotation.annotate.names.codes import find_codes
from nlp_rotation.annotate.names.companies import find_companies
from nlp_rotation.annotate.names.coreference import find_references
from nlp_rotation.annotate.names.marketwords import find_market_words
from nlp_rotation.annotate.names.naming import local_lexicon, name_codes
from nlp_rotation.annotate.names.tokens import tokenise
from nlp_rotation.types import Mention, Reading

#: Who wrote and edited: names of persons, whatever companies they share them with.
_CREDITS = re.compile(r"ing(?:(?<=[Rr]eporting)|(?<=[Ee]diting)|(?<=[Ww]riting)) by [^()\n]{1,300}")


def find_mentions(reading: Reading) -> tuple[Mention, ...]:
    """Return the mentions of a text in order, without overlaps.

    A printed ticker binds most: with the name before it, it defines what the article means by that
    name. Then the longer name wins over the shorter, and words that point back ("the company")
    take what is left.
    """
    text = reading.text
    tokens = tokenise(text)
    printed, definitions = name_codes(text, tokens, find_codes(text), reading.published.date)
    local = local_lexicon(definitions)
    market = find_market_words(text, tokens)
    named = find_companies(text, tokens, local, reading.published.date)
    named = _outside(named, market.common)
    printed = _without_echoes(text, printed, market.proper)
    ranked = [*printed, *_by_length([*named, *market.proper]), *_by_length(market.common)]
    credits = [match.span() for match in _CREDITS.finditer(text)]
    mentions = _without_overlaps(ranked, [*market.ignored, *credits])
    return tuple(_without_overlaps([*mentions, *find_references(text, mentions)], []))


def _outside(named: Sequence[Mention], phrases: Sequence[Mention]) -> list[Mention]:
    """Drop names that are only a word of a phrase: "Robinhood" in "Robinhood favorites"."""
    ends = {phrase.start: phrase.end for phrase in phrases}
    return [mention for mention in named if ends.get(mention.start, 0) <= mention.end]


def _without_echoes(text: str, printed: Sequence[Mention], proper: Sequence[Mention]) -> list[Mention]:
    """Drop an index code that only repeats the name in front of it, which says it better."""
    ends = [mention.end for mention in proper if mention.kind == "index"]
    echoes = {end + gap for end in ends for gap in (0, 1, 2) if not text[end : end + gap].strip()}
    return [m for m in printed if not (m.kind == "index" and m.rule == "reuters" and m.start in echoes)]


def _by_length(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda mention: (mention.start - mention.end, mention.start))


def _without_overlaps(mentions: Iterable[Mention], ignored: Iterable[tuple[int, int]]) -> list[Mention]:
    """Keep the earlier mention of two that overlap; return them in order of place."""
    taken = bytearray()
    kept = []
    for start, end in ignored:
        _occupy(taken, start, end)
    for mention in mentions:
        if not any(taken[mention.start : mention.end]):
            _occupy(taken, mention.start, mention.end)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _occupy(taken: bytearray, start: int, end: int) -> None:
    if len(taken) < end:
        taken.extend(bytes(end - len(taken)))
    taken[start:end] = b"\x01" * (end - start)
