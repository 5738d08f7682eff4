"""The words behind drivers, each in its paragraph, read for a few drivers at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from nlp_rotation.present.charts.model import Quote
from nlp_rotation.store.charting import QUOTE_COLUMNS, quotes_of, texts_of
from nlp_rotation.store.protocol import Store
from nlp_rotation.types import Effect

#: A paragraph of more characters is cut around the quote.
LONGEST_PARAGRAPH = 1200
#: Placeholders in one question; SQLite allows 32,766, older builds 999.
_AT_ONCE = 500


def read_quotes(store: Store, keys: Iterable[tuple[int, int]]) -> tuple[Quote, ...]:
    """Return the quotes of drivers, known by edition and place, in the order of ``keys``."""
    wanted = list(dict.fromkeys(keys))
    editions = sorted({edition for edition, _ in wanted})
    found: dict[tuple[int, int], Quote] = {}
    for first in range(0, len(editions), _AT_ONCE):
        found |= _quotes(store, editions[first : first + _AT_ONCE])
    return tuple(found[key] for key in wanted if key in found)


def _quotes(store: Store, editions: Sequence[int]) -> dict[tuple[int, int], Quote]:
    texts = {edition: text or "" for edition, text in store.select(texts_of(editions))}
    rows = (dict(zip(QUOTE_COLUMNS, row, strict=True)) for row in store.select(quotes_of(editions)))
    return {(row["edition"], row["n"]): _quote(row, texts[row["edition"]]) for row in rows}


def _quote(row: dict[str, Any], text: str) -> Quote:
    paragraph, start, end = paragraph_around(text, row["start_char"], row["end_char"])
    return Quote(
        edition=row["edition"],
        n=row["n"],
        category=row["category"],
        relation=row["relation"],
        hedged=bool(row["hedged"]),
        speaker=row["speaker"],
        firm=row["firm"],
        effects=tuple(Effect(**effect) for effect in json.loads(row["effects"])),
        confidence=row["confidence"],
        paragraph=paragraph,
        start=start,
        end=end,
        title=row["title"],
        source=row["source"],
        url=web_address(row["url"]),
        published=str(row["published_at"] or row["day"] or "") or None,
    )


def paragraph_around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the lines that hold a span, without their ends, and the span inside them.

    >>> paragraph_around("Title\\n\\nRates fell today.\\n", 7, 12)
    ('Rates fell today.', 0, 5)
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > LONGEST_PARAGRAPH:
        first, last = _cut(text, start, end, first, last)
    return text[first:last], start - first, end - first


def _cut(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """Narrow a paragraph to what stands next to the quote, at spaces."""
    room = max(LONGEST_PARAGRAPH - (end - start), 0) // 2
    if start - first > room:
        first = text.find(" ", start - room, start) + 1 or start
    if last - end > room:
        space = text.rfind(" ", end, end + room)
        last = space if space > 0 else end
    return first, last


def web_address(url: str | None) -> str | None:
    """Return ``url`` where a browser may follow it: never ``javascript:`` and its like."""
    return url if url and url.lower().startswith(("https://", "http://")) else None
