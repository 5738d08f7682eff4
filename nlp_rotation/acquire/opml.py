"""OPML: a list of feeds, as feed readers export it."""

from __future__ import annotations

from nlp_rotation.acquire.feeds import refuse_entities
from nlp_rotation.acquire.opening import Opened
from nlp_rotation.errors import AcquireError


def feeds_of(opened: Opened) -> tuple[str, ...]:
    """Return the addresses of the feeds that the list names, each once, in order.

    :raises AcquireError: where it names none.
    """
    from lxml import etree

    data = opened.read()
    refuse_entities(data, opened.path)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(data, parser=parser)
    outlines = root.iter("{*}outline", "outline") if root is not None else ()
    addresses = (value for item in outlines for key, value in item.items() if key.lower() == "xmlurl")
    feeds = tuple(dict.fromkeys(address.strip() for address in addresses if address.strip()))
    if not feeds:
        raise AcquireError("a list that names no feed", where=opened.path)
    return feeds
