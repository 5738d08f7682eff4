"""JSON Feed, versions 1 and 1.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nlp_rotation.acquire.entries import entry, plain
from nlp_rotation.acquire.opening import Opened
from nlp_rotation.types import Given, RawDocument


def is_json_feed(tree: Any) -> bool:
    """Tell whether ``tree`` is a JSON Feed by the version that the format demands."""
    return (
        isinstance(tree, Mapping)
        and "jsonfeed.org/version" in str(tree.get("version"))
        and isinstance(tree.get("items"), list)
    )


def read_json_feed(tree: Mapping[str, Any], opened: Opened) -> Iterator[RawDocument]:
    """Yield the items of a JSON Feed."""
    for number, item in enumerate(tree["items"], start=1):
        if isinstance(item, Mapping):
            yield _document(item, tree, opened, number)


def _document(item: Mapping[str, Any], feed: Mapping[str, Any], opened: Opened, number: int) -> RawDocument:
    published = _text(item.get("date_published")) or _text(item.get("date_modified"))
    # Version 1 knows one author, version 1.1 a list; the feed's own stand for items without any.
    authors = item.get("authors") or item.get("author") or feed.get("authors") or feed.get("author")
    given = Given(
        id=_text(item.get("id")) or None,
        title=plain(_text(item.get("title"))) or None,
        source=plain(_text(feed.get("title"))) or None,
        author=_names(authors) or None,
        url=_text(item.get("external_url")) or _text(item.get("url")) or None,
        published=published or None,
        basis="feed" if published else "unknown",
    )
    text = max((_text(item.get(key)) for key in ("content_html", "content_text", "summary")), key=len)
    return entry(opened, given, text=text, locator=given.id or given.url or f"item {number}")


def _names(authors: Any) -> str:
    people = authors if isinstance(authors, list) else [authors]
    names = (_text(person.get("name")) for person in people if isinstance(person, Mapping))
    return ", ".join(name for name in names if name)


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
