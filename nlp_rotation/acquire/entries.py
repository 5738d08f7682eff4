"""One entry of a feed, a sitemap or a list: what is known of an article before its page is read."""

from __future__ import annotations

import html
import re

from nlp_rotation.acquire.opening import Opened
from nlp_rotation.types import Content, Given, RawDocument

#: From so many words on the text of an entry is taken for the article itself. Teasers of the feeds
#: read while this was tuned end at 90 words, whole articles begin at 200.
_WHOLE = 150
_TAG = re.compile(r"<[^<>]{0,2000}>")


def entry(opened: Opened, given: Given, *, text: str, locator: str) -> RawDocument:
    """Return the document that an entry holds; ``text`` may be HTML."""
    teaser = plain(text)
    if teaser == given.title:
        text = teaser = ""
    words = len(teaser.split())
    content: Content = "full" if words >= _WHOLE else "summary" if words else "stub"
    return RawDocument(
        source_path=opened.path,
        locator=locator,
        media="html" if _TAG.search(text) else "text",
        body=text if _TAG.search(text) else html.unescape(text),
        given=given,
        content=content,
        fetched_at=opened.fetched_at,
    )


def plain(text: str) -> str:
    """Return the words of a title or a teaser without its tags and references.

    >>> plain("S&amp;P 500 <b>up</b> 1%")
    'S&P 500 up 1%'
    """
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
