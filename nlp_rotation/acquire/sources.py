"""Sources of every kind become one stream of raw documents; what cannot be read says why and is passed by.

A source is a text or HTML file, a folder, JSON lines, Parquet, a feed, a sitemap, an OPML list, a WARC
archive, a URL, a path of an object store, or ``-`` for standard input; gzip is undone. The kind is told from
the content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from nlp_rotation.acquire.addresses import is_url
from nlp_rotation.acquire.counting import count_in
from nlp_rotation.acquire.feeds import read_feed
from nlp_rotation.acquire.folder import files_of
from nlp_rotation.acquire.lines import read_json, read_lines
from nlp_rotation.acquire.opening import STANDARD_INPUT, Opened, open_path
from nlp_rotation.acquire.opml import feeds_of
from nlp_rotation.acquire.parquet import read_parquet
from nlp_rotation.acquire.remote import check_remote, is_remote, remote_files
from nlp_rotation.acquire.sitemaps import read_sitemap, sitemaps_of
from nlp_rotation.acquire.sniff import Form
from nlp_rotation.acquire.warc import read_warc
from nlp_rotation.acquire.web import Web
from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError, UsageError
from nlp_rotation.types import Given, Media, RawDocument, Skipped

Items = Iterator[RawDocument | Skipped]


def documents(sources: Sequence[str], *, settings: Settings) -> Items:
    """Return the documents of ``sources`` in order, lazily.

    :raises UsageError: at once, before anything is read, where a path does not exist.
    """
    check_sources(sources)
    return _documents(sources, settings)


def count(sources: Sequence[str]) -> int | None:
    """Return about how many documents ``sources`` hold; None where that cannot be told cheaply."""
    if any(is_url(source) or source == STANDARD_INPUT for source in sources):
        return None
    counts = [count_in(source) for source in sources]
    known = [number for number in counts if number is not None]
    return sum(known) if len(known) == len(counts) else None


def check_sources(sources: Sequence[str]) -> None:
    """Refuse what cannot be read before anything is.

    :raises UsageError: where a path does not exist, or nothing is named at all.
    """
    if not sources:
        raise UsageError("no source given", hint="name a file, a folder, a URL, or - for standard input")
    for source in sources:
        if is_remote(source):
            check_remote(source)
        elif not (is_url(source) or source == STANDARD_INPUT or Path(source).exists()):
            raise UsageError("no such file or folder", where=source, hint="check the path")


def _documents(sources: Sequence[str], settings: Settings) -> Items:
    with Web(settings) as web:
        for source in sources:
            yield from read_source(source, web)


def read_source(source: str, web: Web) -> Items:
    """Read an address, a folder, a file, or standard input."""
    return _read_address(source, web) if is_url(source) else read_path(source, web)


def read_path(source: str, web: Web) -> Items:
    """Read a folder or a file, here or in an object store, or standard input."""
    if is_remote(source):
        for address in remote_files(source):
            yield from _read_file(address, web)
        return
    if source == STANDARD_INPUT or not Path(source).is_dir():
        yield from _read_file(source, web)
        return
    for path in files_of(source):
        yield from [path] if isinstance(path, Skipped) else _read_file(path, web)


def _read_file(path: str, web: Web) -> Items:
    """Read one file; an error after some documents costs only what comes after them."""
    try:
        with open_path(path) as opened:
            yield from read(opened, web)
    except AcquireError as error:
        yield _skipped(path, error.what)


def _read_address(url: str, web: Web, *, depth: int = 0) -> Items:
    try:
        yield from read(replace(web.open(url), depth=depth), web)
    except AcquireError as error:
        yield _skipped(url, error.what)


def read(opened: Opened, web: Web) -> Items:
    """Yield what is new in what has been opened; entries from the network are followed to their page."""
    if opened.form in _REFUSED:
        yield _skipped(opened.path, _REFUSED[opened.form], loss=opened.form != "table")
        return
    for item in _READERS[opened.form](opened, web):
        if isinstance(item, Skipped) or item.source_path != opened.path:
            # What a list points to has been through here by itself.
            yield item
        elif not web.memory.knows(item):
            yield from web.follow(item) if _points_on(item, opened, web) else [item]


def _points_on(item: RawDocument, opened: Opened, web: Web) -> bool:
    """Tell whether ``item`` is an entry of a fetched list whose article stands elsewhere."""
    if not (opened.form in _ENTRIES and opened.fetched_at and web.follows):
        return False
    return item.content != "full" and is_url(item.given.url or "")


def _read_whole(opened: Opened, web: Web) -> Items:
    """Read a document that is alone in its source."""
    media: Media = "html" if opened.form == "html" else "text"
    given = Given(url=opened.url)
    yield RawDocument(
        source_path=opened.path, media=media, body=opened.text(), given=given, fetched_at=opened.fetched_at
    )


def _read_sitemap(opened: Opened, web: Web) -> Items:
    addresses = sitemaps_of(opened)
    if not addresses:
        yield from read_sitemap(opened)
    else:
        yield from _read_list(opened, addresses, web)


def _read_list(opened: Opened, addresses: Sequence[str], web: Web) -> Items:
    """Read every feed or sitemap of a list, up to a number that no list of one reader exceeds."""
    if opened.depth >= _DEEPEST:
        yield _skipped(opened.path, f"a list inside {_DEEPEST} other lists")
        return
    for address in addresses[:_MOST_LISTED]:
        yield from _read_address(address, web, depth=opened.depth + 1)
    for address in addresses[_MOST_LISTED:]:
        yield _skipped(opened.path, f"only {_MOST_LISTED} addresses of a list are read", locator=address)


def _skipped(path: str, reason: str, *, locator: str = "", loss: bool = True) -> Skipped:
    return Skipped(source_path=path, locator=locator, stage="acquire", reason=reason, loss=loss)


_MOST_LISTED = 200
#: A list of lists of feeds; one that names itself would never end.
_DEEPEST = 2
_REFUSED: dict[Form, str] = {
    "empty": "empty file",
    "binary": "binary file, not text",
    "table": "a table of values, not an article",
    "xml": "XML, but no feed, sitemap, OPML list or page",
    "no xml": "named like a feed, but holds no XML",
}
#: Forms whose documents are entries that point to a page.
_ENTRIES: frozenset[Form] = frozenset({"feed", "sitemap", "json"})
_READERS: dict[Form, Callable[[Opened, Web], Items]] = {
    "text": _read_whole,
    "html": _read_whole,
    "lines": lambda opened, web: read_lines(opened),
    "json": lambda opened, web: read_json(opened),
    "feed": lambda opened, web: read_feed(opened),
    "sitemap": _read_sitemap,
    "opml": lambda opened, web: _read_list(opened, feeds_of(opened), web),
    "warc": lambda opened, web: read_warc(opened),
    "parquet": lambda opened, web: read_parquet(opened),
}
