"""Words with their places, folded so that a name in a table and the same name in a text meet.

The same folding is used for both sides: case, accents, apostrophes and the full stops of initials
go, so ``J.C. Penney``, ``JC Penney`` and ``J. C. PENNEY CO`` share the key ``jc penney``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(
    r"(?P<word>(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])|[^\W_]+(?:[&+][^\W_]+)*)(?P<genitive>['’]s(?![^\W_]))?"
)
#: What may stand between two words of one name. A full stop with a space only after a short word.
_GAP = re.compile(r"[ \xa0\t\r]{1,2}\n?|\n|[-–.'’/]| ?& ?|\. ")
_SHORT = 3
#: Names that need no folding but that of case.
_PLAIN = re.compile(r"[A-Za-z0-9]{2,}(?: [A-Za-z0-9]+)*")


class Token(NamedTuple):
    """One word of a text."""

    start: int
    #: End of the word without its genitive ending.
    end: int
    #: End with ``'s`` where there is one.
    full_end: int
    #: Folded word without the genitive ending.
    base: str
    #: Folded word with it (``moodys``).
    full: str


def fold(word: str) -> str:
    """Return ``word`` in lower case, without accents, apostrophes and full stops."""
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return word.lower().replace(".", "").replace("'", "").replace("’", "")


def tokenise(text: str) -> list[Token]:
    """Return the words of ``text`` in order."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        base = fold(match["word"])
        full = base + "s" if match["genitive"] else base
        yield Token(match.start(), match.end("word"), match.end(), base, full)


def key_of(name: str) -> str:
    """Return the key under which ``name`` is kept in the lexicon.

    >>> key_of("McDonald's") == key_of("MCDONALDS") == "mcdonalds"
    True
    >>> key_of("J.C. Penney")
    'jc penney'
    """
    if _PLAIN.fullmatch(name):
        return name.lower()
    return " ".join(_join_initials([token.full for token in _tokens(name)]))


def _join_initials(words: list[str]) -> list[str]:
    """Join letters that stand alone at the head: registers write ``D R HORTON INC``."""
    count = 0
    while count < len(words) and len(words[count]) == 1 and words[count].isalpha():
        count += 1
    return ["".join(words[:count]), *words[count:]] if count > 1 else words


def joins(text: str, left: Token, right: Token) -> bool:
    """Tell whether two neighbouring words may belong to one name."""
    gap = text[left.full_end : right.start]
    if gap == " ":
        return True
    if gap == ". ":
        return left.base.isalpha() and left.end - left.start <= _SHORT
    return _GAP.fullmatch(gap) is not None


def hangs_on(text: str, token: Token) -> bool:
    """Tell whether a word hangs on the one before it: ``com`` in ``Amazon.com``."""
    return (
        token.start > 0
        and text[token.start - 1] in ".-–'’/!"
        and text[token.start - 2 : token.start - 1].isalnum()
    )


def is_capital(text: str, token: Token) -> bool:
    """Tell whether a word begins with a capital letter or a digit."""
    first = text[token.start]
    return first.isupper() or first.isdigit()
