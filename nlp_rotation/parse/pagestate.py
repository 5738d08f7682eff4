"""Bodies that a page carries as data for its own scripts, and not as markup.

Some publishers send an article as JSON and let the browser build the paragraphs; to a reader of
markup such a page is nearly empty.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BODY_KEYS = frozenset(
    {"body", "articleBody", "article_body", "bodyHtml", "body_html", "contentHtml", "content", "html"}
)
_ASSIGNMENT = re.compile(r"^\s*(?:window\.|var\s|self\.)[\w.\[\]\"'$]{1,80}\s*=\s*(?=[{\[])")
#: A body has several paragraphs; teasers and consent notices in the same data have one or two.
_FEWEST_PARAGRAPHS = 3
_LARGEST = 8 * 2**20
_DEEPEST = 60


def body_in_state(tree: Any) -> str:
    """Return the longest body that the scripts of the page ``tree`` hold, as HTML; empty if there is none."""
    bodies = [body for data in _states(tree) for body in _bodies(data)]
    return max(bodies, key=len, default="")


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


def _bodies(data: Any) -> Iterator[str]:
    """Yield every body in ``data``: HTML in a string, or a tree of typed nodes."""
    pending: list[tuple[Any, int]] = [(data, 0)]
    while pending:
        value, depth = pending.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(value, list):
            pending += [(item, depth + 1) for item in value]
        elif isinstance(value, Mapping):
            yield from (body for key in _BODY_KEYS & value.keys() if (body := _as_html(value[key])))
            pending += [(item, depth + 1) for item in value.values()]


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
