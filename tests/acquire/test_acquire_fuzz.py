"""Whatever a file holds: documents, or a line that says why there are none. Nothing else is ever raised.

``NLP_ROTATION_FUZZ=20000`` asks for so many examples of each test; without it a run stays short.
"""

from __future__ import annotations

import gzip
import json
import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp_rotation.acquire.sources import documents
from nlp_rotation.config import Settings
from nlp_rotation.errors import RotationError
from nlp_rotation.types import RawDocument, Skipped

EXAMPLES = int(os.environ.get("NLP_ROTATION_FUZZ", "40"))
fuzzed = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><item><title>Oil jumps</title>'
    "<guid>7</guid><pubDate>Tue, 16 Jul 2024 10:00:00 GMT</pubDate>"
    "<description>Brent rose 3% on Tuesday.</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>a</id><title>Oil jumps</title>'
    "<updated>2024-07-16T10:00:00Z</updated><summary>Brent rose 3%.</summary></entry></feed>"
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://paper.example/a</loc>'
    "<news:news><news:title>Oil jumps</news:title><news:publication_date>2024-07-16</news:publication_date>"
    "</news:news></url></urlset>"
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {
                "id": "1",
                "title": "Oil jumps",
                "content_text": "Brent rose 3%.",
                "date_published": "2024-07-16",
            }
        ],
    }
)
LINES = json.dumps({"id": "1", "title": "Oil jumps", "text": "Brent rose 3% on Tuesday."}) + "\n"
PAGE = "<html><body><h1>Oil jumps</h1><p>Brent rose 3% on Tuesday.</p></body></html>"
HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/a\r\n"
    "WARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-07-16T10:00:00Z\r\n"
    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(HTTP)}\r\n\r\n{HTTP}\r\n\r\n"
)
OPML = '<opml version="2.0"><body><outline type="rss" xmlUrl="missing.xml"/></body></opml>'
FILES = {
    "feed.xml": RSS,
    "atom.xml": ATOM,
    "sitemap.xml": SITEMAP,
    "feed.json": JSON_FEED,
    "lines.jsonl": LINES * 3,
    "page.html": PAGE,
    "pages.warc": WARC * 2,
    "feeds.opml": OPML,
    "note.txt": "title: Oil jumps\n\nBrent rose 3%.",
}


@st.composite
def damaged(draw, whole: bytes) -> bytes:
    """A file with a few of its stretches cut out, doubled, or replaced."""
    data = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        put = draw(st.sampled_from([b"", data[start:end] * 2]) | st.binary(max_size=20))
        data = data[:start] + put + data[end:]
    return data


def read(path) -> None:
    with suppress(RotationError):
        for item in documents([str(path)], settings=Settings(follow=False)):
            assert isinstance(item, RawDocument | Skipped)
            assert not isinstance(item, Skipped) or item.reason


@pytest.mark.parametrize("name", FILES)
@fuzzed
@given(data=st.data())
def test_a_damaged_file_is_read_or_listed(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data.draw(damaged(FILES[name].encode())))
    read(path)


@pytest.mark.parametrize("name", ["pages.warc.gz", "lines.jsonl.gz", "page.html.gz"])
@fuzzed
@given(data=st.data())
def test_a_damaged_archive_is_read_or_listed(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data.draw(damaged(gzip.compress(FILES[name.removesuffix(".gz")].encode(), mtime=0))))
    read(path)


@fuzzed
@given(st.binary(max_size=200), st.sampled_from([*FILES, "a", "a.gz", "a.warc.gz"]))
def test_any_bytes_under_any_name(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    read(path)
