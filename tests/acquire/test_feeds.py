"""Feeds, sitemaps, JSON Feed, OPML and WARC from disk. All entries are invented."""

import datetime as dt
import gzip
import json

import pytest

from nlp_rotation.acquire.sources import documents
from nlp_rotation.config import Settings
from nlp_rotation.parse.article import parse
from nlp_rotation.types import RawDocument, Skipped


def read(path, data):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(documents([str(path)], settings=Settings()))


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour Post &gt; Markets</title><link>https://a.example/</link><pubDate>Mon, 29 Jul 2019 14:00 GMT</pubDate>
%s</channel></rss>"""


def item(inner):
    return f"<item><title>Oil &amp; gas gain</title><link>https://a.example/1</link>{inner}</item>"


#: (elements of the item, day, instant in UTC, reason for the row)
TIMES = [
    ("<pubDate>Mon, 29 Jul 2019 13:55 GMT</pubDate>", "2019-07-29", "2019-07-29T13:55:00", "no seconds"),
    (
        "<pubDate>Mon, 29 Jul 2019 09:55:00 -0400</pubDate>",
        "2019-07-29",
        "2019-07-29T13:55:00",
        "the offset is kept",
    ),
    ("<pubDate>Mon, 29 Jul 2019 09:55:00 EDT</pubDate>", "2019-07-29", "2019-07-29T13:55:00", "a named zone"),
    ("<pubDate>2024.07.22 06:44</pubDate>", "2024-07-22", None, "feedparser's own guess is another month"),
    ("<pubDate>07:55 09/01/2026</pubDate>", "None", None, "feedparser's own guess is the machine's day"),
    ("<pubDate>2016/6/29 15:07:41</pubDate>", "2016-06-29", None, "no zone, so no instant"),
    ("<dc:date>2019-07-29T13:55:00Z</dc:date>", "2019-07-29", "2019-07-29T13:55:00", "Dublin Core"),
    ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", "None", None, "the zero of a clock"),
    ("<pubDate>Mon, 29 Jul 20190 13:55 GMT</pubDate>", "None", None, "no such year"),
    ("<pubDate>soon</pubDate>", "None", None, "words"),
    ("", "None", None, "the time of the channel is none of the item"),
]


@pytest.mark.parametrize(("inner", "day", "utc", "why"), TIMES)
def test_the_time_of_an_item(tmp_path, inner, day, utc, why):
    (document,) = read(tmp_path / "feed.xml", RSS % item(inner))
    published = parse(document).published
    assert str(published.date) == day, why
    assert (
        published.at.astimezone(dt.UTC).replace(tzinfo=None).isoformat() if published.at else None
    ) == utc, why


def test_an_item_keeps_what_it_says(tmp_path):
    inner = "<guid>g-1</guid><dc:creator>Ann Lee</dc:creator><description>Shares of drillers &lt;b&gt;rose&lt;/b&gt; 2%.</description>"
    (document,) = read(tmp_path / "feed.xml", RSS % item(inner))
    article = parse(document)
    assert (article.id, article.title, article.source, article.author) == (
        "g-1",
        "Oil & gas gain",
        "Harbour Post > Markets",
        "Ann Lee",
    )
    assert (article.url, article.content) == ("https://a.example/1", "summary")
    assert article.text == "Oil & gas gain\n\nShares of drillers rose 2%."


def test_the_whole_text_is_told_from_a_teaser(tmp_path):
    body = "<p>" + "Shares of drillers rose again as crude gained. " * 30 + "</p>"
    inner = f"<description>Short.</description><content:encoded><![CDATA[{body}]]></content:encoded>"
    whole, stub = read(
        tmp_path / "feed.xml", RSS % (item(inner) + item("<description>Oil &amp;amp; gas gain</description>"))
    )
    assert (whole.content, stub.content) == ("full", "stub")
    assert parse(whole).text.startswith("Oil & gas gain\n\nShares of drillers rose again")
    assert parse(stub).text == "Oil & gas gain"


def test_atom(tmp_path):
    data = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>urn:1</id><title>Gold up</title>
    <link href="https://a.example/gold"/><updated>2024-07-23T10:00:00Z</updated><published>2024-07-22T06:44:00+08:00</published>
    <author><name>Bo Hall</name></author><summary>Gold rose 1%.</summary></entry></feed>"""
    (document,) = read(tmp_path / "feed", data)
    article = parse(document)
    assert (article.id, article.author, article.published.raw) == (
        "urn:1",
        "Bo Hall",
        "2024-07-22T06:44:00+08:00",
    )


def test_broken_xml_gives_what_can_be_read(tmp_path, caplog):
    data = (RSS % (item("<guid>1</guid>") + item("<guid>2</guid>"))).removesuffix(
        "</channel></rss>"
    ) + "<item><title>Cut"
    items = [
        document.given.id
        for document in read(tmp_path / "feed.xml", data)
        if isinstance(document, RawDocument)
    ]
    assert items[:2] == ["1", "2"]
    assert "broken XML" in caplog.text


def test_a_news_sitemap(tmp_path):
    data = """<?xml version='1.0'?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1</loc><n:news><n:publication>
    <n:name>Wire</n:name></n:publication><n:publication_date>2023-12-01T05:45:00+00:00</n:publication_date>
    <n:title>Banks fall &amp; bonds rise</n:title></n:news></url><url><loc>https://a.example/2</loc></url></urlset>"""
    news, bare = read(tmp_path / "map.xml", data)
    article = parse(news)
    assert (article.title, article.source, article.content) == ("Banks fall & bonds rise", "Wire", "stub")
    assert article.published.at == dt.datetime(2023, 12, 1, 5, 45, tzinfo=dt.UTC)
    assert (bare.given.url, bare.content) == ("https://a.example/2", "stub")


def test_a_json_feed(tmp_path):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Wire",
        "authors": [{"name": "Desk"}],
        "items": [
            {
                "id": 1,
                "url": "https://a.example/1",
                "title": "Oil up",
                "content_html": "<p>Oil rose <i>3%</i>.</p>",
            },
            {
                "id": "2",
                "content_text": "Gold fell.",
                "date_published": "2024-07-22T06:44:00Z",
                "author": {"name": "Bo"},
            },
        ],
    }
    first, second = (parse(document) for document in read(tmp_path / "feed.json", json.dumps(feed)))
    assert (first.id, first.text, first.author, first.source) == (
        "1",
        "Oil up\n\nOil rose 3%.",
        "Desk",
        "Wire",
    )
    assert (second.text, second.author, second.published.basis) == ("Gold fell.", "Bo", "feed")


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<%s><channel><title>&b;</title><outline xmlUrl="https://a.example"/></channel></%s>'
)


@pytest.mark.parametrize("root", ["rss", "urlset", "opml"])
def test_entities_are_refused(tmp_path, root):
    (skipped,) = read(tmp_path / "bomb.xml", BOMB % (root, root))
    assert "declares entities" in skipped.reason


#: (how the declaration is hidden, reason for the row)
HIDDEN = [
    (lambda bomb: bomb.encode("utf-16"), "another encoding spells it with zero bytes"),
    (
        lambda bomb: bomb.replace("<!DOCTYPE", "<!-- <rss> --><!DOCTYPE").encode(),
        "an element in a comment is none",
    ),
    (
        lambda bomb: bomb.replace("<!DOCTYPE", f"<!--{'x' * 80_000}--><!DOCTYPE").encode(),
        "far from the beginning",
    ),
]


@pytest.mark.parametrize(("hide", "why"), HIDDEN)
def test_entities_are_refused_wherever_they_hide(tmp_path, hide, why):
    (skipped,) = read(tmp_path / "bomb.xml", hide(BOMB % ("rss", "rss")))
    assert isinstance(skipped, Skipped), why


def test_words_about_entities_are_no_entities(tmp_path):
    (document,) = read(tmp_path / "feed.xml", RSS % item("<description>&lt;!ENTITY a 'b'&gt;</description>"))
    assert isinstance(document, RawDocument)


#: (file name, content, part of the reason)
EMPTY = [
    ("feed.xml", RSS % "", "without entries"),
    ("map.xml", "<urlset></urlset>", "without addresses"),
    ("list.opml", "<opml><body><outline text='x'/></body></opml>", "names no feed"),
]


@pytest.mark.parametrize(("name", "data", "reason"), EMPTY)
def test_containers_without_entries_say_so(tmp_path, name, data, reason):
    (skipped,) = read(tmp_path / name, data)
    assert reason in skipped.reason


PAGE = "<html><head><title>Oil up</title></head><body><p>Oil rose 3%.</p></body></html>"


def record(kind, url, body, *, http="HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"):
    block = (http.encode() if http else b"") + (body if isinstance(body, bytes) else body.encode())
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-07-22T12:00:00Z\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


GZIPPED = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
CHUNKED = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())

#: (record, address or reason, reason for the row)
RECORDS = [
    (record("response", "https://a.example/1", PAGE), "https://a.example/1", "a page"),
    (
        record("response", "https://a.example/2", gzip.compress(PAGE.encode()), http=GZIPPED),
        "https://a.example/2",
        "gzip",
    ),
    (record("response", "https://a.example/3", CHUNKS, http=CHUNKED), "https://a.example/3", "chunks"),
    (
        record("response", "https://a.example/4", PAGE, http=CHUNKED),
        "https://a.example/4",
        "chunks undone already",
    ),
    (
        record("response", "https://a.example/5", PAGE, http="HTTP/1.1 404 Not Found\r\n\r\n"),
        "did not send a page",
        "404",
    ),
    (
        record(
            "response", "https://a.example/6", b"x", http="HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
        ),
        "image/png",
        "image",
    ),
]


@pytest.mark.parametrize(("data", "expected", "why"), RECORDS, ids=[row[2] for row in RECORDS])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_record_of_an_archive(tmp_path, data, expected, why, pack):
    info = record("warcinfo", "", "software: test", http="")
    (found,) = read(
        tmp_path / "a.warc", pack(info) + pack(record("request", "https://a.example/", "x")) + pack(data)
    )
    if isinstance(found, Skipped):
        assert expected in found.reason, why
        assert not found.loss
    else:
        assert (found.locator, found.body) == (expected, PAGE), why
        assert found.fetched_at == dt.datetime(2024, 7, 22, 12, tzinfo=dt.UTC)


BROKEN = [
    (record("response", "https://a.example/1", PAGE)[:-60], "breaks off"),
    (record("response", "https://a.example/1", PAGE) + b"garbage\r\n", "no record where one should begin"),
    (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "without length"),
]


@pytest.mark.parametrize(("data", "reason"), BROKEN)
def test_a_broken_archive_says_where(tmp_path, data, reason):
    items = read(tmp_path / "a.warc", data)
    assert reason in items[-1].reason
