"""The chain over a local cluster of several processes: the records are those of one machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from nlp_rotation import pipeline
from nlp_rotation.config import Settings
from nlp_rotation.errors import UsageError
from nlp_rotation.pipeline import Outcome
from nlp_rotation.records import encode
from nlp_rotation.store.opening import open_store
from nlp_rotation.types import Skipped

#: Ray leaves it to the collector of garbage to close what it has opened.
pytestmark = pytest.mark.filterwarnings("ignore")

POISON = "this line takes the process down"
FATE = "this line meets a process that is killed from outside, once"
TRACE = "NLP_ROTATION_TEST_TRACE"

#: Ends like a command that is killed: when the first records have been written, and without a farewell.
CUT_SHORT = """
import os, signal, sys
from nlp_rotation.pipeline import ray_engine
ray_engine._WRITTEN = 1
for item in ray_engine.run_on_ray([sys.argv[1]], store=sys.argv[2], address=sys.argv[3]):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def doomed():
    """Let parsing crash over :data:`POISON`, as a fault in a library of C would, and be killed at :data:`FATE`."""
    from nlp_rotation.pipeline import ray_work

    parse = ray_work.parse_here

    def parse_or_crash(document):
        if POISON in document.body:
            os._exit(13)
        trace = Path(os.environ[TRACE])
        if FATE in document.body and not trace.exists():
            trace.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return parse(document)

    ray_work.parse_here = parse_or_crash


@pytest.fixture
def rows():
    """A few chunks of harmless articles."""
    days = [f"2024-{7 + n % 3:02d}-{1 + n % 28:02d}T14:30:00Z" for n in range(80)]
    text = "Intel shares rose {}% on strong demand. Banks fell."
    return [{"id": f"a{n}", "text": text.format(n % 9 + 1), "published": day} for n, day in enumerate(days)]


@pytest.fixture
def articles(tmp_path, rows):
    return written(tmp_path / "news.jsonl", rows)


def written(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A cluster with room for two annotators, which the chain finds and leaves as it is."""
    ray = pytest.importorskip("ray", reason="the extra ray is not installed")
    pytest.importorskip("ray.data", reason="the extra ray is not installed")
    trace = tmp_path_factory.mktemp("fate") / "met"
    start_patiently(
        ray,
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=100_000_000,
        log_to_driver=False,
        logging_level="ERROR",
        runtime_env={"worker_process_setup_hook": doomed, "env_vars": {TRACE: str(trace)}},
    )
    yield ray
    ray.shutdown()


def start_patiently(ray, **options):
    """Start a cluster; Ray gives its own processes 30 seconds, which a busy machine may not have."""
    os.environ.setdefault("RAY_worker_niceness", "0")
    for attempts_left in (2, 1, 0):
        try:
            ray.init(**options)
            return
        except Exception:
            if not attempts_left:
                raise
            ray.shutdown()


def encoded(items):
    return {
        item.record.article.id: json.dumps(encode(item.record)) for item in items if isinstance(item, Outcome)
    }


@pytest.mark.timeout(900)
def test_a_cluster_gives_the_same_records(rows, tmp_path, cluster):
    """Crashes cost the poisoned document alone, a killed process nothing, and the lake opens as any other.

    The chunk of the poisoned article is read document by document in the end, which may change the last
    digit of a mood; so the model is left out here, and its batches are compared in the test below.
    """
    settings = Settings(sentiment_model="off")
    rows[70]["text"] += f" {FATE}"
    ill = [*rows[:40], {"id": "ill", "text": POISON}, *rows[40:]]
    lake, metrics = tmp_path / "news.lake", tmp_path / "run.prom"
    articles = written(tmp_path / "news.jsonl", ill)
    first = list(pipeline.run_on_ray([str(articles)], store=lake, settings=settings, metrics=metrics))
    (skipped,) = [item for item in first if isinstance(item, Skipped)]
    assert (skipped.locator, skipped.reason) == ("line 41", "the program crashed over it")
    assert cluster.is_initialized()
    told = dict(line.rsplit(" ", 1) for line in metrics.read_text().splitlines() if line[0] != "#")
    # The chunk of the poison is begun anew three times, and that of the killed process once.
    assert float(told["nlp_rotation_chunks_retried_total"]) == 4
    assert float(told["nlp_rotation_documents_poisoned_total"]) == 1
    assert float(told["nlp_rotation_articles_stored_total"]) == len(rows)
    assert "nlp_rotation_chunks_in_flight" in told

    written(articles, rows)
    plain = encoded(pipeline.run([str(articles)], store=tmp_path / "plain.lake", settings=settings))
    assert encoded(first) == plain
    with open_store(lake, mode="read") as store:
        assert {name: json.dumps(encode(store.record(name))) for name in plain} == plain


@pytest.mark.timeout(900)
def test_a_killed_command_is_finished_by_the_next(articles, tmp_path, cluster):
    """With the model: chunks are written whole, so that those of the second run are batches of one machine."""
    lake = tmp_path / "news.lake"
    address = cluster.get_runtime_context().gcs_address
    command = [sys.executable, "-c", CUT_SHORT, str(articles), str(lake), address]
    assert subprocess.run(command, check=False, capture_output=True).returncode == -signal.SIGKILL

    second = list(pipeline.run_on_ray([str(articles)], store=lake))
    states = Counter(item.state for item in second)
    assert 0 < states["known"] < len(second) == 80
    plain = encoded(pipeline.run([str(articles)], store=tmp_path / "plain.lake"))
    assert encoded(second) == plain
    assert '"sentiment": {' in next(iter(plain.values()))
    with open_store(lake, mode="read") as store:
        assert {name: json.dumps(encode(store.record(name))) for name in plain} == plain


def test_a_file_cannot_be_written_from_a_cluster(articles, tmp_path):
    with pytest.raises(UsageError, match="folder"):
        list(pipeline.run_on_ray([str(articles)], store=tmp_path / "news.db"))


def test_a_missing_extra_is_named(articles, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(UsageError, match="nlp-rotation\\[ray\\]"):
        list(pipeline.run_on_ray([str(articles)], store=tmp_path / "news.lake"))
