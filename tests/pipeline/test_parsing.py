"""Pages parsed in other processes: order kept, crashes and endless parsing cost one document each."""

from __future__ import annotations

import os
import signal
import time

import pytest

from nlp_rotation.errors import ParseError, RotationError
from nlp_rotation.pipeline import parsing, workers
from nlp_rotation.pipeline.parsing import Parser, parsed
from nlp_rotation.pipeline.workers import Worker
from nlp_rotation.types import Article, RawDocument, Skipped


def page(n, *, size=0):
    words = f"Shares of the company number {n} rose by {n}% on Monday, and the rest of the market fell. " * 3
    padding = f"<script>{'x' * size}</script>"
    body = f"<html><head><title>Story {n}</title>{padding}</head><body><article><p>{words}</p></article></body></html>"
    return RawDocument(source_path=f"{n}.html", media="html", body=body)


HEAVY = 20_000


@pytest.fixture
def at_once(monkeypatch):
    """Let the first heavy page already start a process."""
    monkeypatch.setattr(parsing, "_ALONE", 0)


def test_small_inputs_start_no_process(monkeypatch):
    monkeypatch.setattr(workers.subprocess, "Popen", None)
    pages = [*(page(n) for n in range(40)), *(page(n, size=HEAVY) for n in range(parsing._ALONE))]
    with Parser(workers=2) as parser:
        assert all(isinstance(one.result, Article) for one in parsed(pages, parser))


def test_order_is_that_of_the_input(at_once):
    items = [page(n, size=HEAVY * (n % 3)) for n in range(30)]
    items.insert(7, Skipped(source_path="x", stage="acquire", reason="nothing in it"))
    with Parser(workers=2) as parser:
        done = list(parsed(items, parser))
    assert [one.source_path for one in done] == [item.source_path for item in items]
    assert [type(one.result) for one in done] == [Skipped if n == 7 else Article for n in range(31)]


def test_the_same_comes_out_there_as_here(at_once):
    with Parser(workers=1) as there, Parser(workers=0) as here:
        (far,) = parsed([page(1, size=HEAVY)], there)
        (near,) = parsed([page(1, size=HEAVY)], here)
    assert far == near


def test_a_page_without_an_article_is_a_value_there_too(at_once):
    empty = RawDocument(source_path="e", media="html", body=f"<html><!--{'x' * HEAVY}--></html>")
    with Parser(workers=1) as parser:
        (one,) = parsed([empty], parser)
    assert isinstance(one.result, Skipped)


def test_nothing_runs_far_ahead(at_once, monkeypatch):
    """Back-pressure: what is read and not handed out stays within the window."""
    monkeypatch.setattr(parsing, "_WINDOW", 4)
    read = []

    def documents():
        for n in range(20):
            read.append(n)
            yield page(n, size=HEAVY)

    with Parser(workers=1) as parser:
        for n, _ in enumerate(parsed(documents(), parser)):
            assert len(read) <= n + 1 + 4


def test_a_crash_costs_its_document_alone(at_once, monkeypatch):
    victims = {"5.html"}
    healthy = Worker.parse

    def parse(self, document):
        if document.source_path in victims:
            self._process = self._process or workers._start()
            os.kill(self._process.pid, signal.SIGKILL)
            self._process.wait()
        return healthy(self, document)

    monkeypatch.setattr(Worker, "parse", parse)
    with Parser(workers=2) as parser:
        done = list(parsed([page(n, size=HEAVY) for n in range(10)], parser))
    lost = [one for one in done if isinstance(one.result, Skipped)]
    assert [(one.source_path, one.result.reason) for one in lost] == [("5.html", "the parser crashed")]


def test_parsing_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(workers, "_PROGRAM", "import time; time.sleep(600)")
    worker = Worker(longest=0.05)
    with pytest.raises(ParseError, match="took too long"):
        worker.parse(page(1))


def test_a_failing_machine_is_no_fault_of_the_document(monkeypatch):
    program = "import sys; sys.path[:] = {path!r}\n" + (
        "from nlp_rotation.pipeline import document, workers\n"
        "import nlp_rotation.parse.article as article\n"
        "def full(page): raise OSError(28, 'No space left on device')\n"
        "article.parse = full\n"
        "workers.serve()"
    )
    monkeypatch.setattr(workers, "_PROGRAM", program)
    worker = Worker()
    with pytest.raises(RotationError, match="No space left on device"):
        worker.parse(page(1))
    worker.stop()


def test_workers_end_with_their_parser(at_once):
    with Parser(workers=1) as parser:
        list(parsed([page(1, size=HEAVY)], parser))
        (worker,) = parser._workers
        pid = worker._process.pid
    deadline = time.monotonic() + 5
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not os.path.exists(f"/proc/{pid}")


def test_what_a_parser_prints_is_not_taken_for_an_answer(monkeypatch, capfd):
    program = "import sys; sys.path[:] = {path!r}\n" + (
        "from nlp_rotation.pipeline import workers\n"
        "healthy = workers.parse_here\n"
        "workers.parse_here = lambda page: print('noise') or healthy(page)\n"
        "workers.serve()"
    )
    monkeypatch.setattr(workers, "_PROGRAM", program)
    worker = Worker()
    assert isinstance(worker.parse(page(1)), Article)
    worker.stop()
