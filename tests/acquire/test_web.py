"""Entries followed to their pages, lists of lists, hosts that are spared."""

import random

import pytest

from nlp_rotation.acquire.sources import documents
from nlp_rotation.config import Settings
from nlp_rotation.parse.article import parse
from nlp_rotation.types import RawDocument, Skipped

TEXT = (
    "Shares of builders rose on Monday after a soft report on prices, and the index of the group gained 3%. "
)
PAGE = f"<html><head><title>Builders gain</title></head><body><article><p>{TEXT * 3}</p><p>{TEXT * 3}</p></article></body></html>"


def feed(*links):
    items = "".join(
        f"<item><title>News {n}</title><link>{link}</link><guid>g{n}</guid></item>"
        for n, link in enumerate(links)
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def serve_feed(httpserver, *links):
    httpserver.expect_request("/feed").respond_with_data(feed(*links), content_type="application/rss+xml")
    return httpserver.url_for("/feed")


def test_entries_are_followed_to_their_page(httpserver, read):
    url = serve_feed(httpserver, httpserver.url_for("/a"))
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/\n")
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    (document,) = read(url)
    article = parse(document)
    assert (document.source_path, document.content, article.id) == (url, "full", "g0")
    assert (article.title, article.source) == ("News 0", "Wire")
    assert TEXT.strip() in article.text


def test_entries_are_not_followed_where_the_user_wants_none(httpserver, read):
    url = serve_feed(httpserver, httpserver.url_for("/a"))
    (document,) = read(url, Settings(allow_private_hosts=True, follow=False))
    assert document.content == "stub"
    assert len(httpserver.log) == 1


def test_robots_are_obeyed_and_the_entry_is_kept(httpserver, read):
    url = serve_feed(httpserver, httpserver.url_for("/private/a"))
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/\n")
    document, note = read(url)
    assert (document.content, parse(document).text) == ("stub", "News 0")
    assert ("robots.txt" in note.reason, note.loss) == (True, False)


def test_a_page_that_cannot_be_had_keeps_the_entry(httpserver, read):
    url = serve_feed(httpserver, httpserver.url_for("/gone"), "http://169.254.169.254/")
    httpserver.expect_request("/gone").respond_with_data("", status=410)
    first, note, second, refused = read(url)
    assert (first.given.id, second.given.id) == ("g0", "g1")
    assert "410" in note.reason
    assert "no public address" in refused.reason


def test_a_list_of_feeds(httpserver, tmp_path, read):
    url = serve_feed(httpserver, httpserver.url_for("/a"))
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    path = tmp_path / "feeds.opml"
    path.write_text(
        f'<opml version="2.0"><body><outline text="x"><outline xmlUrl="{url}"/></outline></body></opml>'
    )
    (document,) = read(str(path))
    assert (document.source_path, document.content) == (url, "full")


def test_a_list_of_sitemaps(httpserver, read):
    sitemap = f"<urlset><url><loc>{httpserver.url_for('/a')}</loc></url></urlset>"
    index = f"<sitemapindex><sitemap><loc>{httpserver.url_for('/map')}</loc></sitemap></sitemapindex>"
    httpserver.expect_request("/index").respond_with_data(index, content_type="text/xml")
    httpserver.expect_request("/map").respond_with_data(sitemap, content_type="text/xml")
    httpserver.expect_request("/a").respond_with_data(PAGE, content_type="text/html")
    (document,) = read(httpserver.url_for("/index"))
    assert parse(document).title == "Builders gain"


def test_a_bad_address_does_not_stop_the_batch(tmp_path, local):
    (tmp_path / "a.txt").write_text(TEXT)
    items = list(documents(["http://nowhere.invalid/", str(tmp_path / "a.txt")], settings=local))
    assert [type(item) for item in items] == [Skipped, RawDocument]


def serve_pages(httpserver, *paths):
    for path in paths:
        httpserver.expect_request(path).respond_with_data(PAGE, content_type="text/html")
    return serve_feed(httpserver, *(httpserver.url_for(path) for path in paths))


def requests(httpserver):
    return [request.path for request, _ in httpserver.log]


def test_pages_of_one_host_are_spaced(httpserver, clock, read):
    url = serve_pages(httpserver, "/a", "/b", "/c")
    assert len(read(url, spacing=2.0)) == 3
    assert clock.slept == [2.0, 2.0, 2.0], "the feed itself counts too"


def test_a_crawl_delay_is_kept(httpserver, clock, read):
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nCrawl-delay: 5\n")
    read(serve_pages(httpserver, "/a", "/b"), spacing=1.0)
    assert clock.slept == [1.0, 5.0]


def test_a_crawl_delay_that_nobody_would_wait_for_leaves_the_rest_for_later(httpserver, clock, read):
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nCrawl-delay: 600\n")
    first, second, note = read(serve_pages(httpserver, "/a", "/b"))
    assert (first.content, second.content, clock.slept) == ("full", "stub", [])
    assert "left alone for 600 s" in note.reason


def test_a_host_that_asks_for_patience_is_asked_no_more(httpserver, read):
    url = serve_feed(httpserver, *(httpserver.url_for(f"/{n}") for n in range(9)))
    for n in range(9):
        httpserver.expect_request(f"/{n}").respond_with_data("", status=429, headers={"Retry-After": "900"})
    items = read(url)
    assert requests(httpserver) == ["/feed", "/robots.txt", "/0"]
    assert [type(item) for item in items] == [RawDocument, Skipped] * 9


def test_a_host_that_does_not_answer_is_left_alone_for_a_while(httpserver, clock, read):
    url = serve_feed(httpserver, httpserver.url_for("/0"), httpserver.url_for("/1"))
    httpserver.expect_request("/0").respond_with_data("", status=503)
    read(url, chance=random.Random(3))
    assert requests(httpserver) == ["/feed", "/robots.txt", "/0", "/0", "/0"]


def test_rules_that_cannot_be_had_now_forbid_everything(httpserver, read):
    """RFC 9309, 2.3.1.4: unreachable is not the same as unavailable."""
    url = serve_pages(httpserver, "/a")
    httpserver.expect_request("/robots.txt").respond_with_data("", status=503)
    document, note = read(url)
    assert (document.content, "503" in note.reason) == ("stub", True)
    assert "/a" not in requests(httpserver)


def test_rules_that_do_not_exist_allow_everything(httpserver, read):
    url = serve_pages(httpserver, "/a")
    httpserver.expect_request("/robots.txt").respond_with_data("", status=403)
    assert [item.content for item in read(url)] == ["full"]


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "ftp://a.example/x", "javascript:alert(1)", "/relative"]
)
def test_a_link_that_leads_off_the_web_is_not_followed(httpserver, link, read):
    (document,) = read(serve_feed(httpserver, link))
    assert document.content == "stub"


def test_a_list_of_feeds_may_not_name_files(tmp_path, httpserver, read):
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<opml><body><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="/etc/passwd"/></body></opml>'
    )
    assert ["only http and https" in item.reason for item in read(path)] == [True, True]


def test_a_list_that_names_itself_ends(httpserver, read):
    url = httpserver.url_for("/list")
    httpserver.expect_request("/list").respond_with_data(
        f'<opml><body><outline xmlUrl="{url}"/></body></opml>'
    )
    (note,) = read(url)
    assert "inside 2 other lists" in note.reason


def test_a_feed_of_ten_thousand_items(httpserver, read):
    items = "".join(f"<item><title>News {n}</title><guid>g{n}</guid></item>" for n in range(10_000))
    body = f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'
    httpserver.expect_request("/feed").respond_with_data(body, content_type="application/rss+xml")
    found = read(httpserver.url_for("/feed"))
    assert (len(found), found[-1].given.title) == (10_000, "News 9999")


def test_names_from_outside_touch_no_file(httpserver, tmp_path, monkeypatch, read):
    monkeypatch.chdir(tmp_path)
    entry = "<item><title>../../../evil</title><guid>../../../tmp/evil</guid><link>/../evil</link></item>"
    httpserver.expect_request("/feed").respond_with_data(f"<rss><channel>{entry}</channel></rss>")
    (document,) = read(httpserver.url_for("/feed"))
    assert (document.locator, list(tmp_path.iterdir())) == ("../../../tmp/evil", [])
