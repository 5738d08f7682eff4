"""Many readers of one store: a thread each with a connection of its own, opened to read."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from nlp_rotation.store.opening import open_store

if TYPE_CHECKING:
    from nlp_rotation.store.protocol import Store

Result = TypeVar("Result")

#: Questions answered at a time; others wait in turn.
_THREADS = 4


class Readers:
    """Runs questions on a few threads; none of their connections can write."""

    def __init__(self, path: str) -> None:
        self.path = path
        # what is wrong with the store is told before anything listens
        open_store(path, mode="read").close()
        self._pool = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="reader")
        self._own = threading.local()
        self._opened: list[Store] = []

    async def ask(self, question: Callable[[Store], Result]) -> Result:
        """Put a question without keeping others waiting."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.ask_here, question)

    def ask_here(self, question: Callable[[Store], Result]) -> Result:
        """Put a question on this thread."""
        return question(self._store())

    def close(self) -> None:
        """Let go of the files, when no question is open any more."""
        self._pool.shutdown(wait=True)
        for store in self._opened:
            store.close()
        self._opened.clear()

    def _store(self) -> Store:
        if not hasattr(self._own, "store"):
            self._own.store = open_store(self.path, mode="read")
            self._opened.append(self._own.store)
        store: Store = self._own.store
        return store
