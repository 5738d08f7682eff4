"""What a user types to search for, and the stretch of text that shows that it was found."""

from __future__ import annotations

import re

from nlp_rotation.errors import UsageError

_QUOTED_OR_BARE = re.compile(r'"([^"]*)"|([^\s"]+)')
_TOKEN = re.compile(r"[^\W_]+")

#: Characters of text shown to either side of a word found.
_MARGIN = 80

Phrase = tuple[str, ...]


def phrases(words: str) -> list[Phrase]:
    """Split a search into phrases; each is the words that have to follow each other.

    >>> phrases('rate "small caps" S&P')
    [('rate',), ('small', 'caps'), ('S', 'P')]

    :raises UsageError: where nothing is left to search for.
    """
    stretches = (quoted or bare for quoted, bare in _QUOTED_OR_BARE.findall(words))
    found = [phrase for stretch in stretches if (phrase := tuple(_TOKEN.findall(stretch)))]
    if not found:
        raise UsageError("nothing to search for", where=repr(words), hint="give at least one word")
    return found


def holds_words(text: str) -> bool:
    """Tell whether there is anything to search for in ``text``."""
    return _TOKEN.search(text) is not None


def pattern(phrase: Phrase) -> str:
    """Return a regular expression, for Python and RE2 alike, that finds the phrase as whole words."""
    return r"(?i)\b" + r"[\W_]+".join(re.escape(word) for word in phrase) + r"\b"


def excerpt(text: str, wanted: list[Phrase]) -> str:
    """Return the text around the first phrase found, on one line; the beginning where none is seen.

    A phrase that differs in its accents is found by the search and not seen here.
    """
    found = re.search(pattern(wanted[0]), text)
    start, end = found.span() if found else (0, 0)
    first, last = max(0, start - _MARGIN), end + _MARGIN
    shown = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{shown}{'…' if last < len(text) else ''}"
