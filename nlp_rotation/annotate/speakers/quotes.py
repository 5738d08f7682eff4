"""Where quotation marks open and close, over sentences and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp_rotation.types import Span

#: A closing mark farther away than this belongs to another quote: nobody is cited so long in one go.
LONGEST = 3000
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*[\n“\"])[^\n]+)*")
#: Single marks are apostrophes too: they open a quote only at the start of a word.
_OPENING = re.compile(r"“|(?<![\w\"”])\"(?=\S)|(?<![\w’'])[‘'](?=\w)")
_SINGLE = re.compile(r"(?:(?<=[.,?!…])|(?<=\w)(?=[’'][.,;:]?(?:\s|$)))[’'](?=[\s.,;:—–-]|$)")
_CLOSING = {"“": re.compile('”|(?<=\\S)"'), '"': re.compile('(?<=\\S)["”]'), "‘": _SINGLE, "'": _SINGLE}


def find_quotes(text: str) -> tuple[Span, ...]:
    """Return the quoted stretches of ``text``, marks included, in order and without overlaps.

    A quote that runs over paragraphs (each opened anew, only the last one closed) is one span.
    """
    joined: list[Span] = []
    goes_on = False
    for paragraph in _PARAGRAPH.finditer(text):
        for quote, closed in _quotes_within(text, paragraph.start(), paragraph.end()):
            if goes_on and not text[joined[-1].end : quote.start].strip():
                joined[-1] = Span(start=joined[-1].start, end=quote.end)
            elif closed or _reopened(text, quote.end):
                joined.append(quote)
            else:
                continue
            goes_on = not closed
    return tuple(joined)


def _quotes_within(text: str, start: int, end: int) -> Iterator[tuple[Span, bool]]:
    """Yield the quotes of one paragraph, each with whether a mark closes it."""
    # Where a search for a closing mark has failed, the next opening mark need not search again.
    barren: dict[str, int] = {}
    while opening := _OPENING.search(text, start, end):
        start, mark = opening.end(), opening[0]
        if start < barren.get(mark, 0):
            continue
        border = min(end, start + LONGEST)
        closing = _CLOSING[mark].search(text, start, border)
        if closing:
            yield Span(start=opening.start(), end=closing.end()), True
            start = closing.end()
        elif border == end and mark in '“"':
            yield Span(start=opening.start(), end=end), False
            return
        else:
            barren[mark] = border


def _reopened(text: str, position: int) -> bool:
    """Tell whether the next thing after white space is an opening mark again."""
    while position < len(text) and text[position].isspace():
        position += 1
    return bool(_OPENING.match(text, position))


def mask_quotes(text: str, quotes: tuple[Span, ...]) -> str:
    """Return ``text`` with what stands inside quotation marks blotted out, length unchanged."""
    parts, position = [], 0
    for quote in quotes:
        inside = quote.end - quote.start - 2
        parts += [text[position : quote.start], '"', "~" * inside, '"']
        position = quote.end
    return "".join([*parts, text[position:]])
