"""Take the furniture of finance pages out of a text and leave every line of the report where it was."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from nlp_rotation.config import TABLES
from nlp_rotation.parse.dateline import Shown

#: A pointer or a caption is short; a paragraph that begins with the same words is not.
_SHORT = 240
#: Notices have a paragraph or two; an article that mentions cookies has more.
_LONGEST_NOTICE = 600
_LIST_ITEM = re.compile(r"\s*(?:\(?\d{1,3}[.):]|[-*•‣▪–])\s+\S")
_MARKS = ' \t\r\u00a0.,:;!…|·•*_-–—[]()"“”»«→>'
_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """The table of phrases, folded for comparing."""

    #: What the inline phrases have in their middle, and the pattern that cuts them whole.
    phrases: tuple[str, ...]
    inline: re.Pattern[str]
    lines: frozenset[str]
    openings: tuple[str, ...]
    endings: tuple[str, ...]
    walls: tuple[str, ...]


def without_furniture(text: str, *, shown: tuple[Shown, ...] = ()) -> str:
    """Return ``text`` without page furniture and without the stamps ``shown``.

    >>> without_furniture("Oil rose.\\nLeave a comment")
    'Oil rose.'
    """
    table = furniture()
    for stamp in sorted(shown, key=lambda item: -item.start):
        text = text[: stamp.start] + text[stamp.end :]
    lines = (line[0] for line in _LINE.finditer(text))
    kept = "".join(line for line in lines if line == "\n" or not is_furniture(line, table))
    # Most texts hold none of the phrases, and looking for them one by one is far faster than the pattern.
    if any(phrase in kept for phrase in table.phrases):
        kept = table.inline.sub("", kept)
    return kept.strip()


def is_furniture(line: str, table: Furniture) -> bool:
    """Tell whether ``line`` belongs to the page and not to the report."""
    if len(line) > _SHORT:
        return False
    folded = _fold(line.strip())
    if folded.strip(_MARKS) in table.lines:
        return True
    if not folded or _LIST_ITEM.match(line):
        return False
    return folded.startswith(table.openings) or folded.endswith(table.endings)


def wall_in(text: str) -> str:
    """Return the phrase by which a short text is a notice of a server and no article, or nothing."""
    folded = _fold(text) if len(text) <= _LONGEST_NOTICE else ""
    return next((phrase for phrase in furniture().walls if phrase in folded), "")


@cache
def furniture() -> Furniture:
    """Return the built-in table."""
    table = tomllib.loads((TABLES / "boilerplate.toml").read_text("utf-8"))
    phrases = sorted(table["inline"], key=len, reverse=True)
    inline = "|".join(re.escape(phrase).replace(r"\ ", r"[ \u00a0]") for phrase in phrases)
    return Furniture(
        inline=re.compile(rf"[ \u00a0]?(?:{inline})(?!\w)"),
        phrases=tuple({phrase.strip(_MARKS) for phrase in phrases}),
        lines=frozenset(_fold(phrase) for phrase in table["lines"]),
        openings=tuple(_fold(phrase) for phrase in table["openings"]),
        endings=tuple(_fold(phrase) for phrase in table["endings"]),
        walls=tuple(_fold(phrase) for phrase in table["walls"]),
    )


def _fold(text: str) -> str:
    return text.replace("’", "'").replace("\u00a0", " ").lower()
