"""WARC archives (ISO 28500): the pages that a crawler saved, with the moment at which it did."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nlp_rotation.acquire.decode import decode
from nlp_rotation.acquire.opening import MAX_DOCUMENT, Opened
from nlp_rotation.errors import AcquireError
from nlp_rotation.types import Given, RawDocument, Skipped

_LONGEST_LINE = 65_536
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    headers: Mapping[str, str]
    block: bytes
    #: The block was longer than any page and was passed over.
    passed: bool = False


def read_warc(opened: Opened) -> Iterator[RawDocument | Skipped]:
    """Yield the pages of an archive; other responses are listed, requests and notes are its own affair."""
    for record in _records(opened):
        if record.headers.get("warc-type") in {"response", "resource"}:
            yield _document(record, opened.path)


def _records(opened: Opened) -> Iterator[_Record]:
    try:
        while line := opened.stream.readline(_LONGEST_LINE):
            if not line.strip():
                continue
            if not line.startswith(b"WARC/"):
                raise AcquireError("broken archive: no record where one should begin", where=opened.path)
            yield _record(opened)
    except (OSError, EOFError, zlib.error) as error:
        raise AcquireError(f"the archive breaks off ({error})", where=opened.path) from error


def _record(opened: Opened) -> _Record:
    headers = _headers(opened.stream)
    try:
        length = int(headers.get("content-length", ""))
    except ValueError:
        raise AcquireError("broken archive: a record without length", where=opened.path) from None
    if length > MAX_DOCUMENT:
        _pass_over(opened.stream, length)
        return _Record(headers=headers, block=b"", passed=True)
    block = opened.stream.read(length)
    if len(block) < length:
        raise AcquireError("the archive breaks off in the middle of a record", where=opened.path)
    return _Record(headers=headers, block=block)


def _headers(stream: io.BufferedReader | io.BytesIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    while (line := stream.readline(_LONGEST_LINE)).strip():
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers[name.strip().lower()] = value.strip()
    return headers


def _pass_over(stream: io.BufferedReader, length: int) -> None:
    while length > 0 and (piece := stream.read(min(length, 2**20))):
        length -= len(piece)


def _document(record: _Record, path: str) -> RawDocument | Skipped:
    url = record.headers.get("warc-target-uri", "").strip("<>")
    if record.passed:
        return _left_out(path, url, f"more than {MAX_DOCUMENT // 2**20} MB in one page")
    kind, body = record.headers.get("content-type", ""), record.block
    if "application/http" in kind or body.startswith(b"HTTP/"):
        stream = io.BytesIO(record.block)
        status = stream.readline(_LONGEST_LINE).split()
        headers = _headers(stream)
        if len(status) < 2 or status[1] != b"200":
            return _left_out(path, url, "the server did not send a page")
        kind, body = headers.get("content-type", ""), _payload(headers, stream.read())
    if not kind.lower().startswith(_PAGES):
        return _left_out(path, url, f"not a page but {kind.partition(';')[0] or 'something unnamed'}")
    charset = kind.lower().partition("charset=")[2].strip("\"' ;") or None
    return RawDocument(
        source_path=path,
        locator=url,
        media="html",
        body=decode(body, charset=charset),
        given=Given(url=url or None),
        fetched_at=_moment(record.headers.get("warc-date", "")),
    )


def _payload(headers: Mapping[str, str], body: bytes) -> bytes:
    """Undo chunks and gzip; archives often undo them already and leave the headers as they were."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    if body.startswith(b"\x1f\x8b"):
        try:
            return gzip.GzipFile(fileobj=io.BytesIO(body)).read(MAX_DOCUMENT)
        except (OSError, EOFError, zlib.error):
            return body
    return body


def _unchunked(body: bytes) -> bytes:
    stream, whole = io.BytesIO(body), b""
    while line := stream.readline(_LONGEST_LINE).strip():
        try:
            size = int(line.split(b";")[0], 16)
        except ValueError:
            return body
        if size == 0:
            break
        whole += stream.read(size)
        stream.readline(_LONGEST_LINE)
    return whole


def _moment(stamp: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _left_out(path: str, url: str, reason: str) -> Skipped:
    return Skipped(source_path=path, locator=url, stage="acquire", reason=reason, loss=False)
