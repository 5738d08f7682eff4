"""Folders and files of object stores (``s3://``, ``gs://``, ``abfs://`` ...), reached through fsspec.

fsspec brings a driver of its own for each scheme (``s3fs``, ``gcsfs``, ...), which the user installs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from nlp_rotation.acquire.addresses import is_url
from nlp_rotation.errors import AcquireError, UsageError

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: Bytes fetched at a time. Drivers take up to 50 MB, which a stream of lines has no use for.
_BLOCK = 4 * 2**20
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_remote(source: str) -> bool:
    """Tell whether ``source`` is a path of an object store.

    >>> is_remote("s3://bucket/news"), is_remote("https://news.example"), is_remote("news/a.txt")
    (True, False, False)
    """
    return bool(_SCHEME.match(source)) and not is_url(source)


def check_remote(source: str) -> None:
    """Refuse a path that leads nowhere.

    :raises UsageError: where nothing is there, or its scheme has no driver here.
    """
    files, path = _system_of(source)
    try:
        exists = files.exists(path)
    except Exception as error:
        raise UsageError(f"cannot be reached ({_said(error)})", where=source, hint="check access") from error
    if not exists:
        raise UsageError("no such file or folder", where=source, hint="check the path")


def remote_files(source: str) -> Iterator[str]:
    """Yield the addresses of all files below ``source``, sorted, but for hidden ones (a leading dot).

    :raises AcquireError: where they cannot be listed.
    """
    files, path = _system_of(source)
    try:
        names = sorted(files.find(path))
    except Exception as error:
        raise AcquireError(f"cannot be listed ({_said(error)})", where=source) from error
    for name in names:
        if not any(part.startswith(".") for part in name.removeprefix(path).split("/")):
            yield files.unstrip_protocol(name)


def open_remote(path: str) -> BinaryIO:
    """Open a file for reading; its bytes are fetched as they are read.

    :raises AcquireError: where it cannot be opened.
    """
    files, name = _system_of(path)
    try:
        return cast(BinaryIO, _Fetched(files.open(name, "rb", block_size=_BLOCK)))
    except Exception as error:
        raise AcquireError(f"cannot be opened ({_said(error)})", where=path) from error


class _Fetched(io.RawIOBase):
    """A file of an object store, which fails as a file on disk does: drivers have errors of their own."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def seekable(self) -> bool:
        """Say whether one can go back, as Parquet wants to."""
        return self._file.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the file."""
        return self._file.seek(offset, whence)

    def readinto(self, buffer: Buffer) -> int:
        """Fetch what comes next.

        :raises OSError: where the store does not give it.
        """
        view = memoryview(buffer).cast("B")
        try:
            data = self._file.read(len(view))
        except OSError:
            raise
        except Exception as error:
            raise OSError(_said(error)) from error
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file in the store, too."""
        self._file.close()
        super().close()


def _said(error: Exception) -> str:
    """Return what a driver says in one line, or what it calls it where it says nothing."""
    return " ".join(str(error).split()) or type(error).__name__


def _system_of(source: str) -> tuple[Any, str]:
    import fsspec

    try:
        files, path = fsspec.core.url_to_fs(source)
    except (ImportError, ValueError) as error:
        hint = "install the driver of fsspec that it names"
        raise UsageError(f"the scheme is not known here ({error})", where=source, hint=hint) from error
    return files, str(path)
