"""Header lines at the head of a text file: ``date:``, ``source:``, ``title:``, ``url:``, ``author:``."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp_rotation.types import Given

_NAMES = ("date", "source", "title", "url", "author")
_HEADER = re.compile(rf"({'|'.join(_NAMES)}):[ \t]*([^\r\n]*)(?:\r?\n|$)", re.I)
#: What stands in a header for "not known".
_NOTHING = frozenset({"", "none", "null", "unknown", "n/a", "-"})


def split_headers(text: str) -> tuple[dict[str, str], str]:
    """Return the header lines by name, and the text below them.

    >>> split_headers("title: Oil jumps\\n\\nBrent rose 3%.")
    ({'title': 'Oil jumps'}, 'Brent rose 3%.')
    """
    headers: dict[str, str] = {}
    at = len(text) - len(text.lstrip("\ufeff\r\n"))
    while len(headers) < len(_NAMES) and (found := _HEADER.match(text, at)):
        headers.setdefault(found[1].lower(), found[2].strip())
        at = found.end()
    return (headers, text[at:].strip("\r\n")) if headers else ({}, text)


def with_headers(given: Given, headers: dict[str, str]) -> Given:
    """Return ``given`` with what the headers add; what the source itself said stays."""
    told = {key: value for key, value in headers.items() if value.lower() not in _NOTHING}
    date = told.get("date")
    return replace(
        given,
        title=given.title or told.get("title"),
        source=given.source or told.get("source"),
        author=given.author or told.get("author"),
        url=given.url or told.get("url"),
        published=given.published or date,
        basis=given.basis if given.published else "header" if date else "unknown",
    )
