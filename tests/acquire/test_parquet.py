"""Parquet as a source of articles."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq

from nlp_rotation.acquire.sources import documents
from nlp_rotation.config import Settings
from nlp_rotation.types import RawDocument, Skipped


def read(path):
    return list(documents([str(path)], settings=Settings()))


def test_a_row_is_an_article(tmp_path):
    path = tmp_path / "news.parquet"
    rows = [
        {
            "id": "a",
            "text": "Zinc rose 2%.",
            "title": "Zinc",
            "published": dt.datetime(2024, 7, 11, 9, tzinfo=dt.UTC),
        },
        {"id": "b", "text": "", "title": None, "published": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    first, second = read(path)
    assert isinstance(first, RawDocument)
    assert (first.given.id, first.given.title, first.locator) == ("a", "Zinc", "row 1")
    assert first.given.published == "2024-07-11T09:00:00+00:00"
    assert isinstance(second, Skipped)
    assert second.locator == "row 2"


def test_a_broken_file_says_so(tmp_path):
    path = tmp_path / "news.parquet"
    path.write_bytes(b"PAR1 and then nothing of the kind")
    (item,) = read(path)
    assert isinstance(item, Skipped)
    assert "breaks off" in item.reason
