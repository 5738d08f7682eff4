"""RSS and Atom: every entry a document, its time stamp letter by letter.

The parsed dates of feedparser are never looked at, since they hold guesses for stamps that it does
not know; :mod:`nlp_rotation.parse.stamps` reads the raw string instead.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from nlp_rotation.acquire.entries import entry, plain
from nlp_rotation.acquire.opening import Opened
from nlp_rotation.errors import AcquireError
from nlp_rotation.types import Given, RawDocument

_TIMES = ("published", "created", "issued", "updated")

_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_FIRST_ELEMENT = re.compile(rb"<[A-Za-z_:]")

_log = logging.getLogger(__name__)


def read_feed(opened: Opened) -> Iterator[RawDocument]:
    """Yield the entries of a feed, also of one with broken XML as far as it can be read.

    :raises AcquireError: where there are no entries, or where the XML declares entities.
    """
    import feedparser

    data = opened.read()
    refuse_entities(data, opened.path)
    # A stream, since feedparser would take bytes or text for the name of a file or an address.
    feed = feedparser.parse(io.BytesIO(data), response_headers=_headers(opened))
    if not feed.entries:
        trouble = f" ({feed.bozo_exception})" if feed.bozo else ""
        raise AcquireError(f"a feed without entries{trouble}", where=opened.path)
    if feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        _log.warning("%s: broken XML (%s), read as far as it goes", opened.path, feed.bozo_exception)
    for number, item in enumerate(feed.entries, start=1):
        yield _document(item, feed.feed, opened, number)


def refuse_entities(data: bytes, path: str) -> None:
    """Refuse XML that declares entities of its own: no feed needs them, and bombs are made of them.

    They can stand only before the first element. Zero bytes go, since UTF-16 spells the same words with
    them, and so do comments, in which anything may stand.
    """
    prolog = _COMMENT.sub(b"", data.replace(b"\0", b""))
    first = _FIRST_ELEMENT.search(prolog)
    if b"<!ENTITY" in prolog[: first.start() if first else None]:
        raise AcquireError("the XML declares entities, which is refused", where=path)


def _headers(opened: Opened) -> dict[str, str]:
    return {"content-type": f"text/xml; charset={opened.charset}"} if opened.charset else {}


def _document(item: Any, feed: Any, opened: Opened, number: int) -> RawDocument:
    published = next((raw for key in _TIMES if (raw := _field(item, key))), "")
    publisher = _field(item.get("source") or {}, "title") or _field(feed, "title")
    given = Given(
        id=_field(item, "id") or None,
        title=plain(_field(item, "title")) or None,
        source=plain(publisher) or None,
        author=plain(_field(item, "author")) or None,
        url=_field(item, "link") or None,
        published=published or None,
        basis="feed" if published else "unknown",
    )
    return entry(opened, given, text=_text(item), locator=given.id or given.url or f"entry {number}")


def _text(item: Any) -> str:
    """Return the longest text that the entry carries."""
    contents = (str(part.get("value", "")) for part in item.get("content", ()))
    return max([_field(item, "summary"), *contents], key=len)


def _field(tree: dict[str, Any], key: str) -> str:
    """Read a field itself: feedparser's own access falls back to other fields without a word."""
    value: object = dict.get(tree, key)
    return value.strip() if isinstance(value, str) else ""
