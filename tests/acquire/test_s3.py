"""An S3 server on the loopback: what s3fs makes of ``s3://`` is read as any other source.

The driver and the server are the extras ``s3`` and ``test-cluster``; without them this is skipped.
"""

from __future__ import annotations

import gzip
import json
import logging

import pytest

from nlp_rotation.acquire import remote
from nlp_rotation.acquire.sources import check_sources, documents
from nlp_rotation.config import Settings
from nlp_rotation.errors import UsageError
from nlp_rotation.types import RawDocument, Skipped

s3fs = pytest.importorskip("s3fs", reason="the extra s3 is not installed")
server = pytest.importorskip("moto.server", reason="the extra test-cluster is not installed")

#: Drivers leave it to the collector of garbage to close their connections.
pytestmark = pytest.mark.filterwarnings("ignore")

NOBODY = "http://127.0.0.1:9"  # the port of discard, where nothing listens


def rows(first, last):
    return [{"id": f"a{n}", "text": f"Copper fell {n}% on Friday."} for n in range(first, last)]


def lines(found):
    return "".join(json.dumps(row) + "\n" for row in found).encode()


@pytest.fixture(scope="module")
def endpoint():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture(autouse=True)
def account(endpoint, monkeypatch, tmp_path):
    """What a user sets to reach a store of one's own; nothing that may lie in the home folder is read."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    s3fs.S3FileSystem.clear_instance_cache()
    yield
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def bucket(request):
    name = "b" + "".join(letter for letter in request.node.name.lower() if letter.isalnum())[:40]
    files = s3fs.S3FileSystem()
    files.mkdir(name)
    files.pipe(f"{name}/news/a.jsonl", lines(rows(0, 3)))
    files.pipe(f"{name}/news/b.jsonl.gz", gzip.compress(lines(rows(3, 5))))
    files.pipe(f"{name}/news/deep/c.txt", b"Tin rose 1% on Monday.")
    files.pipe(f"{name}/news/.hidden/d.txt", b"Nobody reads this.")
    return name


def read(*sources):
    return [(item.source_path, item.locator) for item in documents(sources, settings=Settings())]


def test_a_prefix_is_read_file_by_file(bucket):
    home = f"s3://{bucket}/news"
    assert read(home) == [
        *((f"{home}/a.jsonl", f"line {number}") for number in (1, 2, 3)),
        *((f"{home}/b.jsonl.gz", f"line {number}") for number in (1, 2)),
        (f"{home}/deep/c.txt", ""),
    ]


def test_parquet_is_read_from_its_end(bucket):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    with s3fs.S3FileSystem().open(f"{bucket}/table/news.parquet", "wb") as file:
        pq.write_table(pa.Table.from_pylist(rows(0, 600)), file)
    found = list(documents([f"s3://{bucket}/table"], settings=Settings()))
    assert [(type(item), item.given.id) for item in found] == [(RawDocument, f"a{n}") for n in range(600)]


def test_a_file_of_many_blocks_is_read_whole(bucket):
    """A few megabytes are fetched at a time, and a line may lie across two of them."""
    text = "Zinc rose 2% on Monday. " * 400
    files = s3fs.S3FileSystem()
    files.pipe(f"{bucket}/long.jsonl", lines({"id": f"z{n}", "text": text} for n in range(1_200)))
    assert files.size(f"{bucket}/long.jsonl") > 2 * remote._BLOCK
    found = list(documents([f"s3://{bucket}/long.jsonl"], settings=Settings()))
    assert [item.given.id for item in found] == [f"z{n}" for n in range(1_200)]
    assert {item.body for item in found} == {text}


@pytest.mark.parametrize("rest", ["nothing-here", "news/e.jsonl"])
def test_what_is_not_there_is_refused_at_once(bucket, rest):
    with pytest.raises(UsageError, match="no such file or folder"):
        check_sources([f"s3://{bucket}/{rest}"])


def test_a_bucket_that_is_not_there_is_refused():
    with pytest.raises(UsageError):
        check_sources(["s3://no-such-bucket/news"])


def test_a_store_that_does_not_answer_is_one_line(monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", NOBODY)
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    with pytest.raises(UsageError, match="cannot be reached") as told:
        check_sources(["s3://bucket/news"])
    assert "\n" not in str(told.value)


def test_missing_credentials_are_one_line(monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(UsageError, match="Unable to locate credentials"):
        check_sources(["s3://bucket/news"])


def test_a_file_that_breaks_off_keeps_what_came_before(bucket, monkeypatch):
    """A lost connection is an error of the driver's own kind; it is listed, and the next source read."""
    import botocore.exceptions

    files = s3fs.S3FileSystem()
    files.pipe(f"{bucket}/long.jsonl", lines({"text": f"{n}: " + "Zinc rose. " * 900} for n in range(1_200)))
    fetch = s3fs.core.S3File._fetch_range

    def break_off(self, start, end):
        if start > 0:
            raise botocore.exceptions.ReadTimeoutError(endpoint_url="s3")
        return fetch(self, start, end)

    monkeypatch.setattr(s3fs.core.S3File, "_fetch_range", break_off)
    sources = [f"s3://{bucket}/long.jsonl", f"s3://{bucket}/news/a.jsonl"]
    *kept, lost, _, _, _ = documents(sources, settings=Settings())
    assert len(kept) > 100
    assert isinstance(lost, Skipped)
    assert "breaks off" in lost.reason
