"""What a run has done so far, in numbers, kept in a file that a Prometheus collector reads.

The numbers follow from the items that the run hands out anyway; the file is renewed while the run goes on,
whole each time, so that who reads it never meets half of it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args, get_type_hints

from nlp_rotation.pipeline.storing import Outcome
from nlp_rotation.types import Record, Skipped

if TYPE_CHECKING:
    from prometheus_client import Metric
    from prometheus_client.registry import Collector

log = logging.getLogger(__name__)

#: Seconds between two writings: collectors look every 15 to 60.
EVERY = 5.0

_OURS = "nlp_rotation"
_COUNTERS = {
    "documents": ("documents_read", "Documents of the sources that came through the run."),
    "stored": ("articles_stored", "Articles annotated and written to the store."),
    "known": ("articles_known", "Articles that the store held already."),
    "moves": ("moves_stored", "Moves of the articles stored."),
    "drivers": ("drivers_stored", "Drivers of the articles stored."),
    "rotations": ("rotations_stored", "Rotations of the articles stored."),
}
_STAGES: tuple[str, ...] = get_args(get_type_hints(Skipped)["stage"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """How the processes of a cluster fare."""

    #: Chunks that were begun and are not done.
    in_flight: int = 0
    #: Times that a chunk was begun again, since the process that had it died.
    retried: int = 0
    #: Documents that were given up, since processes died over them.
    poisoned: int = 0


@dataclass(slots=True, kw_only=True)
class Meter:
    """Counts the items of one run."""

    #: Asks how the processes of the cluster fare, where there is one.
    crew: Callable[[], Crew] | None = None
    #: When the run began, by the clock that only goes forward.
    since: float = field(default_factory=time.monotonic)
    documents: int = 0
    stored: int = 0
    known: int = 0
    moves: int = 0
    drivers: int = 0
    rotations: int = 0
    #: Notes of skipped inputs; every stage stands there from the start, so that it is seen to rise from 0.
    skipped: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_STAGES, 0))
    #: When something was last written to the store, in seconds since 1970; 0 for not yet.
    committed: float = 0.0
    _latest: str = field(default="", init=False)

    def counted(self, items: Iterable[Outcome | Skipped]) -> Iterator[Outcome | Skipped]:
        """Pass ``items`` on and count them."""
        for item in items:
            self.add(item)
            yield item

    def add(self, item: Outcome | Skipped) -> None:
        """Count one item."""
        if isinstance(item, Skipped):
            self.skipped[item.stage] += 1
            # A note about the article before it is no document of its own.
            self.documents += not item.locator or item.locator != self._latest
            return
        self.documents += 1
        self._latest = item.record.article.id
        if item.state == "known":
            self.known += 1
        else:
            self._store(item.record)

    def _store(self, record: Record) -> None:
        self.stored += 1
        self.moves += len(record.moves)
        self.drivers += len(record.drivers)
        self.rotations += len(record.rotations)
        self.committed = time.time()


def families(meter: Meter, *, seconds: float) -> Iterator[Metric]:
    """Yield the numbers after ``seconds`` of a run, under the names that docs/scaling.md lists."""
    for attribute, (name, meaning) in _COUNTERS.items():
        yield _counter(name, meaning, getattr(meter, attribute))
    yield _skipped(meter.skipped)
    rate = meter.stored / max(seconds, 0.001)
    yield _gauge("run_seconds", "Seconds since the run began.", seconds)
    yield _gauge("articles_per_second", "Articles stored a second, over the whole run.", rate)
    yield _gauge("last_commit_timestamp_seconds", "When the store was last written to.", meter.committed)
    if meter.crew is not None:
        crew = meter.crew()
        yield _gauge("chunks_in_flight", "Chunks that were begun and are not done.", crew.in_flight)
        yield _counter("chunks_retried", "Chunks begun again, since their process died.", crew.retried)
        yield _counter("documents_poisoned", "Documents that processes died over.", crew.poisoned)


def _counter(name: str, meaning: str, value: float) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    return CounterMetricFamily(f"{_OURS}_{name}", meaning, value=value)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    from prometheus_client.core import GaugeMetricFamily

    return GaugeMetricFamily(f"{_OURS}_{name}", meaning, value=value)


def _skipped(numbers: Mapping[str, int]) -> Metric:
    from prometheus_client.core import CounterMetricFamily

    family = CounterMetricFamily(f"{_OURS}_skipped", "Notes of skipped inputs, by stage.", labels=["stage"])
    for stage, number in numbers.items():
        family.add_metric([stage], number)
    return family


@contextmanager
def kept_in(file: str | Path | None, meter: Meter) -> Iterator[Meter]:
    """Keep the numbers of ``meter`` in ``file``, if one is given, until the block has ended."""
    if file is None:
        yield meter
        return
    sheet = _Sheet(str(file), meter)
    sheet.write()
    ended = threading.Event()
    renewing = threading.Thread(target=_renew, args=(sheet, ended), daemon=True)
    renewing.start()
    try:
        yield meter
    finally:
        ended.set()
        renewing.join()
        sheet.write()


def _renew(sheet: _Sheet, ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        sheet.write()


class _Sheet:
    """The file; where it cannot be written, that is said once, and tried again the next time."""

    def __init__(self, file: str, meter: Meter) -> None:
        self._file, self._meter, self._warned = file, meter, False

    def write(self) -> None:
        """Write the numbers of this moment beside the file, and put them into its place."""
        from prometheus_client import CollectorRegistry, write_to_textfile

        registry = CollectorRegistry(auto_describe=False)
        registry.register(cast("Collector", self))
        try:
            write_to_textfile(self._file, registry)
        except OSError as error:
            if not self._warned:
                log.warning("%s: metrics cannot be written (%s)", self._file, error.strerror or error)
            self._warned = True

    def collect(self) -> Iterator[Metric]:
        """Be asked by the library for the numbers of this moment."""
        return families(self._meter, seconds=time.monotonic() - self._meter.since)
