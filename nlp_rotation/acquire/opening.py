"""Open a file, standard input or fetched bytes as one stream: decompressed, capped, its form known."""

from __future__ import annotations

import datetime as dt
import io
import logging
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from nlp_rotation.acquire.decode import MENDING, decode_naming
from nlp_rotation.acquire.inflate import GrowthGuard
from nlp_rotation.acquire.remote import is_remote, open_remote
from nlp_rotation.acquire.sniff import HEAD, Form, sniff
from nlp_rotation.errors import AcquireError

#: The longest single document that is read. The longest real market report met so far has 0.4 MB,
#: the heaviest saved news page 6 MB; what is larger is no article but a dump of something.
MAX_DOCUMENT = 16 * 2**20

#: Containers of many entries; 50 MiB is the largest sitemap that the protocol allows.
MAX_CONTAINER = 64 * 2**20

if TYPE_CHECKING:
    from typing_extensions import Buffer

STANDARD_INPUT = "-"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A source that has been opened and looked at."""

    path: str
    stream: io.BufferedReader
    form: Form
    #: What the transport declared, if there was one.
    charset: str | None = None
    #: The address that it was fetched from, after redirects, and when; None for what was on disk.
    url: str | None = None
    fetched_at: dt.datetime | None = None
    #: In how many lists it stands one inside the other.
    depth: int = 0

    def read(self, *, limit: int = MAX_DOCUMENT) -> bytes:
        """Return all that is left of the stream.

        :raises AcquireError: where it is longer than ``limit`` or breaks off.
        """
        try:
            data = self.stream.read(limit + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise AcquireError(f"cannot be read to its end ({error})", where=self.path) from error
        if len(data) > limit:
            raise AcquireError(
                f"more than {limit // 2**20} MB in one document",
                where=self.path,
                hint="split it into articles",
            )
        return data

    def text(self, *, limit: int = MAX_DOCUMENT) -> str:
        """Return the rest of the stream as text."""
        text, codec = decode_naming(self.read(limit=limit), charset=self.charset)
        if codec == MENDING:
            _log.warning("%s: not valid UTF-8; the stray bytes are read as Windows-1252", self.path)
        return text


@contextmanager
def open_path(path: str) -> Iterator[Opened]:
    """Open the file ``path``, here or in an object store, or standard input for ``-``."""
    if path == STANDARD_INPUT:
        yield look_at(cast(BinaryIO, _Borrowed(sys.stdin.buffer)), path=path)
        return
    with open_remote(path) if is_remote(path) else _open_file(path) as raw:
        yield look_at(raw, path=path)


def _open_file(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise AcquireError(error.strerror or "cannot be opened", where=path) from error


def open_bytes(data: bytes, *, path: str, charset: str | None = None) -> Opened:
    """Look at bytes that were fetched or taken out of an archive."""
    return look_at(io.BytesIO(data), path=path, charset=charset)


def look_at(raw: BinaryIO, *, path: str, charset: str | None = None) -> Opened:
    """Wrap ``raw`` so that its first bytes are known and gzip is undone."""
    stream = _buffered(raw)
    try:
        if _peek(stream).startswith(b"\x1f\x8b"):
            stream = _buffered(cast(BinaryIO, GrowthGuard(stream)))
        head = _peek(stream)
    except (OSError, EOFError, zlib.error) as error:
        raise AcquireError(f"not readable ({error})", where=path) from error
    return Opened(path=path, stream=stream, form=sniff(head, name=path), charset=charset)


class _Borrowed(io.RawIOBase):
    """A stream that is not ours to close: wrappers close what they wrap when they are thrown away."""

    def __init__(self, owner: BinaryIO) -> None:
        self._owner = cast(io.BufferedReader, owner)

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Read from the owner's stream."""
        return self._owner.readinto(buffer)


def _buffered(raw: BinaryIO) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, raw), buffer_size=HEAD)


def _peek(stream: io.BufferedReader) -> bytes:
    """Return up to HEAD bytes and leave them in the stream."""
    return stream.peek(HEAD)[:HEAD]
