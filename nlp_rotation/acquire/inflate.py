"""Gzip undone in small steps, so that a bomb is found out before it has gone off.

A megabyte of zeros packs a thousandfold, news never: what grows by more than :data:`MOST_GROWTH` once
there is much of it is refused, whatever the reader could still hold.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from typing_extensions import Buffer

#: Saved news pages shrink to a ninth on average, the most repetitive feed met so far to a sixtieth.
MOST_GROWTH = 250
#: Below so many bytes growth says nothing, and does no harm.
_HARMLESS = 4 * 2**20
_STEP = 2**18


class BombError(OSError):
    """Data that grow out of all proportion; an ``OSError`` like every other break of a stream."""


def inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the bytes that gzipped ``pieces`` hold, never many at once.

    :raises BombError: where they grow out of all proportion.
    :raises zlib.error: where they are no gzip, or only the beginning of one.
    """
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    taken = given = 0
    for piece in pieces:
        taken += len(piece)
        while piece:
            step = inflater.decompress(piece, _STEP)
            given += len(step)
            refuse_growth(given, taken)
            yield step
            piece = inflater.unconsumed_tail
    if taken and not inflater.eof:
        raise zlib.error("it breaks off")


def refuse_growth(given: int, taken: int) -> None:
    """Refuse ``taken`` bytes that have become ``given`` ones, if no honest data do."""
    if given > _HARMLESS and given > MOST_GROWTH * taken:
        raise BombError(f"it unpacks to more than {MOST_GROWTH} times its size")


class GrowthGuard(io.RawIOBase):
    """The content of a gzipped stream, as long as it grows like honest data."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = _Counted(packed)
        self._content = gzip.GzipFile(fileobj=cast(BinaryIO, self._packed))
        self._given = 0

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Read what comes next."""
        data = self._content.read(len(memoryview(buffer)))
        memoryview(buffer)[: len(data)] = data
        self._given += len(data)
        refuse_growth(self._given, self._packed.taken)
        return len(data)


class _Counted:
    """A stream that counts what is read from it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int) -> bytes:
        """Read and count."""
        data = self._stream.read(size)
        self.taken += len(data)
        return data
