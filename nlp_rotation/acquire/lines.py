"""JSON lines: one article a line, read one at a time, a broken line costing only itself."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from nlp_rotation.acquire.decode import decode
from nlp_rotation.acquire.jsonfeed import is_json_feed, read_json_feed
from nlp_rotation.acquire.opening import MAX_CONTAINER, MAX_DOCUMENT, Opened
from nlp_rotation.errors import AcquireError
from nlp_rotation.types import Given, RawDocument, Skipped

_TEXT_KEYS = ("text", "body", "content")
_MARKUP = re.compile(r"<(?:p|br|div|article|h[1-6]|ul|ol|li|html|body)(?:\s[^<>]{0,300})?/?>", re.I)
_HEAD = 5_000
_TIME_KEYS = ("published", "date", "published_at")


def read_lines(opened: Opened) -> Iterator[RawDocument | Skipped]:
    """Yield an article, or the reason why there is none, for every line that is not blank."""
    number = 0
    try:
        while line := opened.stream.readline(MAX_DOCUMENT + 1):
            number += 1
            if len(line) > MAX_DOCUMENT:
                _finish_line(opened)
                yield _skipped(opened.path, f"line {number}", f"longer than {MAX_DOCUMENT // 2**20} MB")
            elif line.strip():
                yield _read_line(line, path=opened.path, locator=f"line {number}")
    except (OSError, EOFError, zlib.error) as error:
        yield _skipped(opened.path, f"line {number + 1}", f"the file breaks off here ({error})")


def read_json(opened: Opened) -> Iterator[RawDocument | Skipped]:
    """Read what starts like JSON: one object, a list of objects, or JSON lines after all."""
    data = opened.read(limit=MAX_CONTAINER)
    try:
        tree = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        yield from _read_as_lines(data, opened.path, error)
        return
    if is_json_feed(tree):
        yield from read_json_feed(tree, opened)
        return
    rows = tree if isinstance(tree, list) else [tree]
    for number, row in enumerate(rows, start=1):
        yield document_of_row(row, path=opened.path, locator=f"item {number}" if len(rows) > 1 else "")


def document_of_row(row: Any, *, path: str, locator: str) -> RawDocument | Skipped:
    """Return the article that a JSON object holds."""
    if not isinstance(row, Mapping):
        return _skipped(path, locator, "not a JSON object")
    body = _first(row, _TEXT_KEYS)
    if not body.strip():
        return _skipped(path, locator, "no 'text' in the JSON object")
    markup = bool(_MARKUP.search(body[:_HEAD]))
    return RawDocument(
        source_path=path,
        # What has a place inside its source is a piece of a page and not a page of its own.
        locator=locator or ("item 1" if markup else ""),
        media="html" if markup else "text",
        body=_without_title(row, body),
        given=_given(row),
    )


def _given(row: Mapping[str, Any]) -> Given:
    published = _time(row)
    return Given(
        id=_text(row.get("id")) or None,
        title=_text(row.get("title")).strip() or None,
        source=_text(row.get("source")).strip() or None,
        author=_text(row.get("author")).strip() or None,
        url=_text(row.get("url")).strip() or None,
        published=published or None,
        basis="meta" if published else "unknown",
    )


def _time(row: Mapping[str, Any]) -> str:
    """Return the time stamp as written; a record of ours keeps it as an object."""
    own = row.get("published")
    if isinstance(own, Mapping):
        return _first(own, ("at", "date", "raw"))
    return _first(row, _TIME_KEYS).strip()


def _without_title(row: Mapping[str, Any], body: str) -> str:
    """Undo, for a record of ours that is read again, that its text begins with its title."""
    title = _text(row.get("title"))
    return body.removeprefix(f"{title}\n\n") if "schema" in row and title else body


def _first(row: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((value for key in keys if (value := _text(row.get(key)))), "")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""


def _read_line(line: bytes, *, path: str, locator: str) -> RawDocument | Skipped:
    try:
        row = json.loads(decode(line))
    except RecursionError:
        return _skipped(path, locator, "not JSON: nested too deep")
    except ValueError as error:
        return _skipped(path, locator, f"not JSON: {error}")
    return document_of_row(row, path=path, locator=locator)


def _read_as_lines(data: bytes, path: str, error: Exception) -> Iterator[RawDocument | Skipped]:
    lines = data.splitlines()
    read = [
        _read_line(line, path=path, locator=f"line {n}") for n, line in enumerate(lines, 1) if line.strip()
    ]
    if not any(isinstance(item, RawDocument) for item in read):
        raise AcquireError(f"starts like JSON but is none ({error})", where=path)
    yield from read


def _finish_line(opened: Opened) -> None:
    while (rest := opened.stream.readline(MAX_DOCUMENT)) and not rest.endswith(b"\n"):
        pass


def _skipped(path: str, locator: str, reason: str) -> Skipped:
    return Skipped(source_path=path, locator=locator, stage="acquire", reason=reason)
