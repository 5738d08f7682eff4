"""Where sentences, headlines and list items begin and end.

Rules alone, in one pass over the text: a line that stands for itself (headline, list item, table
row) is a sentence; inside a paragraph a full stop ends one unless it belongs to an abbreviation,
an initial, a number or an address.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nlp_rotation.config import TABLES
from nlp_rotation.types import Sentence

_CLOSERS = "\"'”’)\\]*_"
_OPENERS = "\"'“‘(\\[*_$£€#"
#: A place where a sentence may end: a run of line breaks, a stop before white space, a stop that a
#: lost line break has glued to the next sentence ("2.3%.Kospi"), or a bullet in the running line.
_CANDIDATE = re.compile(
    rf"(?P<lines>\n\s*)"
    rf"|(?P<stop>[.!?…]{{1,9}})[{_CLOSERS}]{{0,4}}(?P<gap>[^\S\n]+)(?=[{_OPENERS}]{{0,4}}(?P<next>\w))"
    rf"|(?P<glue>(?<=[a-z%\d]{{2}})\.)(?=(?P<glued>[A-Z][a-z]+))"
    rf"|(?P<bullet>(?<=[^\S\n])[•▪●‣*](?=[^\S\n]))"
)
#: The word before a stop is looked for in so many characters: no abbreviation is longer.
_REACH = 12
_LAST_WORD = re.compile(r"[\w.&]+\Z")
_NEXT_WORD = re.compile(r"\w+")
#: Marks that open a list item or a heading and are no part of it.
_MARKER = re.compile(r"(?:[•▪●‣*\-–—#>|]+[^\S\n]+|#+\s*)+")
#: Parts of an address that follow a stop without a space ("Investors.Com").
_ADDRESS_ENDS = frozenset({"Com", "Org", "Net", "Gov", "Inc", "Ai", "Io"})
#: Lines at least this long that stop in mid-clause were broken by a mailer, not by the author.
_WRAPPED = 55


@dataclass(frozen=True, slots=True)
class _Words:
    numbering: frozenset[str]
    never_final: frozenset[str]
    maybe_final: frozenset[str]
    openers: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = tomllib.loads((TABLES / "sentences.toml").read_text("utf-8"))
    return _Words(*(frozenset(table[key]) for key in ("numbering", "never_final", "maybe_final", "openers")))


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of ``text`` in order, without overlaps, outer white space or list marks.

    >>> [(s.start, s.end) for s in find_sentences("Up 1.5% at 4 p.m. in the U.S. The Dow fell.")]
    [(0, 29), (30, 43)]
    """
    found: list[Sentence] = []
    start = 0
    for end, resume in _breaks(text):
        found += _trim(text, start, end)
        start = resume
    return (*found, *_trim(text, start, len(text)))


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Yield (end of a sentence, begin of the next one)."""
    line_start = 0
    for match in _CANDIDATE.finditer(text):
        if match["lines"] is not None:
            if not _is_wrapped(text, line_start, match):
                yield match.start(), match.end()
            line_start = match.end()
        elif match["bullet"] is not None or (
            match["glue"] is not None and match["glued"] not in _ADDRESS_ENDS
        ):
            yield match.end() if match["glue"] else match.start(), match.end()
        elif match["stop"] is not None and _ends_sentence(text, match):
            yield match.start("gap"), match.end()


def _is_wrapped(text: str, line_start: int, match: re.Match[str]) -> bool:
    """Tell whether a line break stands in mid-sentence: a long line, and the next goes on in lower case."""
    after = text[match.end() : match.end() + 1]
    full = match.start() - line_start >= _WRAPPED and match[0].count("\n") == 1
    return full and after.islower() and text[match.start() - 1] not in ".!?:…"


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if match["stop"] != ".":
        return match["next"].isupper() or match["next"].isdigit() or match.end("stop") != match.start("gap")
    if match["next"].islower() or match.end("stop") != match.start("gap"):
        return not match["next"].islower()
    before = _LAST_WORD.search(text, max(0, match.start() - _REACH), match.start())
    word = before[0].lower().lstrip(".") if before else ""
    words = _words()
    if word in words.numbering:
        return not match["next"].isdigit()
    if word in words.never_final or (len(word) == 1 and word.isalpha()):
        return False
    if word in words.maybe_final:
        return _opens(text, match.start("next"))
    return True


def _opens(text: str, at: int) -> bool:
    word = _NEXT_WORD.match(text, at)
    return word is not None and word[0].lower() in _words().openers


def _trim(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    while start < end and text[start].isspace():
        start += 1
    marker = _MARKER.match(text, start, end)
    start = marker.end() if marker else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return (Sentence(start=start, end=end),) if start < end else ()
