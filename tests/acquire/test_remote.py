"""Paths of object stores: fsspec's own store in memory stands in for one."""

from __future__ import annotations

import json

import fsspec
import pytest

from nlp_rotation.acquire.sources import count, documents
from nlp_rotation.config import Settings
from nlp_rotation.errors import UsageError
from nlp_rotation.types import RawDocument


@pytest.fixture
def bucket():
    files = fsspec.filesystem("memory")
    files.pipe("/news/b.jsonl", (json.dumps({"text": "Copper fell 2% on Friday."}) + "\n").encode())
    files.pipe("/news/deep/a.txt", b"Tin rose 1% on Monday.")
    files.pipe("/news/.hidden/c.txt", b"Nobody reads this.")
    yield "memory://news"
    files.rm("/news", recursive=True)


def test_a_folder_is_read_file_by_file(bucket):
    read = list(documents([bucket], settings=Settings()))
    assert [(item.source_path, item.locator) for item in read] == [
        ("memory:///news/b.jsonl", "line 1"),
        ("memory:///news/deep/a.txt", ""),
    ]
    assert all(isinstance(item, RawDocument) for item in read)


def test_a_file_is_read(bucket):
    (item,) = documents([f"{bucket}/deep/a.txt"], settings=Settings())
    assert item.body == "Tin rose 1% on Monday."


def test_nobody_counts_what_is_far_away(bucket):
    assert count([bucket]) is None


@pytest.mark.parametrize("source", ["memory://nothing-here", "nosuchscheme://news"])
def test_what_cannot_be_reached_is_refused_at_once(source):
    with pytest.raises(UsageError, match=source):
        documents([source], settings=Settings())
