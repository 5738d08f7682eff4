"""Real processes killed, crowded and starved: nothing is lost, nothing is doubled, what was written stays."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlp_rotation.store.opening import open_store

STABLE = Path(__file__).with_name("stable.py")
ARTICLES = 65
COMPANIES = ("Apple", "Boeing", "Chevron", "Nvidia", "Walmart", "Pfizer")


class Stable:
    """Speaks to the process of :mod:`stable`."""

    def __init__(self, folder):
        self._folder, self._calls = folder, 0
        command = [sys.executable, str(STABLE)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "COLUMNS": "160"},
        )
        assert self._answer() == "ready"

    def start(self, *arguments, largest=0):
        """Start ``nlp-rotation`` in a process of its own."""
        self._calls += 1
        output = self._folder / f"output{self._calls}.txt"
        self._say({"arguments": list(map(str, arguments)), "output": str(output), "largest": largest})
        return Started(self, int(self._answer()), output)

    def wait(self, pid):
        """Wait for the end of a process; return its status."""
        self._say({"wait": pid})
        return int(self._answer())

    def close(self):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.kill()
        self._process.wait()

    def _say(self, call):
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()

    def _answer(self):
        return self._process.stdout.readline().strip()


@dataclass
class Started:
    """A running ``nlp-rotation``."""

    stable: Stable
    pid: int
    output: Path

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self):
        return self.stable.wait(self.pid), self.output.read_text()


@pytest.fixture(scope="module")
def stable(tmp_path_factory):
    process = Stable(tmp_path_factory.mktemp("stable"))
    yield process
    process.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Articles enough for several chunks, and two files that give none; the later ones are the longer."""
    chance = random.Random(11)
    home = tmp_path_factory.mktemp("articles")
    for n in range(ARTICLES):
        company = COMPANIES[n % len(COMPANIES)]
        words = " ".join(f"and the {chance.getrandbits(60):x}" for _ in range(3 * n))
        text = f"{company} rose {n + 1}% on Monday after the results of the quarter, dealers said.\n\nTraded: {words}."
        (home / f"{n:03}.txt").write_text(f"date: 2026-03-02\ntitle: Story {n}\n\n{text}")
    (home / "empty.txt").write_text("")
    (home / "table.csv").write_text("a,b\n1,2\n")
    return home


@pytest.fixture(params=["rotation.db", "rotation.lake"])
def store(request, tmp_path):
    return tmp_path / request.param


def run_on(stable, folder, store, **options):
    arguments = ("--store", store, "--out", store.parent / "out", "--sentiment-model", "off")
    return stable.start("run", folder, *arguments, **options)


def holdings(store):
    """Return all that a store holds, without the clocks of the runs."""
    with open_store(store, mode="read") as opened:
        articles = sorted(
            (row.origin.article_id, row.origin.edition and row.text) for row in opened.articles()
        )
        moves = sorted((row.origin.article_id, row.pct, row.evidence.start) for row in opened.moves())
        days = sorted((str(row.period), row.category, row.drivers) for row in opened.timeline())
        skips = sorted((Path(skip.source_path).name, skip.reason) for skip in opened.skips())
    return articles, moves, days, skips


@pytest.fixture(scope="module")
def expected(stable, folder, tmp_path_factory):
    """What an undisturbed run stores, and how long it takes."""
    store = tmp_path_factory.mktemp("undisturbed") / "rotation.db"
    begun = time.monotonic()
    status, output = run_on(stable, folder, store).end()
    took = time.monotonic() - begun
    assert status == 0, output
    found = holdings(store)
    assert len(found[0]) == ARTICLES
    return found, took


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_at_any_moment_the_next_run_finishes_the_job(stable, folder, store, expected, seed):
    found, took = expected
    chance = random.Random(seed)
    for _ in range(3):
        started = run_on(stable, folder, store)
        time.sleep(chance.uniform(0.0, took))
        started.kill()
    status, output = run_on(stable, folder, store).end()
    assert status == 0, output
    assert holdings(store) == found


def test_two_processes_share_a_store(stable, folder, store, expected):
    first, second = run_on(stable, folder, store), run_on(stable, folder, store)
    for status, output in (first.end(), second.end()):
        assert status == 0 or "another process is writing" in output.splitlines()[-1], output
    assert holdings(store) == expected[0]


#: Largest file that the run may write: the store itself, or one file of a lake, stops somewhere in the middle.
ROOM = {"rotation.db": 500_000, "rotation.lake": 80_000}


def test_a_full_disk_stops_the_run_and_keeps_what_was_written(stable, folder, store, expected):
    status, output = run_on(stable, folder, store, largest=ROOM[store.name]).end()
    assert status == 1, output
    assert "what was written before is intact" in output.splitlines()[-1]
    kept = holdings(store)[0]
    assert 0 < len(kept) < ARTICLES
    assert set(kept) < set(expected[0][0])
    status, output = run_on(stable, folder, store).end()
    assert (status, holdings(store)) == (0, expected[0]), output
