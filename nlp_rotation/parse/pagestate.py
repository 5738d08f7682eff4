"""Articles that a page carries as data for its own scripts, and not as markup.

Some publishers send an article as JSON and let the browser build the paragraphs; to a reader of
markup such a page is nearly empty.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_BODY_KEYS = frozenset(
    {"body", "articleBody", "article_body", "bodyHtml", "body_html", "contentHtml", "content", "html"}
)
_STAMP_KEYS = {
    "published": (
        *("datePublished", "publishedAt", "published_at", "publishedDate", "published_date", "publishDate"),
        *("firstPublished", "firstPublishedAt", "first_publish_date", "publicationDate", "display_date"),
    ),
    "updated": (
        *(
            "dateModified",
            "updatedAt",
            "updated_at",
            "modifiedAt",
            "modified_at",
            "lastModified",
            "lastUpdated",
        ),
        *("last_updated_date", "modifiedDate", "updateDate"),
    ),
}
_ASSIGNMENT = re.compile(r"^\s*(?:window\.|var\s|self\.)[\w.\[\]\"'$]{1,80}\s*=\s*(?=[{\[])")
#: A body has several paragraphs; teasers and consent notices in the same data have one or two.
_FEWEST_PARAGRAPHS = 3
_LARGEST = 8 * 2**20
_DEEPEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StateArticle:
    """The article in the data of a page; empty where there is none."""

    #: As HTML.
    body: str = ""
    #: Time stamps that stand beside the body, as written.
    published: str = ""
    updated: str = ""


def article_in_state(tree: Any) -> StateArticle:
    """Return the article with the longest body that the scripts of the page ``tree`` hold."""
    found = [article for data in _states(tree) for article in _articles(data)]
    return max(found, key=lambda article: len(article.body), default=StateArticle())


def _states(tree: Any) -> Iterator[Any]:
    for script in tree.iter("script"):
        source = script.text or ""
        if len(source) > _LARGEST or "ld+json" in (script.get("type") or ""):
            continue
        if "json" in (script.get("type") or ""):
            source = source.strip()
        elif assigned := _ASSIGNMENT.match(source):
            source = source[assigned.end() :]
        else:
            continue
        try:
            yield json.JSONDecoder(strict=False).raw_decode(source)[0]
        except (ValueError, RecursionError):
            continue


def _articles(data: Any) -> Iterator[StateArticle]:
    """Yield every article in ``data``: a body that is HTML in a string, or a tree of typed nodes."""
    pending: list[tuple[Any, int]] = [(data, 0)]
    while pending:
        value, depth = pending.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(value, list):
            pending += [(item, depth + 1) for item in value]
        elif isinstance(value, Mapping):
            stamps = {name: _stamp(value, keys) for name, keys in _STAMP_KEYS.items()}
            bodies = (_as_html(value[key]) for key in _BODY_KEYS & value.keys())
            yield from (StateArticle(body=body, **stamps) for body in bodies if body)
            pending += [(item, depth + 1) for item in value.values()]


def _stamp(value: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """Return a stamp as text: some publishers count seconds or milliseconds since 1970."""
    stated = (value[key] for key in keys if key in value)
    kept = (item for item in stated if isinstance(item, str | int) and not isinstance(item, bool))
    return next((str(item) for item in kept if item), "")


def _as_html(value: Any) -> str:
    if isinstance(value, str):
        body = value if "<p" in value else html.unescape(value) if "&lt;p" in value else ""
    elif isinstance(value, list):
        body = "".join(_node(item, 0) for item in value)
    elif isinstance(value, Mapping):
        body = _node(value, 0)
    else:
        body = ""
    return body if len(re.findall(r"<p[\s>]", body)) >= _FEWEST_PARAGRAPHS else ""


_NODE_TAGS = {
    "paragraph": "p",
    "heading": "h2",
    "list": "ul",
    "listitem": "li",
    "list-item": "li",
    "blockquote": "blockquote",
    "quote": "blockquote",
    "table": "table",
    "row": "tr",
    "cell": "td",
}
_NODE_PARTS = ("content", "children", "items", "value", "text")


def _node(value: Any, depth: int) -> str:
    """Return a node ``{"type": "paragraph", "content": [...]}`` as HTML; other types lose their frame."""
    if isinstance(value, str):
        return value if "<" in value else html.escape(value, quote=False)
    if isinstance(value, list):
        return "".join(_node(item, depth + 1) for item in value)
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str) or depth > _DEEPEST:
        return ""
    inner = next((_node(value[part], depth + 1) for part in _NODE_PARTS if value.get(part)), "")
    tag = _NODE_TAGS.get(value["type"].lower().replace("_", "-"))
    return f"<{tag}>{inner}</{tag}>" if tag else inner
