"""The bars that reading must hold on the reference material beside the checkout, and on the seeds inside it."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import statistics
import sys
from pathlib import Path

import pytest

from nlp_rotation.acquire.sources import documents
from nlp_rotation.config import Settings
from nlp_rotation.parse.article import parse
from nlp_rotation.types import RawDocument


def articles(path):
    items = documents([str(path)], settings=Settings())
    return [parse(item) for item in items if isinstance(item, RawDocument)]


@pytest.fixture(scope="module")
def pages(root):
    spec = importlib.util.spec_from_file_location("pages", root / "benchmarks" / "pages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["pages"] = module
    spec.loader.exec_module(module)
    return module


#: (folder, mean word F1 of the bodies, share of right titles, share of right days)
BARS = [("us", 0.975, 0.97, 0.97), ("uk", 0.97, 0.97, 0.97), ("bloomberg", 0.99, 1.0, 1.0)]


@pytest.mark.shared
@pytest.mark.parametrize(("folder", "body", "title", "day"), BARS)
def test_saved_pages(pages, shared, folder, body, title, day):
    scores = [pages.score(page, expected) for page, expected in pages.pages(shared / "html" / folder)]
    assert statistics.mean(item.f1 for item in scores) >= body
    assert statistics.mean(item.title for item in scores) >= title
    assert statistics.mean(item.day for item in scores) >= day


@pytest.mark.shared
def test_the_time_of_every_item_of_every_feed(shared):
    for name, entries in json.loads((shared / "feeds" / "expected.json").read_text("utf-8")).items():
        expected = [entry for entry in entries if entry["raw"]]
        found = articles(shared / "feeds" / name)
        assert [article.published.raw for article in found] == [entry["raw"] for entry in expected], name
        assert [article.published.at for article in found] == [
            dt.datetime.fromisoformat(entry["at"]) for entry in expected
        ], name


@pytest.mark.parametrize("place", ["checkout", pytest.param("shared", marks=pytest.mark.shared)])
def test_the_day_of_every_seed(root, shared, place):
    folder = root / "seeds" if place == "checkout" else shared / "gold" / "seeds"
    for article in articles(folder):
        annotation = Path(article.source_path).with_suffix(".json").read_text("utf-8")
        gold = json.loads(annotation)["published"]
        day = article.published.date.isoformat() if article.published.date else None
        assert (day, article.published.basis) == (gold["date"], gold["basis"]), article.source_path
