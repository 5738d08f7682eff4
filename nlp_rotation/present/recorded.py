"""Records for the commands that compare them with prices: from a store, or from JSON lines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from nlp_rotation.errors import UsageError
from nlp_rotation.records import decode
from nlp_rotation.types import Record

_LINES = (".jsonl", ".ndjson", ".jsonl.gz")


def recorded(source: Path) -> Iterator[tuple[Record, datetime | None]]:
    """Yield every record of ``source`` with the start of the run that wrote it, where that is known.

    :param source: a store, or what ``nlp-rotation extract --format jsonl`` printed.
    :raises UsageError: where there is no such file, or a line is no record.
    """
    if not source.exists():
        raise UsageError("no such store or file", where=str(source), hint="run `nlp-rotation run` first")
    if source.name.endswith(_LINES):
        yield from ((record, None) for record in _lines(source))
    else:
        yield from _stored(source)


def stories_in(source: Path) -> dict[str, str]:
    """Return the id of its story for each article of a store; JSON lines know of none."""
    from nlp_rotation.store.opening import open_store

    if source.name.endswith(_LINES):
        return {}
    with open_store(source, mode="read") as store:
        return {row.origin.article_id: row.story_id for row in store.stories()}


def _stored(source: Path) -> Iterator[tuple[Record, datetime | None]]:
    from nlp_rotation.store.opening import open_store

    with open_store(source, mode="read") as store:
        for row in store.articles():
            yield store.record(row.origin.article_id), row.origin.extracted_at


def _lines(source: Path) -> Iterator[Record]:
    with _opened(source) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                yield decode(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                where, hint = f"{source}, line {number}", "write it with `extract --format jsonl`"
                raise UsageError(
                    f"no record ({type(error).__name__}: {error})", where=where, hint=hint
                ) from error


def _opened(source: Path) -> IO[str]:
    if source.suffix == ".gz":
        return gzip.open(source, "rt", encoding="utf-8")
    return source.open(encoding="utf-8")
