"""Fetching: what is refused, what is limited, what is retried. Servers are local; nothing leaves the machine."""

import gzip
import socket
from email.utils import format_datetime

import pytest
from werkzeug import Response

from nlp_rotation.acquire.fetch import Fetcher, Validators, _wait
from nlp_rotation.acquire.guard import check_url, may_be_fetched
from nlp_rotation.acquire.sources import documents
from nlp_rotation.config import Settings
from nlp_rotation.errors import AcquireError
from nlp_rotation.parse.article import parse
from nlp_rotation.types import RawDocument, Skipped

LOCAL = Settings(allow_private_hosts=True)
TEXT = (
    "Shares of builders rose on Monday after a soft report on prices, and the index of the group gained 3%. "
)
PAGE = f"<html><head><title>Builders gain</title></head><body><article><p>{TEXT * 3}</p><p>{TEXT * 3}</p></article></body></html>"


def read(url, settings=LOCAL):
    return list(documents([url], settings=settings))


def refusal(url, settings=LOCAL):
    (item,) = read(url, settings)
    assert isinstance(item, Skipped)
    return item.reason


@pytest.fixture(autouse=True)
def no_patience(monkeypatch):
    """Retries wait for no clock in tests."""
    import stamina

    monkeypatch.setattr("time.sleep", lambda seconds: None)
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


#: (address, public, may be fetched where private hosts are allowed, reason for the row)
ADDRESSES = [
    ("93.184.216.34", True, True, "public"),
    ("2606:2800:220:1::1", True, True, "public, version 6"),
    ("127.0.0.1", False, True, "this machine"),
    ("::1", False, True, "this machine, version 6"),
    ("10.1.2.3", False, True, "private"),
    ("172.16.0.1", False, True, "private"),
    ("192.168.1.1", False, True, "private"),
    ("fd00::1", False, True, "private, version 6"),
    ("100.64.0.1", False, False, "shared by providers"),
    ("169.254.169.254", False, False, "secrets of cloud machines"),
    ("fe80::1", False, False, "link-local, version 6"),
    ("0.0.0.0", False, False, "unspecified"),
    ("::", False, False, "unspecified, version 6"),
    ("224.0.0.1", False, False, "multicast"),
    ("255.255.255.255", False, False, "broadcast"),
    ("::ffff:127.0.0.1", False, True, "mapped"),
    ("::ffff:169.254.169.254", False, False, "mapped link-local"),
    ("64:ff9b::a9fe:a9fe", False, False, "link-local behind NAT64"),
    ("2002:7f00:1::", False, True, "this machine behind 6to4"),
]


@pytest.mark.parametrize(
    ("address", "public", "allowed", "why"), ADDRESSES, ids=[row[0] for row in ADDRESSES]
)
def test_which_addresses_may_be_fetched(address, public, allowed, why):
    assert may_be_fetched(address, allow_private=False) is public, why
    if why != "this machine behind 6to4":
        assert may_be_fetched(address, allow_private=True) is allowed, why


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/x", "gopher://a", "http://", "data:text/html,x", "//a"]
)
def test_only_the_web_is_fetched(url):
    with pytest.raises(AcquireError):
        check_url(url)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_by_every_name(host):
    assert "no public address" in refusal(f"http://{host}:1/", Settings())


def test_a_name_that_leads_inside_is_refused(monkeypatch):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: answer)
    assert "10.0.0.7 is no public address" in refusal("http://news.example/", Settings())


def test_an_unknown_host():
    assert "unknown host" in refusal("http://nowhere.invalid/")


def test_a_page(httpserver):
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    (document,) = read(httpserver.url_for("/a"))
    assert (document.media, document.source_path, document.given.url) == (
        "html",
        httpserver.url_for("/a"),
        httpserver.url_for("/a"),
    )
    assert document.fetched_at.utcoffset().total_seconds() == 0
    assert parse(document).title == "Builders gain"


#: (target of a redirect, part of the reason)
TARGETS = [
    ("http://169.254.169.254/latest/meta-data/", "no public address"),
    ("file:///etc/passwd", "only http and https"),
    ("ftp://a.example/", "only http and https"),
    ("http://[::ffff:169.254.169.254]/", "no public address"),
    ("http:///nowhere", ""),
]


@pytest.mark.parametrize(("target", "reason"), TARGETS)
def test_a_redirect_is_checked_like_an_address(httpserver, target, reason):
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": target})
    assert reason in refusal(httpserver.url_for("/a"))


def test_redirects_end_somewhere(httpserver):
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": "/a"})
    assert "redirects" in refusal(httpserver.url_for("/a"))


def test_a_redirect_is_followed_and_the_last_address_is_kept(httpserver):
    httpserver.expect_request("/a").respond_with_data("", status=301, headers={"Location": "/b#part"})
    httpserver.expect_request("/b").respond_with_data(PAGE, content_type="text/html")
    (document,) = read(httpserver.url_for("/a"))
    assert (document.source_path, document.given.url) == (httpserver.url_for("/a"), httpserver.url_for("/b"))


def test_names_and_passwords_of_a_redirect_are_dropped(httpserver):
    target = httpserver.url_for("/b").replace("http://", "http://user:secret@")
    seen = []
    httpserver.expect_request("/a").respond_with_data("", status=302, headers={"Location": target})
    httpserver.expect_request("/b").respond_with_handler(
        lambda request: seen.append(request.headers) or Response(PAGE, content_type="text/html")
    )
    read(httpserver.url_for("/a"))
    assert "Authorization" not in seen[0]


def test_a_gzip_bomb_is_stopped(httpserver):
    bomb = gzip.compress(b"\x20" * (64 * 2**20), 9)
    httpserver.expect_request("/a").respond_with_data(
        bomb, headers={"Content-Encoding": "gzip"}, content_type="text/html"
    )
    assert "more than 16 MB" in refusal(httpserver.url_for("/a"))


def test_a_gzip_file_that_is_a_bomb_is_stopped(httpserver):
    bomb = gzip.compress(b"Oil rose. " * (6 * 2**20), 9)
    httpserver.expect_request("/a.txt.gz").respond_with_data(bomb, content_type="application/gzip")
    assert "more than 16 MB" in refusal(httpserver.url_for("/a.txt.gz"))


def test_an_endless_body_is_stopped(httpserver):
    def endless(request):
        return Response((b"<p>again and again</p>" * 5_000 for _ in iter(int, 1)), content_type="text/html")

    httpserver.expect_request("/a").respond_with_handler(endless)
    assert "more than 16 MB" in refusal(httpserver.url_for("/a"))


def test_a_body_that_takes_for_ever_is_stopped(httpserver, monkeypatch):
    monkeypatch.setattr("nlp_rotation.acquire.fetch._WHOLE", -1.0)
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    assert "not finished" in refusal(httpserver.url_for("/a"))


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        ("Börse steigt".encode(), "text/html; charset=iso-8859-1", "Börse steigt"),
        ("Börse steigt".encode("latin-1"), "text/html; charset=utf-8", "Börse steigt"),
        ("Börse steigt".encode("latin-1"), "text/html; charset=iso-8859-1", "Börse steigt"),
        ("Börse steigt".encode("latin-1"), "text/html; charset=klingon", "Börse steigt"),
        ("Курс вырос".encode("cp1251"), "text/html; charset=windows-1251", "Курс вырос"),
    ],
)
def test_a_wrong_charset_does_no_harm(httpserver, body, content_type, title):
    page = (
        b"<html><head><title>"
        + body
        + b"</title></head><body><p>"
        + TEXT.encode() * 9
        + b"</p></body></html>"
    )
    httpserver.expect_request("/a").respond_with_data(page, content_type=content_type)
    (document,) = read(httpserver.url_for("/a"))
    assert f"<title>{title}</title>" in document.body


def test_too_many_requests_is_asked_again(httpserver):
    busy = {"Retry-After": "1"}
    httpserver.expect_ordered_request("/a").respond_with_data("", status=429, headers=busy)
    httpserver.expect_ordered_request("/a").respond_with_data(PAGE, content_type="text/html")
    assert isinstance(read(httpserver.url_for("/a"))[0], RawDocument)


def test_a_server_that_wants_an_hour_is_left_alone(httpserver):
    httpserver.expect_request("/a").respond_with_data("", status=429, headers={"Retry-After": "3600"})
    assert "429" in refusal(httpserver.url_for("/a"))
    assert len(httpserver.log) == 1


def test_a_server_that_stays_down_is_given_up(httpserver):
    httpserver.expect_request("/a").respond_with_data("", status=503)
    assert "503" in refusal(httpserver.url_for("/a"))
    assert len(httpserver.log) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500])
def test_other_answers_are_reasons(httpserver, status):
    httpserver.expect_request("/a").respond_with_data("", status=status)
    assert f"answers {status}" in refusal(httpserver.url_for("/a"))


def test_retry_after_is_a_number_or_a_date():
    import datetime as dt

    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=20)
    assert _wait("7") == 7.0
    assert 10 < _wait(format_datetime(soon)) <= 20
    assert (_wait(None), _wait("soon"), _wait("-1")) == (None, None, None)


def test_a_conditional_get(httpserver):
    httpserver.expect_request("/a", headers={"If-None-Match": '"v1"'}).respond_with_data("", status=304)
    with Fetcher(LOCAL) as fetcher:
        fetched = fetcher.get(httpserver.url_for("/a"), known=Validators(etag='"v1"'))
    assert (fetched.unchanged, fetched.body) == (True, b"")


def feed(*links):
    items = "".join(
        f"<item><title>News {n}</title><link>{link}</link><guid>g{n}</guid></item>"
        for n, link in enumerate(links)
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def serve_feed(httpserver, *links):
    httpserver.expect_request("/feed").respond_with_data(feed(*links), content_type="application/rss+xml")
    return httpserver.url_for("/feed")


def test_entries_are_followed_to_their_page(httpserver):
    url = serve_feed(httpserver, httpserver.url_for("/a"))
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/\n")
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    (document,) = read(url)
    article = parse(document)
    assert (document.source_path, document.content, article.id) == (url, "full", "g0")
    assert (article.title, article.source) == ("News 0", "Wire")
    assert TEXT.strip() in article.text


def test_entries_are_not_followed_where_the_user_wants_none(httpserver):
    url = serve_feed(httpserver, httpserver.url_for("/a"))
    (document,) = read(url, Settings(allow_private_hosts=True, follow=False))
    assert document.content == "stub"
    assert len(httpserver.log) == 1


def test_robots_are_obeyed_and_the_entry_is_kept(httpserver):
    url = serve_feed(httpserver, httpserver.url_for("/private/a"))
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/\n")
    document, note = read(url)
    assert (document.content, parse(document).text) == ("stub", "News 0")
    assert ("robots.txt" in note.reason, note.loss) == (True, False)


def test_a_page_that_cannot_be_had_keeps_the_entry(httpserver):
    url = serve_feed(httpserver, httpserver.url_for("/gone"), "http://169.254.169.254/")
    httpserver.expect_request("/gone").respond_with_data("", status=410)
    first, note, second, refused = read(url)
    assert (first.given.id, second.given.id) == ("g0", "g1")
    assert "410" in note.reason
    assert "no public address" in refused.reason


def test_a_list_of_feeds(httpserver, tmp_path):
    url = serve_feed(httpserver, httpserver.url_for("/a"))
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    path = tmp_path / "feeds.opml"
    path.write_text(
        f'<opml version="2.0"><body><outline text="x"><outline xmlUrl="{url}"/></outline></body></opml>'
    )
    (document,) = read(str(path))
    assert (document.source_path, document.content) == (url, "full")


def test_a_list_of_sitemaps(httpserver):
    sitemap = f"<urlset><url><loc>{httpserver.url_for('/a')}</loc></url></urlset>"
    index = f"<sitemapindex><sitemap><loc>{httpserver.url_for('/map')}</loc></sitemap></sitemapindex>"
    httpserver.expect_request("/index").respond_with_data(index, content_type="text/xml")
    httpserver.expect_request("/map").respond_with_data(sitemap, content_type="text/xml")
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    (document,) = read(httpserver.url_for("/index"))
    assert parse(document).title == "Builders gain"


def test_a_bad_address_does_not_stop_the_batch(httpserver, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    items = list(documents(["http://nowhere.invalid/", str(tmp_path / "a.txt")], settings=LOCAL))
    assert [type(item) for item in items] == [Skipped, RawDocument]
