"""Sitemaps, with the news extension: title, publisher and time of every address; lists of sitemaps."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from nlp_rotation.acquire.entries import entry, plain
from nlp_rotation.acquire.feeds import refuse_entities
from nlp_rotation.acquire.opening import MAX_CONTAINER, Opened
from nlp_rotation.acquire.sniff import HEAD
from nlp_rotation.errors import AcquireError
from nlp_rotation.types import Given, RawDocument


def read_sitemap(opened: Opened) -> Iterator[RawDocument]:
    """Yield one document for every address; only its page, or a news title, gives it text."""
    for number, url in enumerate(_elements(opened, "url"), start=1):
        news = url.find("{*}news")
        if news is None:
            given = Given(url=_child(url, "loc") or None)
        else:
            published = _child(news, "publication_date")
            given = Given(
                title=plain(_child(news, "title")) or None,
                source=plain(_child(news.find("{*}publication"), "name")) or None,
                url=_child(url, "loc") or None,
                published=published or None,
                basis="feed" if published else "unknown",
            )
        yield entry(opened, given, text="", locator=given.url or f"address {number}")


def sitemaps_of(opened: Opened) -> tuple[str, ...]:
    """Return the addresses in a list of sitemaps; empty for a sitemap itself."""
    if not re.search(rb"<(?:\w+:)?sitemapindex[\s>]", opened.stream.peek()[:HEAD]):
        return ()
    return tuple(address for item in _elements(opened, "sitemap") if (address := _child(item, "loc")))


def _elements(opened: Opened, name: str) -> Iterator[Any]:
    """Yield the elements called ``name`` one by one and forget each when it is done with."""
    from lxml import etree

    data = opened.read(limit=MAX_CONTAINER)
    refuse_entities(data, opened.path)
    options = {"resolve_entities": False, "no_network": True, "recover": True}
    found = False
    try:
        for _, element in etree.iterparse(io.BytesIO(data), events=("end",), tag=f"{{*}}{name}", **options):
            found = True
            yield element
            element.clear(keep_tail=True)
    except etree.XMLSyntaxError as error:
        raise AcquireError(f"broken XML ({error.msg})", where=opened.path) from error
    if not found:
        raise AcquireError("a sitemap without addresses", where=opened.path)


def _child(element: Any, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip() if element is not None else ""
