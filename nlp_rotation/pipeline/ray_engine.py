"""The chain of run over a Ray cluster: any number of processes annotate, this one alone writes.

Ray Data streams: reading waits while the annotators are busy, and they wait while the store is. A process
that dies is replaced and its chunk done again; a document that takes down one process after the other is
given up and listed. A run that was killed goes on where the store ends, as it does on one machine.
"""

from __future__ import annotations

import logging
import os
import pickle
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nlp_rotation.config import Settings
from nlp_rotation.errors import RotationError, UsageError
from nlp_rotation.pipeline.metering import Crew, Meter, kept_in
from nlp_rotation.pipeline.ray_work import Reader, Reading, Row, Tries
from nlp_rotation.pipeline.storing import Outcome, Writer, loaded_prices
from nlp_rotation.types import Skipped

#: Cores that are left to reading and writing. Ray waits for ever where annotators hold all of them.
_FREE = 1
#: Part of a core that an annotator asks for on a machine of two cores, so that there can be two of them.
_SHARE = 0.5
#: Cores from which on each annotator gets a whole one.
_ROOMY = 4
#: What a dataset is cut into: chunks are larger, so that each is a block and every annotator gets some.
_BLOCK = 1_024
#: Records written together, and how long finished ones wait for company: a crash costs no more.
_WRITTEN, _PATIENCE = 512, 20.0
#: Bytes of shared memory for chunks on their way, where the cluster is ours.
_SHARED_MEMORY = 200_000_000
#: Seconds that an answer about the processes is waited for.
_HEARING = 2.0


def run_on_ray(
    sources: Sequence[str],
    *,
    store: str | Path,
    settings: Settings | None = None,
    prices: str | Path | None = None,
    address: str | None = None,
    metrics: str | Path | None = None,
) -> Iterator[Outcome | Skipped]:
    """Do what :func:`nlp_rotation.pipeline.run` does, on a cluster; the records are the same.

    :param store: folder of a lake, on a file system that all machines see.
    :param address: of a running cluster, ``auto`` for the one of this machine; None starts one here.
    :param metrics: file for the numbers of the run, renewed every few seconds.
    :raises UsageError: where the extra ``ray`` is missing, the store is no folder, or a core is lacking.
    """
    from nlp_rotation.acquire.sources import check_sources
    from nlp_rotation.store.opening import is_lake, open_store

    check_sources(sources)
    if not is_lake(store):
        hint = "name a folder: news.lake, or a path that ends with /"
        raise UsageError(
            "only a folder of Parquet files can be written from Ray", where=str(store), hint=hint
        )
    reading = Reading(sources, settings or Settings(), os.getcwd())
    bars = loaded_prices(prices)
    folder = str(Path(store).resolve())
    meter = Meter()
    with _cluster(address) as ray, open_store(store) as opened:
        writer = Writer(store=opened, started=datetime.now(UTC), prices=bars)
        tries = ray.remote(num_cpus=0)(Tries).remote()
        meter.crew = _Roll(ray, tries)
        with kept_in(metrics, meter):
            for done in _gathered(_answers(ray, reading, folder, tries)):
                yield from meter.counted(writer.write(done))


@dataclass(slots=True)
class _Roll:
    """Asks how the processes fare; where nobody answers in time, what was last heard holds."""

    ray: Any
    tries: Any
    heard: Crew = field(default_factory=Crew)

    def __call__(self) -> Crew:
        with suppress(self.ray.exceptions.RayError):
            self.heard = self.ray.get(self.tries.crew.remote(), timeout=_HEARING)
        return self.heard


def _answers(ray: Any, reading: Reading, folder: str, tries: Any) -> Iterator[list[Outcome | Skipped]]:
    """Yield what becomes of each chunk, in the order of the sources.

    :raises RotationError: where a machine or a model fails.
    """
    share, annotators = _shared(ray.cluster_resources().get("CPU", 0))
    dataset = (
        ray.data.range(1, override_num_blocks=1)
        .flat_map(reading, num_cpus=_FREE)
        .map_batches(
            Reader,
            fn_constructor_args=(reading, folder, tries),
            batch_size=1,
            num_cpus=share,
            compute=ray.data.ActorPoolStrategy(size=annotators),
        )
    )
    for row in _rows(ray, dataset):
        items = pickle.loads(row["items"])
        if isinstance(items, RotationError):
            raise items
        yield items


def _rows(ray: Any, dataset: Any) -> Iterator[Row]:
    try:
        yield from dataset.iter_rows()
    except ray.exceptions.RayError as error:
        cause = getattr(error, "cause", None) or error
        hint = "what was written before is intact: run again to go on"
        raise RotationError(f"the cluster fails ({type(cause).__name__}: {cause})", hint=hint) from error


def _gathered(chunks: Iterable[list[Outcome | Skipped]]) -> Iterator[list[Outcome | Skipped]]:
    """Yield chunks joined into larger ones, since each writing makes a file for every month."""
    gathered: list[Outcome | Skipped] = []
    since = time.monotonic()
    for chunk in chunks:
        gathered += chunk
        if len(gathered) >= _WRITTEN or time.monotonic() - since > _PATIENCE:
            yield gathered
            gathered, since = [], time.monotonic()
    if gathered:
        yield gathered


@contextmanager
def _cluster(address: str | None) -> Iterator[Any]:
    """Reach a cluster, or start one that ends with the block; one that is reached already is left alone."""
    ray = _imported()
    found = ray.is_initialized()
    if not found:
        _begin(ray, address)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    context.target_max_block_size = _BLOCK
    try:
        yield ray
    finally:
        if not found:
            ray.shutdown()


def _begin(ray: Any, address: str | None) -> None:
    # Annotators are the command at work: behind its neighbours, where Ray puts them, they would starve.
    os.environ.setdefault("RAY_worker_niceness", "0")
    quiet = {"logging_level": "ERROR", "log_to_driver": False}
    try:
        ray.init(**quiet, **({"address": address} if address else _of_our_own()))
    except Exception as error:  # Ray raises the root itself where its processes are slow to start
        what = str(error).partition("\n")[0].partition(". ")[0]
        hint = "check the address" if address else "run again when the machine has less to do"
        raise RotationError(f"no cluster ({what})", where=address or "--engine ray", hint=hint) from error


def _imported() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ModuleNotFoundError as error:
        hint = "pip install 'nlp-rotation[ray]'"
        raise UsageError(f"the engine ray needs {error.name}", where="--engine", hint=hint) from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return ray


def _of_our_own() -> dict[str, Any]:
    cores = max(os.cpu_count() or 1, _FREE + 1)
    return {"num_cpus": cores, "include_dashboard": False, "object_store_memory": _SHARED_MEMORY}


def _shared(cores: float) -> tuple[float, int]:
    """Return the cores that each annotator asks for, and the number of annotators.

    :raises UsageError: where reading would leave nothing to annotate with.
    """
    if cores <= _FREE:
        hint = "reading and annotating need one each"
        raise UsageError(f"the cluster has {cores:g} cores", where="--engine ray", hint=hint)
    share = 1.0 if cores >= _ROOMY else _SHARE
    return share, int((cores - _FREE) / share)
