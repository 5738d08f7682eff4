"""Folders and files of object stores (``s3://``, ``gs://``, ``abfs://`` ...), reached through fsspec.

fsspec brings a driver of its own for each scheme (``s3fs``, ``gcsfs``, ...), which the user installs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from nlp_rotation.acquire.addresses import is_url
from nlp_rotation.errors import AcquireError, UsageError

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
    except OSError as error:
        raise UsageError(f"cannot be reached ({error})", where=source, hint="check access") from error
    if not exists:
        raise UsageError("no such file or folder", where=source, hint="check the path")


def remote_files(source: str) -> Iterator[str]:
    """Yield the addresses of all files below ``source``, sorted, but for hidden ones (a leading dot)."""
    files, path = _system_of(source)
    for name in sorted(files.find(path)):
        if not any(part.startswith(".") for part in name.removeprefix(path).split("/")):
            yield files.unstrip_protocol(name)


def open_remote(path: str) -> BinaryIO:
    """Open a file for reading; its bytes are fetched as they are read.

    :raises AcquireError: where it cannot be opened.
    """
    files, name = _system_of(path)
    try:
        return cast(BinaryIO, files.open(name, "rb"))
    except OSError as error:
        raise AcquireError(error.strerror or "cannot be opened", where=path) from error


def _system_of(source: str) -> tuple[Any, str]:
    import fsspec

    try:
        files, path = fsspec.core.url_to_fs(source)
    except (ImportError, ValueError) as error:
        hint = "install the driver of fsspec that it names"
        raise UsageError(f"the scheme is not known here ({error})", where=source, hint=hint) from error
    return files, str(path)
