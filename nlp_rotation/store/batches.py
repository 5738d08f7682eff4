"""Records gathered into batches: each is written whole, and none waits long to be written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nlp_rotation.store.rows import Added
from nlp_rotation.types import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSize:
    """When a batch is full: whichever comes first."""

    records: int
    #: A slow annotator must not keep finished records out of the store for long: a crash would cost them.
    seconds: float


def write_in_batches(
    records: Iterable[Record], write: Callable[[list[Record]], Added], *, size: BatchSize
) -> Added:
    """Hand the records to ``write`` batch by batch.

    Where the records break off with an error, those that came before it are written first.
    """
    added = Added()
    batch: list[Record] = []
    started = time.monotonic()
    try:
        for record in records:
            batch.append(record)
            if len(batch) >= size.records or time.monotonic() - started > size.seconds:
                full, batch = batch, []
                added += write(full)
                started = time.monotonic()
    finally:
        if batch:
            added += write(batch)
    return added
