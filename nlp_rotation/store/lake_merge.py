"""Small files of a lake made into larger ones: many short batches must not make reading slow.

All of it happens under the writer's lock. A merged file appears whole and hides those that it was made
of; they are removed later, when no reader can still be in the middle of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from nlp_rotation.store.lake_errors import writing_files
from nlp_rotation.store.lake_files import merged_parts, parts, write_merged

#: So many small files of a month are made one.
_SMALL_FILES = 16

#: A file of this many bytes is large enough to be left alone; the Parquet of some 3,000 articles.
_LARGE = 16_000_000

#: How long a reader may take over its answer after a file was merged.
_GRACE_SECONDS = 3600.0


def merge_small_files(root: Path) -> None:
    """Merge the files of every month that has gathered many small ones at its end."""
    with writing_files(root):
        for _, folder in groupby(parts(root), key=lambda path: path.parent):
            run = _small_at_the_end(list(folder))
            if len(run) >= _SMALL_FILES:
                write_merged(run)


def remove_merged(root: Path, *, grace_seconds: float = _GRACE_SECONDS) -> None:
    """Remove the files that were merged long enough ago."""
    for path, home in merged_parts(root):
        if time.time() - home.stat().st_mtime > grace_seconds:
            path.unlink(missing_ok=True)


def _small_at_the_end(folder: list[Path]) -> list[Path]:
    """The newest files after the last large one: neighbours, so that their numbers make one range."""

    def small() -> Iterator[Path]:
        for path in reversed(folder):
            if path.stat().st_size >= _LARGE:
                return
            yield path

    return list(small())[::-1]
