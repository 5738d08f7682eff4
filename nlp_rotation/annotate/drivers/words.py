"""Words of a text and their stems: what cues and lexicon are compared by."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9&+*]|[.'’](?=[A-Za-z0-9]))*")
_POSSESSIVE = re.compile(r"['’]s?$")

#: Endings that inflection adds, longest first, with what stands in their place.
_ENDINGS = (("ingly", ""), ("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))
_SHORTEST_STEM = 3


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return ``word`` in lower case without inflection, alike for all forms of a regular word.

    >>> stem("Rates"), stem("rated"), stem("cutting"), stem("bonds'")
    ('rat', 'rat', 'cut', 'bond')
    """
    base = _POSSESSIVE.sub("", word.lower())
    for ending, instead in _ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= _SHORTEST_STEM and not base.endswith("ss"):
            base = base[: -len(ending)] + instead
            break
    if len(base) > _SHORTEST_STEM and base[-1] == base[-2] and base[-1] not in "sle":
        base = base[:-1]
    return base[:-1] if base.endswith("e") and len(base) > _SHORTEST_STEM else base


def stems(text: str) -> list[str]:
    """Return the stems of the words of ``text`` in order; hyphens part words."""
    return [stem(match[0]) for match in _WORD.finditer(text)]


def words_of(text: str) -> tuple[list[int], list[str]]:
    """Return where each word of ``text`` begins, and its stem."""
    starts: list[int] = []
    found: list[str] = []
    for match in _WORD.finditer(text):
        starts.append(match.start())
        found.append(stem(match[0]))
    return starts, found
