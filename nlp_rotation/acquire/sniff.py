"""What a stretch of bytes is, told from its first bytes; a file's name only breaks ties."""

from __future__ import annotations

import codecs
import json
import re
from typing import Literal

from nlp_rotation.acquire.decode import decode

Form = Literal[
    "empty",
    "binary",
    "table",
    "text",
    "html",
    "lines",
    "json",
    "feed",
    "sitemap",
    "opml",
    "warc",
    "parquet",
    "xml",
    "no xml",
]

#: Enough for the prolog of any feed met so far, style sheets and comments included.
HEAD = 16_384

_MAGIC = (
    *(b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"Rar!"),
    *(b"SQLite format 3", b"\x7fELF"),
)
_UNICODE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_PROLOG = re.compile(
    r"\s+|<\?[^>]{0,2000}\?>|<!--.*?-->|<!DOCTYPE\s[^>\[]{0,2000}(?:\[[^\]]*\]\s*)?>", re.I | re.S
)
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]{0,60})[\s/>]")
_ROOTS: dict[str, Form] = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
    "opml": "opml",
}
_HTML = frozenset(("html", "head", "body", "article", "main", "section", "div", "p", "h1", "meta", "title"))
_LINES = (".jsonl", ".ndjson", ".jl")
_PAGES = (".html", ".htm", ".xhtml")
_MARKUP = (".xml", ".rss", ".atom", ".rdf", ".opml")
_TABLES = (".csv", ".tsv")


def sniff(head: bytes, *, name: str = "") -> Form:
    """Return the form of what starts with ``head``; ``name`` is the file's name, if it has one."""
    name = name.lower().removesuffix(".gz")
    if not head.strip():
        return "empty"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if _is_binary(head):
        return "binary"
    return _form_of_text(decode(head).lstrip("\ufeff \t\r\n"), name)


def _is_binary(head: bytes) -> bool:
    if head.startswith(_MAGIC):
        return True
    if head.startswith(_UNICODE_MARKS):
        return False
    controls = sum(
        head.count(code) for code in (b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\x05", b"\x06")
    )
    return controls * 200 > len(head)


def _form_of_text(text: str, name: str) -> Form:
    if name.endswith(_LINES):
        return "lines"
    if name.endswith(_TABLES):
        return "table"
    if text.startswith(("{", "[")):
        return _form_of_json(text, name)
    if text.startswith("<"):
        return _form_of_markup(text, name)
    if name.endswith(_MARKUP):
        return "no xml"
    return "html" if name.endswith(_PAGES) else "text"


def _form_of_json(text: str, name: str) -> Form:
    first, newline, rest = text.partition("\n")
    if text.startswith("{") and newline and rest.strip() and _is_json(first):
        return "lines"
    if text.startswith("{") or name.endswith(".json") or _is_json(text):
        return "json"
    return "json" if re.match(r"\[\s*[\[{]", text) else "text"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _form_of_markup(text: str, name: str) -> Form:
    root = _root(text)
    if form := _ROOTS.get(root):
        return form
    if name.endswith(_PAGES) or root in _HTML or re.match(r"<!doctype html", text, re.I):
        return "html"
    return "xml" if text.startswith("<?xml") or name.endswith(_MARKUP) else "text"


def _root(text: str) -> str:
    """Return the name of the first element, lower case and without its prefix."""
    at = 0
    while found := _PROLOG.match(text, at):
        at = found.end()
    element = _ELEMENT.match(text, at)
    return element[1].lower().rpartition(":")[2] if element else ""
