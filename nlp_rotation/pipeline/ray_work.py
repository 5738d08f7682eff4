"""What runs in the processes of a Ray cluster: one reads, many annotate, one remembers who was at what.

Chunks travel as bytes, each a row of its own: the chunks are those of a run on one machine, so that the
sentiment model sees the same batches and every record comes out the same to the last digit.
"""

from __future__ import annotations

import os
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nlp_rotation.config import Settings
from nlp_rotation.errors import RotationError
from nlp_rotation.pipeline.annotating import chunks
from nlp_rotation.pipeline.document import lost, parse_here
from nlp_rotation.pipeline.metering import Crew
from nlp_rotation.pipeline.storing import Outcome, made
from nlp_rotation.types import RawDocument, Skipped

#: A row of a dataset: the number of a chunk, and what it holds.
Row = dict[str, Any]
Document = RawDocument | Skipped

#: How often a chunk is tried whole: a process that was killed from outside says nothing against it.
_WHOLE = 2
#: Stands for all items of a chunk where one could be named.
_ALL = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads the sources, from the first to the last; called in the one process that reads."""

    sources: Sequence[str]
    settings: Settings
    #: Where the command was given: paths of sources and settings start from there.
    folder: str

    def __call__(self, row: Row) -> Iterator[Row]:
        """Yield the documents in numbered chunks."""
        from nlp_rotation.acquire.sources import documents

        self.go_there()
        for number, chunk in enumerate(chunks(documents(self.sources, settings=self.settings))):
            yield {"number": number, "items": pickle.dumps(chunk)}

    def go_there(self) -> None:
        """Let paths mean here what they mean to the user, where this machine has that folder."""
        with suppress(OSError):
            os.chdir(self.folder)


class Tries:
    """Counts how often each piece of work under way was begun; it survives those who do the work."""

    def __init__(self) -> None:
        self._begun: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self._retried = self._poisoned = 0

    def begin(self, chunk: int, item: int = _ALL) -> int:
        """Note that a chunk, or one item of it, is begun; return for which time."""
        self._begun[chunk][item] += 1
        time = self._begun[chunk][item]
        self._retried += item == _ALL and time > 1
        self._poisoned += item != _ALL and time == 2
        return time

    def acquit(self, chunk: int, item: int) -> None:
        """Note that an item did no harm."""
        del self._begun[chunk][item]

    def finish(self, chunk: int) -> None:
        """Forget a chunk that is done."""
        del self._begun[chunk]

    def crew(self) -> Crew:
        """Return how the processes fare."""
        return Crew(in_flight=len(self._begun), retried=self._retried, poisoned=self._poisoned)


class Reader:
    """Parses and annotates chunk by chunk, with models that stay loaded; writes nothing."""

    def __init__(self, reading: Reading, store: str, tries: Any) -> None:
        """Make ready.

        :param reading: how the sources are read, for its settings and its folder.
        :param store: folder of the lake, to look up what it holds already.
        :param tries: handle of the actor :class:`Tries`.
        """
        reading.go_there()
        self._settings = reading.settings
        self._store = store
        self._tries = tries

    def __call__(self, batch: Mapping[str, Any]) -> Row:
        """Return what became of each document of each chunk; a failing machine is a value, too."""
        numbers = [int(number) for number in batch["number"]]
        done = [self._done(*pair) for pair in zip(numbers, batch["items"], strict=True)]
        return {"number": numbers, "items": [pickle.dumps(items) for items in done]}

    def _done(self, number: int, items: bytes) -> list[Outcome | Skipped] | RotationError:
        chunk: list[Document] = pickle.loads(items)
        try:
            if self._begin(number) <= _WHOLE:
                done = self._made(chunk)
            else:
                done = [self._alone(number, place, item) for place, item in enumerate(chunk)]
        except RotationError as error:
            return error
        self._tries.finish.remote(number)
        return done

    def _alone(self, number: int, place: int, item: Document) -> Outcome | Skipped:
        """Work on one document, unless it has taken a process down before."""
        if self._begin(number, place) > 1 and isinstance(item, RawDocument):
            return lost(item, "the program crashed over it")
        outcome = self._made([item])[0]
        self._tries.acquit.remote(number, place)
        return outcome

    def _made(self, chunk: Sequence[Document]) -> list[Outcome | Skipped]:
        parsed = [parse_here(item) if isinstance(item, RawDocument) else item for item in chunk]
        return list(made(parsed, self._annotator, self._opened))

    def _begin(self, *work: int) -> int:
        import ray

        begun: int = ray.get(self._tries.begin.remote(*work))
        return begun

    @cached_property
    def _annotator(self) -> Any:
        from nlp_rotation.annotate.annotator import Annotator

        return Annotator(self._settings)

    @cached_property
    def _opened(self) -> Any:
        from nlp_rotation.store.opening import open_store

        return open_store(self._store, mode="read")
