"""What is counted, and the file that it is kept in."""

from __future__ import annotations

import time

import pytest
from prometheus_client.parser import text_string_to_metric_families

from nlp_rotation import pipeline
from nlp_rotation.config import Settings
from nlp_rotation.pipeline import metering
from nlp_rotation.pipeline.metering import Crew, Meter, families, kept_in
from nlp_rotation.pipeline.storing import Outcome
from nlp_rotation.types import Article, Driver, Move, Publication, Record, Skipped

OFF = Settings(sentiment_model="off")
TEXT = "date: 2024-07-15\n\nApple (AAPL) rose 3% on Monday on strong demand, dealers said."


def outcome(name, state="written", **items):
    article = Article(id=name, source_path=None, text="", published=Publication())
    return Outcome(record=Record(article=article, **items), state=state)


def skipped(stage, locator=""):
    return Skipped(source_path="news.jsonl", locator=locator, stage=stage, reason="a reason")


def read(file):
    """Return every number in the file by its name and labels."""
    found = text_string_to_metric_families(file.read_text("utf-8"))
    return {
        (sample.name.removeprefix("nlp_rotation_"), *sample.labels.values()): sample.value
        for family in found
        for sample in family.samples
    }


def numbers(meter, seconds=1.0):
    return {
        (sample.name.removeprefix("nlp_rotation_"), *sample.labels.values()): sample.value
        for family in families(meter, seconds=seconds)
        for sample in family.samples
    }


def test_items_are_counted():
    move = Move.__new__(Move)
    driver = Driver.__new__(Driver)
    meter = Meter()
    items = [
        outcome("a", moves=(move, move), drivers=(driver,)),
        outcome("b", "known", moves=(move,)),
        skipped("parse", "line 3"),
        skipped("acquire"),
        skipped("acquire"),
        outcome("c"),
        skipped("annotate", "c"),  # a note about the article before it
        skipped("annotate", "d"),
    ]
    assert list(meter.counted(items)) == items
    told = numbers(meter, seconds=4.0)
    assert told == {
        ("documents_read_total",): 7,
        ("articles_stored_total",): 2,
        ("articles_known_total",): 1,
        ("moves_stored_total",): 2,
        ("drivers_stored_total",): 1,
        ("rotations_stored_total",): 0,
        ("skipped_total", "acquire"): 2,
        ("skipped_total", "parse"): 1,
        ("skipped_total", "annotate"): 2,
        ("skipped_total", "store"): 0,
        ("run_seconds",): 4.0,
        ("articles_per_second",): 0.5,
        ("last_commit_timestamp_seconds",): pytest.approx(time.time(), abs=60),
    }


def test_a_cluster_tells_of_its_chunks():
    told = numbers(Meter(crew=lambda: Crew(in_flight=2, retried=3, poisoned=1)))
    assert told[("chunks_in_flight",)] == 2
    assert told[("chunks_retried_total",)] == 3
    assert told[("documents_poisoned_total",)] == 1


def test_nothing_was_written_yet():
    assert numbers(Meter())[("last_commit_timestamp_seconds",)] == 0


def test_the_file_is_there_at_once_and_renewed(tmp_path, monkeypatch):
    monkeypatch.setattr(metering, "EVERY", 0.01)
    file, meter = tmp_path / "run.prom", Meter()
    with kept_in(file, meter):
        assert read(file)[("articles_stored_total",)] == 0
        meter.add(outcome("a"))
        deadline = time.monotonic() + 60
        while read(file)[("articles_stored_total",)] == 0:
            assert time.monotonic() < deadline
        meter.add(outcome("b"))
    assert read(file)[("articles_stored_total",)] == 2
    assert list(tmp_path.iterdir()) == [file]


def test_the_last_numbers_are_written_when_a_run_fails(tmp_path):
    file, meter = tmp_path / "run.prom", Meter()

    def failing():
        yield outcome("a")
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError), kept_in(file, meter):
        list(meter.counted(failing()))
    assert read(file)[("articles_stored_total",)] == 1


def test_a_file_that_cannot_be_written_costs_one_warning(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(metering, "EVERY", 0.01)
    news = tmp_path / "news.txt"
    news.write_text(TEXT)
    file = tmp_path / "nowhere" / "run.prom"
    (item,) = pipeline.run([str(news)], store=tmp_path / "news.db", settings=OFF, metrics=file)
    assert item.state == "written"
    (warning,) = [record for record in caplog.records if record.name == metering.__name__]
    assert warning.message == f"{file}: metrics cannot be written (No such file or directory)"


def test_a_run_leaves_its_numbers(tmp_path):
    for name, text in {"a.txt": TEXT, "b.txt": ""}.items():
        (tmp_path / name).write_text(text)
    store, file = tmp_path / "news.db", tmp_path / "run.prom"
    for state in ("stored", "known"):
        list(
            pipeline.run(
                [str(tmp_path / n) for n in ("a.txt", "b.txt")], store=store, settings=OFF, metrics=file
            )
        )
        told = read(file)
        assert told[("documents_read_total",)] == 2
        assert told[(f"articles_{state}_total",)] == 1
        assert told[("skipped_total", "acquire")] == 1
        assert told[("moves_stored_total",)] == (state == "stored")
        assert ("chunks_in_flight",) not in told
