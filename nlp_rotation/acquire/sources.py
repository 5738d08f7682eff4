"""Sources of every kind become one stream of raw documents; what cannot be read says why and is passed by.

A source is a text or HTML file, a folder, JSON lines, a feed, a sitemap, an OPML list, a WARC archive,
a URL, or ``-`` for standard input; gzip is undone. The kind is told from the content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from nlp_rotation.acquire.counting import count_in
from nlp_rotation.acquire.folder import files_of
from nlp_rotation.acquire.lines import read_json, read_lines
from nlp_rotation.acquire.opening import STANDARD_INPUT, Opened, open_path
from nlp_rotation.acquire.sniff import Form
from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError, UsageError
from nlp_rotation.types import Media, RawDocument, Skipped

Items = Iterator[RawDocument | Skipped]


def documents(sources: Sequence[str], *, settings: Settings) -> Items:
    """Return the documents of ``sources`` in order, lazily.

    :raises UsageError: at once, before anything is read, where a path does not exist.
    """
    if not sources:
        raise UsageError("no source given", hint="name a file, a folder, a URL, or - for standard input")
    for source in sources:
        _check(source)
    return (item for source in sources for item in _documents_of(source, settings))


def count(sources: Sequence[str]) -> int | None:
    """Return about how many documents ``sources`` hold; None where that cannot be told cheaply."""
    if any(is_url(source) or source == STANDARD_INPUT for source in sources):
        return None
    counts = [count_in(source) for source in sources]
    known = [number for number in counts if number is not None]
    return sum(known) if len(known) == len(counts) else None


def is_url(source: str) -> bool:
    """Tell whether ``source`` is an address of the web."""
    return source.lower().startswith(("http://", "https://"))


def _check(source: str) -> None:
    if is_url(source) or source == STANDARD_INPUT or Path(source).exists():
        return
    raise UsageError("no such file or folder", where=source, hint="check the path")


def _documents_of(source: str, settings: Settings) -> Items:
    if source != STANDARD_INPUT and Path(source).is_dir():
        for path in files_of(source):
            yield from [path] if isinstance(path, Skipped) else _read_safely(path, settings)
    else:
        yield from _read_safely(source, settings)


def _read_safely(path: str, settings: Settings) -> Items:
    """Read one file; an error after some documents costs only what comes after them."""
    try:
        with open_path(path) as opened:
            yield from read(opened, settings)
    except AcquireError as error:
        yield Skipped(source_path=path, stage="acquire", reason=error.what)


def read(opened: Opened, settings: Settings) -> Items:
    """Return the documents of what has been opened."""
    if opened.form in _REFUSED:
        return iter([_refusal(opened)])
    return _READERS[opened.form](opened, settings)


def _refusal(opened: Opened) -> Skipped:
    reason = _REFUSED[opened.form]
    return Skipped(source_path=opened.path, stage="acquire", reason=reason, loss=opened.form != "table")


_REFUSED: dict[Form, str] = {
    "empty": "empty file",
    "binary": "binary file, not text",
    "table": "a table of values, not an article",
    "xml": "XML, but no feed, sitemap, OPML list or page",
    "no xml": "named like a feed, but holds no XML",
}


def _whole(media: Media) -> Callable[[Opened, Settings], Items]:
    def read_whole(opened: Opened, settings: Settings) -> Items:
        yield RawDocument(source_path=opened.path, media=media, body=opened.text())

    return read_whole


_READERS: dict[Form, Callable[[Opened, Settings], Items]] = {
    "text": _whole("text"),
    "html": _whole("html"),
    "lines": lambda opened, settings: read_lines(opened),
    "json": lambda opened, settings: read_json(opened),
}
