"""Documents become articles, in their order: texts at once, pages side by side where there are many.

Reading a page costs a hundred times what a text does, and starting a process costs as much as a dozen
pages. So the first pages are parsed here, and only what comes after them pays for company.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from nlp_rotation.errors import ParseError
from nlp_rotation.pipeline.document import lost, parse_here
from nlp_rotation.pipeline.workers import Worker
from nlp_rotation.types import Article, RawDocument, Skipped

#: Characters from which on a page is worth sending to another process.
_HEAVY = 10_000
#: Heavy pages that are parsed here before any process is started: about what starting one costs.
_ALONE = 12
#: Documents that may be under way or wait for their turn, and the characters in them: enough to keep
#: every process busy while a chunk is annotated, few enough to keep memory flat.
_WINDOW, _WINDOW_SIZE = 64, 64_000_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """What became of one document, and where that stood."""

    source_path: str
    locator: str
    result: Article | Skipped


def parsed(items: Iterable[RawDocument | Skipped], parser: Parser) -> Iterator[Parsed]:
    """Yield one :class:`Parsed` for every item, in order, as early as order allows."""
    waiting = _Window()
    for item in items:
        waiting.add(item, parser.parse(item))
        while waiting.is_full or waiting.is_ready:
            yield waiting.take()
    while waiting:
        yield waiting.take()


class Parser:
    """Parses here or, when there is much to do, in other processes; leaving it ends them."""

    def __init__(self, *, workers: int | None = None) -> None:
        """Make ready.

        :param workers: processes for heavy pages; one for each core where none is given, 0 for none at all.
        """
        self._count = _cores() if workers is None else workers
        self._heavy = 0
        self._threads: ThreadPoolExecutor | None = None
        self._own = threading.local()
        self._workers: list[Worker] = []

    def __enter__(self) -> Parser:
        return self

    def __exit__(self, *ending: object) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for worker in self._workers:
                worker.stop()

    def parse(self, item: RawDocument | Skipped) -> Future[Article | Skipped]:
        """Return the article that ``item`` holds, or the promise of one."""
        if isinstance(item, Skipped):
            return _done(item)
        heavy = item.media == "html" and len(item.body) >= _HEAVY
        self._heavy += heavy
        if not (heavy and self._count and self._heavy > _ALONE):
            return _done(parse_here(item))
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._count, initializer=self._hire)
        return self._threads.submit(self._parse_there, item)

    def _hire(self) -> None:
        """Give this thread a process of its own."""
        self._own.worker = Worker()
        self._workers.append(self._own.worker)

    def _parse_there(self, document: RawDocument) -> Article | Skipped:
        worker: Worker = self._own.worker
        try:
            return worker.parse(document)
        except ParseError as error:
            return lost(document, error.what)


def _cores() -> int:
    """Return how many processes are worth having: none where they would share one core."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return count if count > 1 else 0


class _Window:
    """Documents under way, in order."""

    def __init__(self) -> None:
        self._items: deque[tuple[RawDocument | Skipped, Future[Article | Skipped]]] = deque()
        self._size = 0

    def __bool__(self) -> bool:
        return bool(self._items)

    def add(self, item: RawDocument | Skipped, result: Future[Article | Skipped]) -> None:
        """Take in the next document."""
        self._items.append((item, result))
        self._size += _size(item)

    def take(self) -> Parsed:
        """Hand out the first document when it is done."""
        item, result = self._items.popleft()
        self._size -= _size(item)
        return Parsed(item.source_path, item.locator, result.result())

    @property
    def is_ready(self) -> bool:
        """Whether the first document is done."""
        return bool(self._items) and self._items[0][1].done()

    @property
    def is_full(self) -> bool:
        """Whether nothing more may come in before something has gone out."""
        return len(self._items) >= _WINDOW or self._size > _WINDOW_SIZE


def _done(result: Article | Skipped) -> Future[Article | Skipped]:
    future: Future[Article | Skipped] = Future()
    future.set_result(result)
    return future


def _size(item: RawDocument | Skipped) -> int:
    return len(item.body) if isinstance(item, RawDocument) else 0
