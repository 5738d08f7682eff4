"""Many words as one pattern: the longest of them first, and quick to see that none is there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable


def alternation(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest first; either apostrophe will do."""
    return "|".join(re.escape(word).replace("'", "['’]") for word in sorted(words, key=len, reverse=True))


def by_first_word(phrases: Iterable[str]) -> str:
    """Return the pattern of any of the phrases, the longest first; a place is left at its first word."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        first = re.match(r"\w*", phrase)
        word = first[0] if first else ""
        rests[word].append(phrase[len(word) :])
    words = sorted(rests, key=len, reverse=True)
    return "|".join(rf"{word}(?:{alternation(rests[word])})" for word in words)
